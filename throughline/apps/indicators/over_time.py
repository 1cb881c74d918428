"""An indicator over time: each period's actual value beside its trajectory, its target and its comparators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughline.analytics.targets.evidence import Evidence, Point
from throughline.analytics.targets.judging.track import break_on_the_way
from throughline.analytics.targets.judging.verdicts import Judgement
from throughline.analytics.targets.language import Average, Level, Target
from throughline.analytics.targets.trajectory import Step, Trajectory, expected, straight_line
from throughline.apps.indicators.judgements import Result
from throughline.apps.indicators.meaning import stretch_of
from throughline.apps.indicators.models import TrajectoryPoint
from throughline.core.rounding import round_half_up
from throughline.core.statuses import Status
from throughline.ui.formats import day

_A_WEEK = 7


@dataclass(frozen=True)
class Row:
    """One period. trajectory and target are numbers or None; the printed ones are a plan's cells, None where it has none.

    apart is how much better the actual value is than what was planned for the period: the target of the plan's own
    table, or else its trajectory, or the straight line from baseline to target. Where the series has
    been broken since that begins, there is no straight line and apart is None. joins says that a line may be drawn to
    the actual value from the one before; broken why the series starts afresh here.
    """

    period: str
    start: date
    end: date
    point: Point | None = None
    trajectory: float | None = None
    trajectory_printed: str | None = None
    target: float | None = None
    target_printed: str | None = None
    note: str = ""
    apart: float | None = None
    joins: bool = False
    broken: str = ""

    @property
    def value(self) -> float | None:
        """The actual value, None where there is none."""
        return self.point.value if self.point else None

    @property
    def most(self) -> float | None:
        """The most that the actual value may be for all we know, None where there is no more to know."""
        return self.point.at_most if self.point else None

    @property
    def status(self) -> Status | None:
        """Why there is no actual value, or how settled it is; None for a period that has no row of figures at all."""
        return self.point.status if self.point else None


def over_time(result: Result) -> list[Row]:
    """Every period that has a figure, a cell of the plan's table or the target's due date, earliest first."""
    evidence = result.evidence
    points = {(point.start, point.end): point for point in result.points}
    cells = _cells(result.cells, evidence)
    way = result.trajectory or straight_way(result)
    stretches = {**{key: point.period for key, point in points.items()}, **{key: found[0].period for key, found in cells.items()}}
    due, standing = _due(result), _standing(result)
    if due and not any(end == due[0] for _, end in stretches):
        stretches[due[0], due[0]] = f"due {day(due[0])}"
    rows: list[Row] = []
    for key in sorted(stretches, key=lambda key: (key[1], key[0])):
        label = points[key].period if key in points else stretches[key]
        on_way = expected(way, key[1]) if way and not broken_way(result, way, key[0]) else None
        planned = _Planned(cells.get(key, []), on_way, bool(result.trajectory), _promised(key, due, standing))
        rows.append(_row(label, key, points.get(key), planned, evidence, rows))
    return rows


def broken_way(result: Result, way: Trajectory, start: date) -> bool:
    """Whether the series is broken between where a trajectory or the baseline begins and a period's first day."""
    evidence, baseline = result.evidence, result.baseline
    if evidence is None:
        return False
    stretch = evidence.stretch(baseline.period) if baseline and baseline.period else None
    return bool(break_on_the_way(way, start, evidence) or (stretch and evidence.break_between(stretch[0], start)))


@dataclass(frozen=True)
class _Planned:
    """What was planned for one period: cells of the plan's table, the way's value, if it is tabled, and a promise."""

    cells: Sequence[TrajectoryPoint]
    on_way: float | None
    tabled: bool
    promise: float | None


def _cells(cells: Sequence[TrajectoryPoint], evidence: Evidence | None) -> dict[tuple[date, date], list[TrajectoryPoint]]:
    found: dict[tuple[date, date], list[TrajectoryPoint]] = {}
    for cell in cells:
        if stretch := (evidence.stretch(cell.period) if evidence else stretch_of(cell.period)):
            found.setdefault(stretch, []).append(cell)
    return found


def _row(label: str, key: tuple[date, date], point: Point | None, plan: _Planned, evidence: Evidence | None,
         before: Sequence[Row]) -> Row:
    promised = _cell(plan.cells, TrajectoryPoint.Kind.TARGET)
    planned = _cell(plan.cells, TrajectoryPoint.Kind.TRAJECTORY)
    last = next((row for row in reversed(before) if row.point), None)
    broken = evidence.break_between(last.start, key[0]) if evidence and last and point else None
    return Row(
        label, *key, point,
        trajectory=(planned.value if planned else None) if plan.tabled else plan.on_way,
        trajectory_printed=planned.printed if planned else None,
        target=promised.value if promised else plan.promise,
        target_printed=promised.printed if promised else None,
        note="; ".join(cell.note or cell.printed for cell in plan.cells if cell.note or cell.kind == TrajectoryPoint.Kind.ARROW),
        apart=_apart(point, plan.on_way, evidence),
        joins=bool(last and not broken and _next_to(last, key[0])),
        broken=broken.reason if broken else "",
    )


def _next_to(before: Row, start: date) -> bool:
    """Whether a period follows another with none left out: it begins as that ends, or a year after that began."""
    return abs((start - before.end).days) <= _A_WEEK or (start.year - 1, start.month, start.day) == (
        before.start.year, before.start.month, before.start.day)


def _cell(cells: Sequence[TrajectoryPoint], kind: str) -> TrajectoryPoint | None:
    return next((cell for cell in cells if cell.kind == kind), None)


def _apart(point: Point | None, on_way: float | None, evidence: Evidence | None) -> float | None:
    if point is None or point.value is None or on_way is None or evidence is None or not evidence.polarity.sign:
        return None
    return round((round_half_up(point.value, evidence.decimals) - on_way) * evidence.polarity.sign, 9)


def _due(result: Result) -> tuple[date, float] | None:
    """The day the target falls due and the value then wanted, for a target that is a value."""
    due = result.meaning.due.by if isinstance(result.meaning, Target) and result.meaning.due else None
    needed = needed_value(result)
    return (due, needed) if due and needed is not None else None


def _standing(result: Result) -> float | None:
    """The value a target without a day asks for in every period; None for one with a day, and where the plan has a table."""
    due = result.meaning.due if isinstance(result.meaning, Target) else None
    return None if result.cells or (due and due.by) else needed_value(result)


def _promised(key: tuple[date, date], due: tuple[date, float] | None, standing: float | None) -> float | None:
    return due[1] if due and due[0] == key[1] else standing


def needed_value(result: Result) -> float | None:
    """The value the target asks for, where it asks for a value: a rank, a gap and a comparator's figure of today do not."""
    if not isinstance(result.meaning, Target):
        return None
    for part, aim in zip(_parts(result.proposed), result.meaning.parts, strict=False):
        held = aim.aim if isinstance(aim, Average) else aim
        if isinstance(held, Level) and held.upper is None:
            return held.value
        if part.needed is not None and part.what == "value" and not part.comparators:
            return part.needed
    return None


def _parts(judged: Judgement) -> Sequence[Judgement]:
    return judged.parts or (judged,)


def straight_way(result: Result) -> Trajectory | None:
    """The straight line from the baseline to the target; None where either has no value or no day."""
    due, baseline = _due(result), result.baseline
    if due is None or baseline is None or not baseline.period:
        return None
    stretch = result.evidence.stretch(baseline.period) if result.evidence else stretch_of(baseline.period)
    if stretch is None or stretch[1] >= due[0]:
        return None
    started = baseline.value if baseline.value is not None else _held(result, stretch)
    return straight_line(Step(baseline.period, stretch[1], started), Step("target", *due)) if started is not None else None


def _held(result: Result, stretch: tuple[date, date]) -> float | None:
    return next((point.value for point in result.points if (point.start, point.end) == stretch), None)
