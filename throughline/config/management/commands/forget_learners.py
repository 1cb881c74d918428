"""Forgets young people whose records are kept no longer, and the returns of months long closed."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from throughline.apps.learners.actions.forgetting import forget_learners
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import kept_no_longer
from throughline.apps.returns.actions.forgetting import forget_months
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import months_kept_no_longer

_NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """throughline forget-learners [--as-of DAY] [--dry-run]."""

    help = (
        "Forget the young people whose records are kept no longer, everything of each, and who was in the returns of months "
        "closed long ago, as definitions/rules/retention.toml says. It can be stopped and run again at any time: every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("--as-of", metavar="DAY",
                            help="as though it were this day, such as 2026-10-31; one to come only with --dry-run")
        parser.add_argument("--dry-run", action="store_true", help="say who would be forgotten, by number, and forget nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each authority of the register in turn."""
        day = _day(options["as_of"], options["dry_run"])
        for area in _areas():
            self.stdout.write(_would(area, day) if options["dry_run"] else _done(area, day))


def _areas() -> list[str]:
    kept = [model.objects.order_by().values_list("area", flat=True).distinct() for model in (Learner, MonthClose)]
    return sorted({area for areas in kept for area in areas})


def _day(typed: str | None, may_come: bool) -> date:
    """The day that was typed. Raises CommandError for no day, and for one to come: nobody is forgotten before their time."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError as error:
        raise CommandError(f"“{typed}” is no day: write it as 2026-10-31", returncode=_NOT_UNDERSTOOD) from error
    if day > today and not may_come:
        raise CommandError(f"{day:%-d %B %Y} is still to come. Give a day that is past, or add --dry-run",
                           returncode=_NOT_UNDERSTOOD)
    return day


def _would(area: str, day: date) -> str:
    numbers = [str(number) for number in kept_no_longer(area, day).order_by("number").values_list("number", flat=True)]
    who = f" Numbers {', '.join(numbers)}." if numbers else ""
    return (f"{area}: {len(numbers):,} learners and {months_kept_no_longer(area, day).count():,} returns would be forgotten."
            f"{who} Nothing was changed.")


def _done(area: str, day: date) -> str:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=not console.is_terminal) as progress:
        task = progress.add_task(f"Forgetting of {area}", total=kept_no_longer(area, day).count())
        many = forget_learners(by=None, area=area, day=day, step=lambda some: progress.advance(task, some))
    return f"{area}: {many:,} learners and {forget_months(by=None, area=area, day=day):,} returns were forgotten."
