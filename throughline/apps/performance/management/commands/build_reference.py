"""Rebuilds the packaged reference set from the publishers' own files."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from throughline.analytics.warehouse.reference import gather, write
from throughline.apps.performance import figures

SHOWN = 10


class Command(BaseCommand):
    """Rebuild reference/ from the files its figures were published in."""

    help = "Rebuild the packaged figures from the publishers' own files (for developers; needs those files)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the publishers' files are, and where the set goes."""
        beside = os.environ.get("THROUGHLINE_SOURCES", settings.ROOT.parent / "shared" / "data")
        parser.add_argument("--from", dest="sources", type=Path, default=Path(beside), help="folder of the publishers' files")
        parser.add_argument("--to", type=Path, default=settings.REFERENCE, help="folder to write the set into")

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather, write, and say what was set aside and why."""
        if not options["sources"].is_dir():
            raise CommandError(f"There is no folder {options['sources']}; say where the publishers' files are with --from.")
        gathered = gather(options["sources"], settings.DEFINITIONS, figures.measures())
        write(gathered, options["to"])
        held = gathered.inputs
        self.stdout.write(f"Wrote {held.published_figure.num_rows:,} published figures of "
                          f"{held.area.num_rows} areas to {options['to'].name}/.")
        for problem in gathered.problems[:SHOWN]:
            self.stdout.write(problem.sentence())
        if len(gathered.problems) > SHOWN:
            self.stdout.write(f"and {len(gathered.problems) - SHOWN:,} more lines set aside.")
