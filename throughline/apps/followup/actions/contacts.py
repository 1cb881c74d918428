"""Logging a contact, with what was said in the same transaction, and putting right one that was logged wrongly."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup import rules
from throughline.apps.followup.actions import ROOM, refusals
from throughline.apps.followup.actions.following import set_next_contact
from throughline.apps.followup.actions.refusals import SAME
from throughline.apps.followup.models import Following, LoggedContact
from throughline.apps.learners.actions.activities import confirm_activity, correct_activity, record_activity
from throughline.apps.learners.actions.answering import set_answered
from throughline.apps.learners.actions.believing import subject_of, told_by
from throughline.apps.learners.codes import cohort, says_nothing
from throughline.apps.learners.models import Activity, Learner, Source
from throughline.apps.learners.outside import outside
from throughline.apps.learners.queries import activity_on
from throughline.apps.learners.standings import standing_on
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError
from throughline.ui.formats import day as day_in_words

ONCE_MORE = "If you tried once more, log that with a note that says so"
_FIELDS = {"code": "said", "start": "start", "verified": "on", "ascertained": "on"}


@transaction.atomic
def log_contact(
    *, by: User, learner: Learner, channel: str, outcome: str, on: date | None = None, note: str = "", said: str = "",
    start: date | None = None, ticked: bool = False, next_contact: date | None = None, no_next: bool = False, **more: Any,
) -> LoggedContact:
    """Say that somebody was tried, by which channel and with what outcome; what they said they do is recorded with it.

    said is an activity code, SAME for what we have them down for, or empty; start is the first day of a new activity (the day
    of the contact), and more the fields of an Activity that say where it is, until when and when it is looked at again;
    ticked says that it was said by the tick of the outcome, at which it is refused then. The day of the next contact becomes
    the one given, or none with no_next; with neither see _settle_the_next. Of whoever is not of the cohort no day is set, and
    the contact is kept. Raises RefusedError, naming the field, and then nothing is kept; SavedAlreadyError where the very same
    was logged a moment ago. Where nothing but the next contact differs from that, the answer is marked stands_once, and only
    the next contact is changed.
    """
    _take_turn(learner)
    day, more = on or timezone.localdate(), {field: value for field, value in more.items() if value}
    words = {"channel": channel, "outcome": outcome, "on": day, "said": said, "start": start, "more": more}
    for refused in refusals.refused_of_contact(learner, {**words, "next_contact": next_contact, "no_next": no_next}):
        raise refused
    if outside(learner.pk, timezone.localdate()):
        next_contact = None
    if same := _sent_before(by, learner, said, {"on": day, "channel": channel, "outcome": outcome, "note": note.strip()}):
        return _once(by, same, {"start": start, **more} if start else more, next_contact, no_next)
    with refusals.said_at_its_box(_FIELDS, more, refusals.tick_of(outcome) if ticked else ""):
        refusals.refuse_what_is_older(learner, activity_on(learner, day), day, said, ticked)
        code = _activity_told(by, learner, outcome, day, said, start, more)
    made = _add(by, learner, channel, outcome, day, note, code)
    if next_contact or no_next:
        set_next_contact(by=by, learner=learner, on=next_contact)
    elif made.answered:
        _settle_the_next(by, made)
    return made


@transaction.atomic
def correct_contact(*, by: User, contact: LoggedContact, channel: str, outcome: str, on: date, note: str = "") -> LoggedContact:
    """Put beside a contact what it should have said; the first stays, and counts no more.

    It is held to what logging refuses. What was said goes with it where it can have been said then too; the activity that was
    recorded is put right on the learner's own page. Raises RefusedError, naming the field, also for one corrected already.
    """
    _take_turn(contact.learner)
    refusals.refuse_another_correction(contact)
    refusals.refuse_what_cannot_be(contact.learner, channel, outcome, on)
    said = contact.said if rules.outcomes()[outcome].may_record(contact.said) else ""
    refusals.refuse_a_day_before_what_was_said(contact, on, said)
    return _add(by, contact.learner, channel, outcome, on, note, said, contact)


def _take_turn(learner: Learner) -> None:
    """Wait until nobody else is logging a contact of the learner, whose last answer is worked out from all of them."""
    Learner.objects.select_for_update().get(pk=learner.pk)


def _sent_before(by: User, learner: Learner, said: str, words: dict[str, Any]) -> LoggedContact | None:
    """The contact that somebody sends again, having sent the very same a moment ago."""
    held = activity_on(learner, words["on"])
    code = held.code if held and said == SAME else said
    lately = timezone.now() - rules.sent_twice_within()
    return LoggedContact.objects.filter(learner=learner, by=by, said=code, at__gte=lately, corrected_by=None, **words).first()


def _once(by: User, same: LoggedContact, doing: Mapping[str, Any], next_contact: date | None, no_next: bool) -> LoggedContact:
    """A contact that was sent again, with another day of the next if that is what was changed. Raises SavedAlreadyError."""
    refusals.refuse_what_stands_otherwise(same, doing)
    held = Following.objects.filter(learner=same.learner).values_list("next_contact", flat=True).first()
    if (next_contact or no_next) and held != next_contact:
        set_next_contact(by=by, learner=same.learner, on=next_contact)
        same.stands_once = True
        return same
    raise SavedAlreadyError(f"You logged the same a moment ago, so it stands once. {ONCE_MORE}", same)


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


def _settle_the_next(by: User, made: LoggedContact) -> None:
    """What follows from a contact that was answered and names no next: a day that is yet to come stays, and whoever is NEET is
    spoken to again after the days of cohort.toml. Nothing follows for whoever is not of the cohort. Raises RefusedError where a
    day that was set is over and nothing follows.
    """
    held = Following.objects.filter(learner=made.learner).exclude(next_contact=None).first()
    newer, today = LoggedContact.objects.filter(learner=made.learner, corrected_by=None, on__gt=made.on), timezone.localdate()
    if newer.exists() or held and held.next_contact > made.on and held.next_contact >= today:
        return
    if outside(made.learner_id, today):
        return
    now = standing_on(made.learner.activities.known(), today, True)
    if now.stood.standing is Standing.NEET:
        set_next_contact(by=by, learner=made.learner, on=max(made.on + timedelta(days=cohort().priority_days), today))
    elif held:
        raise RefusedError(f"The next contact was set for {day_in_words(held.next_contact)}. Enter another day, or tick that "
                           "there is no next contact", "next_contact")


def _activity_told(
    by: User, learner: Learner, outcome: str, on: date, said: str, start: date | None, more: Mapping[str, Any],
) -> str:
    """Record or confirm what was said; the code of it."""
    if not said:
        return ""
    source, held = told_by(by=by, area=learner.area, name=rules.outcomes()[outcome].told_by), activity_on(learner, on)
    anew = held and held.predicted_end and start and start > held.predicted_end  # the same again, once it was over
    if said != SAME and (anew or not (held and said == held.code)):
        return record_activity(by=by, learner=learner, code=said, start=start or on, verified=on, source=source, **more).code
    refusals.refuse_another_start(learner, held, start)
    if held and said == held.code and says_nothing(held.code, on):
        return held.code  # that nobody knows is known already
    if held is None or says_nothing(held.code, on):
        raise RefusedError("Nothing is recorded that they could still be doing. Choose what they said", "said")
    refusals.refuse_another_place(learner, held, more)
    refusals.refuse_what_they_left(learner, held, on, more)
    return _still(by, held, on, source, more).code


def _still(by: User, held: Activity, on: date, source: Source, more: Mapping[str, Any]) -> Activity:
    """Confirm what we hold on a day, with what more was said of it; somebody may have confirmed it since."""
    last = max(held.verified or on, on)
    if any(getattr(held, field) != value for field, value in more.items()):
        return correct_activity(by=by, activity=held, source=source, verified=last, **more)
    if held.verified and held.verified > on:
        return held
    return confirm_activity(by=by, activity=held, verified=on, source=source)
