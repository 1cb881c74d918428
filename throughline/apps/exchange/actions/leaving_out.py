"""Leaving a row of a waiting delivery out by hand, whoever it is about, and taking it back in."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.actions.bringing import locked
from throughline.apps.exchange.comparing import AT_ONCE
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.readers import may_leave_out
from throughline.apps.exchange.since import otherwise_by_register
from throughline.apps.exchange.staging import compared_anew, keep
from throughline.apps.exchange.together import Mark, marks_of, together
from throughline.apps.exchange.would_break import weigh
from throughline.apps.organisations.actions.amending import RefusedError


@each_asked_once()
@transaction.atomic
def leave_out(*, by: User | None, row: Row) -> Row:
    """Let nothing of a row reach the register when its delivery is accepted.

    The rows that hang together with it are compared anew: what it says no longer stands before them, nor clashes with them.
    Raises RefusedError for a delivery that is decided on, and for a row of which nothing would come anyway.
    """
    delivery, was = _waiting(row)
    if was.left_out:
        raise RefusedError(f"{was} is left out already")
    if not may_leave_out(was):
        raise RefusedError("Only a row that would add or change somebody, as everybody who sees the file is told, or that "
                           "another row speaks against, can be left out. Put anything else right on their own page once the "
                           "file is accepted")
    return _said(by, delivery, was, out=True)


@each_asked_once()
@transaction.atomic
def take_in(*, by: User | None, row: Row) -> Row:
    """Take a row back in that was left out: it is compared anew. Raises RefusedError for a delivery that is decided on."""
    delivery, was = _waiting(row)
    if not was.left_out:
        raise RefusedError(f"{was} is not left out")
    return _said(by, delivery, was, out=False)


def _waiting(row: Row) -> tuple[Delivery, Row]:
    delivery = locked(row.delivery)
    return delivery, delivery.rows.select_related("delivery").get(pk=row.pk)


def _said(by: User | None, delivery: Delivery, row: Row, *, out: bool) -> Row:
    marks = marks_of(row)
    by_register = otherwise_by_register(delivery, marks)
    row.left_out, row.left_out_by = out, by if out else None
    row.save(update_fields=["left_out", "left_out_by"])
    compare_beside(delivery, row, marks, by_register)
    record(by=by, verb="changed", room=ROOM, subject=subject_of(delivery),
           detail={"line": [None, row.line], "left out": [not out, out]})
    return delivery.rows.select_related("delivery", "learner").get(pk=row.pk)


def compare_beside(delivery: Delivery, row: Row, marks: set[Mark], by_register: set[int]) -> None:
    """Compare a row that was decided on anew, and all that have some marks or hang together with these. The others that come out
    otherwise are marked where the register alone would have had them do so: what is decided is no change of the register.
    """
    otherwise = compare_again(delivery, together(delivery, marks))
    mark_otherwise(by_register.intersection(otherwise) - {row.pk})


def mark_otherwise(rows: Iterable[int]) -> None:
    """Mark rows that came out otherwise than they were shown, by their numbers in the database."""
    some = list(rows)
    for first in range(0, len(some), AT_ONCE):
        Row.objects.filter(pk__in=some[first:first + AT_ONCE]).update(came_otherwise=True)


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
