"""Forgetting young people whose records are kept no longer, everything of each or nothing; and keeping one longer."""

from collections.abc import Callable, Collection
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.codelists.recounting import recount
from throughline.apps.learners.actions.believing import ROOM, subject_of
from throughline.apps.learners.models import KeptLonger, Learner
from throughline.apps.learners.queries import kept_longer_until, kept_no_longer
from throughline.apps.organisations.actions.amending import RefusedError

FORGOTTEN = "forgotten"
_AT_ONCE = 100  # learners in one transaction: few enough that nobody who saves at that moment waits


def forget_learners(*, by: User | None, area: str, day: date, step: Callable[[int], None] = lambda _: None) -> int:
    """Forget whoever is kept no longer on a day; answers how many they were. Doing it again forgets nobody else.

    With a learner goes whatever any room keeps of them, and they leave the file of whom the figures count. What stays: looks
    at them and openings of their record, by number, for as long as the audit is kept; closed months, which have a term of
    their own; and who of them was forgotten when, by number.
    Each transaction forgets some learners whole and says so in the audit; step is called with how many it forgot.
    """
    forgotten = 0
    while keys := list(kept_no_longer(area, day).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        many = _forget(by, area, day, keys)
        forgotten += many
        step(many)
    return forgotten


@transaction.atomic
def _forget(by: User | None, area: str, day: date, keys: list[int]) -> int:
    # Asked again and held: somebody may have come back to the cohort meanwhile.
    going = kept_no_longer(area, day).filter(pk__in=keys).select_for_update()
    numbers = dict(going.values_list("pk", "number"))
    # What was believed is write-once to every action; here it goes with its learner, as the database's own rules say.
    Learner.objects.filter(pk__in=numbers).delete()
    record(by=by, verb=Verb.REMOVED, room=ROOM, subject=("learners", area, "Learners"),
           detail={FORGOTTEN: sorted(numbers.values())})
    recount()
    transaction.on_commit(lambda: _leave_out(numbers))
    return len(numbers)


def _leave_out(learners: Collection[int]) -> None:
    """Take learners out of the file of whom the figures count."""
    # Only this needs Ibis, which takes longer to import than a page takes to draw.
    from throughline.analytics.measures.who import forget_people

    forget_people(settings.WAREHOUSE, learners)


@transaction.atomic
def keep_longer(*, by: User | None, learner: Learner, reason: str, until: date | None = None) -> KeptLonger:
    """Keep a record to a day at least, whatever the rule says; without a day, no longer than the rule says.

    Raises RefusedError for a day that is not to come, for none where the record is not kept longer, and for no reason.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)  # so that nobody forgets them meanwhile
    if until is None and kept_longer_until(learner) is None:
        raise RefusedError("Enter the day until which it is to be kept", "until")
    if until and until <= timezone.localdate():
        raise RefusedError("Enter a day that is still to come", "until")
    if not (said := " ".join(reason.split())):
        raise RefusedError("Say why, for those who check later", "reason")
    made = KeptLonger.objects.create(learner=learner, until=until, reason=said, by=by)
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=subject_of(learner), detail={"kept longer": [None, until is not None]})
    return made
