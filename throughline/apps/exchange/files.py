"""The tables of the exchange room as files."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone

from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.words import titled
from throughline.core.problems import Problem
from throughline.ui.downloads import Column

PROBLEM_COLUMNS = [Column("line", "Line"), Column("sheet", "Sheet"), Column("field", "Column"),
                   Column("value", "What it says"), Column("rule", "Rule"), Column("remedy", "What to do")]
PROBLEM_NOTES = ["Lines are counted as an editor or a spreadsheet counts them, on each sheet of a workbook from 1. "
                 "What the file says is repeated, which may be about a young person: keep this no longer than it is needed."]
DELIVERY_COLUMNS = [Column("name", "File"), Column("kind", "Kind"), Column("as_at", "As at"), Column("state", "State"),
                    Column("brought", "Brought in"), Column("by", "By"),
                    *(Column(each.value, each.label) for each in Row.Outcome)]
DELIVERY_NOTES = ["One row a file, the newest first; the numbers are of rows by what comes of them."]


def problem_rows(problems: Iterable[Problem]) -> Iterator[dict[str, Any]]:
    """One row a problem, its field as the pages name it."""
    for problem in problems:
        yield {**problem.as_dict(), "field": titled(problem)}


def delivery_rows(deliveries: Iterable[Delivery], counts: Mapping[int, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    """One row a delivery; counts are of its rows, by its number in the database."""
    for each in deliveries:
        yield {"name": each.name, "kind": each.get_kind_display(), "as_at": each.as_at, "state": each.get_state_display(),
               "brought": timezone.localtime(each.at).date(), "by": each.by.full_name if each.by else "", **counts[each.pk]}
