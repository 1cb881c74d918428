"""The way from baseline to target: a straight line, or the values a plan gives year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from throughline.core.periods import Period


@dataclass(frozen=True)
class Step:
    """One value of a trajectory, due on the last day of its period; value None is a cell left empty."""

    label: str
    on: date
    value: float | None


@dataclass(frozen=True)
class Trajectory:
    """Steps, earliest first. joined says that values between two given ones lie on the straight line between them."""

    steps: tuple[Step, ...]
    joined: bool = False

    @property
    def words(self) -> str:
        """What the way is, for the sum shown."""
        return "on the straight line" if self.joined else "in the plan's own year by year values"


def straight_line(start: Step, end: Step) -> Trajectory:
    """The straight line from a baseline, on the last day of its period, to a target on its due date."""
    return Trajectory((start, end), joined=True)


def year_by_year(cells: Iterable[tuple[Period, float | None]], *, joined: bool = False) -> Trajectory:
    """The values a plan gives, period by period; an empty cell stays empty unless joined is asked for."""
    steps = (Step(period.label, period.end, value) for period, value in cells)
    return Trajectory(tuple(sorted(steps, key=lambda step: step.on)), joined)


def expected(trajectory: Trajectory, on: date) -> float | None:
    """The value the trajectory expects on a day; None where it says nothing of that day.

    Without joined only a day that is itself a step's has a value. Nothing is expected before the first step
    or after the last.
    """
    given = [step for step in trajectory.steps if step.value is not None]
    for step in given:
        if step.on == on:
            return step.value
    if not trajectory.joined:
        return None
    for before, after in zip(given, given[1:], strict=False):
        if before.on < on < after.on:
            return _between(before, after, on)
    return None


def _between(before: Step, after: Step, on: date) -> float | None:
    if before.value is None or after.value is None:
        return None
    share = (on - before.on).days / (after.on - before.on).days
    return before.value + (after.value - before.value) * share
