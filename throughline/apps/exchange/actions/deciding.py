"""Accepting a delivery into the register, all of it or nothing; discarding it."""

from collections import Counter
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.actions.bringing import decided, locked
from throughline.apps.exchange.applying import Numbers, apply, source_of
from throughline.apps.exchange.collecting import uncollected
from throughline.apps.exchange.elsewhere import Elsewhere, elsewhere_on, others_on, there_of
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import sender_of
from throughline.apps.exchange.readers import Reader, reader_of
from throughline.apps.exchange.reading import NOT_KNOWN, lacking
from throughline.apps.exchange.since import otherwise_now
from throughline.apps.exchange.staging import Told, again, compared, found_in, keep, kept_rows, silent
from throughline.apps.exchange.would_break import weigh
from throughline.apps.learners.actions.believing import CHANGED_MEANWHILE, moment_of_change
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.figures import catch_up
from throughline.ui.formats import count

_OTHERWISE = ("This file was read again, or one of its rows put right, since you opened its page. Nothing was changed. Look over "
              "what it would change now, then accept it")
_CHANGED_UNDER = ("{what} since this file was compared with the register{rows}. Nothing was changed. Look again on the page of "
                  "the file, then accept it")


@uncollected
@each_asked_once()
def accept(
    *, by: User | None, delivery: Delivery, shown: str | None = None, checked: bool = False, told: Told = silent,
) -> Delivery:
    """Put all that a delivery says into the register, at one moment and in one transaction.

    shown is the mark of the delivery as whoever accepts it was shown it; None where they read it themselves just now. checked
    says that those of a list that was sent who are not at the sender's as we hold it are known to be there: accepting lets the
    sender see them. Of a record that is shut to them it is asked wherever it is held, which asking would tell. It is compared
    afresh with the register as it is now.

    Raises RefusedError when somebody decided on it before, when it stands otherwise than it was shown or would come out otherwise
    since the register changed, or may since a rule or a code list did, when that is not checked, or when somebody changes the
    register at this very moment; then nothing is changed. Raises RebuildFailedError when it is in the register, and the figures
    could not be rebuilt.
    """
    try:
        with transaction.atomic():
            return _accepted(by, delivery, shown, checked, told)
    except IntegrityError as error:
        raise RefusedError(CHANGED_MEANWHILE) from error


def _accepted(by: User | None, delivery: Delivery, shown: str | None, checked: bool, told: Told) -> Delivery:
    moment = moment_of_change()
    waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PREVIEWED)
    # Whoever changes the state has it to themselves: another who accepts at the same moment waits here, and finds it changed.
    if not waiting.update(state=Delivery.State.ACCEPTED, settled_by=by, settled_at=moment):
        raise RefusedError(decided(Delivery.objects.get(pk=delivery.pk)))
    now = Delivery.objects.get(pk=delivery.pk)
    reader = reader_of(by, now.area)
    _refuse(now, shown, checked, reader)
    there = there_of(now, reader) if now.sent and not checked else None
    now.source = source_of(now, by, moment)
    now.counts = _written(now, by, moment, told)
    if there is not None:  # who is on it is known for sure only now: others may have come into the register since it was shown
        _refuse_others(now, others_on(now, there, reader))
    weigh(now)
    now.save(update_fields=["source", "counts", "broken", "could_fall"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(now),
           detail={"state": ["previewed", "accepted"], **{outcome: [None, many] for outcome, many in now.counts.items() if many}})
    transaction.on_commit(catch_up)
    return now


def _refuse(now: Delivery, shown: str | None, checked: bool, reader: Reader) -> None:
    """Raise RefusedError for a delivery that may not be accepted as it stands."""
    if shown is not None and shown != now.mark:
        raise RefusedError(_OTHERWISE)
    if shown is not None and (rows := otherwise_now(now)) != 0:
        raise RefusedError(_changed_under(rows))
    if not now.is_return and (lacks := lacking(now.mapping)):
        raise RefusedError(f"{NOT_KNOWN}, so nothing of it can be accepted. {lacks}")
    if not checked:
        _refuse_others(now, elsewhere_on(now, reader))


def _changed_under(rows: int | None) -> str:
    """What is said where so many rows would come out otherwise than they were shown, or where nobody knows how many."""
    if rows is None:
        return _CHANGED_UNDER.format(what="Much of the register, or a rule or a code list, has changed", rows="")
    told = f", and {count(rows, 'row')} would come out otherwise now"
    return _CHANGED_UNDER.format(what="The register has changed", rows=told)


def _refuse_others(now: Delivery, others: Elsewhere) -> None:
    """Raise RefusedError where some of a list are not at the place that sent it, or may not be told to be."""
    if many := others.elsewhere:
        who = "1 person on this list is" if many == 1 else f"{many:,} people on this list are"
        restricted = f", or {'has' if many == 1 else 'have'} a restricted record" if others.shut else ""
        raise RefusedError(f"{who} not at {sender_of(now)} as we hold it{restricted}. Nothing was changed. Tick on the page of "
                           "the file that you have checked where they are, then accept it", "checked")


def _written(delivery: Delivery, by: User | None, moment: datetime, told: Told) -> dict[str, int]:
    """Compare the rows with the register as it is now and write what they come to, some at a time; answers their counts."""
    numbers, counts = Numbers(delivery.area), Counter[str]()
    findings = found_in(delivery, numbers.expecting(map(again, kept_rows(delivery))))
    added: dict[int, int] = {}
    before: list[tuple[int, int]] = []  # rows about somebody new whose last row was still to come, by the row's number
    for comparison in compared(delivery, map(again, kept_rows(delivery)), findings):
        made = apply(delivery, comparison, by=by, moment=moment, numbers=numbers)
        added |= {key: learner for key, learner in made.items() if key in findings.last}
        keep(delivery, comparison)
        before += [(row.kept.pk, row.key) for row in comparison.rows if row.kept and row.key and row.key < 0]
        counts.update(comparison.counts())
        told("Writing", counts.total(), len(findings))
    for row, key in before:
        Row.objects.filter(pk=row).update(learner=added[key])
    return {str(outcome): counts[outcome] for outcome in Row.Outcome}


@transaction.atomic
def discard(*, by: User | None, delivery: Delivery) -> Delivery:
    """Put a delivery aside; nothing of it reaches the register. Raises RefusedError for one that is decided on."""
    now = locked(delivery)
    now.state, now.settled_by, now.settled_at = Delivery.State.DISCARDED, by, timezone.now()
    now.save(update_fields=["state", "settled_by", "settled_at"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(now), detail={"state": ["previewed", "discarded"]})
    return now
