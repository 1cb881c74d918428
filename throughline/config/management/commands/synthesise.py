"""Makes an invented authority with known truth, and the messy files that one really gets."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from throughline.analytics.synthetic.whole import ImpossibleError, Made, synthesise

NOT_UNDERSTOOD = 2
_TITLES = {"truth": "Inventing young people", "files": "Writing the files about them"}
_SHOWN_FILES = 12


class Command(BaseCommand):
    """throughline synthesise [--seed N] [--size N] [--area NUMBER] [--until DATE] [--out FOLDER] [--no-files] [--replace]."""

    help = "Make an invented authority: its young people and what they do, and the messy files that would be sent about them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is to be made, and where."""
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="a number; the same one makes the same authority")
        parser.add_argument("--size", type=int, default=40_000, metavar="N", help="how many learners; 40000 without it")
        parser.add_argument("--area", default="899", metavar="NUMBER", help="a number that no authority has; 899 without it")
        parser.add_argument("--until", default="2026-10-31", metavar="DATE", help="the last day known; 2026-10-31 without it")
        parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to put it; var/synthetic without it")
        parser.add_argument("--no-files", action="store_true", help="make the truth alone")
        parser.add_argument("--replace", action="store_true", help="put it in the place of one that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it beside its place, swap it in, and say what was made."""
        folder = options["out"] or settings.VAR / "synthetic"
        try:
            made = _made(folder, options)
        except ImpossibleError as error:
            raise CommandError(str(error), returncode=NOT_UNDERSTOOD) from error
        console = Console(highlight=False)
        console.print(_summary(made))
        if made.files:
            console.print(_altered(made))
        console.print(f"In {folder}: nobody in it is real.", soft_wrap=True)


def _made(folder: Path, options: dict[str, Any]) -> Made:
    if options["seed"] < 0:
        raise ImpossibleError(f"A seed of {options['seed']} cannot be used: give a whole number of nought or more.")
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, Any] = {}

        def done(what: str, share: float) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(_TITLES[what], total=1.0)
            progress.update(tasks[what], completed=share)

        return synthesise(
            settings.DEFINITIONS, folder, seed=options["seed"], size=options["size"], areas=(options["area"],),
            until=_day(options["until"]), files=not options["no_files"], replace=options["replace"], done=done,
        )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise ImpossibleError(f"“{written}” is not a day: write it as 2026-10-31.") from error


def _summary(made: Made) -> Table:
    table = Table("Made", "Rows")
    table.columns[1].justify = "right"
    for name, rows in made.truth.items():
        table.add_row(f"truth/{name}.parquet", f"{rows:,}")
    names = list(made.files)
    for name in names[:_SHOWN_FILES]:
        table.add_row(f"files/{name}", f"{made.files[name]:,}")
    if len(names) > _SHOWN_FILES:
        rest = sum(made.files[name] for name in names[_SHOWN_FILES:])
        table.add_row(f"and {len(names) - _SHOWN_FILES} more files", f"{rest:,}")
    return table


def _altered(made: Made) -> Table:
    table = Table("What the files have wrong", "Times")
    table.columns[1].justify = "right"
    for kind, times in sorted(made.altered.items(), key=lambda each: -each[1]):
        table.add_row(kind.replace("_", " "), f"{times:,}")
    return table
