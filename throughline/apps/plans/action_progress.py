"""What the page of an action says of how it is going: its updates, what the system proposes, and the evidence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.plans.evidence_kinds import KINDS_SAID, LARGEST_SAID
from throughline.apps.plans.forms.update import UpdateForm
from throughline.apps.plans.models import Action, Evidence, Update
from throughline.apps.plans.proposing import Proposal, propose
from throughline.apps.plans.queries import latest_updates, may_update


@dataclass(frozen=True)
class Progress:
    """How one action is going. updates are the newest first, undone ones among them; form is None for a mere reader."""

    action: Action
    updates: list[tuple[Update, bool]]
    proposal: Proposal
    form: UpdateForm | None
    evidence: list[Evidence]
    removed_evidence: list[Evidence]

    kinds = KINDS_SAID
    largest = LARGEST_SAID


def action_progress(action: Action, user: Any, on: date, form: UpdateForm | None = None) -> Progress:
    """The progress of an action as a person sees it; form is one that was filled in and not saved."""
    updates = list(action.updates.select_related("by", "undone_by"))
    says = may_update(user, action) and action.plan.living
    latest = next((each for each in updates if each.undone_at is None), None)
    if says and form is None:
        form = UpdateForm(action=action, latest=latest)
    evidence = list(action.evidence.select_related("by").defer("content"))
    return Progress(
        action, [(each, says and may_undo(user, each)) for each in updates], propose(action, on), form if says else None,
        [each for each in evidence if each.removed_at is None], [each for each in evidence if each.removed_at] if says else [],
    )


def may_undo(user: Any, update: Update) -> bool:
    """Whether a person may undo an update, or let it count again: their own, or any for those who edit plans."""
    return update.by_id == user.pk or may(user, Permission.EDIT_PLANS)


def update_form(action: Action, data: Any = None) -> UpdateForm:
    """The form with which an action is updated."""
    return UpdateForm(data, action=action, latest=latest_updates([action]).get(action.pk))
