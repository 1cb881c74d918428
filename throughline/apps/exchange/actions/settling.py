"""Saying whom a row is about that nobody was found for: somebody in the register, somebody new, or nobody we need."""

from typing import Any

from django.db import IntegrityError, transaction

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.actions.leaving_out import compare_beside
from throughline.apps.exchange.applying import Numbers, apply
from throughline.apps.exchange.comparing import Compared, why_not_new
from throughline.apps.exchange.elsewhere import shows_sender
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import sender_of
from throughline.apps.exchange.since import otherwise_by_register
from throughline.apps.exchange.staging import again, as_row, compared_alone
from throughline.apps.exchange.together import marks_of
from throughline.apps.learners.actions.believing import CHANGED_MEANWHILE, moment_of_change
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError

_OPEN = (Delivery.State.PREVIEWED, Delivery.State.ACCEPTED)


@each_asked_once()
def settle_row(
    *, by: User | None, row: Row, settled: str, learner: Learner | None = None, takes_name: bool = False,
    checked: bool = False,
) -> Row:
    """Settle whom a row is about. What it says of them reaches the register with its delivery, or now if that is accepted.

    Whoever it is linked to keeps name and date of birth as held; takes_name puts the name as the row has it. checked says
    that they are known to be at the sender's, of a list that was sent and is accepted: what it says lets the sender see them.
    While its delivery waits, the rows that hang together with it are compared anew beside it.
    Somebody said to be new who is in the register without doubt is not added again: the row is about whoever is there.
    Raises RefusedError for a row that is settled in the register already, or that does not say enough to add somebody, and where
    the sender could see somebody of whom that is not checked.
    """
    try:
        with transaction.atomic():
            return _settled(by, row, settled, learner, takes_name, checked)
    except IntegrityError as error:
        raise RefusedError(CHANGED_MEANWHILE) from error


def _settled(by: User | None, row: Row, settled: str, learner: Learner | None, takes_name: bool, checked: bool) -> Row:
    delivery = Delivery.objects.select_for_update().get(pk=row.delivery_id)
    was = Row.objects.select_related("delivery").get(pk=row.pk)
    _refuse(delivery, was, settled, learner)
    reading = again(was)
    reading.settled, reading.settled_by, reading.key = settled, by.pk if by else None, learner.pk if learner else None
    reading.takes_name = takes_name and settled == Row.Settled.LINKED
    if settled == Row.Settled.NEW and reading.said and (lacks := why_not_new(reading.said)):
        raise RefusedError(f"Nobody can be added from this row: {lacks.remedy}")
    comparison = compared_alone(delivery, reading)
    if settled == Row.Settled.NEW and reading.key and reading.key > 0:
        reading.settled = Row.Settled.LINKED  # they are in the register already
    if not checked:
        _refuse_to_show(delivery, reading)
    if delivery.state == Delivery.State.ACCEPTED and comparison.after:
        apply(delivery, comparison, by=by, moment=moment_of_change(), numbers=Numbers(delivery.area))
    now = as_row(delivery, reading)
    marks = marks_of(was) | marks_of(now) if delivery.waits else set()
    by_register = otherwise_by_register(delivery, marks)
    now.save()
    delivery.counts = {**delivery.counts, was.outcome: delivery.counts[was.outcome] - 1}
    delivery.counts[now.outcome] = delivery.counts.get(now.outcome, 0) + 1
    compare_beside(delivery, now, marks, by_register)
    detail: dict[str, Any] = {"line": [None, was.line], "settled": [was.settled, now.settled],
                              **({"takes_name": [was.takes_name, now.takes_name]} if now.takes_name != was.takes_name else {})}
    record(by=by, verb="changed", room=ROOM, subject=subject_of(delivery), detail=detail)
    return Row.objects.select_related("delivery", "learner").get(pk=now.pk)


def _refuse(delivery: Delivery, row: Row, settled: str, learner: Learner | None) -> None:
    if delivery.state not in _OPEN:
        raise RefusedError("This file was put aside, so its rows stay as they are")
    if settled not in (Row.Settled.LINKED, Row.Settled.NEW, Row.Settled.ASIDE):
        raise RefusedError("Choose what to do with the row")
    if not row.values:
        raise RefusedError("Nothing of this row could be read. Correct it in the file, and bring that in again")
    if settled == Row.Settled.LINKED and (learner is None or learner.area != delivery.area):
        raise RefusedError("Choose somebody of your own register", "learner")
    if row.left_out:
        raise RefusedError("This row is left out. Take it back in first, while its file waits")
    if not row.may_be_settled:
        raise RefusedError("What this row says is in the register already. Change it there")


def _refuse_to_show(delivery: Delivery, row: Compared) -> None:
    """Raise RefusedError where what a row says at once lets the sender see somebody whom they may not see yet."""
    if row.settled == Row.Settled.LINKED and row.key and shows_sender(delivery, Learner.objects.get(pk=row.key)):
        sender = sender_of(delivery)
        raise RefusedError(f"{sender} sent this list, and could see whoever you choose. Nothing was changed. Tick that you have "
                           f"checked that they are at {sender} now, then settle the row", "checked")
