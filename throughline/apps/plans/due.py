"""What is overdue and what is coming up, actions and milestones, over all the living plans of an authority."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.apps.plans.models import Action, ActionOwner, Milestone
from throughline.apps.plans.plan_page import Named, named
from throughline.apps.plans.queries import newest_rating, plans_of
from throughline.apps.plans.timing import SOON, is_overdue, milestone_overdue
from throughline.apps.plans.words import rated
from throughline.ui.downloads import Column

ACTION, MILESTONE = "action", "milestone"
KINDS = {ACTION: "Actions", MILESTONE: "Milestones"}
OVERDUE, COMING_UP = "overdue", "coming-up"
WHICH = {OVERDUE: "Overdue", COMING_UP: "Coming up in the next four weeks"}
OWNER, PLAN = "owner", "plan"
BY = {OWNER: "By owner", PLAN: "By plan"}
NO_OWNER = "No owner"

COLUMNS = [Column("plan", "Plan"), Column("number", "Number"), Column("kind", "What it is"), Column("text", "What is due"),
           Column("owners", "Who"), Column("due", "By"), Column("days", "Days late, minus for days left"),
           Column("rating", "Rating")]
NOTES = ["What is due over and over, or has no end, is never overdue.",
         "A rating is that of the latest update of the action. Not rated is not green.",
         "Owners may be people: pass the file to nobody who may not see the plans."]


@dataclass(frozen=True)
class Due:
    """One action or milestone with a day. days is how many it is late, below 0 for those that are left."""

    kind: str
    plan: int
    plan_title: str
    action: int
    number: str
    text: str
    of: str  # the action that a milestone is on the way to
    owners: tuple[Named, ...]
    due_on: date
    days: int
    rag: str

    @property
    def overdue(self) -> bool:
        """Whether its day is past."""
        return self.days > 0


@dataclass(frozen=True)
class Asked:
    """How the reader narrows and groups the list; "" is not at all."""

    by: str = OWNER
    plan: str = ""
    owner: str = ""
    kind: str = ""
    which: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.plan or self.owner or self.kind or self.which)

    def keeps(self, row: Due) -> bool:
        """Whether a row is one of those asked for."""
        owners = {str(owner.party) for owner in row.owners if owner.party} or ({"none"} if not row.owners else set())
        return (self.plan in ("", str(row.plan)) and (not self.owner or self.owner in owners) and self.kind in ("", row.kind)
                and self.which in ("", OVERDUE if row.overdue else COMING_UP))


def asked_of(query: Mapping[str, str]) -> Asked:
    """The narrowing in an address; what is no choice is as if it had not been made."""
    by, plan, owner, kind, which = (query.get(name, "") for name in ("by", "plan", "owner", "kind", "which"))
    return Asked(
        by if by in BY else OWNER, plan if plan.isdigit() else "", owner if owner.isdigit() or owner == "none" else "",
        kind if kind in KINDS else "", which if which in WHICH else "",
    )


def due_rows(user: Any, on: date) -> list[Due]:
    """Everything overdue or coming up on a day in the living plans of the person's authority, the longest overdue first."""
    titles = {plan.pk: plan.title for plan in plans_of(user) if plan.living}
    soon = on + SOON
    actions = list(Action.objects.filter(plan__in=titles, state=Action.State.OPEN).annotate(rating=newest_rating(on)))
    held = {action.pk: action for action in actions}
    owners = named(ActionOwner.objects.filter(action__in=held), "action_id")
    rows = []
    for each in actions:
        late = is_overdue(each.state, each.due_on, each.recurrence, each.ongoing, on)
        if each.due_on and (late or on <= each.due_on <= soon):
            rows.append(_row(ACTION, each, each, titles, owners, on))
    for each in Milestone.objects.filter(action__in=held, met_on=None).exclude(due_on=None):
        if milestone_overdue(each, on) or on <= each.due_on <= soon:
            rows.append(_row(MILESTONE, held[each.action_id], each, titles, owners, on))
    return sorted(rows, key=lambda row: (row.due_on, row.plan_title, row.number, row.kind))


def _row(kind: str, action: Any, what: Any, titles: Mapping[int, str], owners: Mapping[int, list[Named]], on: date) -> Due:
    of = action.text if kind == MILESTONE else ""
    return Due(kind, action.plan_id, titles[action.plan_id], action.pk, action.number, what.text, of,
               tuple(owners.get(action.pk, [])), what.due_on, (on - what.due_on).days, action.rating or "")


def grouped(rows: Iterable[Due], asked: Asked) -> list[tuple[str, list[Due]]]:
    """The rows under their owners or their plans, by name, what nobody owns first; a row of two owners stands under both."""
    groups: dict[str, list[Due]] = defaultdict(list)
    for row in rows:
        names = [row.plan_title] if asked.by == PLAN else [owner.name for owner in row.owners] or [NO_OWNER]
        for name in dict.fromkeys(names):
            groups[name].append(row)
    return sorted(groups.items(), key=lambda group: (group[0] != NO_OWNER, group[0].casefold()))


def choices(rows: Iterable[Due]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The plans and the owners that the list can be narrowed to, as (value, name)."""
    held = list(rows)
    plans = {str(row.plan): row.plan_title for row in held}
    owners = {str(owner.party): owner.name for row in held for owner in row.owners if owner.party}
    none = [("none", NO_OWNER)] if any(not row.owners for row in held) else []
    return sorted(plans.items(), key=lambda plan: plan[1].casefold()), [
        *none, *sorted(owners.items(), key=lambda owner: owner[1].casefold())]


def file_rows(rows: Iterable[Due]) -> Iterator[dict[str, Any]]:
    """One row an action or milestone."""
    for row in rows:
        yield {"plan": row.plan_title, "number": row.number, "kind": row.kind.capitalize(), "text": row.text,
               "owners": "; ".join(owner.printed for owner in row.owners) or NO_OWNER, "due": row.due_on, "days": row.days,
               "rating": rated(row.rag)}
