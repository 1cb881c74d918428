"""What becomes of a reading: a plan, nothing, or waiting again; and which plan it has to do with."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.analytics.planreading.asjson import from_json
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions.changing import RefusedChangeError
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.actions.reading import locked, subject_of
from throughline.apps.plans.models import Plan, Reading


@transaction.atomic
def accept(*, by: User | None, reading: Reading, title: str = "", stamp: int | None = None) -> Plan:
    """Make a draft plan of a reading as it was put right.

    stamp is how many corrections there were when it was looked over; others since are a RefusedError, as is a plan that
    cannot be followed or added to any more.
    """
    now = locked(reading)
    if stamp is not None and stamp != len(now.corrections):
        raise RefusedError("Somebody put something right while you had this page open. Look at it again, then accept it")
    _refuse_gone(now)
    try:
        plan = accept_tree(by=by, area=now.area, tree=from_json(now.tree), title=title.strip(),
                           previous=now.next_version_of, supplement_of=now.supplement_of)
    except RefusedChangeError as error:
        raise RefusedError(f"A measure cannot go into the register: {error}") from error
    now.plan = plan
    _settle(by, now, Reading.State.ACCEPTED)
    return plan


def _refuse_gone(reading: Reading) -> None:
    for other in (reading.next_version_of, reading.supplement_of):
        if other is not None and other.removed_at:
            raise RefusedError(f"“{other.title}” was taken out of the lists. Bring it back, or choose another plan")


@transaction.atomic
def discard(*, by: User | None, reading: Reading) -> None:
    """Put a reading aside; nothing of it is lost."""
    _settle(by, locked(reading), Reading.State.DISCARDED)


@transaction.atomic
def take_up_again(*, by: User | None, reading: Reading) -> None:
    """Let a reading wait again: one that was discarded, or whose plan was taken out of the lists. Raises RefusedError."""
    now = Reading.objects.select_for_update().defer("content", "document").get(pk=reading.pk)
    if now.state == Reading.State.ACCEPTED and now.plan and not now.plan.removed_at:
        raise RefusedError("A plan was made of this reading. Take the plan out of the lists first")
    try:
        with transaction.atomic():
            _settle(by, now, Reading.State.WAITING)
    except IntegrityError as error:
        raise RefusedError("The same file was read again since. Go on with that reading") from error


def _settle(by: User | None, reading: Reading, state: str) -> None:
    before, reading.state = reading.state, state
    waiting = state == Reading.State.WAITING
    reading.settled_by, reading.settled_at = (None, None) if waiting else (by, timezone.now())
    if waiting:
        reading.plan = None
    reading.save(update_fields=["state", "plan", "settled_by", "settled_at"])
    detail: dict[str, Any] = {"state": [before, state]}
    if reading.plan:
        detail["plan"] = [None, reading.plan.pk]
    record(by=by, verb="changed", room=ROOM, subject=subject_of(reading), detail=detail)


@transaction.atomic
def relate(*, by: User | None, reading: Reading, next_version_of: Plan | None = None, supplement_of: Plan | None = None) -> None:
    """Say which plan a reading is the next version of, or adds to. Raises RefusedError for a plan of another authority."""
    now = locked(reading)
    if any(plan and plan.area != now.area for plan in (next_version_of, supplement_of)):
        raise RefusedError("Choose a plan of your own authority")
    if next_version_of and supplement_of:
        raise RefusedError("A plan is the next version of one, or adds to one: choose one of the two", "supplement_of")
    before = [now.next_version_of_id, now.supplement_of_id]
    now.next_version_of, now.supplement_of = next_version_of, supplement_of
    now.save(update_fields=["next_version_of", "supplement_of"])
    detail = {"next version of": [before[0], now.next_version_of_id], "adds to": [before[1], now.supplement_of_id]}
    record(by=by, verb="changed", room=ROOM, subject=subject_of(now), detail=detail)
