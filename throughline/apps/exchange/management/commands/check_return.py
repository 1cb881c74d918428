"""Checks a monthly return by every numbered rule of its year, and prints what is wrong and who can put it right."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from throughline.analytics.formats.nccis.as_json import write_checked
from throughline.analytics.formats.nccis.check import Watch
from throughline.analytics.formats.nccis.checking import Error
from throughline.analytics.formats.nccis.record import Header, Record
from throughline.analytics.formats.nccis.words import checked_in_words
from throughline.apps.exchange.headline_of_file import HeadlineOfFile, fall_in_words
from throughline.apps.exchange.reading import why_not_ours
from throughline.apps.learners.return_rules import codes_held, editions_held

NOT_IN_ORDER, NO_SUCH_FILE = 1, 2


class _Headline:
    """How far the headline of a file could fall, counted while it is checked as it is when the file is brought in."""

    def __init__(self) -> None:
        self._counted: HeadlineOfFile | None = None

    def of_file(self, header: Header) -> Watch:
        """What counts the records of a file; nothing where no database has been made yet."""
        try:
            counted = HeadlineOfFile(header.period_end)
        except DatabaseError:
            return lambda record, errors: None
        self._counted = counted

        def count(record: Record, errors: Sequence[Error]) -> None:
            if why_not_ours(record, header.authorities) is None:
                counted.record(record, errors)

        return count

    def in_words(self) -> str:
        """The count in a line, after an empty one; nothing where nothing of the file breaks a rule."""
        fall = fall_in_words(self._counted.could_fall) if self._counted else ""
        return f"\n{fall}\n" if fall else ""


class Command(BaseCommand):
    """Print what is wrong in a return; leaves with 1 when there is anything or the file is rejected, otherwise with 0."""

    help = (
        "Check a monthly return (XML, or a supplier's CSV) by every numbered rule of its year. Nothing is kept. "
        "Leaves with 0 when it is in order, 1 when a rule is broken or the department would reject the file, and 2 when "
        "there is no such file. A warning (priority 3, such as 908) stands among the errors of the JSON and leaves with 1 too, "
        "though the department takes a file that has no others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("file", metavar="FILE", type=Path, help="the return: .xml, or .csv as suppliers' systems write it")
        parser.add_argument("--format", choices=("json", "text"), default="text",
                            help="errors by rule and by who can put them right, or JSON for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file and print the report."""
        in_json = options["format"] == "json"
        editions, codes = editions_held(), codes_held()
        try:
            if in_json:
                report = write_checked(options["file"], editions, codes, sys.stdout)
            else:
                headline = _Headline()
                report, said = checked_in_words(options["file"], editions, codes, headline.of_file)
                sys.stdout.write(said + headline.in_words())
        except BrokenPipeError:  # of what is written, not of the file
            raise
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=NO_SUCH_FILE) from error
        if in_json and report.caution:
            sys.stderr.write(f"{report.caution}\n")
        if not report.is_clean:
            sys.exit(NOT_IN_ORDER)
