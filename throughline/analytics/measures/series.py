"""Reads a measure over time, across every authority, and between the groups of a breakdown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.analytics.measures.areas import Area
from throughline.analytics.measures.definition import Breakdown, Measure
from throughline.analytics.measures.sequence import break_starts, crosses_break
from throughline.analytics.warehouse.connection import Warehouse
from throughline.core.periods import Period, PeriodKind
from throughline.core.statuses import Status

ENGLAND = "970"


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a trend. joins is whether a line may be drawn to it from the point before.

    numerator and denominator are the counts that value is made of, None where they may not be told, or nobody said them, and in
    the small lines of a scorecard. estimate and high are what NEET, of which value is the lower end, likely is and is at most;
    None of any other measure, where that is not told, and in those lines.
    """

    period: Period
    value: float | None
    status: Status
    england: float | None
    region: float | None
    neighbours_mean: float | None
    joins: bool
    break_before: str | None
    numerator: float | None = None
    denominator: float | None = None
    estimate: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One authority's place among all of them in one period."""

    area: str
    name: str
    value: float | None
    status: Status
    rank: int | None
    quartile: str | None
    quintile: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """One group beside the reference group in one period.

    gap is the reference group's value less the group's when higher is better, and the other way about
    when lower is better: a positive gap is always to the group's disadvantage. england_gap is the same
    for England.
    """

    period: Period
    group: str
    value: float | None
    status: Status
    reference_value: float | None
    gap: float | None
    england_gap: float | None
    joins: bool


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One group's figure of one period; numerator and denominator are None where they may not be told."""

    breakdown: str
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    status: Status


def group_figures(warehouse: Warehouse, measure: Measure, area: Area, period: Period) -> list[GroupFigure]:
    """Everyone's figure of one period, with breakdown and group "", and each group's, in the order of breakdowns and groups."""
    rows = warehouse.rows(
        'SELECT breakdown, "group", numerator, denominator, value, status FROM figure '
        'WHERE measure = ? AND area = ? AND period_start = ? AND period_end = ? ORDER BY breakdown, "group"',
        measure.id, area.area, period.start, period.end,
    )
    return [GroupFigure(**{**row, "status": Status(row["status"])}) for row in rows]


def trend(warehouse: Warehouse, measure: Measure, area: Area, neighbours: str = "2025",
          provisional: bool = False) -> list[Point]:
    """Every period of a measure for one area, earliest first, in its most settled release.

    A period known only provisionally is left out unless provisional is asked for or nothing is settled.
    """
    rows = warehouse.rows(_TREND, neighbours, measure.id, area.area, provisional)
    return _points(rows, measure)


_TREND = """
    SELECT c.measure, c.period, c.period_kind, c.period_start, c.period_end, c.value, c.status, c.england, c.region,
           n.neighbours_mean, f.numerator, f.denominator, r.estimate, r.high
    FROM comparison c LEFT JOIN neighbour_comparison n
      ON n.measure = c.measure AND n.area = c.area AND n.period_start = c.period_start
     AND n.period_end = c.period_end AND n.vintage = c.vintage AND n.model = ?
    LEFT JOIN figure f
      ON f.measure = c.measure AND f.area = c.area AND f.period_start = c.period_start
     AND f.period_end = c.period_end AND f.vintage = c.vintage AND f.breakdown = ''
    LEFT JOIN neet_range r
      ON r.measure = c.measure AND r.area = c.area AND r.period_start = c.period_start AND r.period_end = c.period_end
    WHERE c.measure = ? AND c.area = ? AND c.preferred AND (c.vintage <> 'provisional' OR c.latest OR ?)
    ORDER BY c.period_end, c.period_start
"""


def trends(warehouse: Warehouse, measures: Mapping[str, Measure], area: Area,
           provisional: bool = False) -> dict[str, list[Point]]:
    """Every measure's trend for one area in one read, for the small lines of a scorecard."""
    by_measure: dict[str, list[dict]] = {}
    for row in warehouse.rows(_TRENDS, area.area, provisional):
        by_measure.setdefault(row["measure"], []).append(row)
    return {id: _points(rows, measures[id]) for id, rows in by_measure.items() if id in measures}


_TRENDS = """
    SELECT measure, period, period_kind, period_start, period_end, value, status, england, region,
           NULL AS neighbours_mean, NULL AS numerator, NULL AS denominator, NULL AS estimate, NULL AS high
    FROM comparison WHERE area = ? AND preferred AND (vintage <> 'provisional' OR latest OR ?)
    ORDER BY measure, period_end, period_start
"""


def _points(rows: tuple[dict, ...] | list[dict], measure: Measure) -> list[Point]:
    breaks = {start: entry.reason for start, entry in zip(break_starts(measure), measure.breaks, strict=True)}
    points: list[Point] = []
    for row in rows:
        period = _period(row)
        before = points[-1].period if points else None
        points.append(Point(
            period, row["value"], Status(row["status"]), row["england"], row["region"], row["neighbours_mean"],
            joins=_joins(before, period, list(breaks)), break_before=breaks.get(period.start),
            numerator=row["numerator"], denominator=row["denominator"], estimate=row["estimate"], high=row["high"],
        ))
    return points


def _period(row: dict) -> Period:
    return Period(row["period"], PeriodKind(row["period_kind"]), row["period_start"], row["period_end"])


def _joins(before: Period | None, period: Period, breaks: list[date]) -> bool:
    if before is None or crosses_break(before.start, period.start, breaks):
        return False
    return period.start == before.end + timedelta(days=1) if _monthly(before, period) else period.follows(before)


def _monthly(before: Period, period: Period) -> bool:
    """Whether both are months: a line goes from each to the next, although a change is from the year before."""
    return before.kind is period.kind is PeriodKind.MONTH


def standings(warehouse: Warehouse, measure: Measure, period: Period) -> list[Standing]:
    """Every authority in one period, best first, then those without a value by name."""
    rows = warehouse.rows(
        "SELECT area, name, value, status, rank, quartile, quintile FROM comparison JOIN area USING (area) "
        "WHERE measure = ? AND period_start = ? AND period_end = ? AND preferred AND kind = 'authority' "
        "AND (abolished_on IS NULL OR value IS NOT NULL) "
        "ORDER BY rank NULLS LAST, value NULLS LAST, name",
        measure.id, period.start, period.end,
    )
    return [Standing(**{**row, "status": Status(row["status"])}) for row in rows]


def neighbours_of(warehouse: Warehouse, area: Area, model: str) -> list[tuple[str, str]]:
    """The statistical neighbours of an area, closest first, as (three-digit code, closeness)."""
    rows = warehouse.rows(
        "SELECT neighbour, closeness FROM neighbour WHERE area = ? AND model = ? ORDER BY position", area.area, model
    )
    return [(row["neighbour"], row["closeness"]) for row in rows]


def gaps(warehouse: Warehouse, measure: Measure, breakdown: Breakdown, area: Area) -> list[Gap]:
    """Each group beside the reference group, period by period, for one area with England's gap beside it."""
    held = {
        (row["area"], row["group"], row["period_start"]): row
        for row in warehouse.rows(_GROUPS, measure.id, breakdown.id, (area.area, ENGLAND))
    }
    spans = sorted({row["period_start"]: _period(row) for row in held.values()}.values(), key=lambda p: p.start)
    sign = measure.polarity.sign or 1
    return [
        _gap(held, area.area, group, breakdown.reference, span, before, sign, break_starts(measure))
        for group in breakdown.groups
        if group != breakdown.reference
        for before, span in zip([None, *spans], spans, strict=False)
    ]


_GROUPS = """
    SELECT area, "group", period, period_kind, period_start, period_end, value, status
    FROM figure WHERE measure = ? AND breakdown = ? AND list_contains(?, area)
    QUALIFY row_number() OVER (
        PARTITION BY area, "group", period_start, period_end
        ORDER BY value IS NULL, list_position(['final', 'revised', 'provisional'], vintage)
    ) = 1
"""


def _gap(held: Mapping, area: str, group: str, reference: str, period: Period, before: Period | None, sign: int,
         breaks: list[date]) -> Gap:
    def value(of: str, who: str) -> float | None:
        row = held.get((of, who, period.start))
        return row["value"] if row else None

    def apart(of: str) -> float | None:
        theirs, compared = value(of, group), value(of, reference)
        return None if theirs is None or compared is None else round((compared - theirs) * sign, 9)

    own = held.get((area, group, period.start))
    status = Status(own["status"]) if own else Status.NOT_PUBLISHED
    return Gap(period, group, value(area, group), status, value(area, reference), apart(area), apart(ENGLAND),
               _joins(before, period, breaks))
