"""Closes a month: shows what is wrong, what the headline is and what moved it, and freezes the return."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from throughline.apps.exchange.queries import waiting_of
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.figures import RebuildFailedError, are_behind, counted_once
from throughline.apps.returns.actions.closing import LAYOUT, close_month
from throughline.apps.returns.asked import NOT_UNDERSTOOD, add_asked, asked_area, asked_month
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import errors_by_rule, errors_by_who, moves_by_kind, rates, report_lines
from throughline.apps.returns.queries import numbers_shut_to
from throughline.ui.formats import count

_WORDS = {
    "standings": "Counting what everybody is doing",
    "records": "Writing and checking the return",
    "freeze": "Freezing the month",
}
_MOVED_SHOWN = 20


class Command(BaseCommand):
    """Close a month of the register, and say what there is to know about it."""

    help = (
        "Close a month: write and check the return, say what the headline is and what moved it since the month before, person by "
        "person, and freeze all of it. A month that was closed can be closed again with --reason; what was closed before is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        add_asked(parser)
        parser.add_argument("--reason", default="", help="why a month that is closed already is closed again")
        parser.add_argument("--layout", default=LAYOUT, metavar="YEAR", help=f"the layout of the return; {LAYOUT} without it")
        parser.add_argument("--everybody", action="store_true", help="list everybody who moved, however many")

    def handle(self, *args: Any, **options: Any) -> None:
        """Close, showing each step as it begins; say what was found; then count what other pages show, where that is behind."""
        month_end, area = asked_month(options["month"]), asked_area(options["area"])
        console = Console(stderr=True)
        try:
            with counted_once():
                close = _closed(console, area, month_end, options)
                _print(Console(highlight=False), close, options["everybody"])
                if are_behind():
                    console.print("Counting again what other pages show …")
        except RefusedError as refused:
            how = " Give --reason." if refused.field == "reason" else ""
            raise CommandError(f"{refused}.{how}", returncode=NOT_UNDERSTOOD) from refused
        except RebuildFailedError as error:
            raise CommandError(str(error)) from error


def _closed(console: Console, area: str, month_end: date, options: Mapping[str, Any]) -> MonthClose:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=not console.is_terminal) as progress:
        task = progress.add_task("Starting", total=len(_WORDS))
        return close_month(
            by=None, area=area, month_end=month_end, layout=options["layout"], reason=options["reason"],
            step=lambda name: progress.update(task, description=_WORDS[name], advance=1),
        )


def _waiting(area: str) -> list[str]:
    """What of the files that came in is not in the return."""
    held = waiting_of(area)
    if not any(held.values()):
        return ["Every file that came in is decided on, and every row of them is matched."]
    return [f"Not in it: {count(held['waiting'], 'file')} to be looked over, and {count(held['unmatched'], 'row')} of files that "
            "nobody has said whom they are about."]


def _print(console: Console, close: MonthClose, everybody: bool) -> None:
    console.print(f"{close.month_end:%B %Y} is closed, version {close.version}, with {close.records:,} records.", style="bold")
    for line in [*_waiting(close.area), *report_lines(close)]:
        console.print(line)
    shown = Table("", "Now", "A month before", "Change", box=SIMPLE_HEAD, title="Headline", title_justify="left")
    for row in rates(close):
        shown.add_row(row.title, row.now, row.before, row.change)
    console.print(shown)
    moved = Table("What moved it", "People", box=SIMPLE_HEAD)
    for what, people in moves_by_kind(close, numbers_shut_to(None, close.area)):
        moved.add_row(what, f"{len(people):,}: " + ", ".join(people if everybody else people[:_MOVED_SHOWN])
                      + ("" if everybody or len(people) <= _MOVED_SHOWN else ", …"))
    console.print(moved)
    # In 80 columns the last two would not fit as one row of headings: what the numbers are stands above them.
    whose = Table("Who can put it right", "Errors", "People", "Fall", "Rise", box=SIMPLE_HEAD, title_justify="left",
                  title="How far NEET or not known could fall and rise at most, were it put right")
    for group in errors_by_who(close):
        whose.add_row(group.in_words.capitalize(), f"{group.errors:,}", f"{group.people:,}", group.fall, group.rise)
    console.print(whose)
    wrong = Table("Rule", "Priority", "Errors", "What to do", box=SIMPLE_HEAD)
    for rule in errors_by_rule(close.errors, numbers_shut_to(None, close.area)):
        wrong.add_row(str(rule.number), str(rule.priority), f"{rule.count:,}", rule.message)
    console.print(wrong)
