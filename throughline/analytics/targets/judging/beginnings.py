"""Where an aim starts from: the baseline or the period a change is counted from, looked up and checked for breaks."""

from dataclasses import dataclass
from datetime import date

from throughline.analytics.targets.evidence import Evidence
from throughline.analytics.targets.judging.spots import BrokenSeriesError, CannotJudgeError, Series, Spot
from throughline.analytics.targets.language import (
    Aim,
    Average,
    Baseline,
    Change,
    Gap,
    Origin,
    OriginKind,
    RankChange,
    TargetUnit,
)


@dataclass(frozen=True)
class Beginning:
    """A starting value with its period; dates are None where the plan gives no period."""

    actual: float
    period: str
    start: date | None = None
    end: date | None = None


def origin_of(aim: Aim) -> Origin:
    """What an aim is counted from; the baseline for those that are counted from nothing."""
    held = aim.aim if isinstance(aim, Average) else aim
    return held.since if isinstance(held, Change | Gap | RankChange) else Origin()


def beginning(aim: Aim, series: Series, spot: Spot, evidence: Evidence, baseline: Baseline | None) -> Beginning | None:
    """Where the aim starts from, or None where nothing says.

    Raises CannotJudgeError when what is said leads nowhere: a baseline still to be determined, a period without a
    figure, a break in the series between it and the period judged (BrokenSeriesError).
    """
    since = origin_of(aim)
    if since.kind is OriginKind.PREVIOUS:
        found: Beginning | None = _previous(series, spot)
    elif since.kind is OriginKind.PERIOD:
        found = _stated(baseline, spot, evidence, since.period) or _looked_up(series, since.period, evidence)
    else:
        found = _of_baseline(series, spot, evidence, baseline)
    if found is not None:
        _refuse_break(found, spot, evidence)
    return found


def _of_baseline(series: Series, spot: Spot, evidence: Evidence, baseline: Baseline | None) -> Beginning | None:
    if baseline is None:
        return None
    if baseline.value is None and baseline.to_be_determined:
        raise CannotJudgeError("The baseline is still to be determined.")
    stated = _stated(baseline, spot, evidence, baseline.period)
    if stated is not None:
        return stated
    return _looked_up(series, baseline.period, evidence) if baseline.period else None


def _stated(baseline: Baseline | None, spot: Spot, evidence: Evidence, period: str) -> Beginning | None:
    """The baseline's own number, where it is of the kind judged and of the period asked for."""
    if baseline is None or baseline.value is None or spot.what == "rank":
        return None
    if spot.what == "gap" and baseline.unit is not TargetUnit.POINTS:
        return None
    stretch = evidence.stretch(baseline.period) if baseline.period else None
    if period != baseline.period and (stretch is None or stretch != evidence.stretch(period)):
        return None
    start, end = stretch or (None, None)
    return Beginning(baseline.value, baseline.period or "the baseline", start, end)


def _looked_up(series: Series, period: str, evidence: Evidence) -> Beginning:
    found = spot_of(series, period, evidence)
    if found is None:
        raise CannotJudgeError(f"There is no figure for {period}, which the target starts from.")
    if found.actual is None:
        raise CannotJudgeError(f"The target starts from {period}. {found.why_none}")
    return Beginning(found.actual, found.period, found.start, found.end)


def spot_of(series: Series, period: str, evidence: Evidence) -> Spot | None:
    """The spot a printed period names: of that label, of the same stretch of time, or the last to end within it."""
    by_label = series.first(lambda one: one.period == period)
    stretch = evidence.stretch(period)
    if by_label is not None or stretch is None:
        return by_label
    start, end = stretch
    same = series.first(lambda one: (one.start, one.end) == stretch)
    return same or series.last(lambda one: start <= one.end <= end)


def _previous(series: Series, spot: Spot) -> Beginning:
    found = year_before(series, spot)
    if found is None or found.actual is None:
        raise CannotJudgeError(f"There is no figure for the year before {spot.period}.")
    return Beginning(found.actual, found.period, found.start, found.end)


def year_before(series: Series, spot: Spot) -> Spot | None:
    """The spot of the same stretch of time one year earlier."""
    wanted = (spot.end.year - 1, spot.end.month)
    return series.first(lambda one: (one.end.year, one.end.month) == wanted)


def _refuse_break(found: Beginning, spot: Spot, evidence: Evidence) -> None:
    if found.start is None:
        if evidence.breaks:
            raise CannotJudgeError("The baseline has no period, and the series is broken: give the baseline's period.")
        return
    first, last = sorted((found.start, spot.start))
    broken = evidence.break_between(first, last)
    if broken:
        between = f"between {found.period} and {spot.period}"
        raise BrokenSeriesError(f"The series is broken {between}, and no change is worked out over a break: {broken.reason}")
