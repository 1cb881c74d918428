"""Leaving the cohort and coming back to it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.models import Learner, Membership, Source
from throughline.apps.learners.models.membership import IN_COHORT, TRANSFERRED
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.periods import month_end

_UNKNOWN_AUTHORITY = "004"


@transaction.atomic
def end_membership(
    *, by: User | None, learner: Learner, status: str, left_on: date | None = None, transferred_to: str = "",
    source: Source | None = None,
) -> Membership:
    """Say that a learner left the cohort on a day (today), and as what: a code of cohort_status that is a leaver's.

    The leaver's status lasts to the end of the month that it is reported in: that of leaving, or the present one when it is
    learnt of later. Raises RefusedError, naming the field.
    """
    day = left_on or timezone.localdate()
    if status not in codeset("cohort_status").where(day, "leaver", "yes"):
        raise RefusedError("Choose why they left", "status")
    _refuse_a_wrong_authority(learner, status, transferred_to)
    ceased = list(learner.memberships.known().filter(ends=None))
    if not ceased:
        raise RefusedError("They have left the cohort already")
    if day > timezone.localdate():
        raise RefusedError("Enter the day they left, which cannot be to come", "left_on")
    if day < (began := max(held.starts for held in ceased)):
        raise RefusedError(f"They joined on {began:%-d %B %Y}. Enter that day or a later one", "left_on")
    ended = [held.again(ends=day - timedelta(days=1)) for held in ceased if held.starts < day]
    left = Membership(learner=learner, area=learner.area, status=status, transferred_to=transferred_to, starts=day,
                      ends=month_end(max(day, timezone.localdate())), source=source)
    believe(by=by, learner=learner, came=[*ended, left], ceased=ceased, what="left the cohort")
    keep_as_they_belong(learner)
    return left


@transaction.atomic
def rejoin(*, by: User | None, learner: Learner, since: date | None = None, source: Source | None = None) -> Membership:
    """Say that a learner belongs to the cohort again from a day (today). On the day on which they left that takes the leaving
    back, and what was held before it is held again. Raises RefusedError when they belong to it, or left later.
    """
    day = since or timezone.localdate()
    held = list(learner.memberships.known())
    if any(one.ends is None for one in held):
        raise RefusedError("They belong to the cohort already")
    if any(one.starts > day for one in held):
        raise RefusedError("They left later than that. Enter the day on which they left, or a later one", "since")
    if any(one.starts == day for one in held):
        return _take_back(by, learner, held, day, source)
    ceased = [one for one in held if one.ends and one.ends >= day]  # the leaver's status, not reported to its end
    ended = [one.again(ends=day - timedelta(days=1)) for one in ceased]
    joined = Membership(learner=learner, area=learner.area, status=IN_COHORT, starts=day, source=source)
    believe(by=by, learner=learner, came=[*ended, joined], ceased=ceased, what="joined the cohort")
    keep_as_they_belong(learner)
    return joined


def _take_back(by: User | None, learner: Learner, held: list[Membership], day: date, source: Source | None) -> Membership:
    """Hold in place of a leaving on a day what was held until it was said: they never left. Where that is not known, or somebody
    left in between already, they belong to the cohort from the day on.
    """
    was = learner.memberships.exclude(known_to=None).filter(ends=None).order_by("-known_to", "-starts").first()
    if was is None or any(was.starts < one.starts < day for one in held):
        back = Membership(learner=learner, area=learner.area, status=IN_COHORT, starts=day, source=source)
    else:
        back = was.again()
    ceased = [one for one in held if one.starts in (back.starts, day)]
    believe(by=by, learner=learner, came=[back], ceased=ceased, what="leaving taken back")
    keep_as_they_belong(learner)
    return back


def keep_as_they_belong(learner: Learner) -> None:
    """Say when a learner left the cohort: the record is kept while they belong to it, and then as long as the rule says."""
    held = list(learner.memberships.known().order_by("-starts"))
    belongs = any(one.ends is None for one in held)
    learner.left_on, learner.kept_until = None if belongs or not held else held[0].starts, None
    learner.save(update_fields=["left_on", "kept_until"])


def _refuse_a_wrong_authority(learner: Learner, status: str, transferred_to: str) -> None:
    if status == TRANSFERRED and not transferred_to:
        raise RefusedError("Enter the authority they moved to, by its three digits", "transferred_to")
    if status != TRANSFERRED and transferred_to:
        raise RefusedError("Leave the authority empty unless they were transferred to it", "transferred_to")
    if transferred_to == learner.area:
        raise RefusedError("This is your own authority. Enter the one they moved to", "transferred_to")
    if transferred_to == _UNKNOWN_AUTHORITY:
        raise RefusedError("The return takes no transfer to an unknown authority. Enter the one they moved to", "transferred_to")


