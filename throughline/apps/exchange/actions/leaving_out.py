"""Leaving a row of a waiting delivery out by hand, whoever it is about, and taking it back in."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.actions.bringing import locked
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.staging import compared_anew, keep
from throughline.apps.exchange.together import marks_of, together
from throughline.apps.exchange.would_break import weigh
from throughline.apps.organisations.actions.amending import RefusedError


@transaction.atomic
def leave_out(*, by: User | None, row: Row) -> Row:
    """Let nothing of a row reach the register when its delivery is accepted.

    The rows that hang together with it are compared anew: what it says no longer stands before them, nor clashes with them.
    Raises RefusedError for a delivery that is decided on, and for a row of which nothing would come anyway.
    """
    delivery, was = _waiting(row)
    if was.left_out:
        raise RefusedError(f"Line {was.line} is left out already")
    if not was.may_be_left_out:
        raise RefusedError("Only a row that would add or change somebody can be left out")
    return _said(by, delivery, was, out=True)


@transaction.atomic
def take_in(*, by: User | None, row: Row) -> Row:
    """Take a row back in that was left out: it is compared anew. Raises RefusedError for a delivery that is decided on."""
    delivery, was = _waiting(row)
    if not was.left_out:
        raise RefusedError(f"Line {was.line} is not left out")
    return _said(by, delivery, was, out=False)


def _waiting(row: Row) -> tuple[Delivery, Row]:
    delivery = locked(row.delivery)
    return delivery, delivery.rows.select_related("delivery").get(pk=row.pk)


def _said(by: User | None, delivery: Delivery, row: Row, *, out: bool) -> Row:
    row.left_out, row.left_out_by = out, by if out else None
    row.save(update_fields=["left_out", "left_out_by"])
    compare_again(delivery, together(delivery, marks_of(row)))
    record(by=by, verb="changed", room=ROOM, subject=subject_of(delivery),
           detail={"line": [None, row.line], "left out": [not out, out]})
    return delivery.rows.select_related("delivery", "learner").get(pk=row.pk)


def compare_again(delivery: Delivery, rows: list[Row]) -> list[int]:
    """Compare some rows of a delivery anew, and keep what comes of them and how many there are of each outcome then. Answers
    which of them come out otherwise than they did.
    """
    counts, otherwise = Counter(delivery.counts), list[int]()
    counts.subtract(str(row.outcome) for row in rows)
    for comparison in compared_anew(delivery, rows):
        otherwise += keep(delivery, comparison)
        counts.update(comparison.counts())
    delivery.counts = {str(outcome): counts[outcome] for outcome in Row.Outcome}
    weigh(delivery)
    delivery.stands_since = timezone.now()
    delivery.save(update_fields=["counts", "broken", "could_fall", "stands_since"])
    return otherwise
