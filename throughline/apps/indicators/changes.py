"""The changes of an indicator in words: which field was what, and what it became."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from throughline.apps.indicators.models import IndicatorChange
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


def described(change: IndicatorChange) -> list[Difference]:
    """What a change did, field by field; a registration is not told field by field."""
    if change.kind == IndicatorChange.Kind.CREATED:
        return []
    named = [name for name in _LABELS if name in change.before or name in change.after]
    return [Difference(_LABELS[name], _said(change.before.get(name)), _said(change.after.get(name))) for name in named]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(f"{cell.get('period')}: {cell.get('printed') or 'empty'} ({cell.get('kind')})" for cell in value)
    if isinstance(value, str):
        return value.replace("_", " ") if value.endswith("_is_better") else value
    return "" if value is None else str(value)


def change_rows(changes: Iterable[IndicatorChange]) -> list[dict[str, Any]]:
    """Changes as lines of a download, one a field."""
    rows = []
    for change in changes:
        who = change.by.full_name if change.by else ""
        for difference in described(change) or [Difference("", "", "")]:
            label = f"{difference.label}: " if difference.label else ""
            rows.append({
                "at": moment(change.at), "kind": change.get_kind_display(), "reason": change.reason, "by": who,
                "before": f"{label}{difference.before}" if difference.before else "",
                "after": f"{label}{difference.after}" if difference.after else ""})
    return rows
