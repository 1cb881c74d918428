"""The changes of an indicator in words: which field was what, and what it became."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from throughline.apps.indicators.groups import breakdown_name, register_group_name
from throughline.apps.indicators.models import IndicatorChange
from throughline.apps.performance import figures
from throughline.ui.formats import moment

_LABELS = {
    "title": "Indicator", "definition": "Definition", "cohort": "Who it is about", "unit": "Unit", "decimals": "Decimal places",
    "polarity": "Which way is better", "measure": "Measure it follows", "breakdown": "Breakdown", "group": "Group",
    "source": "Where it is printed", "confidence": "Confidence", "baseline_printed": "Baseline as printed",
    "baseline_value": "Baseline as a number", "baseline_period": "Period of the baseline", "target_words": "Target",
    "due_printed": "Due", "counts": "What it counts",
    "number": "Number", "state": "In the register", "state_reason": "Reason", "merged_into": "Merged into", "took_in": "Took in",
    "trajectory": "Year by year", "break": "Break in the series from", "status_printed": "Status as printed",
}


class Difference(NamedTuple):
    """One field of a change, before and after, in words; "" for nothing."""

    label: str
    before: str
    after: str


def described(change: IndicatorChange, baseline_told: bool = True) -> list[Difference]:
    """What a change did, field by field; a registration is not told field by field, nor a baseline that may not be told."""
    if change.kind == IndicatorChange.Kind.CREATED:
        return []
    named = [name for name in _LABELS if name in change.before or name in change.after]
    told = [name for name in named if baseline_told or not name.startswith("baseline_")]
    return [Difference(_LABELS[name], _in_words(name, change, change.before), _in_words(name, change, change.after))
            for name in told]


def _in_words(name: str, change: IndicatorChange, side: Mapping[str, Any]) -> str:
    """A field as it was before or after a change: what is followed by its name."""
    value = side.get(name)
    followed = figures.measures().get(side.get("measure", change.indicator.measure))
    breakdown = side.get("breakdown", change.indicator.breakdown)
    if not value or followed is None:
        return _said(value)
    match name:
        case "measure":
            return followed.title
        case "breakdown":
            return breakdown_name(followed, value)
        case "group" if followed.register:
            return register_group_name(breakdown, value)
    return _said(value)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(f"{cell.get('period')}: {cell.get('printed') or 'empty'} ({cell.get('kind')})" for cell in value)
    if isinstance(value, str):
        return value.replace("_", " ") if value.endswith("_is_better") else value
    return "" if value is None else str(value)


def change_rows(changes: Iterable[IndicatorChange], baseline_told: bool = True) -> list[dict[str, Any]]:
    """Changes as lines of a download, one a field."""
    rows = []
    for change in changes:
        who = change.by.full_name if change.by else ""
        for difference in described(change, baseline_told) or [Difference("", "", "")]:
            label = f"{difference.label}: " if difference.label else ""
            rows.append({
                "at": moment(change.at), "kind": change.get_kind_display(), "reason": change.reason, "by": who,
                "before": f"{label}{difference.before}" if difference.before else "",
                "after": f"{label}{difference.after}" if difference.after else ""})
    return rows
