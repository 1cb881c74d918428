"""A plan against the one that was approved, and against the version before it: what is new, gone, late or changed."""

from dataclasses import dataclass
from datetime import date

from throughline.analytics.planreading.asjson import from_json
from throughline.analytics.planreading.changes import Change, compare
from throughline.analytics.planreading.dates import read_when
from throughline.analytics.planreading.tree import Plan as Tree
from throughline.apps.plans.models import Baseline, Plan
from throughline.apps.plans.timing import due_on
from throughline.apps.plans.trees import plan_tree
from throughline.apps.plans.vocabulary import templates

FIELDS = {
    "": "", "title": "Title", "text": "Words", "number": "Number", "section": "Where it stands", "kind": "What it is called",
    "leads": "Accountable leads", "impact": "Difference it makes", "success": "How it is known", "answers": "What it answers",
    "steps": "Steps", "owners": "Owners", "when": "When", "milestones": "Milestones", "cost": "Cost",
    "cross_references": "Cross-references", "rag": "Printed rating", "why": "Why", "cohort": "Cohort", "baseline": "Baseline",
    "target": "Target", "unit": "Unit", "due": "Due", "direction": "Direction", "status": "Status",
    "trajectory": "Year by year", "notes": "Notes",
}
GROUPS = {
    "added": "Added", "removed": "Removed", "slipped": "Dates that slipped", "earlier": "Dates brought forward",
    "owners": "Owners changed", "reworded": "Reworded", "other": "Changed otherwise",
}


@dataclass(frozen=True)
class Shown:
    """One change as the page shows it; group is one of GROUPS, days how far a date slipped, below 0 when brought forward."""

    group: str
    what: str
    label: str
    field: str
    before: str
    after: str
    days: int | None = None


def against_baseline(plan: Plan, baseline: Baseline) -> list[Shown]:
    """What is different in a plan now from what was approved."""
    return changes_between(from_json(baseline.tree), plan_tree(plan))


def between_versions(older: Plan, newer: Plan) -> list[Shown]:
    """What a newer version changes."""
    return changes_between(plan_tree(older), plan_tree(newer))


def changes_between(old: Tree, new: Tree) -> list[Shown]:
    """The changes from one tree to another, in the order of GROUPS."""
    shown = [_shown(change) for change in compare(old, new)]
    order = list(GROUPS)
    return sorted(shown, key=lambda each: order.index(each.group))


def grouped(changes: list[Shown]) -> list[tuple[str, str, list[Shown]]]:
    """The changes by group, with the group's heading; groups without any left out."""
    found = [(name, heading, [each for each in changes if each.group == name]) for name, heading in GROUPS.items()]
    return [group for group in found if group[2]]


def _shown(change: Change) -> Shown:
    days = _slipped(change) if change.field in ("when", "due") else None
    return Shown(_group(change, days), change.what, change.label, FIELDS.get(change.field, change.field.capitalize()),
                 change.before, change.after, days)


def _group(change: Change, days: int | None) -> str:
    if change.kind in ("added", "removed"):
        return change.kind
    if days:
        return "slipped" if days > 0 else "earlier"
    if change.field in ("owners", "leads"):
        return "owners"
    return "reworded" if change.kind == "reworded" else "other"


def _slipped(change: Change) -> int | None:
    """By how many days the last day moved; None where one of the two has no day."""
    before, after = (_last_day(words) for words in (change.before, change.after))
    return (after - before).days if before and after else None


def _last_day(printed: str) -> date | None:
    return due_on({"dates": read_when(printed, templates()).dates}) if printed.strip() else None
