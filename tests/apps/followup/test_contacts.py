"""Contacts: kept for good, corrected beside, and in one transaction with what was said."""

from datetime import date, timedelta
from functools import partial
from importlib import import_module

import pytest
from django.apps import apps

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import page_of
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup import rules
from throughline.apps.followup.actions.contacts import correct_contact, log_contact
from throughline.apps.followup.actions.following import claim
from throughline.apps.followup.actions.refusals import SAME
from throughline.apps.followup.models import Following, LoggedContact
from throughline.apps.followup.register import register
from throughline.apps.learners.actions.circumstances import add_contact
from throughline.apps.learners.models import Activity, Learner, WriteOnceError
from throughline.apps.organisations.actions.amending import RefusedError

YESTERDAY = TODAY - timedelta(days=1)


def _log(officer, learner, outcome="reached_young_person", **more):
    return log_contact(by=officer, learner=learner, channel="telephone", outcome=outcome, **more)


def _believed(learner) -> list[tuple[str, object]]:
    return sorted((one.code, one.verified) for one in learner.activities.known())


def test_what_was_said_is_confirmed_with_the_contact(officer, enrol):
    learner = enrol(code="619", ago=100)
    made = _log(officer, learner, said=SAME, on=YESTERDAY, next_contact=TODAY + timedelta(days=14))
    assert (made.said, made.answered) == ("619", True)
    assert _believed(learner) == [("619", YESTERDAY)]
    assert str(learner.activities.known().get().source) == "The young person"
    assert Following.objects.get().next_contact == TODAY + timedelta(days=14)


def test_something_new_is_recorded_with_the_contact(officer, enrol):
    learner = enrol(code="619", ago=100)
    _log(officer, learner, said="220", start=TODAY - timedelta(days=10))
    assert [code for code, _ in _believed(learner)] == ["220", "619"]
    assert register("358").rows[learner.pk].lists == ()


def test_what_was_said_was_known_from_the_day_of_the_contact(officer, enrol):
    learner, on = enrol(code="619", ago=100), TODAY - timedelta(days=9)
    _log(officer, learner, said="230", start=TODAY - timedelta(days=27), on=on)
    made = learner.activities.known().get(code="230")
    assert (made.start, made.ascertained, made.verified) == (TODAY - timedelta(days=27), on, on)


def test_a_contact_before_somebody_else_confirmed_the_same_is_kept_and_takes_nothing_away(officer, enrol):
    learner = enrol(code="230", ago=100, verified=YESTERDAY)
    made = _log(officer, learner, said=SAME, on=TODAY - timedelta(days=9))
    assert made.said == "230"
    assert _believed(learner) == [("230", YESTERDAY)]


def test_when_the_activity_cannot_be_nothing_is_kept(officer, enrol):
    learner = enrol(code="619", ago=100)
    entries = AuditEntry.objects.count()
    with pytest.raises(RefusedError) as refused:
        _log(officer, learner, said="220", start=TODAY - timedelta(days=100))
    assert refused.value.field == "start"
    assert (LoggedContact.objects.count(), Following.objects.count(), AuditEntry.objects.count()) == (0, 0, entries)
    assert Activity.objects.count() == 1


def test_when_the_next_contact_cannot_be_the_activity_is_not_kept_either(officer, enrol):
    learner = enrol(code="619", ago=100)
    with pytest.raises(RefusedError, match="today or a later day"):
        _log(officer, learner, said=SAME, next_contact=YESTERDAY)
    assert LoggedContact.objects.count() == 0
    assert _believed(learner) == [("619", TODAY - timedelta(days=100))]


@pytest.mark.parametrize(("words", "field"), [
    ({"channel": "pigeon", "outcome": "no_answer"}, "channel"),
    ({"channel": "telephone", "outcome": "splendid"}, "outcome"),
    ({"channel": "telephone", "outcome": "no_answer", "on": TODAY + timedelta(days=1)}, "on"),
    ({"channel": "telephone", "outcome": "no_answer", "on": date(2015, 8, 31)}, "on"),
    ({"channel": "telephone", "outcome": "reached_parent", "said": "220", "start": TODAY + timedelta(days=1)}, "start"),
    ({"channel": "telephone", "outcome": "reached_parent", "on": YESTERDAY, "said": "220", "start": TODAY}, "start"),
    ({"channel": "telephone", "outcome": "reached_parent", "said": "220", "start": date(2020, 3, 3)}, "start"),
    ({"channel": "telephone", "outcome": "no_answer", "said": SAME}, "said"),
    ({"channel": "telephone", "outcome": "reached_parent", "said": "999"}, "said"),
    ({"channel": "telephone", "outcome": "reached_parent", "said": "616", "review": YESTERDAY}, "review"),
])
def test_what_cannot_be_is_refused_at_its_field(officer, enrol, words, field):
    with pytest.raises(RefusedError) as refused:
        log_contact(by=officer, learner=enrol(), **words)
    assert refused.value.field == field
    assert LoggedContact.objects.count() == 0


def test_a_correction_is_held_to_the_same_days(officer, enrol):
    made = _log(officer, enrol())
    with pytest.raises(RefusedError, match="They turned 14 on") as refused:
        correct_contact(by=officer, contact=made, channel="telephone", outcome="no_answer", on=date(2005, 1, 1))
    assert refused.value.field == "on"


@pytest.mark.parametrize(("channel", "outcome"), [
    ("provider", "reached_young_person"), ("home_visit", "reached_provider"), ("letter", "left_message"), ("telephone", "sent"),
    ("home_visit", "wrong_number"), ("telephone", "moved_away"),
])
def test_what_cannot_come_of_a_channel_is_refused_when_it_is_logged_and_when_it_is_corrected(officer, enrol, channel, outcome):
    learner = enrol()
    made = _log(officer, learner)
    for act in (partial(log_contact, learner=learner), partial(correct_contact, contact=made, on=made.on)):
        with pytest.raises(RefusedError, match="cannot come of") as refused:
            act(by=officer, channel=channel, outcome=outcome)
        assert refused.value.field == "outcome"
    assert LoggedContact.objects.get() == made


def test_a_refused_outcome_says_which_ways_can_bring_it(officer, enrol):
    with pytest.raises(RefusedError, match="only of: text message, email, letter, ask the school, college or provider. Choose"):
        _log(officer, enrol(), "sent")


def test_every_channel_that_an_outcome_names_is_one_and_each_channel_can_bring_an_answer_and_none(db):
    channels = rules.contacting().channels
    assert {name for outcome in rules.outcomes().values() for name in outcome.channels} <= channels.keys()
    for name in channels:
        can = [outcome for outcome in rules.outcomes().values() if outcome.may_come_of(name)]
        assert {outcome.answered for outcome in can} == {True, False}


def test_a_correction_that_nobody_was_reached_says_nothing_and_points_to_the_register(officer, client, enrol):
    learner = enrol(code="619", ago=100)
    wrong = _log(officer, learner, said="220", start=YESTERDAY)
    page = f"/follow-up/contacts/{wrong.pk}/correct/"
    answer = client.post(page, {**boxes(client.get(page)), "channel": "telephone", "outcome": "no_answer"}, follow=True)
    assert LoggedContact.objects.get(corrects=wrong).said == ""
    told = page_of(answer).find(".//div[@role='alert']")
    assert "put that right on their own page" in " ".join(" ".join(told.itertext()).split())
    assert told.find(".//a").get("href") == f"/learners/{learner.pk}/"


@pytest.mark.parametrize(("back", "refused"), [(3, False), (4, True)])
def test_a_correction_is_not_before_what_was_said_began(officer, enrol, back, refused):
    learner = enrol(code="619", ago=100)
    made = _log(officer, learner, said="220", start=TODAY - timedelta(days=3))
    correct = partial(correct_contact, by=officer, contact=made, channel="telephone", outcome="reached_parent",
                      on=TODAY - timedelta(days=back))
    if not refused:
        assert correct().said == "220"
        return
    with pytest.raises(RefusedError, match="began on 25 November 2026. Enter that or a later day") as error:
        correct()
    assert error.value.field == "on"


def _next():
    return Following.objects.values_list("next_contact", flat=True).first()


def test_an_older_contact_leaves_the_next_that_was_set_unless_it_names_one(officer, enrol):
    learner, next_contact = enrol(code="220"), TODAY + timedelta(days=14)
    _log(officer, learner, on=YESTERDAY, next_contact=next_contact)
    older = YESTERDAY - timedelta(days=1)
    _log(officer, learner, on=older)
    assert _next() == next_contact
    _log(officer, learner, on=older, note="At noon", next_contact=TODAY)
    assert _next() == TODAY
    _log(officer, learner, on=older, note="At night")
    assert _next() == TODAY


def test_an_older_contact_sets_none_of_somebody_neet_of_whom_a_newer_said_that_there_is_none(officer, enrol):
    learner = enrol(code="619")
    _log(officer, learner, no_next=True)
    _log(officer, learner, on=YESTERDAY)
    assert _next() is None


def test_a_contact_that_names_no_next_keeps_one_that_is_still_to_be(officer, enrol):
    learner, later = enrol(), TODAY + timedelta(days=3)
    _log(officer, learner, on=YESTERDAY, next_contact=TODAY)
    _log(officer, learner, outcome="no_answer")
    assert _next() == TODAY, "nobody was reached, so somebody is to try again"
    _log(officer, learner, next_contact=later)
    _log(officer, learner, note="Again")
    assert _next() == later


def test_an_older_contact_does_not_end_what_was_confirmed_after_it(officer, enrol):
    learner = enrol(code="220", ago=60, verified=YESTERDAY)
    with pytest.raises(RefusedError, match="confirmed on 27 November 2026, which is after this contact") as refused:
        _log(officer, learner, on=TODAY - timedelta(days=10), said="619")
    held = learner.activities.get()
    assert (refused.value.field, refused.value.way[1]) == ("said", f"/learners/{learner.pk}/activities/{held.pk}/correct/")
    _log(officer, learner, on=TODAY - timedelta(days=10), said="220")  # confirmed already, and no second spell of it
    _log(officer, learner, on=TODAY - timedelta(days=70), said="619")  # before it, and so beside it
    assert [one.code for one in learner.activities.known()] == ["220", "619"]
    _log(officer, learner, on=YESTERDAY, said="619")  # on the day of the confirmation: the later word counts
    assert learner.activities.known().first().code == "619"


@pytest.mark.parametrize(("told", "from_when"), [
    ({}, "since"), ({"ascertained": None, "verified": None}, "was to start on"),
])
def test_the_same_as_we_hold_is_confirmed_and_keeps_its_start(officer, enrol, told, from_when):
    learner = enrol(code="220", ago=60, **told)
    with pytest.raises(RefusedError, match=f"We hold the same .{from_when} 29 September 2026.. Leave") as refused:
        _log(officer, learner, said="220", start=TODAY - timedelta(days=30))
    assert refused.value.field == "start"
    _log(officer, learner, said="220")
    (held,) = learner.activities.known()
    assert (held.start, held.verified) == (TODAY - timedelta(days=60), TODAY)


@pytest.mark.parametrize(("said", "start", "field"), [("220", None, "said"), (SAME, None, "said"), ("830", None, ""),
                                                      ("", YESTERDAY, "start")])
def test_who_refuses_to_say_tells_of_nothing_but_that_and_a_start_is_of_something(officer, enrol, said, start, field):
    learner = enrol(code="810")
    outcome = "reached_young_person" if start else "refused"
    if not field:
        _log(officer, learner, outcome=outcome, said=said)
        assert learner.activities.known().first().code == said
        return
    with pytest.raises(RefusedError) as refused:
        _log(officer, learner, outcome=outcome, said=said, start=start)
    assert refused.value.field == field


def test_a_next_contact_that_is_over_by_today_is_set_anew_for_whoever_is_neet(officer, enrol):
    learner = enrol(code="619", ago=100)
    claim(by=officer, learner=learner)
    Following.objects.update(next_contact=TODAY - timedelta(days=3))
    log_contact(by=officer, learner=learner, channel="telephone", outcome="reached_young_person", on=TODAY - timedelta(days=4))
    assert Following.objects.get().next_contact == TODAY + timedelta(days=24)


def test_a_next_contact_on_a_day_that_is_over_is_said_to_be_overdue(officer, client, enrol):
    learner = enrol(code="230")
    claim(by=officer, learner=learner)
    Following.objects.update(next_contact=TODAY - timedelta(days=3))
    page = f"/follow-up/learners/{learner.pk}/log/"
    typed = {**boxes(client.get(page)), "channel": "telephone", "outcome": "no_answer"}
    said = " ".join(client.post(page, typed, follow=True).content.decode().split())
    assert "The next contact was set for 25 November 2026. That day is over, so it is overdue: set another day." in said


def test_that_there_is_no_next_contact_is_said_by_a_tick(officer, client, enrol):
    learner = enrol()
    _log(officer, learner, on=YESTERDAY, next_contact=TODAY + timedelta(days=14))
    page = f"/follow-up/learners/{learner.pk}/log/"
    asked = client.get(page)
    assert "Set for 12 December 2026." in asked.content.decode()
    typed = {**boxes(asked), "channel": "telephone", "outcome": "reached_young_person", "no_next": "on"}
    both = client.post(page, {**typed, **day_in("next_contact", TODAY)})
    assert "It cannot be both" in both.content.decode()
    assert _next() == TODAY + timedelta(days=14)
    assert "No next contact is set." in client.post(page, typed, follow=True).content.decode()
    assert _next() is None


@pytest.mark.parametrize(("code", "outcome", "on", "words", "expected"), [
    ("619", "reached_young_person", TODAY, {}, date(2026, 12, 26)),
    ("619", "reached_parent", date(2026, 11, 20), {}, date(2026, 12, 18)),
    ("619", "reached_parent", date(2026, 10, 1), {}, TODAY),  # never a day that is past
    ("619", "refused", TODAY, {}, date(2026, 12, 26)),
    ("619", "no_answer", TODAY, {}, None),
    ("619", "reached_young_person", TODAY, {"said": "220"}, None),
    ("220", "reached_young_person", TODAY, {"said": "619"}, date(2026, 12, 26)),
    ("220", "reached_young_person", TODAY, {}, None),
])
def test_whoever_is_neet_after_an_answer_is_to_be_spoken_to_again(officer, enrol, code, outcome, on, words, expected):
    _log(officer, enrol(code=code), outcome, on=on, **words)
    assert _next() == expected


def test_a_day_that_is_over_is_not_taken_away_unasked(officer, enrol):
    learner = enrol(code="220")
    _log(officer, learner, on=YESTERDAY, next_contact=TODAY)
    with pytest.raises(RefusedError, match="was set for 28 November 2026. Enter another day, or tick") as refused:
        _log(officer, learner)
    assert (refused.value.field, _next(), LoggedContact.objects.count()) == ("next_contact", TODAY, 1)
    _log(officer, learner, no_next=True)
    assert _next() is None


def test_a_call_of_the_day_before_somebody_was_entered_is_logged(officer, enrol):
    learner = enrol()
    learner.memberships.model.objects.filter(learner=learner)._raw_delete("default")
    assert _log(officer, learner, on=YESTERDAY).on == YESTERDAY


@pytest.mark.parametrize(("words", "said"), [
    ({"said": "220"}, "sixth form college” since 27 November 2026"), ({"said": "same"}, "Seeking"), ({}, ""),
])
def test_the_message_says_what_went_into_the_register(client, enrol, words, said):
    learner = enrol(code="619", ago=100)
    typed = {"channel": "telephone", "outcome": "reached_young_person", **day_in("on", YESTERDAY), **words}
    answer = client.post(f"/follow-up/learners/{learner.pk}/log/", typed, follow=True)
    told = page_of(answer).find(".//div[@role='alert']")
    told = " ".join(" ".join(told.itertext()).split())
    assert "The contact is logged." in told
    assert (said in told and "last confirmed on 27 November 2026" in told) if said else "recorded as" not in told


def test_an_activity_that_began_on_the_same_day_is_led_to(client, enrol):
    learner = enrol(code="619", ago=1)
    typed = {"channel": "telephone", "outcome": "reached_young_person", **day_in("on", TODAY), **day_in("start", YESTERDAY),
             "said": "220"}
    page = page_of(client.post(f"/follow-up/learners/{learner.pk}/log/", typed))
    held = learner.activities.known().get()
    link = page.find(f".//main//a[@href='/learners/{learner.pk}/activities/{held.pk}/correct/']")
    assert link.text == "Correct what is recorded"
    assert client.get(link.get("href")).status_code == 200


@pytest.mark.parametrize("code", ["810", "830"])
def test_nobody_is_still_doing_what_nobody_knows(officer, client, enrol, code):
    learner = enrol(code=code, ago=100)
    with pytest.raises(RefusedError, match="Choose what they said") as refused:
        _log(officer, learner, said=SAME)
    assert refused.value.field == "said"
    assert _believed(learner) == [(code, TODAY - timedelta(days=100))]
    assert "Still doing what we have" not in client.get(f"/follow-up/learners/{learner.pk}/log/").content.decode()
    assert "Still doing it" not in client.get(f"/learners/{learner.pk}/").content.decode()
    known = enrol(code="619", ago=100)
    assert "Still doing what we have" in client.get(f"/follow-up/learners/{known.pk}/log/").content.decode()
    assert "Still doing it" in client.get(f"/learners/{known.pk}/").content.decode()


def test_a_contact_is_never_changed(officer, enrol):
    made = _log(officer, enrol())
    made.note = "Another"
    every = LoggedContact.objects.all()
    for change in (made.save, made.delete, lambda: every.update(note="Another"), every.delete):
        with pytest.raises(WriteOnceError):
            change()


def test_a_correction_stands_beside_and_counts_in_its_place(officer, enrol):
    learner = enrol(code="619", ago=100)
    wrong = _log(officer, learner)
    assert register("358").rows[learner.pk].lists == ()
    correct_contact(by=officer, contact=wrong, channel="telephone", outcome="no_answer", on=TODAY)
    assert LoggedContact.objects.count() == 2
    held = register("358")
    assert held.rows[learner.pk].lists == ("neet_overdue",)
    assert held.tries(learner.pk).tried == {"telephone": 1}
    with pytest.raises(RefusedError, match="corrected already"):
        correct_contact(by=officer, contact=wrong, channel="email", outcome="sent", on=TODAY)


def test_tries_in_vain_count_since_the_last_answer(officer, enrol):
    learner = enrol()
    for days, outcome in ((9, "no_answer"), (8, "reached_parent"), (7, "no_answer"), (6, "left_message")):
        _log(officer, learner, outcome, on=TODAY - timedelta(days=days))
    tried = register("358").tries(learner.pk)
    assert (tried.answered, tried.tried) == (TODAY - timedelta(days=8), {"telephone": 2})


def test_whom_to_speak_to_and_what_they_may_be_told_stands_beside_the_form(client, enrol):
    learner = enrol(phone="07700 900123")
    add_contact(by=None, learner=learner, who="parent", name="Ann Okafor", email="ann@example.org", may_be_told="nothing")
    page = page_of(client.get(f"/follow-up/learners/{learner.pk}/log/"))
    said = " ".join(" ".join(page.find(".//main").itertext()).split())
    assert "Parent, Ann Okafor: ann@example.org May be told: nothing: they may only be asked" in said
    assert {"tel:07700900123", "mailto:ann@example.org"} <= {link.get("href") for link in page.findall(".//main//a")}


@pytest.mark.parametrize(("born", "offered"), [(date(2010, 8, 31), False), (date(2010, 9, 1), True)])
def test_what_is_for_compulsory_school_age_is_offered_until_it_is_over(client, enrol, born, offered):
    learner = enrol(born=born)
    codes = {each.get("value") for each in page_of(client.get(f"/follow-up/learners/{learner.pk}/log/")).findall(
        ".//select[@id='id_said']/option")}
    assert ("110" in codes, "210" in codes) == (offered, True)


def test_contacts_logged_before_the_last_answer_was_kept_are_looked_through(officer, enrol):
    answered, never, corrected = enrol("Ade"), enrol("Bo"), enrol("Cy")
    for learner, outcome, day in ((answered, "reached_young_person", YESTERDAY), (answered, "reached_young_person", TODAY),
                                  (never, "no_answer", TODAY), (corrected, "reached_young_person", YESTERDAY)):
        made = _log(officer, learner, outcome, on=day)
    correct_contact(by=officer, contact=made, channel="telephone", outcome="no_answer", on=YESTERDAY)
    Learner.objects.update(answered_on=None)
    import_module("throughline.apps.followup.migrations.0006_last_answers").fill(apps, None)
    assert dict(Learner.objects.values_list("pk", "answered_on")) == {answered.pk: TODAY, never.pk: None, corrected.pk: None}
