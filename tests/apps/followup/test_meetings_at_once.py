"""Two officers minute the same meeting: the later of two changes is shown what the other wrote, and what has gone is said."""

from datetime import date, timedelta
from functools import partial

import pytest

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import page_of
from throughline.apps.followup.actions.contacts import correct_contact, log_contact
from throughline.apps.followup.actions.meetings import (
    change_decision,
    decide,
    finish_decision,
    prepare_meeting,
    take_decision_away,
)
from throughline.apps.followup.models import LoggedContact, MeetingDecision
from throughline.apps.organisations.actions.amending import RefusedError


@pytest.fixture
def made(officer, enrol):
    """College is to ring Ade by today."""
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district="E07999901", month=date(2026, 11, 1))
    return decide(by=officer, listed=meeting.listed.get(), text="Ring\nthe mother", who="College", due_on=TODAY)


def _said(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


def _now() -> tuple[str, str]:
    return MeetingDecision.objects.values_list("text", "who").get()


def test_the_later_change_is_shown_what_the_other_wrote_and_saved_once_both_were_seen(client, colleague, made):
    page = f"/follow-up/decisions/{made.pk}/change/"
    typed = {**boxes(client.get(page)), "text": "Visit"}
    change_decision(by=colleague, decision=made, text="Write a letter", who="Youth service", due_on=TODAY)
    answer = client.post(page, typed)
    said = _said(answer)
    assert "Somebody else changed this while you had it open" in said
    assert "Saved by somebody else Write a letter Typed by you Visit" in said
    assert "Saved by somebody else Youth service Typed by you College" in said
    assert (boxes(answer)["text"].strip(), _now()) == ("Visit", ("Write a letter", "Youth service"))
    client.post(page, boxes(answer))
    assert _now() == ("Visit", "College")


def test_a_decision_that_was_changed_since_it_was_shown_is_not_taken_away(client, colleague, made):
    meeting = f"/follow-up/meetings/{made.listed.meeting_id}/"
    take_away = f"/follow-up/decisions/{made.pk}/take-away/"
    shown = _taking_away(client.get(meeting), take_away)
    change_decision(by=colleague, decision=made, text="Visit\nthem", who="College")
    answer = client.post(take_away, shown, follow=True)
    assert "meanwhile to “College: Visit them”, so it stays" in _said(answer)
    assert MeetingDecision.objects.exists()
    client.post(take_away, _taking_away(answer, take_away))
    assert not MeetingDecision.objects.exists()


def _taking_away(answer, address: str) -> dict[str, str]:
    form = page_of(answer).find(f".//form[@action='{address}']")
    return {box.get("name"): box.get("value").replace("\n", "\r\n") for box in form.iter("input")}


def test_what_came_of_a_decision_is_not_saved_of_one_that_was_changed_meanwhile(client, colleague, made):
    page = f"/follow-up/decisions/{made.pk}/done/"
    typed = {**boxes(client.get(page)), "outcome": "Rang twice", **day_in("done_on", TODAY)}
    change_decision(by=colleague, decision=made, text="Visit", who="College")
    answer = client.post(page, typed)
    assert "It stands above as it is now" in _said(answer)
    assert "College: Visit" in _said(answer)
    assert MeetingDecision.objects.get().done_on is None
    client.post(page, boxes(answer))
    assert MeetingDecision.objects.get().outcome.strip() == "Rang twice"


def test_whoever_says_second_that_it_is_done_reads_what_the_first_said(officer, colleague, made):
    finish_decision(by=colleague, decision=made, outcome="Rang twice", done_on=TODAY - timedelta(days=1))
    with pytest.raises(RefusedError, match="done on 27 November 2026: Rang twice"):
        finish_decision(by=officer, decision=made, outcome="Rang once")


@pytest.mark.parametrize("act", [
    partial(change_decision, text="Visit", who="College"), take_decision_away, partial(finish_decision, outcome="Rang"),
])
def test_of_a_decision_that_was_taken_away_meanwhile_that_is_said(officer, made, act):
    MeetingDecision.objects.all().delete()
    with pytest.raises(RefusedError, match="took this decision away meanwhile"):
        act(by=officer, decision=made)


def test_a_form_about_a_decision_that_has_gone_says_so(client, made):
    page = f"/follow-up/decisions/{made.pk}/change/"
    made.delete()
    answer = client.post(page, {"text": "Visit", "who": "College"})
    assert (answer.status_code, "somebody has taken it away" in answer.content.decode()) == (404, True)


def test_a_form_that_is_saved_while_its_record_goes_keeps_what_was_typed(client, made, monkeypatch):
    from throughline.apps.organisations import editing

    held = editing._locked

    def gone(record):
        type(record).objects.filter(pk=record.pk).delete()
        return held(record)

    monkeypatch.setattr(editing, "_locked", gone)
    page = f"/follow-up/decisions/{made.pk}/change/"
    answer = client.post(page, {**boxes(client.get(page)), "text": "Visit"})
    assert "Somebody took this away while you had it open" in _said(answer)
    assert boxes(answer)["text"].strip() == "Visit"


def test_the_later_of_two_corrections_is_shown_the_other_and_then_corrects_that(client, officer, colleague, enrol):
    wrong = log_contact(by=officer, learner=enrol(), channel="telephone", outcome="reached_young_person")
    page = f"/follow-up/contacts/{wrong.pk}/correct/"
    typed = {**boxes(client.get(page)), "outcome": "no_answer", "note": "Rang out"}
    first = correct_contact(by=colleague, contact=wrong, channel="parent", outcome="reached_parent", on=TODAY, note="The mother")
    answer = client.post(page, typed)
    assert "Saved by somebody else The mother Typed by you Rang out" in _said(answer)
    assert LoggedContact.objects.count() == 2
    client.post(page, boxes(answer))
    newest = LoggedContact.objects.get(corrects=first)
    assert (newest.outcome, newest.note.strip()) == ("no_answer", "Rang out")
