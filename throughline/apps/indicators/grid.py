"""The indicator grid, the trajectory and target table and the gap table: many indicators, year by year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.analytics.targets.evidence import Evidence, Point, known
from throughline.analytics.targets.gaps import GapRow, gap_table
from throughline.analytics.targets.grouping import GridGroup, PeriodTravel, grid_group, travel_by_period
from throughline.analytics.targets.trajectory import expected
from throughline.apps.indicators.judgements import Result
from throughline.apps.indicators.meaning import rules
from throughline.apps.indicators.over_time import Row, broken_way, over_time, straight_way

YEARS = 3  # of travel on a grid
BACK, FORWARD = 3, 4  # years before and after the one asked of, in the trajectory table
HEADINGS = {
    GridGroup.OVER_ACHIEVING: "Over achieving", GridGroup.ACHIEVING: "Achieving",
    GridGroup.REQUIRING_IMPROVEMENT: "Requiring improvement", None: "Cannot be judged",
}


@dataclass(frozen=True)
class GridRow:
    """One indicator: its group, and which way it went in each year, None for a year without a figure."""

    result: Result
    group: GridGroup | None
    travels: tuple[PeriodTravel | None, ...]


@dataclass(frozen=True)
class Block:
    """One group of the grid and its indicators."""

    title: str
    group: GridGroup | None
    rows: list[GridRow]


def travels(result: Result) -> list[tuple[Point, PeriodTravel]]:
    """Every period known by the day judged on, with which way the value went since the year before."""
    if result.evidence is None:
        return []
    made = zip(result.evidence.points, travel_by_period(result.evidence), strict=True)
    return [(point, travel) for point, travel in made if known(point, result.on)]


def latest_travel(result: Result) -> PeriodTravel | None:
    """The travel of the last period known."""
    found = travels(result)
    return found[-1][1] if found else None


def grid_years(results: Iterable[Result], on: date) -> list[int]:
    """The years of a grid's columns, by the year their periods end in: the last ones that any indicator has a figure for."""
    ends = {point.end.year for result in results for point, _ in travels(result) if point.value is not None}
    last = max(ends, default=on.year)
    return list(range(last - YEARS + 1, last + 1))


def grid(results: Sequence[Result], on: date) -> tuple[list[int], list[Block]]:
    """The years and the three groups with their indicators, and last those that cannot be judged; empty groups left out."""
    years = grid_years(results, on)
    rows = [_grid_row(result, years) for result in results]
    blocks = [Block(title, group, [row for row in rows if row.group == group]) for group, title in HEADINGS.items()]
    return years, [block for block in blocks if block.rows]


def _grid_row(result: Result, years: Sequence[int]) -> GridRow:
    by_year = {point.end.year: travel for point, travel in travels(result)}
    return GridRow(result, grid_group(result.proposed, result.evidence, rules()), tuple(by_year.get(year) for year in years))


@dataclass(frozen=True)
class Cell:
    """One year of one indicator; row is None where neither a figure nor the plan has anything for it.

    trajectory is the plan's own cell, or a point of the straight line, which also runs through years without a row
    and stops at a break in the series.
    """

    year: int
    row: Row | None
    trajectory: float | None


@dataclass(frozen=True)
class TrajectoryTable:
    """One indicator's years, and its latest figure against its trajectory: how much better, None where it cannot be said."""

    result: Result
    cells: list[Cell]
    latest: Row | None


def trajectory_years(on: date) -> list[int]:
    """Three years back and four forward, by the year a period ends in."""
    return list(range(on.year - BACK, on.year + FORWARD + 1))


def trajectory_tables(results: Iterable[Result], on: date) -> list[TrajectoryTable]:
    """Those indicators that have a trajectory: the plan's own cells, or a straight line from baseline to target."""
    years = trajectory_years(on)
    return [_trajectory_table(result, years) for result in results if result.cells or straight_way(result)]


def _trajectory_table(result: Result, years: Sequence[int]) -> TrajectoryTable:
    rows = over_time(result)
    by_year = {row.end.year: row for row in rows}
    line = None if result.trajectory else straight_way(result)
    ends = _usual_end(result.evidence, rows)
    cells = []
    for year in years:
        row = by_year.get(year)
        day = row.end if row else date(year, *ends)
        drawn = expected(line, day) if line and not broken_way(result, line, day) else None
        cells.append(Cell(year, row, row.trajectory if row else drawn))
    return TrajectoryTable(result, cells, next((row for row in reversed(rows) if row.apart is not None), None))


def _usual_end(evidence: Evidence | None, rows: Sequence[Row]) -> tuple[int, int]:
    """The month and day on which the indicator's years end; 31 August where nothing says."""
    points = evidence.points if evidence else ()
    found = points[-1].end if points else rows[0].end if rows else date(2000, 8, 31)
    return found.month, min(found.day, 28) if found.month == 2 else found.day


@dataclass(frozen=True)
class GapLine:
    """One indicator's gap in its latest period that has one, with the table it is the last of."""

    result: Result
    latest: GapRow
    rows: list[GapRow]


def gap_rows(result: Result) -> list[GapRow]:
    """An indicator's gaps known by the day judged on, earliest first; [] where its measure has none."""
    evidence = result.evidence
    if evidence is None:
        return []
    made = zip(evidence.gaps, gap_table(evidence), strict=True)
    return [row for gap, row in made if known(gap, result.on)]


def gap_lines(results: Iterable[Result]) -> list[GapLine]:
    """The indicators that are of a group beside another, each with its latest gap."""
    found = []
    for result in results:
        rows = gap_rows(result)
        latest = next((row for row in reversed(rows) if row.gap is not None), rows[-1] if rows else None)
        if latest is not None:
            found.append(GapLine(result, latest, rows))
    return found
