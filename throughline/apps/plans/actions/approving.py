"""What becomes of a plan: approved by a named body, superseded by its next version, closed, opened again."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.analytics.planreading.asjson import as_json
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.models import Board
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.campaigns import follow_back, follow_version
from throughline.apps.plans.actions.copying import copy_plan
from throughline.apps.plans.actions.keeping import refuse_unless_living
from throughline.apps.plans.actions.promises import hand_over, take_back
from throughline.apps.plans.models import Baseline, Plan
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.trees import plan_tree

State = Plan.State


@transaction.atomic
def approve_plan(*, by: User | None, plan: Plan, board: Board, approved_on: date, note: str = "") -> Baseline:
    """Record that a body approved a plan as it stands: it is frozen as a baseline, and the version before is superseded.

    The indicators that only the version before has go out of use: see promises.hand_over. Its campaigns are then for the plan:
    see campaigns.follow_version. An approved plan may be
    approved again, as amended. Raises RefusedError for a body of another authority, a day in
    the future and a plan that is no longer living.
    """
    refuse_unless_living(plan)
    if board.area != plan.area:
        raise RefusedError("Choose a board of your own authority", "board")
    if approved_on > timezone.localdate():
        raise RefusedError("Give a day that is not in the future", "approved_on")
    baseline = Baseline.objects.create(
        plan=plan, board=board, approved_on=approved_on, note=note, tree=as_json(plan_tree(plan)), by=by)
    _settle(by, plan, State.APPROVED, {"approved_by": board, "approved_on": approved_on, "approval_note": note})
    if plan.previous and plan.previous.living:
        _settle(by, plan.previous, State.SUPERSEDED)
        hand_over(by=by, older=plan.previous, newer=plan)
        follow_version(by=by, older=plan.previous, newer=plan)
    return baseline


@transaction.atomic
def withdraw_approval(*, by: User | None, plan: Plan) -> None:
    """Take back an approval that was recorded by mistake: the one before it counts again, or the plan is a draft.

    Raises RefusedError for a plan that is not approved.
    """
    if plan.state != State.APPROVED:
        raise RefusedError("This plan is not approved, so there is no approval to take back")
    newest, *before = plan.baselines.all()[:2]
    newest.removed_at = timezone.now()
    newest.save(update_fields=["removed_at"])
    if before:
        kept = {"approved_by": before[0].board, "approved_on": before[0].approved_on, "approval_note": before[0].note}
        _settle(by, plan, State.APPROVED, kept)
        return
    _settle(by, plan, State.DRAFT, {"approved_by": None, "approved_on": None, "approval_note": ""})
    if plan.previous and plan.previous.state == State.SUPERSEDED:
        _settle(by, plan.previous, State.APPROVED if plan.previous.approved_on else State.DRAFT)
        take_back(by=by, older=plan.previous, newer=plan)
        follow_back(by=by, older=plan.previous, newer=plan)


def close_plan(*, by: User | None, plan: Plan) -> None:
    """Say that a plan is over: it stays readable and is changed no more. Raises RefusedError for one that is not living."""
    refuse_unless_living(plan)
    _settle(by, plan, State.CLOSED)


def reopen_plan(*, by: User | None, plan: Plan) -> None:
    """Open a closed plan again. Raises RefusedError for one that is not closed."""
    if plan.state != State.CLOSED:
        raise RefusedError("This plan is not closed")
    _settle(by, plan, State.APPROVED if plan.approved_on else State.DRAFT)


@transaction.atomic
def start_next_version(*, by: User | None, plan: Plan, title: str = "") -> Plan:
    """A draft with everything that the plan holds now, to be worked on; the plan itself runs on until that is approved.

    Raises RefusedError when a draft of the next version is there already.
    """
    if Plan.objects.filter(previous=plan, state=State.DRAFT).exists():
        raise RefusedError("There is a draft of the next version already. Work on that one, or take it out of the lists first")
    return copy_plan(by=by, plan=plan, title=title or plan.title)


def _settle(by: User | None, plan: Plan, state: str, words: dict[str, Any] | None = None) -> None:
    before = plan.state
    for name, value in {"state": state, **(words or {})}.items():
        setattr(plan, name, value)
    plan.save(update_fields=["state", *(words or {})])
    detail: dict[str, Any] = {"state": [before, state]}
    if plan.approved_on and state == State.APPROVED:
        detail |= {"approved by": [None, str(plan.approved_by or "")], "approved on": [None, plan.approved_on.isoformat()]}
    record(by=by, verb="changed", room=ROOM, subject=subject_of(plan), detail=detail)
