"""The indicator grid: which way each measure went by year, and its group: over achieving, achieving, requiring improvement."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from throughline.analytics.measures.figures import Range
from throughline.analytics.targets.evidence import Evidence, Point
from throughline.analytics.targets.judging.verdicts import Judgement, Verdict
from throughline.analytics.targets.rules import Rules
from throughline.core.rounding import round_half_up


class Travel(StrEnum):
    """Which way a value went, as better and worse are for the measure."""

    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSENED = "worsened"


class GridGroup(StrEnum):
    """The three groups of an indicator grid."""

    OVER_ACHIEVING = "over achieving"
    ACHIEVING = "achieving"
    REQUIRING_IMPROVEMENT = "requiring improvement"


@dataclass(frozen=True)
class PeriodTravel:
    """One period of a grid's row: which way the value went since the year before, or None with the reason.

    change is by how much it rose, as the values are printed; 0 where nothing can be said.
    """

    period: str
    travel: Travel | None
    why_none: str = ""
    change: float = 0.0


_TRAVELS = {"better": Travel.IMPROVED, "same": Travel.UNCHANGED, "worse": Travel.WORSENED}


def direction_of_travel(evidence: Evidence, earlier: str, later: str) -> Travel | None:
    """Which way the value went between two periods, by their labels or another spelling of them.

    None where either has no value, the series is broken between them, or the measure has no better and worse.
    Values are compared as they are printed.
    """
    first, last = _point_of(evidence, earlier), _point_of(evidence, later)
    return _between(first, last, evidence).travel if first and last else None


def travel_by_period(evidence: Evidence) -> list[PeriodTravel]:
    """Every period against the one exactly a year before it, earliest first."""
    by_end = {(point.end.year, point.end.month): point for point in evidence.points}
    return [_since(by_end.get((point.end.year - 1, point.end.month)), point, evidence) for point in evidence.points]


def grid_group(judgement: Judgement, evidence: Evidence | None, rules: Rules) -> GridGroup | None:
    """The group a judged indicator belongs to; None where it cannot be judged.

    Over achieving is met with the in-line margin to spare, or before the due date, as definitions/rules/targets.toml
    has it. A rank, a gap or a target of several parts has no margin, and is over achieving only by being early.
    """
    match judgement.verdict:
        case Verdict.CANNOT_BE_JUDGED:
            return None
        case Verdict.OFF_TRACK | Verdict.MISSED:
            return GridGroup.REQUIRING_IMPROVEMENT
        case Verdict.ON_TRACK:
            return GridGroup.ACHIEVING
    early = judgement.early and rules.thresholds.early_is_over
    return GridGroup.OVER_ACHIEVING if early or _with_room(judgement, evidence, rules) else GridGroup.ACHIEVING


def _with_room(judgement: Judgement, evidence: Evidence | None, rules: Rules) -> bool:
    if evidence is None or judgement.margin is None or judgement.needed is None or judgement.what != "value":
        return False
    room = rules.thresholds.margin(evidence.unit, judgement.needed)
    return judgement.margin >= room and judgement.margin > 0


def _since(earlier: Point | None, later: Point, evidence: Evidence) -> PeriodTravel:
    if earlier is None:
        return PeriodTravel(later.period, None, "there is no figure for the year before")
    return _between(earlier, later, evidence)


def _between(earlier: Point, later: Point, evidence: Evidence) -> PeriodTravel:
    if earlier.value is None or later.value is None:
        missing = later if later.value is None else earlier
        return PeriodTravel(later.period, None, f"the figure for {missing.period} is {missing.status.words}")
    broken = evidence.break_between(earlier.start, later.start)
    if broken:
        return PeriodTravel(later.period, None, f"the series is broken: {broken.reason}")
    if _is_unsure(earlier, later, evidence.decimals):
        return PeriodTravel(later.period, None, "as many were found or lost sight of as could have moved it either way")
    change = round_half_up(later.value, evidence.decimals) - round_half_up(earlier.value, evidence.decimals)
    judged = evidence.polarity.judge(round(change, 9))
    if judged is None:
        return PeriodTravel(later.period, None, evidence.polarity.words)
    return PeriodTravel(later.period, _TRAVELS[judged], change=round(change, 9))


def _is_unsure(earlier: Point, later: Point, decimals: int) -> bool:
    """Whether a value that may be more for all we know rose while the most that it may be fell, or the other way round."""
    then, now = (Range(point.value, point.value, point.at_most) if point.value is not None and point.at_most is not None else None
                 for point in (earlier, later))
    return bool(then and now and not now.went_one_way_since(then, decimals))


def _point_of(evidence: Evidence, period: str) -> Point | None:
    stretch = evidence.stretch(period)
    found: Sequence[Point] = [point for point in evidence.points if point.period == period]
    found = found or [point for point in evidence.points if (point.start, point.end) == stretch]
    return found[0] if found else None
