"""Averages over time as a plan defines them: over named months, such as those of the winter, or over several periods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.evidence import Evidence, Point
from throughline.analytics.targets.language import Average, Span
from throughline.analytics.targets.wording.dues import MONTHS


@dataclass(frozen=True)
class Rolling:
    """An average and what it was made of.

    value is None unless every period is there with a value; missing names those that are not. point is the
    average as one point, from the first period's start to the last one's end, comparators averaged alike.
    pooled says that counts were added up, rather than values averaged. broken is why the series is broken within the
    stretch, over which nothing is averaged; "" where it runs on.
    """

    point: Point
    used: tuple[str, ...]
    missing: tuple[str, ...]
    pooled: bool
    broken: str = ""

    @property
    def value(self) -> float | None:
        """The average."""
        return self.point.value


@dataclass(frozen=True)
class _Slot:
    """One period an average needs, and its point if there is one."""

    label: str
    start: date
    end: date
    point: Point | None

    @property
    def missing(self) -> bool:
        return self.point is None or self.point.value is None


def averages_for(aim: Average, evidence: Evidence, points: Sequence[Point]) -> list[Rolling]:
    """The averages that an aim is held of, earliest first, made of these points of its evidence; blank over a break."""
    made = rolling_average(points, aim.months, aim.periods, aim.span, percent=evidence.unit is Unit.PERCENT)
    return [_blank_over_break(one, evidence) for one in made]


def _blank_over_break(rolling: Rolling, evidence: Evidence) -> Rolling:
    found = evidence.break_between(rolling.point.start, rolling.point.end)
    if found is None:
        return rolling
    blank = replace(rolling.point, value=None, england=None, region=None, neighbours_mean=None)
    return replace(rolling, point=blank, broken=found.reason)


def rolling_average(points: Sequence[Point], months: tuple[str, ...] = (), periods: int | None = None,
                    span: Span | None = None, *, percent: bool = False) -> list[Rolling]:
    """The average at each place where the stretch asked for ends, earliest first.

    With months named, in order, there is one for each winter (or the like) that has a point in any of them, and
    each month must be a point of its own. Otherwise there is one for each point, over it and the periods before
    it. percent says that values are percentages: they are then worked out from the counts added up, where every
    point has its counts, and are the plain average of the values where one has not.
    """
    if months:
        return [_rolled(slots, percent) for slots in _named(points, months)]
    return [_rolled(_last(points[: index + 1], periods or 1, span or Span.MONTHS), percent) for index in range(len(points))]


def _named(points: Sequence[Point], months: tuple[str, ...]) -> list[list[_Slot]]:
    numbers = [MONTHS.index(name) + 1 for name in months]
    monthly = {
        (point.end.year, point.end.month): point
        for point in points if (point.start.year, point.start.month) == (point.end.year, point.end.month)
    }
    closing = sorted({year + (month > numbers[-1]) for year, month in monthly if month in numbers})
    return [[_month_slot(monthly.get, year - (month > numbers[-1]), month) for month in numbers] for year in closing]


def _last(points: Sequence[Point], periods: int, span: Span) -> list[_Slot]:
    """The last point and those before it: by the calendar for months and years, one after another for terms."""
    if span is Span.TERMS:
        there = [_Slot(point.period, point.start, point.end, point) for point in points[-periods:]]
        before_all = _Slot("an earlier term", points[0].start, points[0].start, None)
        return [before_all] * (periods - len(there)) + there
    ends = {(point.end.year, point.end.month): point for point in points}
    last, step = points[-1].end, 1 if span is Span.MONTHS else 12
    counted = [divmod(last.year * 12 + last.month - 1 - back * step, 12) for back in range(periods - 1, -1, -1)]
    return [_month_slot(ends.get, year, month + 1) for year, month in counted]


def _month_slot(find: Callable[[tuple[int, int]], Point | None], year: int, month: int) -> _Slot:
    point = find((year, month))
    if point is not None:
        return _Slot(point.period, point.start, point.end, point)
    following = date(year + month // 12, month % 12 + 1, 1)
    return _Slot(f"{MONTHS[month - 1]} {year}", date(year, month, 1), following - timedelta(days=1), None)


def _rolled(slots: Sequence[_Slot], percent: bool) -> Rolling:
    held = [slot.point for slot in slots if slot.point is not None]
    missing = tuple(slot.label for slot in slots if slot.missing)
    pooled = percent and not missing and all(point.numerator is not None and point.denominator for point in held)
    releases = [point.released for point in held if point.released]

    def over(name: str) -> float | None:
        return None if missing else _mean([getattr(point, name) for point in held])

    point = replace(
        held[-1], period=slots[0].label if len(slots) == 1 else f"{slots[0].label} to {slots[-1].label}",
        start=slots[0].start, end=slots[-1].end, value=_pooled(held) if pooled else over("value"),
        released=max(releases, default=None), england=over("england"), region=over("region"),
        neighbours_mean=over("neighbours_mean"), neighbours_rank=None, neighbours_ranked=None, rank=None, ranked=None,
        quartile=None, numerator=None, denominator=None,
    )
    return Rolling(point, tuple(slot.label for slot in slots if not slot.missing), missing, pooled)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 9) if known and len(known) == len(values) else None


def _pooled(points: Sequence[Point]) -> float:
    """A hundred times all the counts over all the numbers they are among."""
    counts = sum(point.numerator or 0.0 for point in points)
    return round(100 * counts / sum(point.denominator or 0.0 for point in points), 9)
