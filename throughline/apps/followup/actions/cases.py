"""Opening a support case, changing its plan, closing it, and asking after some weeks whether it lasted."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup import rules
from throughline.apps.followup.actions import ROOM
from throughline.apps.followup.models import SupportCase
from throughline.apps.learners.actions.believing import subject_of
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import outside
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError


@transaction.atomic
def open_case(*, by: User, learner: Learner, worker: User | None, plan: str) -> SupportCase:
    """Open a case. Raises RefusedError when one is open, and of whoever is not of the cohort; SavedAlreadyError where it is this
    very one.
    """
    refuse_whoever_is_outside(learner)
    words = {"learner": learner, "worker": worker, "plan": plan.strip(), "opened_on": timezone.localdate()}
    try:
        with transaction.atomic():
            made = SupportCase.objects.create(**words)
    except IntegrityError as error:
        if same := SupportCase.objects.filter(closed_on=None, **words).first():
            raise SavedAlreadyError("You opened it a moment ago, so it stands once", same) from error
        raise RefusedError("A support case of theirs is open already. Close it first, or change its plan") from error
    _say(by, made, "opened")
    return made


def refuse_whoever_is_outside(learner: Learner) -> None:
    """Raise RefusedError for somebody who is not of the cohort today: no case of theirs is opened."""
    if gone := outside(learner.pk, timezone.localdate()):
        raise RefusedError(f"{gone.sentence()} So no support case is opened. If that is wrong, put it right on their own page")


@transaction.atomic
def change_case(*, by: User, case: SupportCase, worker: User | None, plan: str) -> None:
    """Change who works on an open case, or its plan. Raises RefusedError for a closed one."""
    if case.closed_on:
        raise RefusedError("This case is closed. Open another")
    case.worker, case.plan = worker, plan.strip()
    case.save(update_fields=["worker", "plan"])
    _say(by, case, "plan changed")


@transaction.atomic
def close_case(*, by: User, case: SupportCase, outcome: str, closing_note: str = "", closed_on: date | None = None) -> None:
    """Close a case with its outcome; one that should last is asked about after the weeks of casework.toml.

    Raises RefusedError, naming the field.
    """
    day, known = closed_on or timezone.localdate(), rules.casework()
    if case.closed_on:
        raise RefusedError("This case is closed already")
    if outcome not in known.outcomes:
        raise RefusedError("Choose what came of it", "outcome")
    if not case.opened_on <= day <= timezone.localdate():
        raise RefusedError("Enter a day from the opening of the case to today", "closed_on")
    case.closed_on, case.outcome, case.closing_note = day, outcome, closing_note.strip()
    case.check_due = day + timedelta(weeks=known.sustained_weeks) if known.outcomes[outcome].lasting else None
    case.save(update_fields=["closed_on", "outcome", "closing_note", "check_due"])
    _say(by, case, "closed")


@transaction.atomic
def check_case(*, by: User, case: SupportCase, sustained: bool) -> None:
    """Say whether the outcome of a case lasted. Raises RefusedError for one that nobody need ask about, or not yet."""
    if case.check_due is None or case.checked_on:
        raise RefusedError("There is nothing to check about this case")
    if case.check_due > timezone.localdate():
        raise RefusedError("Its day has not come yet")
    case.sustained, case.checked_on = sustained, timezone.localdate()
    case.save(update_fields=["sustained", "checked_on"])
    _say(by, case, "checked")


def _say(by: User, case: SupportCase, what: str) -> None:
    record(by=by, verb="changed", room=ROOM, subject=subject_of(case.learner), detail={"support case": [None, what]})
