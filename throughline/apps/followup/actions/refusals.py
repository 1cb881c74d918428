"""What is refused of a contact, logged or corrected, and of what was said in it, in the order in which it is asked.

Each raises RefusedError, naming the field of the form, and changes nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from throughline.analytics.participation.begun import too_early
from throughline.apps.followup import rules
from throughline.apps.followup.actions.following import refuse_a_past_day
from throughline.apps.followup.models import LoggedContact
from throughline.apps.learners.codes import activity_label, cohort, says_nothing
from throughline.apps.learners.doing import from_when
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.learners.places import place_name
from throughline.apps.learners.queries import activity_on
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.formats import day as day_in_words

SAME = "same"  # said: still doing what we have them down for
PLACE = ("establishment_name", "establishment", "ukprn")  # the fields of an activity that say where it is


def tick_of(outcome: str) -> str:
    """The box whose tick records what an outcome suggests."""
    return f"as_{outcome}"


@contextmanager
def said_at_its_box(boxes: Mapping[str, str], typed: Mapping[str, Any], tick: str) -> Iterator[None]:
    """Say what is refused of an activity at the box of the form that it was typed in, of what was ticked at the tick.

    boxes has the box of each field of an activity that is called otherwise there, typed the fields that were typed.
    """
    try:
        yield
    except RefusedError as error:
        field = error.field or ""
        box = field if field in typed else boxes.get(field, "said")
        raise RefusedError(error.sentence, tick if tick and box in ("said", "start") else box, error.way) from error


def refuse_another_correction(contact: LoggedContact) -> None:
    """Refuse to correct what was corrected already."""
    if LoggedContact.objects.filter(corrects=contact).exists():
        raise RefusedError("This contact was corrected already. Correct the correction")


def refuse_what_cannot_be(learner: Learner, channel: str, outcome: str, on: date) -> None:
    """Refuse what cannot be of any contact, logged or corrected."""
    _refuse_what_cannot_come_of(channel, outcome)
    _refuse_a_day_that_cannot_be(learner, on)


def refused_of_contact(learner: Learner, words: Mapping[str, Any]) -> Iterator[RefusedError]:
    """What is refused of what was typed of a contact to log, one thing of each sort, so that a form says all of it at once.

    words has channel, outcome, on, said, start, more (as logging has them), next_contact and no_next; what asks for any that it
    lacks, since that could not be read, is left out.
    """
    for refuse, names in (
        (_refuse_what_cannot_come_of, ("channel", "outcome")), (_refuse_a_day_that_cannot_be, ("learner", "on")),
        (_refuse_what_nobody_said, ("outcome", "on", "said")), (_refuse_days_of_what_was_said, ("on", "said", "start", "more")),
        (_refuse_a_place_or_end_of_nothing, ("on", "said", "more")), (_refuse_both, ("next_contact", "no_next")),
        (refuse_a_past_day, ("next_contact", "field")),
    ):
        given = {"learner": learner, "field": "next_contact", **words}
        if all(name in given for name in names):
            try:
                refuse(*(given[name] for name in names))
            except RefusedError as error:
                yield error


def _refuse_what_cannot_come_of(channel: str, outcome: str) -> None:
    channels, outcomes = rules.contacting().channels, rules.outcomes()
    if channel not in channels:
        raise RefusedError("Choose how you tried to reach them", "channel")
    if outcome not in outcomes:
        raise RefusedError("Choose what came of it", "outcome")
    if not outcomes[outcome].may_come_of(channel):
        ways = ", ".join(channels[each].title.lower() for each in outcomes[outcome].channels if each in channels)
        raise RefusedError(f"“{outcomes[outcome].title}” cannot come of “{channels[channel].title}”, only of: {ways}. "
                           "Choose something else that came of it, or another way in which you tried", "outcome")


def _refuse_a_day_that_cannot_be(learner: Learner, on: date) -> None:
    if on > timezone.localdate():
        raise RefusedError("Enter a day that is not in the future", "on")
    if early := too_early(learner.born, on):
        raise RefusedError(early, "on")


def _refuse_what_nobody_said(outcome: str, on: date, said: str) -> None:
    came = rules.outcomes()[outcome]
    if said and not came.answered and said != came.suggests:
        raise RefusedError("Nobody was reached, so nobody can have said what they are doing", "said")
    if said and not came.may_tell_of(said):
        told = ", ".join(f"“{activity_label(code, on)}”" for code in came.says)
        raise RefusedError(f"“{came.title}” tells of nothing but {told}. Choose that, or something else that came of it", "said")


def _refuse_days_of_what_was_said(on: date, said: str, start: date | None, more: Mapping[str, Any]) -> None:
    if start and not said:
        raise RefusedError("Say what they have been doing since then, or leave this empty", "start")
    if start and start > on:
        raise RefusedError(f"Enter a day that is not after the contact. {_of_what_is_to_come(said)}", "start")
    if (review := more.get("review")) and review < on:
        raise RefusedError("This was over on the day of the contact. Enter that or a later day, or choose what they are doing "
                           "since", "review")


def _refuse_a_place_or_end_of_nothing(on: date, said: str, more: Mapping[str, Any]) -> None:
    for field in more if not said else ():
        raise RefusedError("Say what they are doing, or leave this empty", field)
    for field in more if says_nothing(said, on) else ():
        raise RefusedError(f"“{activity_label(said, on)}” is nowhere and has no end. Leave this empty, or choose what they are "
                           "doing", field)


def _of_what_is_to_come(said: str) -> str:
    """Where the day of what is yet to start belongs."""
    if said in cohort().agreed_starts:
        return "The day on which they start belongs under “When do they start?”"
    agreed = ", ".join(sorted(cohort().agreed_starts))
    return f"What is yet to start is an agreed start ({agreed}): choose that, and say when they start"


def _refuse_both(next_contact: date | None, no_next: bool) -> None:
    if next_contact and no_next:
        raise RefusedError("Enter a day for the next contact, or tick that there is none. It cannot be both", "next_contact")


def refuse_what_stands_otherwise(sent: LoggedContact, doing: Mapping[str, Any]) -> None:
    """Refuse to say, with a contact that is sent again, otherwise what was recorded with it."""
    held = activity_on(sent.learner, sent.on)
    for field, value in doing.items() if held else ():
        if getattr(held, field) != value:
            raise RefusedError("You logged this contact a moment ago, without that. Put it right where the activity is corrected",
                               field, way_to(sent.learner, held))


def refuse_a_day_before_what_was_said(contact: LoggedContact, on: date, said: str) -> None:
    """Refuse to move a contact before the start of what was said in it, if that is believed still."""
    held = activity_on(contact.learner, contact.on)
    if said and held and held.code == said and held.start > on:
        raise RefusedError(f"What they said began on {day_in_words(held.start)}. Enter that or a later day, or put the activity "
                           "right on their own page first", "on")


def refuse_what_is_older(learner: Learner, held: Activity | None, on: date, said: str, ticked: bool) -> None:
    """Refuse to end, by what was said or ticked on a day, something that was confirmed after it."""
    if held and said and said not in (SAME, held.code) and held.confirmed and held.confirmed > on:
        was = day_in_words(held.confirmed)
        instead = "Take the tick away" if ticked else "Choose “Nothing was said”"
        raise RefusedError(f"We hold “{activity_label(held.code, on)}”, confirmed on {was}, which is after this contact. "
                           f"{instead} and write it in the note, or correct that by hand if this is right", "said",
                           way_to(learner, held))


def refuse_another_start(learner: Learner, held: Activity | None, start: date | None) -> None:
    """Refuse a start of what we hold that is not the one that we hold."""
    if held and start and start != held.start:
        raise RefusedError(f"We hold the same ({from_when(held)}). Leave this empty, or correct the start by hand", "start",
                           way_to(learner, held))


def refuse_another_place(learner: Learner, held: Activity, more: Mapping[str, Any]) -> None:
    """Refuse a place of what we hold that is not the one that we hold, or of which nothing typed says so; one may be added where
    none is.
    """
    kept, typed = {field: getattr(held, field) for field in PLACE}, {field: more[field] for field in PLACE if more.get(field)}
    same = any(kept[field] == value for field, value in typed.items())
    for field, value in typed.items() if any(kept.values()) else ():
        if value != kept[field] and (kept[field] or not same):
            where = kept[field] or place_name(held.establishment_name, held.establishment or held.ukprn)
            raise RefusedError(f"We hold the same at “{where}”. Leave this empty if they are still there. If they have moved, "
                               "record that as an activity of its own", field,
                               ("Record an activity", reverse("learners:add_activity", args=[learner.pk])))


def refuse_what_they_left(learner: Learner, held: Activity, on: date, more: Mapping[str, Any]) -> None:
    """Refuse to confirm, on a day, what ended before it or what they are known to have left by then.

    Another end of it may be given, unless we hold why they left.
    """
    end = more.get("predicted_end", held.predicted_end)
    if held.leaving_reason and (end != held.predicted_end or end is None or on > end):
        raise RefusedError("We hold why they left this. If they are doing it still, take away why they left and put the last day "
                           "right, then log this", "said", way_to(learner, held))
    if "predicted_end" in more and on > end:
        raise RefusedError("They were doing it still on the day of this contact. Enter that or a later day", "predicted_end")
    if end and on > end:
        raise RefusedError(f"We hold that this ended on {day_in_words(end)}. If they are doing it still, enter when it ends now. "
                           "If it is something new, record that on their own page", "predicted_end", way_to(learner, held))


def way_to(learner: Learner, held: Activity) -> tuple[str, str]:
    """The page on which what we hold is corrected."""
    return "The activity that we hold", reverse("learners:correct_activity", args=[learner.pk, held.pk])
