"""Preparing a district's participation meeting, when it is held, who does what, what came of that, and closing it."""

from datetime import date, time
from itertools import filterfalse

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup import meeting_list
from throughline.apps.followup.actions import ROOM
from throughline.apps.followup.models import ListedLearner, MeetingDecision, ParticipationMeeting
from throughline.apps.followup.queries import meeting_after, meeting_before, supported_in
from throughline.apps.followup.register import Register, register
from throughline.apps.learners.actions.believing import subject_of
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError
from throughline.core.ages import months_after
from throughline.ui.formats import day as day_in_words
from throughline.ui.formats import month as month_in_words

CLOSED = "This meeting is closed. Bring it to the next"


def months_to_prepare() -> list[date]:
    """The months of which a meeting can be prepared today, by their first days: the next, this one and the last."""
    first = timezone.localdate().replace(day=1)
    return [months_after(first, months) for months in (1, 0, -1)]


@transaction.atomic
def prepare_meeting(
    *, by: User, district: str, month: date, held_on: date | None = None, starts: time | None = None, place: str = "",
    of: Register | None = None,
) -> ParticipationMeeting:
    """Make the list of a district's meeting in a month, by its first day, as the register stands now; then it is frozen.

    Its days are counted to the day of the register that it is made of: today's, unless of is one.
    Restricted records are left off and counted, and so are those carried forward whose address is protected. held_on is the
    day on which it meets, where that is known. Raises RefusedError, naming the field, for a month that is far off, prepared
    already or before one that is, a day of another month, or a time without a day.
    """
    first = month.replace(day=1)
    if first not in months_to_prepare():
        raise RefusedError("Choose last month, this month or the next: the list is of the register as it stands now", "month")
    _refuse_when_it_cannot_be(held_on, starts, first)
    meeting = ParticipationMeeting(area=by.area, district=district, month=first, prepared_by=by, held_on=held_on, starts=starts,
                                   place=place.strip())
    if later := meeting_after(meeting):
        raise RefusedError(f"The list of {month_in_words(later.month)} is prepared already, and says what became of the one "
                           "before it. Choose a later month", "month", _the_prepared(later))
    if before := meeting_before(meeting):
        before = _meeting_now(before.pk)  # held, so that nobody discards what this list is made from
    held = of or register(by.area)
    carried = meeting_list.carried_from(before)
    supported = supported_in(by.area, held.rules.day)
    rows = meeting_list.chosen(district, held, carried, supported)
    off, shown = list(filter(meeting_list.left_off, rows)), list(filterfalse(meeting_list.left_off, rows))
    meeting.left_out = len(off)
    meeting.impact = meeting_list.impact(before, held, sum(row.person.pk in carried for row in off))
    _save_once(meeting)
    said = meeting_list.told(shown, held, before, supported)
    ListedLearner.objects.bulk_create(
        ListedLearner(meeting=meeting, learner_id=row.person.pk, position=at, standing=row.standing, told=said[row.person.pk],
                      carried=row.person.pk in carried)
        for at, row in enumerate(shown, 1))
    _say(by, meeting, "created", len(shown))
    return meeting


@transaction.atomic
def discard_meeting(*, by: User, meeting: ParticipationMeeting) -> None:
    """Take away a meeting that was prepared by mistake, with its list.

    Raises RefusedError when it is closed, something was minuted at it, or a later meeting's list was made from it.
    """
    held = _meeting_now(meeting.pk)
    if why := why_it_stays(held):
        raise RefusedError(why)
    _say(by, held, "removed", None, before=held.listed.count())
    held.delete()


def why_it_stays(meeting: ParticipationMeeting) -> str:
    """Why a meeting cannot be discarded, and what to do; nothing where it can."""
    if meeting.closed_at:
        return "This meeting is closed, so it stays"
    if MeetingDecision.objects.filter(listed__meeting=meeting).exists():
        return "Something was minuted at this meeting, so it stays. Take its decisions away first, if they are wrong"
    if later := meeting_after(meeting):
        return f"The list of {month_in_words(later.month)} says what became of this one, so it stays. Discard that one first"
    return ""


@transaction.atomic
def arrange_meeting(
    *, by: User, meeting: ParticipationMeeting, held_on: date | None, starts: time | None = None, place: str = "",
) -> None:
    """Say when and where a meeting is held. Raises RefusedError for a day of another month, a time without a day, or when it is
    closed.
    """
    held = _meeting_now(meeting.pk)
    if held.closed_at:
        raise RefusedError("This meeting is closed")
    _refuse_when_it_cannot_be(held_on, starts, held.month)
    held.held_on, held.starts, held.place = held_on, starts, place.strip()
    held.save(update_fields=["held_on", "starts", "place"])
    _say(by, held, "changed", 0)


@transaction.atomic
def decide(*, by: User, listed: ListedLearner, text: str, who: str, due_on: date | None = None) -> MeetingDecision:
    """Minute who is to do what about somebody.

    Raises RefusedError when the meeting is closed, or for a day long past; SavedAlreadyError where the very same is minuted.
    """
    meeting = _meeting_now(listed.meeting_id)
    if meeting.closed_at:
        raise RefusedError(CLOSED)
    _refuse_a_day_before(meeting, due_on)
    words = {"text": text.strip(), "who": " ".join(who.split()), "due_on": due_on}
    if same := MeetingDecision.objects.filter(listed=listed, done_on=None, **words).first():
        raise SavedAlreadyError("The same was minuted about them already, so it stands once", same)
    made = MeetingDecision.objects.create(listed=listed, by=by, **words)
    _say(by, listed.meeting, "changed", 1)
    return made


@transaction.atomic
def change_decision(*, by: User, decision: MeetingDecision, text: str, who: str, due_on: date | None = None) -> None:
    """Minute a decision otherwise. Raises RefusedError when its meeting is closed, when it is done, or for a day long past."""
    _still_open(decision)
    _refuse_a_day_before(decision.listed.meeting, due_on)
    decision.text, decision.who, decision.due_on = text.strip(), " ".join(who.split()), due_on
    decision.save(update_fields=["text", "who", "due_on"])
    _say_of(by, decision, "changed", ["given", "given"])


@transaction.atomic
def take_decision_away(*, by: User, decision: MeetingDecision, seen: str = "") -> None:
    """Take away a decision that was minuted wrongly; seen is what whoever takes it away was shown, in_words.

    Raises RefusedError when its meeting is closed, when it is done, or when somebody minuted it otherwise meanwhile.
    """
    now = _still_open(decision)
    if seen and seen != now.in_words:
        raise RefusedError(f"Somebody changed this decision meanwhile to “{now.in_words}”, so it stays. Take it away again if it "
                           "is to go")
    _say_of(by, decision, "removed", ["given", None])
    decision.delete()


@transaction.atomic
def finish_decision(*, by: User, decision: MeetingDecision, outcome: str, done_on: date | None = None) -> None:
    """Say what came of a decision. Raises RefusedError for no words, a day to come, or when somebody has said so already or has
    taken the decision away.
    """
    day = done_on or timezone.localdate()
    if not outcome.strip():
        raise RefusedError("Say what came of it", "outcome")
    if (now := _decision_now(decision)).done_on:
        raise RefusedError(f"Somebody has said already that it was done on {day_in_words(now.done_on)}: {now.outcome}")
    if day > timezone.localdate():
        raise RefusedError("Enter a day that is not in the future", "done_on")
    decision.outcome, decision.done_on, decision.said_at, decision.said_by = outcome.strip(), day, timezone.now(), by
    decision.save(update_fields=["outcome", "done_on", "said_at", "said_by"])
    _say(by, decision.listed.meeting, "changed", 1)


@transaction.atomic
def close_meeting(*, by: User, meeting: ParticipationMeeting) -> None:
    """Close a meeting: nothing more is decided at it. Raises RefusedError when it is closed."""
    held = _meeting_now(meeting.pk)
    if held.closed_at:
        raise RefusedError("This meeting is closed already")
    held.closed_at, held.closed_by = timezone.now(), by
    held.save(update_fields=["closed_at", "closed_by"])
    _say(by, held, "changed", 0)


def _save_once(meeting: ParticipationMeeting) -> None:
    """Save a meeting. Raises RefusedError where there is one of its district and month."""
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as error:
        there = ParticipationMeeting.objects.get(area=meeting.area, district=meeting.district, month=meeting.month)
        raise RefusedError("The list for this district and month is prepared already", "month", _the_prepared(there)) from error


def _still_open(decision: MeetingDecision) -> MeetingDecision:
    """A decision that can still be minuted otherwise, as it is now; it and its meeting are held until the transaction ends."""
    now, meeting = _decision_now(decision), _meeting_now(decision.listed.meeting_id)
    if meeting.closed_at:
        raise RefusedError("This meeting is closed, and its minutes stay as they are")
    if now.done_on:
        raise RefusedError("Somebody has said that this was done, so it stays as it is")
    return now


def _meeting_now(pk: int) -> ParticipationMeeting:
    """A meeting as it is now, held until the transaction ends. Raises RefusedError where it has gone."""
    if meeting := ParticipationMeeting.objects.select_for_update().filter(pk=pk).first():
        return meeting
    raise RefusedError("Somebody discarded this meeting meanwhile")


def _decision_now(decision: MeetingDecision) -> MeetingDecision:
    """The same of a decision; whoever wants both asks for the decision first, so that two never wait for each other."""
    if now := MeetingDecision.objects.select_for_update().filter(pk=decision.pk).first():
        return now
    raise RefusedError("Somebody took this decision away meanwhile")


def _refuse_a_day_before(meeting: ParticipationMeeting, due_on: date | None) -> None:
    earliest = min(meeting.month, timezone.localdate())
    if due_on and due_on < earliest:
        raise RefusedError(f"Enter a day that is not before {day_in_words(earliest)}", "due_on")


def _refuse_when_it_cannot_be(held_on: date | None, starts: time | None, first: date) -> None:
    if starts and held_on is None:
        raise RefusedError("Enter the day too, or leave the time empty until it is known", "held_on")
    if held_on and held_on.replace(day=1) != first:
        raise RefusedError("Enter a day of the month that the meeting is of", "held_on")


def _the_prepared(meeting: ParticipationMeeting) -> tuple[str, str]:
    """The way to a meeting that is prepared."""
    return "The meeting that is prepared", reverse("followup:meeting", args=[meeting.pk])


def _say(by: User, meeting: ParticipationMeeting, verb: str, many: int | None, *, before: int | None = None) -> None:
    subject = ("participation meeting", str(meeting.pk), str(meeting))
    record(by=by, verb=verb, room=ROOM, subject=subject, detail={"young people": [before, many]})


def _say_of(by: User, decision: MeetingDecision, verb: str, said: list[str | None]) -> None:
    record(by=by, verb=verb, room=ROOM, subject=subject_of(decision.listed.learner), detail={"decision of a meeting": said})
