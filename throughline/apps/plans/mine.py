"""The actions that a person owns, in the order in which they need attention."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughline.apps.organisations.models import Party
from throughline.apps.plans.forms.update import UpdateForm
from throughline.apps.plans.models import Action, Milestone, Plan, Update
from throughline.apps.plans.proposing import Proposal, propose_all
from throughline.apps.plans.queries import latest_updates
from throughline.apps.plans.timing import coming_up, meaning, milestone_overdue, overdue

LIVING = (Plan.State.DRAFT, Plan.State.APPROVED)


@dataclass
class Own:
    """One action of the reader's own; overdue says that it or a milestone of it is, past_due that it is itself."""

    action: Action
    latest: Update | None
    proposal: Proposal
    late_milestones: list[Milestone]
    overdue: bool
    past_due: bool
    coming_up: bool
    update_due: bool
    meaning: str
    form: UpdateForm

    @property
    def rag(self) -> str:
        """The rating of the latest update; "" where there is none."""
        return self.latest.rag if self.latest else ""


@dataclass
class Mine:
    """A person's actions, each in the first group that it fits. parties are their entries in the directory."""

    parties: list[Party]
    groups: list[tuple[str, str, list[Own]]] = field(default_factory=list)

    @property
    def many(self) -> int:
        """How many actions there are."""
        return sum(len(rows) for _, _, rows in self.groups)


def actions_of(user: Any) -> list[Action]:
    """The open actions of living plans that the directory says are a person's own, the soonest due first."""
    owned = Action.objects.filter(
        owners__party__user=user, owners__removed_at=None, state=Action.State.OPEN, section__removed_at=None,
        plan__area=user.area or "none", plan__state__in=LIVING, plan__removed_at=None,
    )
    found = owned.distinct().select_related("plan", "section")
    return sorted(found, key=lambda action: (action.due_on or date.max, action.plan_id, action.position))


def mine(user: Any, on: date) -> Mine:
    """The page of a person's own actions on a day: overdue first, then what is coming up, what waits for an update, the rest."""
    parties = list(Party.objects.filter(user=user, area=user.area or "none", closed_on=None))
    actions = actions_of(user)
    latest, proposals = latest_updates(actions), propose_all(actions, on)
    late: dict[int, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(action__in=actions):
        if milestone_overdue(milestone, on):
            late[milestone.action_id].append(milestone)
    rows = [_own(action, latest.get(action.pk), proposals[action.pk], late[action.pk], on) for action in actions]
    groups = [("overdue", "Overdue", [row for row in rows if row.overdue]),
              ("coming-up", "Coming up in the next four weeks", [row for row in rows if _first(row) == "coming up"]),
              ("update-due", "Waiting for this month’s update", [row for row in rows if _first(row) == "update due"]),
              ("rest", "Up to date", [row for row in rows if _first(row) == ""])]
    return Mine(parties, groups)


def update_due(latest: Update | None, on: date) -> bool:
    """Whether nobody has said this calendar month how an action is going."""
    return latest is None or (latest.as_at.year, latest.as_at.month) < (on.year, on.month)


def _own(action: Action, latest: Update | None, proposal: Proposal, late: list[Milestone], on: date) -> Own:
    past_due = overdue(action, on)
    return Own(action, latest, proposal, late, past_due or bool(late), past_due, coming_up(action, on), update_due(latest, on),
               meaning(action.when), UpdateForm(action=action, latest=latest))


def _first(row: Own) -> str:
    if row.overdue:
        return "overdue"
    if row.coming_up:
        return "coming up"
    return "update due" if row.update_due else ""
