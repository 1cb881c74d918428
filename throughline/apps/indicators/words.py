"""Figures, judgements and targets of the register in words, the same on a page, in a file and in a terminal."""

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.evidence import Evidence, Point
from throughline.analytics.targets.grouping import PeriodTravel
from throughline.analytics.targets.judging.verdicts import Verdict
from throughline.analytics.targets.language import Target
from throughline.analytics.targets.say import say, say_due
from throughline.apps.indicators.judgements import Result
from throughline.apps.indicators.meaning import known_unit
from throughline.apps.indicators.models import Indicator
from throughline.core.statuses import Status
from throughline.ui.figures import arrow
from throughline.ui.formats import day, number

NOTHING = "–"
COLOURS = {"green": "green", "amber": "yellow", "red": "red", "none": "grey"}  # of the tags a rating is shown in


def value(evidence: Evidence | None, amount: float | None, status: Status | None = None) -> str:
    """A value with its unit's mark, or why there is none."""
    if amount is None:
        return (status.words if status is not None and not status.has_value else "not available") if status else NOTHING
    suffix = evidence.unit.suffix if evidence else ""
    return f"{number(amount, evidence.decimals if evidence else 1)}{suffix}"


def suffix_of(indicator: Indicator) -> str:
    """What is printed straight after a value of an indicator."""
    unit = known_unit(indicator.unit)
    return unit.suffix if unit else ""


def unit_words(indicator: Indicator) -> str:
    """The unit as a reader sees it: one of a measure's, or the plan's own word."""
    unit = known_unit(indicator.unit)
    return unit.words if unit else indicator.unit


def latest_words(result: Result) -> str:
    """The latest value with its period and how settled it is."""
    point = result.latest
    if point is None:
        return "no figure"
    said = f"{value(result.evidence, point.value, point.status)} in {point.period}"
    return f"{said}, {point.status.words}" if point.value is not None and point.status is not Status.FINAL else said


def source_words(result: Result, point: Point | None = None) -> str:
    """Where a value comes from: the source and its release."""
    told = point or result.latest
    if result.evidence is None or told is None:
        return ""
    return ", ".join(part for part in (result.evidence.source, told.release) if part)


def baseline_words(result: Result) -> str:
    """The baseline as printed; otherwise as it was entered; or that it may not be told."""
    indicator = result.indicator
    if not result.baseline_told:
        return "withheld, with its figures" if result.withheld else "suppressed, with its figure"
    if indicator.baseline_printed:
        return indicator.baseline_printed
    if indicator.baseline_value is None:
        return NOTHING
    amount = f"{number(indicator.baseline_value, indicator.decimals)}{suffix_of(indicator)}"
    return f"{amount} ({indicator.baseline_period})" if indicator.baseline_period else amount


def target_words(result: Result) -> str:
    """The target as printed; otherwise what the year-by-year table or the title was read as."""
    if result.indicator.target_words:
        return result.indicator.target_words
    return say(result.meaning) if isinstance(result.meaning, Target) else NOTHING


def meaning_words(result: Result) -> str:
    """The target as it was understood; "" where it was not."""
    return say(result.meaning) if isinstance(result.meaning, Target) else ""


def due_words(result: Result) -> str:
    """When the target falls due: as printed, otherwise as understood."""
    if result.indicator.due_printed:
        return result.indicator.due_printed
    if result.indicator.due_on:
        return day(result.indicator.due_on)
    due = result.meaning.due if isinstance(result.meaning, Target) else None
    return say_due(due) if due else NOTHING


def verdict_words(result: Result) -> str:
    """The judgement, beginning with a capital."""
    return capital(result.verdict.value)


def capital(words: str) -> str:
    """Words with their first letter large."""
    return f"{words[:1].upper()}{words[1:]}"


def travel_words(travel: PeriodTravel | None) -> str:
    """The way its figure went as an arrow, and whether that is better; why there is none, where the period has a figure."""
    if travel is None:
        return NOTHING
    return f"{arrow(travel.change)} {travel.travel.value}" if travel.travel else travel.why_none


def points_apart(evidence: Evidence, amount: float) -> str:
    """A difference between two values in words: "1.2 points", "3"."""
    size = number(abs(amount), evidence.decimals)
    return f"{size} points" if evidence.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.POINTS) else size


def gap_change(evidence: Evidence, amount: float) -> str:
    """What became of a gap since the year before."""
    if amount == 0:
        return "no change"
    return f"{'narrowed' if amount < 0 else 'widened'} by {points_apart(evidence, amount)}"


VERDICTS = {verdict.value: capital(verdict.value) for verdict in Verdict}
