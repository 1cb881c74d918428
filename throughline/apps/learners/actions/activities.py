"""What a learner is doing: recording, confirming, correcting and withdrawing an activity, none of it ever overwritten."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from throughline.analytics.participation.begun import too_early
from throughline.analytics.participation.identifiers import ukprn_fault
from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import CHANGED_MEANWHILE, believe
from throughline.apps.learners.codes import CODED_ON_LEAVING, codeset, establishment_fault, says_nothing
from throughline.apps.learners.models import Activity, Learner, Source
from throughline.apps.organisations.actions.amending import RefusedError

_IN_ORDER = (
    ("ascertained", "start", "Nobody can have told us of it before it started"),
    ("verified", "start", "It cannot have been confirmed before it started"),
    ("verified", "ascertained", "It cannot have been confirmed before somebody first told us of it"),
    ("predicted_end", "start", "It cannot be going to end before it starts"),
    ("start", "neet_start", "They cannot have become NEET after this activity started"),
    ("predicted_end", "review", "Review it on or before the day it is to end"),
)


@transaction.atomic
def record_activity(
    *, by: User | None, learner: Learner, code: str, start: date, source: Source | None = None, **words: Any,
) -> Activity:
    """Say what a learner does from a day on; words are the other fields of an Activity.

    It was verified today unless words say otherwise, and ascertained on the day it was verified: somebody told us then. What is
    yet to start is neither, since nobody can say yet that they do it. Raises RefusedError, naming the field, for what cannot be
    right, and when an activity is recorded as having started on that day already.
    """
    made = Activity(learner=learner, code=code, start=start, source=source, **words)
    _confirm_by_telling(made)
    _refuse_what_cannot_be(made)
    if held := learner.activities.known().filter(start=start).first():
        raise RefusedError(f"An activity ({held.code}) is recorded as having started then. Correct that one instead", "start",
                           _way_to(held))
    believe(by=by, learner=learner, came=[made])
    return made


@transaction.atomic
def confirm_activity(
    *, by: User | None, activity: Activity, verified: date | None = None, review: date | None = None,
    predicted_end: date | None = None, source: Source | None = None,
) -> Activity:
    """Say that a learner was still doing it on a day (today), with new days of review and end if given.

    Raises RefusedError as correcting does, for a day before it was confirmed already, where nobody knows what they do, and where
    they are known to have left it by then.
    """
    last = verified or timezone.localdate()
    if says_nothing(activity.code, last):
        raise RefusedError("Nobody knows what they are doing, so there is nothing to confirm. Record what they do instead")
    if activity.verified and last < activity.verified:
        raise RefusedError(f"It was confirmed on {activity.verified:%-d %B %Y} already. Enter that or a later day", "verified")
    if activity.left_before(last):
        raise RefusedError("We hold why they left this. If they are doing it still, correct it: take away why they left, and put "
                           "the last day right")
    made = activity.again(verified=last, review=review or activity.review, predicted_end=predicted_end or activity.predicted_end,
                          source=source or activity.source)
    return _instead(by, activity, made)


@transaction.atomic
def correct_activity(*, by: User | None, activity: Activity, source: Source | None = None, **words: Any) -> Activity:
    """Say otherwise what was recorded; what was believed before stays known as such.

    The day it was ascertained, unless said, moves with the others as far as it must: not before the start, and not after a
    day on which it was confirmed. A start that is moved and has come is confirmed by whoever tells of it, as in recording it.
    Raises RefusedError for what cannot be right, and when somebody else changed the activity since it was looked at.
    """
    if words.get("establishment", activity.establishment) != activity.establishment:
        words = {"educated_in": "", **words}  # said of the establishment before
    made = activity.again(source=source or activity.source, **words)
    if made.ascertained and "ascertained" not in words:
        made.ascertained = max(made.start, min(made.ascertained, made.verified or made.ascertained))
    if made.start != activity.start:
        _confirm_by_telling(made)
        if other := activity.learner.activities.known().filter(start=made.start).first():
            raise RefusedError("Another activity is recorded as having started on that day. Correct that one instead", "start",
                               _way_to(other))
    return _instead(by, activity, made)


@transaction.atomic
def withdraw_activity(*, by: User | None, activity: Activity) -> None:
    """Say that this was never so: it is believed no more, and stays known as what was believed. Raises RefusedError."""
    believe(by=by, learner=activity.learner, ceased=[activity], verb="removed")


def _confirm_by_telling(made: Activity) -> None:
    """Let what has started be ascertained and confirmed by whoever tells of it: today, unless they say when. Nobody can say yet
    that somebody does what is yet to start.
    """
    if (today := timezone.localdate()) >= made.start:
        made.ascertained = made.ascertained or max(made.start, min(made.verified or today, today))
        made.verified = made.verified or made.ascertained


def _way_to(activity: Activity) -> tuple[str, str]:
    """The page on which an activity is corrected."""
    return "Correct what is recorded", reverse("learners:correct_activity", args=[activity.learner_id, activity.pk])


def _instead(by: User | None, held: Activity, made: Activity) -> Activity:
    if not Activity.objects.known().filter(pk=held.pk).exists():
        raise RefusedError(CHANGED_MEANWHILE)
    _refuse_what_cannot_be(made, held)
    believe(by=by, learner=held.learner, came=[made], ceased=[held])
    return made


def _refuse_what_cannot_be(activity: Activity, held: Activity | None = None) -> None:
    """Refuse what cannot be of an activity; a start and a code that are held stay, so that the rest can be put right."""
    today = timezone.localdate()
    if activity.code not in codeset("activity").usable(activity.start):
        raise RefusedError("Choose an activity of the list that could be recorded on that day", "code")
    if (held is None or (held.code, held.start) != (activity.code, activity.start)) and (early := _too_early(activity)):
        raise RefusedError(early, "start")
    _refuse_what_no_list_has(activity)
    for field in ("ascertained", "verified"):
        if (day := getattr(activity, field)) and day > max(today, activity.start):
            raise RefusedError("Enter a day that is not in the future", field)
    for field, other, sentence in _IN_ORDER:
        later, earlier = getattr(activity, field), getattr(activity, other)
        if later and earlier and later < earlier:
            raise RefusedError(sentence, field)
    for field, fault in (("establishment", establishment_fault), ("ukprn", ukprn_fault)):
        if (number := getattr(activity, field)) and (wrong := fault(number)):
            raise RefusedError(wrong, field)


def _too_early(activity: Activity) -> str:
    at_school = activity.code in codeset("activity").where(activity.start, "family", "compulsory")
    return too_early(activity.learner.born, activity.start, at_school=at_school)


def _refuse_what_no_list_has(activity: Activity) -> None:
    """Refuse a reason or an intention that is in no list, and a reason for leaving what nobody says that they left."""
    for field, name in CODED_ON_LEAVING.items():
        if (code := getattr(activity, field)) and code not in codeset(name).by_code:
            raise RefusedError("Choose one of the list", field)
    after = activity.learner.activities.known().filter(start__gt=activity.start)
    if activity.leaving_reason and not activity.predicted_end and not after.exists():
        raise RefusedError("Say when they left: enter their last day there", "predicted_end")
