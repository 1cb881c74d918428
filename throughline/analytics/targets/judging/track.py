"""Whether a figure is where its trajectory expects it to be by then, with the sum in words."""

from dataclasses import dataclass
from datetime import date

from throughline.analytics.targets.evidence import Evidence, SeriesBreak
from throughline.analytics.targets.judging.amounts import apart_words, spot_words
from throughline.analytics.targets.judging.beginnings import Beginning
from throughline.analytics.targets.judging.needs import Need
from throughline.analytics.targets.judging.spots import BrokenSeriesError, CannotJudgeError, Spot
from throughline.analytics.targets.language import Due
from throughline.analytics.targets.rules import Thresholds
from throughline.analytics.targets.say import say_day
from throughline.analytics.targets.trajectory import Step, Trajectory, expected, straight_line
from throughline.core.rounding import round_half_up


@dataclass(frozen=True)
class Track:
    """What was expected, how far behind the figure is (less than none is ahead), and whether that is on track."""

    expected: float
    behind: float
    on_track: bool
    steps: tuple[str, ...]


def track(spot: Spot, needed: Need, start: Beginning | None, due: Due | None, given: Trajectory | None, evidence: Evidence,
          thresholds: Thresholds, no_start: CannotJudgeError | None = None) -> Track:
    """Compare a spot with the trajectory given, or with the straight line from its start to what is needed.

    no_start is why there is no start, where something was said of one. Raises CannotJudgeError where there is no line
    to draw, it says nothing of the period, or the series is broken between where it begins and the period.
    """
    if given:
        _refuse_break(given, spot, evidence, no_start)
    way = given or _line(start, needed, due, no_start)
    then = expected(way, spot.end)
    if then is None:
        raise CannotJudgeError(f"The trajectory gives no value for {spot.period}.")
    then = round_half_up(round(then, 9), 1 if spot.what == "rank" else evidence.decimals)
    behind = round((then - (spot.actual or 0.0)) * needed.sense, 9)
    allowed = round(thresholds.behind_share * _length(way), 9)
    steps = (_expected_step(way, then, spot, evidence), _difference_step(behind, needed.sense, allowed, spot, evidence))
    return Track(then, behind, behind <= allowed, steps)


def break_on_the_way(way: Trajectory, start: date, evidence: Evidence) -> SeriesBreak | None:
    """The break between where a trajectory begins and a period's first day, or None where the series runs on."""
    first = next((step for step in way.steps if step.value is not None), None)
    if first is None:
        return None
    stretch = evidence.stretch(first.label)
    return evidence.break_between(stretch[0] if stretch else first.on, start)


def _refuse_break(given: Trajectory, spot: Spot, evidence: Evidence, no_start: CannotJudgeError | None) -> None:
    """Values planned before a break, or from a baseline before it, say nothing of the series after it."""
    if isinstance(no_start, BrokenSeriesError):
        raise no_start
    if broken := break_on_the_way(given, spot.start, evidence):
        raise BrokenSeriesError(
            f"The series is broken between the first of the plan's own year by year values and {spot.period}, "
            f"and what was planned for the old series says nothing of the new: {broken.reason}"
        )


def _line(start: Beginning | None, needed: Need, due: Due | None, no_start: CannotJudgeError | None) -> Trajectory:
    if start is None and no_start is not None:
        raise no_start
    if start is None:
        raise CannotJudgeError("It is not due yet, and no baseline is given to draw a line from.")
    if start.end is None or due is None or due.by is None:
        raise CannotJudgeError("It is not due yet, and the baseline has no period to draw a line from.")
    if start.end >= due.by:
        raise CannotJudgeError("The baseline is no earlier than the due date.")
    return straight_line(Step(start.period, start.end, start.actual), Step(say_day(due.by), due.by, needed.value))


def _length(way: Trajectory) -> float:
    """How far a trajectory goes in all."""
    given = [step.value for step in way.steps if step.value is not None]
    return abs(given[-1] - given[0])


def _expected_step(way: Trajectory, then: float, spot: Spot, evidence: Evidence) -> str:
    shown = spot_words(then, spot, evidence)
    if not way.joined:
        return f"Expected by then {way.words}: {shown}."
    given = [step for step in way.steps if step.value is not None]
    first, last = (f"{spot_words(step.value or 0.0, spot, evidence)} ({step.label})" for step in (given[0], given[-1]))
    return f"Expected by then {way.words} from {first} to {last}: {shown}."


def _difference_step(behind: float, sense: int, allowed: float, spot: Spot, evidence: Evidence) -> str:
    if behind == 0:
        return "Difference: none."
    below = (behind > 0) == (sense > 0)
    apart = f"{apart_words(abs(behind), spot, evidence)} {'below' if below else 'above'}"
    if spot.what == "rank":
        apart = f"{apart_words(abs(behind), spot, evidence)} {'behind' if behind > 0 else 'ahead'}"
    if behind < 0:
        return f"Difference: {apart}, the better way."
    leave = apart_words(round(allowed, 2), spot, evidence)
    return f"Difference: {apart}; up to {leave} behind still counts as on track (our rule)."
