"""Loads a release of published figures over the packaged ones."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from throughline.analytics.warehouse.loading import FILES
from throughline.apps.performance import actions, figures, loading
from throughline.core import typed
from throughline.ui.formats import count

SHOWN = 20
NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """Read, check, keep and rebuild; a file that breaks the rules is refused line by line and nothing changes."""

    help = "Load a release of published figures: checked line by line, then used in place of the one held."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, and which data set they are of."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the data file, then its meta file or dictionary")
        parser.add_argument("--dataset", required=True, metavar="ID", help=f"one of {', '.join(loading.loadable())}")
        parser.add_argument("--title", default="", help="title of an Explore Education Statistics file not in that list")
        parser.add_argument("--release", required=True, help="the release, as its publisher names it, such as “June 2026”")
        parser.add_argument("--released-on", type=typed.day, metavar="DATE", help="day of that release, as 2026-06-25")
        parser.add_argument("--next-due", type=typed.day, metavar="DATE", help="day the next release is due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was kept and what was set aside."""
        try:
            dataset = loading.dataset_called(options["dataset"], options["release"], options["title"],
                                             options["released_on"], options["next_due"])
        except loading.UnknownDatasetError as error:
            raise CommandError(str(error), returncode=NOT_UNDERSTOOD) from error
        missing = [str(path) for path in options["files"] if not path.is_file()]
        if missing:
            wanted = "; ".join(FILES[dataset.loader])
            raise CommandError(f"There is no file {', '.join(missing)}. {dataset.title} takes {wanted}.")
        try:
            loaded = actions.load_published(by=None, dataset=dataset, paths=options["files"])
        except figures.RebuildFailedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Loaded {count(loaded.rows, loaded.holds.removesuffix('s'))} of {dataset.title}.")
        for problem in loaded.problems[:SHOWN]:
            self.stdout.write(problem.sentence())
        if len(loaded.problems) > SHOWN:
            self.stdout.write(f"and {len(loaded.problems) - SHOWN:,} more lines set aside.")
