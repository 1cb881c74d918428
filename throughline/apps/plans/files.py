"""The tables of the plans room as files: their columns and their rows."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from throughline.apps.plans.comparing import GROUPS, Shown
from throughline.apps.plans.costing import Costing
from throughline.apps.plans.coverage import Inspected
from throughline.apps.plans.listing import Listed, Listing
from throughline.apps.plans.owning import Owned
from throughline.apps.plans.plan_page import Page, Row, Tally
from throughline.apps.plans.referring import Referring
from throughline.apps.plans.trees import cost_words
from throughline.apps.plans.words import action_name, rated
from throughline.ui.downloads import Column

_TALLY = [Column("actions", "Actions"), Column("red", "Red"), Column("amber", "Amber"), Column("green", "Green"),
          Column("unrated", "Not rated"), Column("done", "Done"), Column("overdue", "Overdue")]
_RATED = "A rating is that of the latest update. Not rated is not green."
_NAMED = "Owners may be people: pass the file to nobody who may not see the plan."

PLAN_COLUMNS = [
    Column("title", "Plan"), Column("period", "Period"), Column("state", "State"), Column("approved_by", "Approved by"),
    Column("approved_on", "Approved on"), *_TALLY, Column("adds_to", "Adds to"),
]
PLAN_NOTES = [_RATED]
ACTION_COLUMNS = [
    Column("section", "Section"), Column("number", "Number"), Column("action", "Action"), Column("who", "Who"),
    Column("when", "When, as printed"), Column("means", "What that means"), Column("due", "Last day"), Column("rating", "Rating"),
    Column("state", "State"), Column("overdue", "Overdue"),
]
ACTION_NOTES = [_RATED, _NAMED]
OWNER_COLUMNS = [Column("owner", "Owner"), Column("directory", "In the directory"), Column("number", "Number"),
                 Column("action", "Action"), Column("when", "When"), Column("rating", "Rating"), Column("overdue", "Overdue")]
OWNER_NOTES = [_NAMED, "An action of several owners stands once under each."]
COST_COLUMNS = [
    Column("action", "Action"), Column("words", "As printed"), Column("amount", "Pounds", 2), Column("basis", "For what"),
    Column("fund", "Where the money comes from"), Column("year", "Financial year"), Column("spent", "Pounds spent", 2),
]
COST_NOTES = ["An amount “per year” without a financial year is paid in each year of the plan.",
              "An amount “each” is for each of something, of how many the plan does not say."]
REFERENCE_COLUMNS = [Column("action", "Action"), Column("printed", "As printed"), Column("kind", "How they hang together"),
                     Column("to", "Refers to"), Column("broken", "Broken")]
REFERENCE_NOTES = ["A reference is broken when it names something that is not there. A plan not kept here is merely elsewhere."]
CHANGE_COLUMNS = [Column("group", "Change"), Column("what", "Of"), Column("label", "Known by"), Column("field", "What changed"),
                  Column("before", "Before"), Column("after", "Now"), Column("days", "Days later")]
CHANGE_NOTES = ["Things are matched by number and words. Days later counts from one last day to the other."]
COVERAGE_COLUMNS = [Column("inspection", "Inspection"), Column("number", "Number"), Column("recommendation", "Recommendation"),
                    Column("answered_by", "Answered by"), *_TALLY]
COVERAGE_NOTES = [_RATED, "Plans that are superseded or closed answer nothing."]


def plan_rows(listed: Listing) -> Iterator[dict[str, Any]]:
    """One row a plan, supplements after the plan they add to."""
    for each in [*listed.living, *listed.past]:
        yield _plan(each, "")
        for supplement in each.supplements:
            yield _plan(supplement, each.plan.title)


def _plan(each: Listed, adds_to: str) -> dict[str, Any]:
    plan = each.plan
    return {"title": plan.title, "period": plan.period, "state": plan.get_state_display(), "approved_on": plan.approved_on,
            "approved_by": plan.approved_by.name if plan.approved_by else "", **_counts(each.tally), "adds_to": adds_to}


def _counts(tally: Tally) -> dict[str, int]:
    return tally._asdict()


def action_table(page: Page) -> Iterator[dict[str, Any]]:
    """One row an action, those that were asked for."""
    for block in page.blocks:
        for row in block.rows:
            yield {"section": block.name, "means": row.meaning, "due": row.due_on, "state": row.state.capitalize(),
                   **_action(row)}


def _action(row: Row) -> dict[str, Any]:
    return {"number": row.number, "action": row.text, "who": "; ".join(owner.printed for owner in row.owners) or "No owner",
            "when": row.when, "rating": rated(row.rag), "overdue": "yes" if row.overdue else ""}


def owner_rows(owned: Iterable[Owned], nobody: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """One row an owner and action; what nobody owns last."""
    for owner in owned:
        for row in owner.rows:
            yield {"owner": owner.name, "directory": "yes" if owner.party else "no", **_action(row)}
    for row in nobody:
        yield {"owner": "No owner", "directory": "", **_action(row)}


def cost_rows(costing: Costing) -> Iterator[dict[str, Any]]:
    """One row a cost, and one for each action without."""
    for cost in costing.costs:
        said = {"amount": cost.amount, "basis": cost.basis, "fund": cost.fund, "year": cost.year}
        yield {"action": action_name(cost.action), "words": cost.printed or cost_words(said), **said,
               "amount": _number(cost.amount), "spent": _number(cost.spent)}
    for action in costing.uncosted:
        yield {"action": action_name(action), "words": "No cost"}


def _number(pounds: Decimal | None) -> float | None:
    return None if pounds is None else float(pounds)


def reference_rows(referring: Referring) -> Iterator[dict[str, Any]]:
    """One row a reference, the broken ones first."""
    for row in referring.all:
        yield {"action": row.name, "printed": row.reference.printed, "kind": row.reference.get_kind_display(),
               "to": row.to[0] if row.to else row.reference.target, "broken": "yes" if row.broken else ""}


def change_rows(changes: Iterable[Shown]) -> Iterator[dict[str, Any]]:
    """One row a change."""
    for each in changes:
        yield {"group": GROUPS[each.group], "what": each.what, "label": each.label, "field": each.field, "before": each.before,
               "after": each.after, "days": each.days}


def coverage_rows(inspections: Iterable[Inspected]) -> Iterator[dict[str, Any]]:
    """One row a recommendation, those with nothing first."""
    for inspected in inspections:
        for each in inspected.covered:
            answered = "; ".join(f"{answer.name}, {answer.section.plan.title}" for answer in each.answers)
            yield {"inspection": inspected.inspection.title, "number": each.recommendation.number,
                   "recommendation": each.recommendation.text, "answered_by": answered or "Nothing", **_counts(each.tally)}
