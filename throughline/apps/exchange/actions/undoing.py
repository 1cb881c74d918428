"""Undoing an accepted delivery: what it brought is believed no more, and what it replaced is believed again."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.models import Delivery
from throughline.apps.followup.models import LoggedContact
from throughline.apps.learners.actions.believing import cease, hold, moment_of_change
from throughline.apps.learners.actions.membership import keep_as_they_belong
from throughline.apps.learners.models import FACTS, Fact, Learner, Membership, Source
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.figures import catch_up

_AT_ONCE = 500
_LATER = "What this file brought was changed since, so it can no longer be undone as a whole. Correct by hand what is wrong"


class StoodOnError(RefusedError):
    """Raised when something later stands on what a file brought; learners are of whom, by number in the database."""

    def __init__(self, learners: Collection[int]) -> None:
        self.learners = frozenset(learners)
        super().__init__(_LATER)


@each_asked_once()
def undo(*, by: User | None, delivery: Delivery) -> Delivery:
    """Undo an accepted delivery, while nothing that came later stands on what it brought.

    Whoever it added stays in the register's past only: nothing is believed of them any more. Raises RefusedError, which is a
    StoodOnError where it is known of whom something came later, and RebuildFailedError when it is undone and the figures could
    not be rebuilt.
    """
    try:
        with transaction.atomic():
            return _undone(by, delivery)
    except IntegrityError as error:
        raise RefusedError(_LATER) from error


def _undone(by: User | None, delivery: Delivery) -> Delivery:
    moment = moment_of_change()
    if not Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.ACCEPTED).update(
            state=Delivery.State.UNDONE, settled_by=by, settled_at=moment):
        raise RefusedError("Only a file that is accepted can be undone")
    now = Delivery.objects.get(pk=delivery.pk)
    if now.forgotten_at:
        raise RefusedError("This file was accepted too long ago to be undone. Correct by hand what is wrong")
    came = [fact for model in FACTS for fact in model.objects.filter(source=now.source).iterator()]
    moments = {fact.known_from for fact in came}
    added = set(Learner.objects.filter(area=now.area, added_at__in=moments).values_list("pk", flat=True))
    if stood_on := {fact.learner_id for fact in came if fact.known_to} | _stands_on(added, now):
        raise StoodOnError(stood_on)
    belonging = {fact.learner_id for fact in came if isinstance(fact, Membership)} - added
    ceased = _ceased(now.area, moments, {fact.learner_id for fact in came})
    cease(came, moment)
    Source.objects.filter(pk=now.source_id).update(undone_at=moment, undone_by=by)
    hold([fact.again() for fact in ceased], by=by, moment=moment)
    _keep_no_longer(added, timezone.localdate(moment))
    for key in belonging:
        keep_as_they_belong(Learner.objects.get(pk=key))
    record(by=by, verb="changed", room=ROOM, subject=subject_of(now),
           detail={"state": ["accepted", "undone"], "beliefs": [len(came), len(ceased)]})
    transaction.on_commit(catch_up)
    return now


def _stands_on(added: set[int], delivery: Delivery) -> set[int]:
    """Those whom a delivery added and of whom something from elsewhere is held, or about whom something was done since."""
    guarded = Learner.objects.filter(Q(restricted=True) | Q(protected_address=True), area=delivery.area)
    contacted = LoggedContact.objects.filter(learner__area=delivery.area, at__gte=delivery.source.at)
    done = {*guarded.values_list("pk", flat=True), *contacted.values_list("learner_id", flat=True)}
    for model in FACTS if added else ():
        later = model.objects.known().filter(learner__area=delivery.area, known_from__gte=delivery.source.at)
        done.update(later.exclude(source=delivery.source).values_list("learner_id", flat=True))
    return added & done


def _ceased(area: str, moments: set[datetime], learners: set[int]) -> Sequence[Fact]:
    """What ceased to be believed at the moments at which a delivery was written, of those whom it is about."""
    return [fact for model in FACTS for fact in model.objects.filter(learner__area=area, known_to__in=moments)
            if fact.learner_id in learners]


def _keep_no_longer(added: set[int], today: date) -> None:
    """Whoever was added is kept no longer than the rules of the register say of somebody of whom nothing is believed."""
    keys = list(added)
    for first in range(0, len(keys), _AT_ONCE):
        Learner.objects.filter(pk__in=keys[first:first + _AT_ONCE]).update(kept_until=today)
