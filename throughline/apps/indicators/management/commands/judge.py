"""Prints the judgement of every active indicator of an authority, with its sum, as a table, JSON or CSV."""

import csv
import json
import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from throughline.analytics.measures.areas import UnknownAreaError, find_area
from throughline.apps.indicators.judgements import Result, judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.words import (
    capital,
    due_words,
    latest_words,
    meaning_words,
    source_words,
    target_words,
    verdict_words,
)
from throughline.apps.performance.figures import warehouse

NOT_UNDERSTOOD = 2
WIDE = 160


class Command(BaseCommand):
    """Judge every active indicator of an authority."""

    help = "Judge every active indicator of an authority on a day, each with its sum."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("--area", required=True, metavar="CODE", help="the authority's code or name")
        parser.add_argument("--on", metavar="DATE", help="the day to judge on, such as 2026-03-31; today without it")
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table",
                            help="a table to read, or JSON or CSV for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge and print; an authority without indicators prints none."""
        try:
            area = find_area(warehouse(), options["area"])
        except UnknownAreaError as error:
            raise CommandError(str(error), returncode=NOT_UNDERSTOOD) from error
        on = _day(options["on"])
        indicators = list(Indicator.objects.filter(area=area.area, state=Indicator.State.ACTIVE))
        judged = judge_all(indicators, on, entered=True)
        results = [judged[one.pk] for one in indicators]
        title = f"{area.name}, {on.isoformat()}"
        {"table": _print_table, "json": _print_json, "csv": _print_csv}[options["format"]](results, title)


def _day(typed: str | None) -> date:
    try:
        return date.fromisoformat(typed) if typed else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"“{typed}” is no day: write it as 2026-03-31", returncode=NOT_UNDERSTOOD) from error


def _row(result: Result) -> dict[str, Any]:
    one, person = result.indicator, result.person
    return {
        "id": one.pk, "number": one.number, "title": one.title, "cohort": one.cohort, "target": target_words(result),
        "meaning": meaning_words(result), "due": due_words(result), "latest": latest_words(result),
        "source": source_words(result), "status": result.verdict.value, "rating": result.rag, "proposed": result.proposed.rag,
        "by_person": (person.reason or person.evidence) if person else "", "sum": list(result.proposed.steps),
        "comparators": [vars(used) for used in result.proposed.comparators], "reason": result.proposed.reason,
        "remedy": result.remedy,
    }


def _print_json(results: list[Result], _title: str) -> None:
    json.dump([_row(result) for result in results], sys.stdout, indent=2, ensure_ascii=False, default=str)
    sys.stdout.write("\n")


def _print_csv(results: list[Result], _title: str) -> None:
    rows = [_row(result) for result in results]
    writer = csv.DictWriter(sys.stdout, fieldnames=[name for name in (rows[0] if rows else {}) if name != "comparators"],
                            extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**row, "sum": " ".join(row["sum"])} for row in rows)


def _print_table(results: list[Result], title: str) -> None:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), title=title)
    for heading in ("Number", "Indicator", "Target", "Status", "Rating", "Sum"):
        table.add_column(heading)
    for result in results:
        cells = (result.indicator.number, result.indicator.title, target_words(result), verdict_words(result),
                 capital(result.rag) if result.rag != "none" else "", "\n".join(result.proposed.steps))
        table.add_row(*[Text(cell) for cell in cells])
    console = Console()
    if not console.is_terminal:  # into a file or a pipe there is no edge to keep within
        console.width = WIDE
    console.print(table)
