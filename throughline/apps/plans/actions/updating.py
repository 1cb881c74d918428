"""Saying how an action is going: updates stand beside each other, and one that is undone stays, marked.

The audit says that an update was made and its rating, never its words.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.keeping import refuse_unless_living
from throughline.apps.plans.models import Action, Batch, Update
from throughline.apps.plans.proposing import Proposal, propose
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import rated


@transaction.atomic
def add_update(
    *, by: User | None, action: Action, rag: str = "", narrative: str = "", next_step: str = "", override_reason: str = "",
    as_at: date | None = None, batch: Batch | None = None, proposal: Proposal | None = None,
) -> Update:
    """Say how an action is going on a day (today). proposal is what the system proposes, worked out here without one.

    Raises RefusedError for one that says nothing, is of a day to come, or differs from the proposal without a reason.
    """
    refuse_unless_living(action)
    today = timezone.localdate()
    on, proposed = as_at or today, proposal or propose(action, today)
    said = {"narrative": narrative.strip(), "next_step": next_step.strip(), "override_reason": override_reason.strip()}
    if on > today:
        raise RefusedError("Give a day that is not in the future", "as_at")
    if not rag and not said["narrative"] and not said["next_step"]:
        raise RefusedError("Give a rating, or say how it is going", "narrative")
    if needs_reason(rag, proposed) and not said["override_reason"]:
        raise RefusedError(reason_wanted(rag, proposed), "override_reason")
    if not needs_reason(rag, proposed):
        said["override_reason"] = ""
    update = Update.objects.create(
        action=action, as_at=on, rag=rag, proposed_rag=proposed.rag, proposed_reason=proposed.reason, by=by,
        batch=batch.pk if batch else None, **said,
    )
    _say(by, update, {"update": [None, rated(rag)], "narrative": [None, f"{len(said['narrative'].split())} words"]})
    return update


def needs_reason(rag: str, proposal: Proposal) -> bool:
    """Whether a rating differs from a proposal. Where the system proposes none, or nobody rates, nothing is overridden."""
    return bool(rag and proposal.rag) and rag != proposal.rag


def reason_wanted(rag: str, proposal: Proposal) -> str:
    """What to tell somebody who rates otherwise than the system proposes and does not say why."""
    return f"The system proposes {rated(proposal.rag)}. Say why it is {rated(rag)}"


@transaction.atomic
def undo_update(*, by: User | None, update: Update) -> None:
    """Let an update no longer count; it stays to be read, marked. Nothing happens to one that is undone already."""
    refuse_unless_living(update.action)
    if update.undone_at is None:
        update.undone_at, update.undone_by = timezone.now(), by
        update.save(update_fields=["undone_at", "undone_by"])
        _say(by, update, {"update": [rated(update.rag), "undone"]})


@transaction.atomic
def restore_update(*, by: User | None, update: Update) -> None:
    """Let an update that was undone count again."""
    refuse_unless_living(update.action)
    if update.undone_at is not None:
        update.undone_at, update.undone_by = None, None
        update.save(update_fields=["undone_at", "undone_by"])
        _say(by, update, {"update": ["undone", rated(update.rag)]})


def _say(by: User | None, update: Update, detail: dict[str, Any]) -> None:
    record(by=by, verb="changed", room=ROOM, subject=subject_of(update.action), detail=detail)
