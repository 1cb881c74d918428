"""Accepting a delivery into the register, all of it or nothing; discarding it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.actions.bringing import decided, locked
from throughline.apps.exchange.applying import apply, source_of
from throughline.apps.exchange.collecting import uncollected
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.reading import lacking
from throughline.apps.exchange.staging import Told, again, compared, keep, kept_rows, silent
from throughline.apps.learners.actions.believing import CHANGED_MEANWHILE
from throughline.apps.organisations.actions.amending import RefusedError


@uncollected
def accept(*, by: User | None, delivery: Delivery, told: Told = silent) -> Delivery:
    """Put all that a delivery says into the register, at one moment and in one transaction.

    It is compared afresh with the register as it is now. Raises RefusedError when somebody decided on it before, or changes
    the register at this very moment; then nothing is changed.
    """
    try:
        with transaction.atomic():
            return _accepted(by, delivery, told)
    except IntegrityError as error:
        raise RefusedError(CHANGED_MEANWHILE) from error


def _accepted(by: User | None, delivery: Delivery, told: Told) -> Delivery:
    moment = timezone.now()
    waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PREVIEWED)
    # Whoever changes the state has it to themselves: another who accepts at the same moment waits here, and finds it changed.
    if not waiting.update(state=Delivery.State.ACCEPTED, settled_by=by, settled_at=moment):
        raise RefusedError(decided(Delivery.objects.get(pk=delivery.pk)))
    now = Delivery.objects.defer("content").get(pk=delivery.pk)
    if not now.is_return and (lacks := lacking(now.mapping)):
        raise RefusedError(lacks)
    rows = kept_rows(now)
    told("Comparing", 0, len(rows))
    comparison = compared(now, [again(row) for row in rows])
    told("Comparing", len(rows), len(rows))
    now.source = source_of(now, by, moment)
    apply(now, comparison, by=by, moment=moment)
    told("Writing", len(rows), len(rows))
    now.counts = comparison.counts()
    keep(now, comparison, rows)
    now.save(update_fields=["source", "counts"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(now),
           detail={"state": ["previewed", "accepted"], **{outcome: [None, many] for outcome, many in now.counts.items() if many}})
    return now


@transaction.atomic
def discard(*, by: User | None, delivery: Delivery) -> Delivery:
    """Put a delivery aside; nothing of it reaches the register. Raises RefusedError for one that is decided on."""
    now = locked(delivery)
    now.state, now.settled_by, now.settled_at = Delivery.State.DISCARDED, by, timezone.now()
    now.save(update_fields=["state", "settled_by", "settled_at"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(now), detail={"state": ["previewed", "discarded"]})
    return now
