"""What an indicator's words mean: its target read, kept as plain values and read back, its unit and which way is better."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import (
    Average,
    Baseline,
    Change,
    Comparator,
    Comparison,
    Count,
    Direction,
    Due,
    Level,
    NotUnderstood,
    Relation,
    Target,
    TargetUnit,
    Trend,
)
from throughline.analytics.targets.parse import Hints, parse_target
from throughline.analytics.targets.rules import Rules, load_rules
from throughline.analytics.targets.stored import UnreadableTargetError, from_dict, to_dict
from throughline.analytics.targets.wording.baselines import read_baseline
from throughline.apps.indicators.models import Indicator, TrajectoryPoint
from throughline.apps.performance import figures
from throughline.core.periods import UnreadablePeriodError, parse_period
from throughline.core.polarity import Polarity

_UP = {Comparison.AT_LEAST, Comparison.MORE_THAN, Comparison.ALL}
_DOWN = {Comparison.AT_MOST, Comparison.LESS_THAN, Comparison.NONE}
_A_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?")  # in a baseline's cell, when it is of and not how much
_PRINTED_DIRECTIONS = {"up": Polarity.HIGHER_IS_BETTER, "down": Polarity.LOWER_IS_BETTER}


def rules() -> Rules:
    """The words and thresholds of targets; read again when their file changes."""
    return _rules(settings.DEFINITIONS, (settings.DEFINITIONS / "rules" / "targets.toml").stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _rules(definitions: Path, _changed: int) -> Rules:
    return load_rules(definitions)


def vocabulary() -> dict[str, Any]:
    """definitions/rules/indicators.toml, as it stands; read again when it changes."""
    path = settings.DEFINITIONS / "rules" / "indicators.toml"
    return _vocabulary(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _vocabulary(path: Path, _changed: int) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def unit_of(printed: str) -> str:
    """The name of the unit a plan prints, "%" being percent; what is no unit we know is kept as printed."""
    said = " ".join(printed.lower().split())
    if said in set(Unit):
        return said
    return next((unit for unit, words in vocabulary()["units"].items() if said in words), printed.strip()[:20])


def known_unit(name: str) -> Unit | None:
    """The unit of a kept name; None for a word of the plan's own."""
    return Unit(name) if name in set(Unit) else None


def read_target(*, words: str, title: str = "", unit: str = "", due: str = "", baseline: str = "", cohort: str = "",
                made_on: date | None = None, cells: Sequence[TrajectoryPoint] = ()) -> Target | NotUnderstood:
    """The target that the words promise.

    Where there are none, it is the last value of the year-by-year table, cells; and where there is no table, what the
    title promises, as plans whose indicators are whole sentences print it.
    """
    hints = Hints(unit=known_unit(unit), due=due, baseline=baseline, cohort=cohort, made_on=made_on)
    if words.strip():
        return parse_target(words, rules(), hints)
    return _of_table(cells, unit, cohort) or parse_target(title, rules(), hints)


def _of_table(cells: Sequence[TrajectoryPoint], unit: str, cohort: str) -> Target | None:
    """The last value that a table promises, due when its period ends; None where no cell can be read as one."""
    valued = [cell for cell in cells if cell.value is not None and stretch_of(cell.period) is not None]
    promised = [cell for cell in valued if cell.kind == TrajectoryPoint.Kind.TARGET] or valued
    if not promised:
        return None
    last = max(promised, key=lambda cell: _end_of(cell.period))
    counted = TargetUnit.PERCENT if unit == Unit.PERCENT or "%" in last.printed else TargetUnit.NUMBER
    due = Due(by=_end_of(last.period), printed=last.period)
    named = (cohort,) if cohort.strip() else ()
    aim = Level(Comparison.REACH, last.value or 0.0, counted)
    return Target(aim, due=due, cohort=named, printed=f"{last.printed}, {last.period}")


def _end_of(period: str) -> date:
    stretch = stretch_of(period)
    return stretch[1] if stretch else date.min


def stretch_of(period: str) -> tuple[date, date] | None:
    """The first and last day of a period as a plan prints it, a bare year being that of figures entered by hand."""
    try:
        read, _ = parse_period(period, vocabulary()["entered"]["year_type"])
    except UnreadablePeriodError:
        return None
    return read.start, read.end


def meaning_of(indicator: Indicator) -> Target | NotUnderstood:
    """An indicator's target as kept; read from its words again where nothing readable is kept."""
    if indicator.target:
        try:
            return from_dict(indicator.target)
        except UnreadableTargetError:  # kept by an older language: its words are still there
            return read_target(**wording(indicator), cells=list(indicator.trajectory.all()))
    return read_target(**wording(indicator))


def wording(indicator: Indicator) -> dict[str, str]:
    """The words of an indicator that its target is read from, as read_target takes them."""
    return {"words": indicator.target_words, "title": indicator.title, "unit": indicator.unit, "due": indicator.due_printed,
            "baseline": indicator.baseline_printed, "cohort": indicator.cohort}


def as_kept(target: Target | NotUnderstood) -> dict[str, Any]:
    """A target as JSON; {} for words that could not be read."""
    return to_dict(target) if isinstance(target, Target) else {}


def baseline_of(printed: str, target: Target | NotUnderstood) -> Baseline | None:
    """Where it starts from: what the baseline's own cell says, else what the target's words say."""
    if _A_YEAR.fullmatch(printed.strip()):
        return Baseline(period=printed.strip(), printed=printed)
    found = read_baseline(printed) if printed.strip() else None
    return found or (target.baseline if isinstance(target, Target) else None)


def polarity_for(*, title: str, target: Target | NotUnderstood, measure: str = "", direction: str = "") -> Polarity:
    """Which way is better: as the measure says, then as the plan prints it, as the target runs, and as the title sounds."""
    followed = figures.measures().get(measure)
    if followed is not None:
        return followed.polarity
    if direction in _PRINTED_DIRECTIONS:
        return _PRINTED_DIRECTIONS[direction]
    if isinstance(target, Target):
        for aim in target.parts:
            if found := _polarity_of(aim.aim if isinstance(aim, Average) else aim):
                return found
    return _polarity_of_words(title)


def counted(title: str) -> str:
    """Whether an indicator counts things and not people, as its title sounds."""
    said = f" {' '.join(title.lower().split())} "
    things = any(f" {word} " in said for word in vocabulary()["counts"]["things"])
    return Indicator.Counts.THINGS if things else Indicator.Counts.PEOPLE


def _polarity_of(aim: Any) -> Polarity | None:
    if isinstance(aim, Level | Count) and aim.comparison in _UP | _DOWN:
        return Polarity.HIGHER_IS_BETTER if aim.comparison in _UP else Polarity.LOWER_IS_BETTER
    if isinstance(aim, Change | Trend) and aim.direction in (Direction.INCREASE, Direction.REDUCE):
        return Polarity.HIGHER_IS_BETTER if aim.direction is Direction.INCREASE else Polarity.LOWER_IS_BETTER
    if isinstance(aim, Comparator):
        up, down = (Relation.ABOVE, Relation.AT_OR_ABOVE), (Relation.BELOW, Relation.AT_OR_BELOW)
        if aim.relation in up + down:
            return Polarity.HIGHER_IS_BETTER if aim.relation in up else Polarity.LOWER_IS_BETTER
    return None


def _polarity_of_words(title: str) -> Polarity:
    said = f" {' '.join(title.lower().replace('(', ' ').replace(')', ' ').split())} "
    verbs = rules().words.verbs
    if any(f" {verb} " in said for verb in verbs[Direction.INCREASE]):
        return Polarity.HIGHER_IS_BETTER
    falling = [*verbs[Direction.REDUCE], *vocabulary()["polarity"]["lower_is_better"]]
    return Polarity.LOWER_IS_BETTER if any(f" {word} " in said for word in falling) else Polarity.HIGHER_IS_BETTER
