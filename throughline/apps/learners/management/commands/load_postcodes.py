"""Loads a directory of postcodes, by which addresses are placed in districts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from throughline.apps.learners.actions.postcodes import Loaded, load_postcodes
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.problems import RefusedFileError

_NOT_UNDERSTOOD = 2
_SHOWN = 20


class Command(BaseCommand):
    """throughline load-postcodes FILE [--release NAME] [--district CODE ...]."""

    help = (
        "Load a directory of postcodes, such as the ONS Postcode Directory as CSV, in the place of the one before, and place the "
        "addresses that have no district yet. Rows that cannot be used are listed, and the others are loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("file", type=Path, metavar="FILE", help="the directory as CSV")
        parser.add_argument("--release", metavar="NAME",
                            help="what it is called, such as “August 2026”; otherwise the file's name")
        parser.add_argument("--district", metavar="CODE", action="append", default=[],
                            help="keep only postcodes of this district; may be given again and again. All without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, counting rows as they are read; then say what could not be used."""
        path, console = options["file"], Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} postcodes"))
        with Progress(*columns, console=console, transient=not console.is_terminal) as progress:
            task = progress.add_task("Loading", total=None)
            try:
                loaded = load_postcodes(
                    by=None, path=path, name=options["release"] or path.stem, districts=set(options["district"]),
                    step=lambda many: progress.advance(task, many),
                )
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}", returncode=_NOT_UNDERSTOOD) from error
            except (RefusedFileError, RefusedError) as error:
                raise CommandError(str(error), returncode=_NOT_UNDERSTOOD) from error
        self._say(loaded)

    def _say(self, loaded: Loaded) -> None:
        for problem in loaded.problems[:_SHOWN]:
            self.stdout.write(problem.sentence())
        if len(loaded.problems) > _SHOWN:
            self.stdout.write(f"… and {len(loaded.problems) - _SHOWN:,} more rows like these.")
        self.stdout.write(f"{loaded.postcodes:,} postcodes are loaded, {len(loaded.problems):,} rows could not be used, and "
                          f"{loaded.placed:,} addresses have a district now that had none.")
