"""Reminds the owners of actions by e-mail: what is overdue, what falls due soon, and what has no update this month."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from throughline.apps.plans.actions.reminding import FAILED, send_letters
from throughline.apps.plans.reminders import (
    COMING_UP,
    LATE_MILESTONE,
    NEXT_MILESTONE,
    OVERDUE,
    UPDATE_DUE,
    Letter,
    letters,
)
from throughline.core import typed
from throughline.ui.formats import count

DRY = "would be sent"
NO_ADDRESS = (
    "The letters must say where this site is. Put its address first in THROUGHLINE_ORIGINS, such as "
    "https://throughline.example.org, or give it with --site."
)


class Command(BaseCommand):
    """One letter a person, each thing told once; safe to run every day, and again after a failure."""

    help = ("Remind the owners of actions of approved plans by e-mail: what is overdue or due soon, and what has no update this "
            "month. Each thing is told to each person once, so it may run every day.")

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("--on", type=typed.day, metavar="DATE",
                            help="as on this day, such as 2026-11-02; today without it")
        parser.add_argument("--dry-run", action="store_true", help="print the letters that would be sent, and send none")
        parser.add_argument("--site", default="", metavar="ADDRESS",
                            help="the address of the site, for the links; the first of THROUGHLINE_ORIGINS without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work out the letters, send them, and print what became of each."""
        site = options["site"] or site_address()
        if not site:
            raise CommandError(NO_ADDRESS)
        found = letters(options["on"] or timezone.localdate())
        done = [(letter, DRY) for letter in found] if options["dry_run"] else send_letters(letters=found, site=site)
        if not done:
            self.stdout.write("Nobody has to be reminded of anything.")
            return
        for line in _table(done):
            self.stdout.write(line)
        if failed := sum(outcome == FAILED for _, outcome in done):
            raise CommandError(f"{count(failed, 'letter')} could not be sent. Run the command again once mail works.")


def site_address() -> str:
    """The address of the site as the settings have it, "" where they name none that is one address."""
    return next((origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin), "")


def _table(done: Iterable[tuple[Letter, str]]) -> list[str]:
    """A line a letter: to whom, how many things of each sort, and what became of it."""
    rows = [("To", "Overdue", "Due soon", "Update due", "Letter")]
    for letter, outcome in done:
        counts = (letter.many(OVERDUE, LATE_MILESTONE), letter.many(COMING_UP, NEXT_MILESTONE), letter.many(UPDATE_DUE))
        rows.append((letter.to, *map(str, counts), outcome))
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    return ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows]
