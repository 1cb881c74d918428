"""Turns a sheet with a column for each indicator into PUBLISHED_FIGURE rows, one a figure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import isfinite

import pyarrow as pa
import pyarrow.compute as pc

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.formats.reading import Faults, Sheet
from throughline.analytics.formats.tallies import tally
from throughline.analytics.warehouse.tables import PUBLISHED_FIGURE
from throughline.core.periods import Period
from throughline.core.statuses import RELEASE_STATUSES, Status, read_value

VERSION = "version"  # the column in which a file says how settled each row is
_VINTAGES = {status.value: status for status in RELEASE_STATUSES}
_NULL = "null"  # written by programs for nothing; the publishers have no such symbol


@dataclass(frozen=True)
class RowOf:
    """What one row of figures is of."""

    area: str
    period: Period
    breakdown: str
    group: str
    vintage: Status

    @property
    def key(self) -> Hashable:
        """What no two rows may share."""
        return self.area, self.period.start, self.period.end, self.breakdown, self.group, self.vintage


def vintages_of(sheet: Sheet, dataset: Dataset, faults: Faults) -> list[Status | None]:
    """How settled each row is: as its version column says, or as the data set is; None where the word is unknown."""
    if VERSION not in sheet.header:
        return [dataset.vintage] * len(sheet.rows)
    printed = [word.lower() for word in sheet.column(VERSION)]
    for word, (line, count) in tally(printed, sheet.lines).items():
        if word not in _VINTAGES:
            faults.note(line, VERSION, word, "provisional, revised or final",
                        f"use one of these three words ({count:,} rows set aside)")
    return [_VINTAGES.get(word) for word in printed]


def rows_of(areas: Sequence[str | None], periods: Sequence[Period | None], groups: Sequence[tuple[str, str]],
            vintages: Sequence[Status | None]) -> list[RowOf | None]:
    """What each row is of, or None when one of the four is not known and the row is set aside."""
    return [
        RowOf(area, period, *group, vintage) if area and period and vintage else None
        for area, period, group, vintage in zip(areas, periods, groups, vintages, strict=True)
    ]


def figures(sheet: Sheet, rows: Sequence[RowOf | None], indicators: Sequence[str], dataset: Dataset,
            faults: Faults) -> pa.Table:
    """PUBLISHED_FIGURE rows of every indicator for every row that is not None.

    Rows that give one thing two figures are all set aside, unless the data set says that the first holds;
    of rows that agree the first is kept. Cells that hold neither a number nor a symbol are
    left out one by one, and a column that holds only words is left out whole; each is among the faults.
    """
    present = [name for name in indicators if name in sheet.header]
    dropped = _repeated(sheet, rows, present, dataset, faults)
    kept = [row is not None and place not in dropped for place, row in enumerate(rows)]
    sheet, known = sheet.keeping(kept), [row for row, keep in zip(rows, kept, strict=True) if keep and row]
    of = _columns_of(known)
    tables = [_figures_of(sheet, indicator, of, dataset, faults) for indicator in present]
    return pa.concat_tables([PUBLISHED_FIGURE.empty(), *tables])


def _repeated(sheet: Sheet, rows: Sequence[RowOf | None], indicators: Sequence[str], dataset: Dataset,
              faults: Faults) -> set[int]:
    """The places of rows to set aside because another row is of the same thing."""
    first: dict[Hashable, int] = {}
    again: dict[int, list[int]] = {}  # first place: the places that repeat it
    for place, row in enumerate(rows):
        if row and (earlier := first.setdefault(row.key, place)) != place:
            again.setdefault(earlier, []).append(place)
    if dataset.repeated_rows == "first":
        return _all_but_first(sheet, rows, again, faults)
    cells = [sheet.header.index(name) for name in indicators]
    dropped: set[int] = set()
    for earlier, later in again.items():
        agree = all(sheet.rows[place][cell] == sheet.rows[earlier][cell] for place in later for cell in cells)
        dropped.update(later if agree else [earlier, *later])
        done = "the earlier is kept" if agree else "their figures differ, so none of them has been loaded"
        for place in later:
            faults.note(sheet.lines[place], "", "", "each figure once",
                        f"line {sheet.lines[earlier]} is of the same area, period and group; {done}")
    return dropped


def _all_but_first(sheet: Sheet, rows: Sequence[RowOf | None], again: dict[int, list[int]], faults: Faults) -> set[int]:
    places = sorted(place for later in again.values() for place in later)
    groups = ((row.breakdown, row.group) for place in places if (row := rows[place]))
    for (breakdown, group), (line, count) in tally(groups, (sheet.lines[place] for place in places)).items():
        faults.note(line, breakdown, group, "each figure once",
                    f"an earlier row is of the same area, period and group, and is kept ({count:,} rows set aside)")
    return set(places)


def _columns_of(rows: Sequence[RowOf]) -> dict[str, pa.Array]:
    text = pa.string()
    return {
        "area": pa.array([row.area for row in rows], text),
        "period": pa.array([row.period.label for row in rows], text),
        "period_kind": pa.array([row.period.kind.value for row in rows], text),
        "period_start": pa.array([row.period.start for row in rows], pa.date32()),
        "period_end": pa.array([row.period.end for row in rows], pa.date32()),
        "breakdown": pa.array([row.breakdown for row in rows], text),
        "group": pa.array([row.group for row in rows], text),
        "vintage": pa.array([row.vintage.value for row in rows], text),
    }


def _figures_of(sheet: Sheet, indicator: str, of: dict[str, pa.Array], dataset: Dataset, faults: Faults) -> pa.Table:
    cells = sheet.column(indicator)
    read = {cell: _read(cell) for cell in set(cells)}
    wrong = {cell for cell, (_, status) in read.items() if status == _UNREADABLE}
    if wrong and len(cells) > 1 and all(value is None for value, _ in read.values()):
        place = next(place for place, cell in enumerate(cells) if cell in wrong)
        faults.note(sheet.lines[place], indicator, cells[place], "a column of figures",
                    "the column holds words, not figures, and has not been loaded")
        return PUBLISHED_FIGURE.empty()
    _note_each(sheet, indicator, cells, wrong, faults)
    pairs = [read[cell] for cell in cells]
    values = pa.array([value for value, _ in pairs], pa.float64())
    statuses = pa.array([status for _, status in pairs], pa.string())
    count = len(cells)
    given = {
        **of, "dataset": pa.repeat(dataset.id, count), "indicator": pa.repeat(indicator, count),
        "release": pa.repeat(dataset.release, count),
        "numerator": pa.nulls(count, pa.float64()), "denominator": pa.nulls(count, pa.float64()),
        "value": values, "status": pc.coalesce(statuses, of["vintage"]),
    }
    schema = PUBLISHED_FIGURE.arrow_schema
    table = pa.table([given[name] for name in schema.names], schema=schema)
    return table.filter(pc.not_equal(table["status"], _UNREADABLE)) if wrong else table


_UNREADABLE = "unreadable"


def _read(cell: str) -> tuple[float | None, str | None]:
    """A cell as (value, None), (None, the status its symbol stands for), or (None, _UNREADABLE)."""
    if cell.lower() == _NULL:
        return None, Status.NOT_AVAILABLE.value
    try:
        value, status = read_value(cell)
    except ValueError:
        return None, _UNREADABLE
    if value is not None and not isfinite(value):
        return None, _UNREADABLE
    return value, None if status is None else status.value


def _note_each(sheet: Sheet, indicator: str, cells: list[str], wrong: set[str], faults: Faults) -> None:
    for place, cell in enumerate(cells) if wrong else ():
        if cell in wrong:
            faults.note(sheet.lines[place], indicator, cell, "number or symbol",
                        "give a number, or one of the publishers' symbols such as c, x, z or low")
