"""The series that an aim is judged on: values, averages of them, ranks or gaps, each at its period."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from throughline.analytics.targets.averages import Rolling, averages_for
from throughline.analytics.targets.evidence import Evidence, GapPoint, Point, known
from throughline.analytics.targets.language import Against, Aim, Average, Comparison, Gap, Level, Rank, RankChange, Span
from throughline.analytics.targets.say import AGAINST_WORDS, listed
from throughline.core.rounding import round_half_up
from throughline.core.statuses import Status

# Statuses that say a figure is still to come, and not that it is held back or will never be.
NOT_OUT = (Status.NOT_PUBLISHED, Status.NOT_COLLECTED, Status.NEW_INSTITUTION)
_BANDS = {"A": 1, "B": 2, "C": 3, "D": 4}
_PACES = {Span.MONTHS: 1, Span.TERMS: 4, Span.YEARS: 12}
_Dated = TypeVar("_Dated", Point, GapPoint)


class CannotJudgeError(Exception):
    """Raised where figures or words do not allow a judgement; the message is the reason, as a reader sees it."""


class BrokenSeriesError(CannotJudgeError):
    """Raised where a break lies between two periods that would have to be set beside each other."""


@dataclass(frozen=True)
class Spot:
    """What an aim is judged on in one period: a value, a rank or a gap; None with the reason when there is none.

    what says which: "value", "rank" or "gap". out is False while the figure is still to come. beside is the
    national gap for a gap. of counts those ranked and band numbers the quartile band, A being 1. For an average,
    made says how it was made.
    """

    what: str
    period: str
    start: date
    end: date
    actual: float | None
    why_none: str = ""
    out: bool = True
    release: str = ""
    point: Point | None = None
    beside: float | None = None
    of: int | None = None
    band: int | None = None
    made: str = ""


@dataclass(frozen=True)
class Series:
    """The periods of an aim's series, earliest first, and its spots, each made only when it is asked for.

    pace is the months from one period to the next, where the kind of series says so itself.
    """

    periods: Sequence[Point | GapPoint]
    make: Callable[[int], Spot]
    pace: int | None = None

    def first(self, wanted: Callable[[Point | GapPoint], bool]) -> Spot | None:
        """The earliest spot whose period is wanted."""
        return next((self.make(index) for index, period in enumerate(self.periods) if wanted(period)), None)

    def last(self, wanted: Callable[[Point | GapPoint], bool]) -> Spot | None:
        """The latest spot whose period is wanted."""
        places = range(len(self.periods) - 1, -1, -1)
        return next((self.make(index) for index in places if wanted(self.periods[index])), None)


def series_of(aim: Aim, evidence: Evidence, on: date) -> Series:
    """The series of an aim as it was known on a day, earliest first: periods that had ended, and were out where that is known.

    Raises CannotJudgeError when the measure has no series of that kind.
    """
    if isinstance(aim, Gap):
        return _gaps(aim, evidence, on)
    points = _known(evidence.points, on)
    if isinstance(aim, Rank | RankChange):
        among = aim.among
        return Series(points, lambda index: _ranked(points[index], among))
    if isinstance(aim, Average) and (not aim.months or evidence.average_of != aim.months):
        return _averages(aim, evidence, points)
    exact = isinstance(aim, Level) and aim.comparison in (Comparison.ALL, Comparison.NONE)
    return Series(points, lambda index: _valued(points[index], evidence, exact))


def _known(points: Iterable[_Dated], on: date) -> list[_Dated]:
    return [point for point in points if known(point, on)]


def _valued(point: Point, evidence: Evidence, exact: bool = False) -> Spot:
    """The value as it is printed, or as it is held where all or none is asked for: 99.6 is not all."""
    value = point.value if point.value is None or exact else round_half_up(point.value, evidence.decimals)
    return Spot("value", point.period, point.start, point.end, value, _missing(point.period, point.status),
                point.status not in NOT_OUT, point.release, point)


def _missing(period: str, status: Status) -> str:
    words = "not there, though its status says it is" if status.has_value else status.words
    return f"The figure for {period} is {words}."


def _ranked(point: Point, among: Against) -> Spot:
    if among is Against.REGION:
        raise CannotJudgeError("No rank within the region is held; one among all authorities or statistical neighbours is.")
    near = among is Against.NEIGHBOURS
    rank, of = (point.neighbours_rank, point.neighbours_ranked) if near else (point.rank, point.ranked)
    why = _missing(point.period, point.status) if point.value is None else f"There is no rank for {point.period}."
    band = None if near or point.quartile is None else _BANDS.get(point.quartile)
    return Spot("rank", point.period, point.start, point.end, None if rank is None or not of else float(rank), why,
                point.status not in NOT_OUT, point.release, point, of=of, band=band)


def _averages(aim: Average, evidence: Evidence, points: Sequence[Point]) -> Series:
    if evidence.average_of:
        raise CannotJudgeError(
            f"The measure is already an average of {listed(evidence.average_of)}, which is not the average the target asks for."
        )
    made = averages_for(aim, evidence, points)
    if not made:
        raise CannotJudgeError(f"The average needs a figure for each of {listed(aim.months)}; there is none for any of them.")
    pace = 12 if aim.months or aim.span is None else _PACES[aim.span]
    return Series([one.point for one in made], lambda index: _average(made[index], evidence), pace)


def _average(rolling: Rolling, evidence: Evidence) -> Spot:
    point = rolling.point
    if rolling.broken:
        broken = f"The series is broken within {point.period}."
        return Spot("value", point.period, point.start, point.end, None, broken, point=point)
    lacking = f"needs {listed(rolling.missing)}, for which there is no figure" if rolling.missing else "has no value"
    why = f"The average for {point.period} {lacking}."
    value = None if point.value is None else round_half_up(point.value, evidence.decimals)
    how = "of the counts added up" if rolling.pooled else "of the figures, each counting alike"
    return Spot("value", point.period, point.start, point.end, value, why, True, point.release, point,
                made=f"The average {how} for {listed(rolling.used)}." if value is not None else "")


def _gaps(aim: Gap, evidence: Evidence, on: date) -> Series:
    to = aim.to
    if to is not None or evidence.is_gap:
        points = _known(evidence.points, on)
        if to is not None:
            return Series(points, lambda index: _gap_to(points[index], to, evidence))
        return Series(points, lambda index: _own_gap(points[index], evidence))
    if not evidence.gaps:
        raise CannotJudgeError("The measure has no figures for a group and those it is compared with.")
    gaps = _known(evidence.gaps, on)
    return Series(gaps, lambda index: _between_groups(gaps[index], evidence))


def _between_groups(gap: GapPoint, evidence: Evidence) -> Spot:
    apart = gap_between(gap.comparator_value, gap.group_value, evidence)
    return Spot("gap", gap.period, gap.start, gap.end, apart, f"The gap for {gap.period} cannot be worked out: "
                f"{'the figure for a group is missing' if gap.status.has_value else gap.status.words}.",
                gap.status not in NOT_OUT, gap.release, beside=gap_between(gap.england_comparator, gap.england_group, evidence))


def _gap_to(point: Point, to: Against, evidence: Evidence) -> Spot:
    apart = gap_between(point.beside(to), point.value, evidence)
    theirs = f"There is no figure for {AGAINST_WORDS[to]} in {point.period}."
    why = _missing(point.period, point.status) if point.value is None else theirs
    return Spot("gap", point.period, point.start, point.end, apart, why, point.status not in NOT_OUT, point.release, point)


def _own_gap(point: Point, evidence: Evidence) -> Spot:
    value = _valued(point, evidence)
    england = None if point.england is None else round_half_up(point.england, evidence.decimals)
    return replace(value, what="gap", beside=england)


def gap_between(comparator: float | None, own: float | None, evidence: Evidence) -> float | None:
    """How far own is behind comparator, as the figures are printed: positive is behind, whichever way is better."""
    if comparator is None or own is None:
        return None
    apart = round_half_up(comparator, evidence.decimals) - round_half_up(own, evidence.decimals)
    return round(apart * (evidence.polarity.sign or 1), 9) + 0.0
