"""Builds the warehouse that every figure is read from."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from throughline.apps.performance import figures

_WORDS = {
    "rows": "Loading published rows",
    "figures": "Making figures",
    "comparisons": "Comparing areas",
    "neighbours": "Comparing statistical neighbours",
    "swap": "Putting the new warehouse in place",
}


class Command(BaseCommand):
    """Build the warehouse from the packaged figures, what has been loaded over them, and entered figures."""

    help = "Build the figures that every page reads, from published and entered rows and from the register of young people."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("--if-behind", action="store_true",
                            help="only where something was saved, or a month is over, that the figures do not show: every night")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, showing each step as it begins."""
        if options["if_behind"] and settings.WAREHOUSE.exists() and not figures.are_behind():
            self.stdout.write("The figures show everything that is kept. Nothing was built.")
            return
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=not console.is_terminal) as progress:
            task = progress.add_task("Starting", total=len(_WORDS))

            def step(name: str) -> None:
                progress.update(task, description=_WORDS[name], advance=1)

            figures.rebuild(step)
        query = "SELECT count(*) AS figures, count(DISTINCT measure) AS measures FROM figure"
        held = figures.warehouse().rows(query)[0]
        self.stdout.write(f"The warehouse holds {held['figures']:,} figures of {held['measures']} measures.")
