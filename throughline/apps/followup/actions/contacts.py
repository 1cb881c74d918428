"""Logging a contact, with what was said in the same transaction, and putting right one that was logged wrongly."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup import rules
from throughline.apps.followup.actions import ROOM
from throughline.apps.followup.actions.following import set_next_contact
from throughline.apps.followup.models import Following, LoggedContact
from throughline.apps.learners.actions.activities import confirm_activity, record_activity
from throughline.apps.learners.actions.answering import set_answered
from throughline.apps.learners.actions.believing import subject_of, told_by
from throughline.apps.learners.codes import activity_label, cohort, says_nothing
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.learners.queries import activity_on
from throughline.apps.learners.standings import standing_on
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.ages import birthday
from throughline.ui.formats import day as day_in_words

_FROM_AGE = 14  # years: the register is of those from 14 on
SAME = "same"  # said: still doing what we have them down for
_FIELDS = {"code": "said", "start": "start", "verified": "on", "ascertained": "on"}


@transaction.atomic
def log_contact(
    *, by: User, learner: Learner, channel: str, outcome: str, on: date | None = None, note: str = "", said: str = "",
    start: date | None = None, next_contact: date | None = None, no_next: bool = False,
) -> LoggedContact:
    """Say that somebody was tried, by which channel and with what outcome; what they said they do is recorded with it.

    said is an activity code, SAME for what we have them down for, or empty; start is the first day of a new activity (the
    day of the contact). The day of the next contact becomes the one given, or none with no_next; with neither see
    _settle_the_next. Raises RefusedError, naming the field, and then nothing is kept.
    """
    _take_turn(learner)
    day = on or timezone.localdate()
    _refuse_what_cannot_be(learner, channel, outcome, day)
    _refuse_what_cannot_be_said(outcome, day, said, start)
    code = _activity_told(by, learner, outcome, day, said, start)
    made = _add(by, learner, channel, outcome, day, note, code)
    if next_contact and no_next:
        raise RefusedError("Enter a day for the next contact, or tick that there is none. It cannot be both", "next_contact")
    if next_contact or no_next:
        set_next_contact(by=by, learner=learner, on=next_contact)
    elif made.answered:
        _settle_the_next(by, made)
    return made


@transaction.atomic
def correct_contact(*, by: User, contact: LoggedContact, channel: str, outcome: str, on: date, note: str = "") -> LoggedContact:
    """Put beside a contact what it should have said; the first stays, and counts no more.

    It is held to what logging refuses. What was said goes with it where somebody was reached; the activity that was recorded
    then is put right on the learner's own page. Raises RefusedError, naming the field, also for one corrected already.
    """
    _take_turn(contact.learner)
    if LoggedContact.objects.filter(corrects=contact).exists():
        raise RefusedError("This contact was corrected already. Correct the correction")
    _refuse_what_cannot_be(contact.learner, channel, outcome, on)
    said = contact.said if rules.outcomes()[outcome].answered else ""
    _refuse_a_day_before_what_was_said(contact, on, said)
    return _add(by, contact.learner, channel, outcome, on, note, said, contact)


def _take_turn(learner: Learner) -> None:
    """Wait until nobody else is logging a contact of the learner, whose last answer is worked out from all of them."""
    Learner.objects.select_for_update().get(pk=learner.pk)


def _add(by: User, learner: Learner, channel: str, outcome: str, on: date, note: str, said: str,
         corrects: LoggedContact | None = None) -> LoggedContact:
    made = LoggedContact.objects.create(
        learner=learner, on=on, channel=channel, outcome=outcome, answered=rules.outcomes()[outcome].answered, note=note.strip(),
        said=said, corrects=corrects, by=by, who_email=by.email)
    held = LoggedContact.objects.filter(learner=learner, corrected_by=None, answered=True)
    set_answered(by=by, learner=learner, on=held.aggregate(last=Max("on"))["last"])
    what = "contact corrected" if corrects else "contact"
    record(by=by, verb="created", room=ROOM, subject=subject_of(learner), detail={what: [None, "given"]})
    return made


def _refuse_what_cannot_be(learner: Learner, channel: str, outcome: str, on: date) -> None:
    """Refuse what cannot be of any contact, logged or corrected."""
    channels, outcomes = rules.contacting().channels, rules.outcomes()
    if channel not in channels:
        raise RefusedError("Choose how you tried to reach them", "channel")
    if outcome not in outcomes:
        raise RefusedError("Choose what came of it", "outcome")
    if not outcomes[outcome].may_come_of(channel):
        ways = ", ".join(channels[each].title.lower() for each in outcomes[outcome].channels if each in channels)
        raise RefusedError(f"“{outcomes[outcome].title}” cannot come of “{channels[channel].title}”, only of: {ways}. "
                           "Choose something else that came of it, or another way in which you tried", "outcome")
    if on > timezone.localdate():
        raise RefusedError("Enter a day that is not in the future", "on")
    if on < (earliest := birthday(learner.born, _FROM_AGE)):
        raise RefusedError(f"They turned {_FROM_AGE} on {day_in_words(earliest)}. Enter that or a later day", "on")


def _settle_the_next(by: User, made: LoggedContact) -> None:
    """What follows from a contact that was answered and names no next: a day that is yet to come stays, and whoever is NEET is
    spoken to again after the days of cohort.toml. Raises RefusedError where a day that was set is over and nothing follows.
    """
    held = Following.objects.filter(learner=made.learner).exclude(next_contact=None).first()
    newer, today = LoggedContact.objects.filter(learner=made.learner, corrected_by=None, on__gt=made.on), timezone.localdate()
    if newer.exists() or held and held.next_contact > made.on and held.next_contact >= today:
        return
    now = standing_on(made.learner.activities.known(), today, True)
    if now.stood.standing is Standing.NEET:
        set_next_contact(by=by, learner=made.learner, on=max(made.on + timedelta(days=cohort().priority_days), today))
    elif held:
        raise RefusedError(f"The next contact was set for {day_in_words(held.next_contact)}. Enter another day, or tick that "
                           "there is no next contact", "next_contact")


def _refuse_what_cannot_be_said(outcome: str, on: date, said: str, start: date | None) -> None:
    if said and not rules.outcomes()[outcome].answered:
        raise RefusedError("Nobody was reached, so nobody can have said what they are doing", "said")
    if said and not (of := rules.outcomes()[outcome]).may_tell_of(said):
        told = ", ".join(f"“{activity_label(code, on)}”" for code in of.says)
        raise RefusedError(f"“{of.title}” tells of nothing but {told}. Choose that, or something else that came of it", "said")
    if start and not said:
        raise RefusedError("Say what they have been doing since then, or leave this empty", "start")
    if start and start > on:
        raise RefusedError("Enter a day that is not after the contact. Record what is yet to start on their own page", "start")


def _refuse_a_day_before_what_was_said(contact: LoggedContact, on: date, said: str) -> None:
    """Refuse to move a contact before the start of what was said in it, if that is believed still."""
    held = activity_on(contact.learner, contact.on)
    if said and held and held.code == said and held.start > on:
        raise RefusedError(f"What they said began on {day_in_words(held.start)}. Enter that or a later day, or put the activity "
                           "right on their own page first", "on")


def _refuse_what_is_older(learner: Learner, held: Activity | None, on: date, said: str) -> None:
    """Refuse to end, by what was said on a day, something that was confirmed after it."""
    if held and said not in (SAME, held.code) and held.counted.confirmed > on:
        was = day_in_words(held.counted.confirmed)
        raise RefusedError(f"We hold “{activity_label(held.code, on)}”, confirmed on {was}, which is after this contact. Choose "
                           "“Nothing was said” and write it in the note, or correct that by hand if this is right", "said",
                           _way_to(learner, held))


def _refuse_another_start(learner: Learner, held: Activity | None, start: date | None) -> None:
    """Refuse a start of what we hold that is not the one that we hold."""
    if held and start and start != held.start:
        raise RefusedError(f"We hold the same since {day_in_words(held.start)}. Leave this empty, or correct the start by hand",
                           "start", _way_to(learner, held))


def _way_to(learner: Learner, held: Activity) -> tuple[str, str]:
    return "The activity that we hold", reverse("learners:correct_activity", args=[learner.pk, held.pk])


def _activity_told(by: User, learner: Learner, outcome: str, on: date, said: str, start: date | None) -> str:
    """Record or confirm what was said; the code of it."""
    if not said:
        return ""
    source, activity = told_by(by=by, area=learner.area, name=rules.outcomes()[outcome].told_by), activity_on(learner, on)
    _refuse_what_is_older(learner, activity, on, said)
    try:
        if said != SAME and not (activity and said == activity.code):
            return record_activity(by=by, learner=learner, code=said, start=start or on, verified=on, source=source).code
        _refuse_another_start(learner, activity, start)
        if activity is None or says_nothing(activity.code, on):
            raise RefusedError("Nothing is recorded that they could still be doing. Choose what they said", "said")
        if activity.verified and activity.verified > on:
            return activity.code  # confirmed since by somebody else
        return confirm_activity(by=by, activity=activity, verified=on, source=source).code
    except RefusedError as error:
        raise RefusedError(error.sentence, _FIELDS.get(error.field or "", "said"), error.way) from error
