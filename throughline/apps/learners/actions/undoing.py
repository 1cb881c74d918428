"""Undoing the last change of what is believed about a learner: another change, which puts back what was held before it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.actions.membership import keep_as_they_belong
from throughline.apps.learners.facts import sort_of
from throughline.apps.learners.models import FACTS, Fact, Learner, Membership, Name, Source
from throughline.apps.organisations.actions.amending import RefusedError

WITHIN = timedelta(days=7)  # what was changed longer ago is corrected, not undone


@dataclass(frozen=True)
class Change:
    """All that one action changed at a moment: what came to be believed, and what ceased to be."""

    at: datetime
    came: tuple[Fact, ...]
    ceased: tuple[Fact, ...]

    @property
    def by(self) -> User | None:
        """Who made it, where it brought anything; somebody else may have recorded what it took away."""
        return next((fact.recorded_by for fact in self.came), None)

    @property
    def about(self) -> list[str]:
        """What sorts of things it changed, such as “an activity”."""
        return list(dict.fromkeys(map(sort_of, (*self.came, *self.ceased))))


def last_change(learner: Learner) -> Change | None:
    """The last change of a learner that can be undone: made within a week, by hand, and not the one that added them. That a file
    was undone as a whole is no change by hand.
    """
    moments = [moment for model in FACTS for moment in model.objects.filter(learner=learner).aggregate(
        came=Max("known_from"), ceased=Max("known_to")).values() if moment]
    if not moments or (at := max(moments)) < timezone.now() - WITHIN:
        return None
    came = tuple(fact for model in FACTS
                 for fact in model.objects.filter(learner=learner, known_from=at).select_related("source", "recorded_by"))
    ceased = tuple(fact for model in FACTS
                   for fact in model.objects.filter(learner=learner, known_to=at).select_related("source"))
    # What ends bears the source of what began; only what has another source than what it replaced came with a file.
    before = {fact.source_id for fact in ceased}
    from_a_file = any(fact.source and fact.source.kind != Source.Kind.PERSON and fact.source_id not in before for fact in came)
    of_a_file = from_a_file or any(fact.source and fact.source.was_undone(at) for fact in ceased)
    added = not ceased and any(isinstance(fact, Name) for fact in came)
    return None if of_a_file or added else Change(at, came, ceased)


@transaction.atomic
def undo_last_change(*, by: User | None, learner: Learner, at: datetime) -> Change:
    """Undo the last change of a learner, which must be the one made at a moment; undoing again does it again.

    Raises RefusedError when it is no longer the last, or cannot be undone.
    """
    change = last_change(learner)
    if change is None or change.at != at:
        raise RefusedError("Something else has changed since. Look at what it says now")
    believe(by=by, learner=learner, came=[fact.again() for fact in change.ceased], ceased=change.came, what="undone")
    if any(isinstance(fact, Membership) for fact in (*change.came, *change.ceased)):
        keep_as_they_belong(learner)
    return change
