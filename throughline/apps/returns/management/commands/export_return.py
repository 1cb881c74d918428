"""Writes the return of a month that was closed, byte for byte as it was."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from throughline.apps.returns.actions.exporting import export
from throughline.apps.returns.asked import NOT_UNDERSTOOD, add_asked, asked_area, asked_month
from throughline.apps.returns.queries import latest, version_of
from throughline.ui.formats import count

NAME = "export-return"


class Command(BaseCommand):
    """Write a closed month's return to a file; the file is whole or not there."""

    help = "Write the return of a month that was closed as XML: the same bytes however the register has changed since."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The parser; --version is the month's here, and not Django's own, which tells of Django."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        add_asked(parser)
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to write; one there is replaced")
        parser.add_argument("--version", type=int, metavar="N", help="which version of the month; the newest without it")
        parser.add_argument("--reason", default="", help="why it is taken away, which is kept with each restricted record in it")
        parser.add_argument("--layout", metavar="YEAR", help="refuse unless the month was closed in this layout, such as 2019-20")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write beside the file and put it in its place."""
        month_end, area = asked_month(options["month"]), asked_area(options["area"])
        newest = latest(area, month_end)
        if newest is None:
            raise CommandError(f"{month_end:%B %Y} is not closed. Close it first: throughline close --month {options['month']}",
                               returncode=NOT_UNDERSTOOD)
        close = newest if options["version"] is None else version_of(newest, options["version"])
        if close is None:
            raise CommandError(f"{month_end:%B %Y} has no version {options['version']}: the newest is {newest.version}.",
                               returncode=NOT_UNDERSTOOD)
        if close.forgotten_at:
            raise CommandError(f"Who was in the return of {month_end:%B %Y} was forgotten on {close.forgotten_at:%-d %B %Y}. "
                               "Its figures stay on the site.", returncode=NOT_UNDERSTOOD)
        if options["layout"] not in (None, close.layout):
            raise CommandError(f"{month_end:%B %Y} was closed in the layout of {close.layout}. To have it in that of "
                               f"{options['layout']}, close it again with --layout and --reason.", returncode=NOT_UNDERSTOOD)
        restricted: list[int] = []
        try:
            export(by=None, close=close, out=options["out"], command=NAME, tell=partial(self._tell, restricted),
                   reason=options["reason"])
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}", returncode=NOT_UNDERSTOOD) from error
        self.stdout.write(f"{options['out']} holds {close.records:,} records, of version {close.version}. "
                          f"SHA-256 {close.digest}.")
        if restricted and not options["reason"].strip():
            self.stderr.write("It was written all the same, and recorded without a reason. To give one next time, add "
                              '--reason "why it is taken away"; it is kept with each of those records.')

    def _tell(self, restricted: list[int], many: int) -> None:
        """Say what the file is about to hold, before it is written, and note that it was said."""
        restricted.append(many)
        self.stderr.write(f"It holds {count(many, 'record')} of which something is restricted, such as an address that is "
                          "protected. The audit names each of them.")
