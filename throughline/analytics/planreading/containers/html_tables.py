"""The rows of a web page's table with merged cells put in their places, and which tables are only a way to lay out."""

from collections.abc import Iterator
from typing import Any

from throughline.analytics.planreading.containers.html_text import HEADINGS, tag_of

MOST_COLUMNS = 200
_GROUPS = {"thead", "tbody", "tfoot"}


def rows_of(table: Any) -> list[Any]:
    """A table's own rows, those of tables inside it left aside."""
    rows: list[Any] = []
    for child in table:
        if tag_of(child) in _GROUPS:
            rows += [row for row in child if tag_of(row) == "tr"]
        elif tag_of(child) == "tr":
            rows.append(child)
    return rows


def cells_of(row: Any) -> list[Any]:
    """A row's cells."""
    return [cell for cell in row if tag_of(cell) in ("td", "th")]


def is_layout(table: Any) -> bool:
    """Whether a table only lays out the page: it says so, is one cell, or holds headings or other tables in its cells."""
    if table.get("role") in ("presentation", "none"):
        return True
    cells = [cell for row in rows_of(table) for cell in cells_of(row)]
    if len(cells) == 1:
        return True
    if any(tag_of(cell) == "th" for cell in cells):
        return False
    return any(tag_of(inner) == "table" or tag_of(inner) in HEADINGS for cell in cells for inner in cell.iter())


def placed(table: Any) -> Iterator[tuple[Any, list[Any | None], frozenset[int]]]:
    """Each row with its cells in their columns, and the places that a cell above reaches down into.

    A merged cell stands in its first square, None in its others.
    """
    rows = rows_of(table)
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        places: list[Any | None] = []
        for cell in cells_of(row):
            while (number, len(places)) in taken and len(places) < MOST_COLUMNS:
                places.append(None)
            wide = _span(cell.get("colspan"), MOST_COLUMNS)
            deep = _span(cell.get("rowspan"), len(rows) - number, len(rows) - number)
            taken |= {(below, len(places) + right) for below in range(number + 1, number + deep) for right in range(wide)}
            places += [cell, *[None] * (wide - 1)]
        while (number, len(places)) in taken and len(places) < MOST_COLUMNS:
            places.append(None)
        yield row, places, frozenset(place for place in range(len(places)) if (number, place) in taken)


def _span(printed: str | None, most: int, of_zero: int = 1) -> int:
    """How many squares a cell covers; 0 rows mean all that are left."""
    if not printed or not printed.strip().isdecimal() or len(printed) > 6:
        return 1
    return max(1, min(int(printed) or of_zero, most))
