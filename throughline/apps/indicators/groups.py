"""Which group of a measure an indicator is about, and which it is compared with."""

from functools import lru_cache

from throughline.analytics.measures.definition import Breakdown, Measure
from throughline.analytics.participation.groupnames import BREAKDOWN_NAMES
from throughline.apps.indicators.figures import Group
from throughline.apps.indicators.meaning import rules
from throughline.apps.indicators.models import Indicator
from throughline.apps.performance import figures as performance
from throughline.apps.performance.groups import group_names


def compared_groups(indicator: Indicator, measure: Measure) -> tuple[Group, ...]:
    """The group an indicator is about and the one it is compared with; () where the measure is not published by such groups.

    The group is the indicator's own, or else the one that its cohort and title name.
    """
    if measure.register is not None:
        known = indicator.breakdown in measure.register.breakdowns
        return ((measure.id, indicator.breakdown, indicator.group),) if indicator.group and known else ()
    stated = (indicator.breakdown, indicator.group) if indicator.group else None
    named = stated or group_named(measure, f"{indicator.cohort} {indicator.title}")
    breakdown = next((one for one in measure.breakdowns if named and one.id == named[0]), None)
    if named is None or breakdown is None or named[1] not in breakdown.groups or named[1] == breakdown.reference:
        return ()
    return (measure.id, breakdown.id, named[1]), (measure.id, breakdown.id, breakdown.reference)


def register_group_name(breakdown: str, group: str) -> str:
    """What a group of a measure of the register is called."""
    return group_names(performance.warehouse(), breakdown, [group])[group]


def breakdown_name(measure: Measure, breakdown: str) -> str:
    """What a breakdown of a measure is called."""
    stated = {one.id: one.title for one in measure.breakdowns}
    return stated.get(breakdown) or BREAKDOWN_NAMES.get(breakdown, breakdown)


def group_of_cohort(measure: Measure, cohort: str) -> tuple[str, str]:
    """The breakdown and group of a measure that a cohort is; ("", "") where it is none, or what the measure is of anyway."""
    named = group_named(measure, cohort) if cohort.strip() else None
    return named if named and group_named(measure, measure.title) != named else ("", "")


def group_named(measure: Measure, words: str) -> tuple[str, str] | None:
    """The breakdown and group of a measure that words name, by any of the names the target rules know a cohort by."""
    if not measure.breakdowns:
        return None
    said = f" {_plain(words)} "
    named = [names for names in rules().words.cohorts if any(f" {_plain(name)} " in said for name in names)]
    for breakdown in measure.breakdowns:
        for group in _groups(breakdown):
            if f" {_plain(group)} " in said or any(_means(names, group) for names in named):
                return breakdown.id, group
    return None


def _groups(breakdown: Breakdown) -> list[str]:
    return [group for group in breakdown.groups if group != breakdown.reference]


def _means(names: tuple[str, ...], group: str) -> bool:
    """Whether a group's label is one of a cohort's names, or holds one of more than a word."""
    label = _plain(group)
    return any(_plain(name) == label or (" " in name and _plain(name) in label) for name in names)


@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in words.lower()).split())
