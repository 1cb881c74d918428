"""The measures that the success criteria of a section or an action hold."""

from collections.abc import Sequence

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.statements import (
    criterion_measures,
    direction_of,
    promised_measures,
    stated_measures,
)
from throughline.analytics.planreading.tree import Measure, Plan, Section
from throughline.analytics.planreading.vocabulary import Templates


def add_criteria(plan: Plan, section: Section, entries: Sequence[str], source: Source, templates: Templates) -> None:
    """Add the measures of some criteria to a plan, each under its section. The criteria stay what they are."""
    stands = section.title or section.number
    for entry in entries:
        here = [measure for measure in plan.measures if measure.section == stands]
        found = stated_measures(entry, source, templates, here[-1] if here else None)
        if here and found and _completes(entry, found[0], here[-1]):
            _complete(here[-1], found.pop(0), templates)
        elif not found:
            found = promised_measures(entry, source, templates) or criterion_measures(entry, source, templates)
        for measure in found:
            measure.section = stands
        plan.measures += found


def _completes(entry: str, found: Measure, before: Measure) -> bool:
    """Whether an entry is only the target of the measure above it, whose figure stands in an entry of its own."""
    return bool(before.baseline and not before.target and not found.baseline and entry.casefold().startswith("target"))


def _complete(before: Measure, found: Measure, templates: Templates) -> None:
    before.target = found.target
    before.direction = direction_of(before.baseline, before.target, f"{before.target} {before.text}", templates)
