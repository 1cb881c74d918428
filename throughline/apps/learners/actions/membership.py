"""Leaving the cohort and coming back to it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from throughline.analytics.participation.cohort import UPPER_AGE
from throughline.analytics.participation.tables import EHC_PLAN
from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.codes import codeset, cohort
from throughline.apps.learners.models import Learner, Membership, Source
from throughline.apps.learners.models.membership import IN_COHORT, TRANSFERRED
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.ages import academic_age
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
    _refuse_the_upper_age(learner, status, day)
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
        if before := held_before_leaving(learner):
            return _hold_again(by, learner, before, day)
        joined = Membership(learner=learner, area=learner.area, status=IN_COHORT, starts=day, source=source)
        return _instead(by, learner, [joined], [one for one in held if one.starts == day])
    ceased = [one for one in held if one.ends and one.ends >= day]  # the leaver's status, not reported to its end
    ended = [one.again(ends=day - timedelta(days=1)) for one in ceased]
    joined = Membership(learner=learner, area=learner.area, status=IN_COHORT, starts=day, source=source)
    believe(by=by, learner=learner, came=[*ended, joined], ceased=ceased, what="joined the cohort")
    keep_as_they_belong(learner)
    return joined


@transaction.atomic
def take_back_leaving(*, by: User | None, learner: Learner) -> Membership:
    """Say that a learner never left, whatever day they were said to have left on: what was held before that is held again.
    Raises RefusedError where they belong to the cohort, or where what was held before is not known.
    """
    if not (before := held_before_leaving(learner)):
        raise RefusedError("There is no leaving that could be taken back. Look at what it says now")
    return _hold_again(by, learner, before, learner.memberships.known().order_by("-starts")[0].starts)


def held_before_leaving(learner: Learner) -> list[Membership]:
    """What was held of a learner, and had no end, until somebody said that they left: what taking that back holds again. Nothing
    where they did not leave, where somebody joined or left in between, or where what was held is not known.

    That they left is the newest of what is held. It may have been said again since on the same day, as by an undoing or by a
    file: each saying is a row, and what was held ceased at the moment of one of them.
    """
    held = list(learner.memberships.known().order_by("starts"))
    leaver = codeset("cohort_status").where(held[-1].starts, "leaver", "yes") if held else ()
    if not held or held[-1].status not in leaver:
        return []
    day = held[-1].starts
    said = learner.memberships.filter(starts=day, status__in=leaver).values("known_from")
    ceased = list(learner.memberships.filter(ends=None, starts__lte=day, known_to__in=said).order_by("-known_to", "-starts"))
    before = [one for one in ceased if one.known_to == ceased[0].known_to]
    return [] if any(one.starts < other.starts < day for one in before for other in held) else before


def _hold_again(by: User | None, learner: Learner, before: list[Membership], day: date) -> Membership:
    """Hold again what was held before a leaving on a day, in place of that and of what was held of it to that day."""
    starts = {day, *(one.starts for one in before)}
    return _instead(by, learner, [one.again() for one in before], list(learner.memberships.known().filter(starts__in=starts)))


def _instead(by: User | None, learner: Learner, came: list[Membership], ceased: list[Membership]) -> Membership:
    """Hold other memberships in place of a leaving; answers the first."""
    believe(by=by, learner=learner, came=came, ceased=ceased, what="leaving taken back")
    keep_as_they_belong(learner)
    return came[0]


def keep_as_they_belong(learner: Learner) -> None:
    """Say when a learner left the cohort: the record is kept while they belong to it, and then as long as the rule says."""
    held = list(learner.memberships.known().order_by("-starts"))
    belongs = any(one.ends is None for one in held)
    learner.left_on, learner.kept_until = None if belongs or not held else held[0].starts, None
    learner.save(update_fields=["left_on", "kept_until"])


def _refuse_the_upper_age(learner: Learner, status: str, day: date) -> None:
    """Whoever is tracked counts in the headline, which must not move because somebody chose a reason that is not so."""
    has_plan = learner.traits.known().on(day).filter(trait=EHC_PLAN).exists()
    tracked = cohort().on(day)
    if status == UPPER_AGE and not tracked.has_outgrown(learner.born, has_plan, day):
        plan = ", with their EHC plan" if tracked.goes_by_a_plan(learner.born, day) else ""
        raise RefusedError(f"They are of academic age {academic_age(learner.born, day)} on that day{plan}, and not older than "
                           "those who are tracked. Choose another reason, or keep them in the cohort", "status")


def _refuse_a_wrong_authority(learner: Learner, status: str, transferred_to: str) -> None:
    if status == TRANSFERRED and not transferred_to:
        raise RefusedError("Enter the authority they moved to, by its three digits", "transferred_to")
    if status != TRANSFERRED and transferred_to:
        raise RefusedError("Leave the authority empty unless they were transferred to it", "transferred_to")
    if transferred_to == learner.area:
        raise RefusedError("This is your own authority. Enter the one they moved to", "transferred_to")
    if transferred_to == _UNKNOWN_AUTHORITY:
        raise RefusedError("The return takes no transfer to an unknown authority. Enter the one they moved to", "transferred_to")


