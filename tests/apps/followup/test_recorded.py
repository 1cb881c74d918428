"""What is recorded with a contact: once, with its place and end, and what an outcome suggests by its tick alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.followup.conftest import TODAY
from tests.apps.followup.test_contacts import YESTERDAY, _log, _next
from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import page_of
from throughline.apps.followup import rules
from throughline.apps.followup.actions.contacts import correct_contact, log_contact
from throughline.apps.followup.actions.refusals import SAME
from throughline.apps.followup.models import LoggedContact
from throughline.apps.learners.codes import activity_label, codeset
from throughline.apps.learners.models import Activity
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError


def _said(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


def test_the_same_contact_sent_twice_is_logged_once(client, enrol):
    learner = enrol(code="619")
    page = f"/follow-up/learners/{learner.pk}/log/"
    typed = {**boxes(client.get(page)), "channel": "telephone", "outcome": "reached_young_person", "said": "220",
             "note": "They start soon"}
    client.post(page, typed, follow=True)
    again = client.post(page, typed, follow=True)
    assert (LoggedContact.objects.count(), Activity.objects.count()) == (1, 2)
    said = _said(again)
    assert "You logged the same a moment ago, so it stands once" in said
    assert "The contact is logged" not in said
    other = _said(client.post(page, {**typed, **day_in("next_contact", TODAY)}, follow=True))
    assert "so it stands once. Only the next contact was changed: the next contact is set for 28 November 2026" in other
    assert "If you tried once more, log that with a note" in other
    assert "The contact is logged" not in other
    assert (LoggedContact.objects.count(), _next()) == (1, TODAY)


@pytest.mark.parametrize("differs", [
    {"channel": "email"}, {"outcome": "reached_parent"}, {"on": YESTERDAY}, {"note": "Another number"}, {"said": ""},
])
def test_a_contact_of_which_anything_differs_is_another(officer, enrol, differs):
    learner = enrol(code="619")
    first = {"channel": "telephone", "outcome": "reached_young_person", "on": TODAY, "said": SAME}
    log_contact(by=officer, learner=learner, **first)
    log_contact(by=officer, learner=learner, **{**first, **differs})
    assert LoggedContact.objects.count() == 2


def test_the_same_contact_is_another_of_a_colleague_later_on_and_once_it_was_corrected(officer, colleague, enrol, monkeypatch):
    learner = enrol(code="619")
    wrong = _log(officer, learner, "no_answer")
    _log(colleague, learner, "no_answer")
    correct_contact(by=officer, contact=wrong, channel="email", outcome="sent", on=TODAY)
    _log(officer, learner, "no_answer")
    with pytest.raises(SavedAlreadyError):
        _log(officer, learner, "no_answer")
    later = timezone.now() + rules.sent_twice_within() + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    _log(officer, learner, "no_answer")
    assert LoggedContact.objects.count() == 5


def test_a_contact_sent_again_with_another_next_changes_that_alone(officer, enrol):
    learner, later = enrol(code="220"), TODAY + timedelta(days=9)
    first = _log(officer, learner, next_contact=TODAY)
    assert _log(officer, learner, next_contact=later) == first
    assert (_next(), LoggedContact.objects.count()) == (later, 1)
    assert _log(officer, learner, no_next=True) == first
    assert _next() is None
    with pytest.raises(SavedAlreadyError):
        _log(officer, learner, no_next=True)


def test_a_contact_sent_again_says_nothing_else_of_what_was_recorded(officer, enrol):
    learner = enrol(code="619")
    _log(officer, learner, said="220", establishment_name="Marl College")
    with pytest.raises(RefusedError, match="You logged this contact a moment ago, without that") as refused:
        _log(officer, learner, said="220", establishment_name="Beck College")
    held = learner.activities.known().get(code="220")
    assert (refused.value.field, refused.value.way[1]) == (
        "establishment_name", f"/learners/{learner.pk}/activities/{held.pk}/correct/")


def test_where_and_until_when_is_recorded_with_what_was_said(client, enrol):
    learner = enrol(code="619", ago=100)
    page = f"/follow-up/learners/{learner.pk}/log/"
    typed = {**boxes(client.get(page)), "channel": "telephone", "outcome": "reached_young_person", "said": "220",
             "establishment_name": "Marl College", "ukprn": "10000012", **day_in("predicted_end", date(2027, 7, 9))}
    assert client.post(page, typed).status_code == 302
    held = learner.activities.known().get(code="220")
    assert (held.establishment_name, held.ukprn, held.predicted_end) == ("Marl College", "10000012", date(2027, 7, 9))


def test_a_new_activity_of_education_without_its_end_is_told_of_the_rule_at_once(client, enrol):
    learner = enrol(code="619", ago=100)
    page = f"/follow-up/learners/{learner.pk}/log/"
    typed = {**boxes(client.get(page)), "channel": "telephone", "outcome": "reached_young_person", "said": "220"}
    assert "rule 259" in client.post(page, typed, follow=True).content.decode()


def test_a_place_and_an_end_stand_together_after_what_was_said_and_an_error_there_is_said_at_its_box(client, enrol):
    learner = enrol(code="619", ago=100)
    page = f"/follow-up/learners/{learner.pk}/log/"
    form = page_of(client.get(page)).find(".//main//form")
    at = next(at for at, part in enumerate(form) if part.tag == "fieldset" and "app-if-chosen" in part.get("class"))
    assert form[at - 1].find("./select").get("id") == "id_said"
    assert "last day there" not in " ".join(form[at].itertext())
    names = {box.get("name") for box in form[at].iter("input")}
    days = ("start", "starts_on", "predicted_end", "review")
    assert names == {"establishment_name", "establishment", "ukprn", *(f"{name}_{part}" for name in days
                                                                       for part in ("day", "month", "year"))}
    typed = {**boxes(client.get(page)), "channel": "telephone", "outcome": "reached_young_person"}
    for said, wrong, told in (("", {"establishment_name": "Marl College"}, "Say what they are doing, or leave this empty"),
                              ("220", day_in("predicted_end", YESTERDAY), "It cannot be going to end before it starts"),
                              ("220", {"establishment": "12"}, "seven digits")):
        answer = client.post(page, {**typed, "said": said, **wrong})
        assert told in answer.content.decode()
    assert LoggedContact.objects.count() == 0


def test_what_they_still_do_is_given_a_place_where_it_has_none_and_another_end(officer, enrol):
    learner = enrol(code="220", ago=60)
    _log(officer, learner, said=SAME, establishment_name="Marl College", predicted_end=date(2027, 7, 9))
    held = learner.activities.known().get()
    assert (held.establishment_name, held.predicted_end, held.verified) == ("Marl College", date(2027, 7, 9), TODAY)
    _log(officer, learner, said="220", on=YESTERDAY, establishment_name="Marl College", predicted_end=date(2027, 6, 9))
    held = learner.activities.known().get()
    assert (held.predicted_end, held.verified) == (date(2027, 6, 9), TODAY), "it was confirmed since"
    with pytest.raises(RefusedError, match="We hold the same at “Marl College”") as refused:
        _log(officer, learner, said=SAME, note="Moved", establishment_name="Beck College")
    assert (refused.value.field, refused.value.way[1]) == ("establishment_name", f"/learners/{learner.pk}/activities/add/")


@pytest.mark.parametrize(("channel", "outcome", "code"), [("telephone", "refused", "830"), ("letter", "moved_away", "820")])
@pytest.mark.parametrize("ticked", [True, False])
def test_what_an_outcome_suggests_is_recorded_by_its_tick_and_never_unasked(client, enrol, channel, outcome, code, ticked):
    learner = enrol(code="619", ago=100)
    page = f"/follow-up/learners/{learner.pk}/log/"
    other = {"as_moved_away": "on", "as_refused": "on"}.keys() - {f"as_{outcome}"}
    typed = {**boxes(client.get(page)), "channel": channel, "outcome": outcome, **dict.fromkeys(other, "on"),
             **({f"as_{outcome}": "on"} if ticked else {})}
    answer = client.post(page, typed, follow=True).content.decode()
    assert [one.code for one in learner.activities.known()] == ([code, "619"] if ticked else ["619"])
    made = LoggedContact.objects.get()
    assert (made.said, f"recorded as “{activity_label(code, TODAY)}”" in answer) == ((code, True) if ticked else ("", False))


def test_a_tick_takes_nothing_from_the_boxes_that_it_hides(client, enrol):
    learner = enrol(code="619", ago=100)
    page = f"/follow-up/learners/{learner.pk}/log/"
    typed = {**boxes(client.get(page)), "channel": "letter", "outcome": "moved_away", "as_moved_away": "on",
             "establishment_name": "Marl College", "establishment": "3584001", "ukprn": "10000012",
             **day_in("start", YESTERDAY), **day_in("predicted_end", date(2027, 7, 9))}
    assert client.post(page, typed).status_code == 302
    held = learner.activities.known().get(code="820")
    assert (held.start, held.predicted_end, held.establishment_name, held.establishment, held.ukprn) == (TODAY, None, "", "", "")


@pytest.mark.parametrize(("held", "told", "way"), [
    ({"code": "220", "ago": 60, "verified": TODAY}, "Take the tick away and write it in the note", "The activity that we hold"),
    ({"code": "619", "ago": 1}, "An activity (619) is recorded as having started then", "Correct what is recorded"),
])
def test_what_is_refused_of_a_tick_is_said_at_the_tick(client, enrol, held, told, way):
    learner = enrol(**held)
    page = f"/follow-up/learners/{learner.pk}/log/"
    typed = {**boxes(client.get(page)), "channel": "letter", "outcome": "moved_away", "as_moved_away": "on",
             **day_in("on", YESTERDAY)}
    answer = page_of(client.post(page, typed))
    error = answer.find(".//div[@class='govuk-error-summary']//a")
    assert (error.get("href"), told in error.text) == ("#id_as_moved_away", True)
    assert answer.find(f".//main//a[.='{way}']").get("href") == (
        f"/learners/{learner.pk}/activities/{learner.activities.known().get().pk}/correct/")


@pytest.mark.parametrize(("said", "field", "value"), [
    ("810", "establishment_name", "Marl College"), ("820", "ukprn", "10000012"), ("830", "predicted_end", date(2027, 7, 9)),
])
@pytest.mark.parametrize("code", ["619", "810", "820", "830"])
def test_what_nobody_knows_has_no_place_and_no_end(officer, enrol, code, said, field, value):
    with pytest.raises(RefusedError, match="Leave this empty, or choose what they are doing") as refused:
        _log(officer, enrol(code=code), said=said, **{field: value})
    assert (refused.value.field, LoggedContact.objects.count()) == (field, 0)


@pytest.mark.parametrize(("typed", "field"), [
    ({"establishment_name": "Beck College"}, "establishment_name"), ({"ukprn": "10000012"}, "ukprn"),
    ({"establishment": "3584002"}, "establishment"),
    ({"establishment": "3584002", "establishment_name": "Beck College"}, "establishment_name"),
    ({"establishment": "3584001", "establishment_name": "Beck College"}, ""), ({"establishment": "3584001"}, ""),
])
def test_a_place_is_added_to_a_number_only_by_whoever_enters_that_number_too(officer, enrol, typed, field):
    learner = enrol(code="220", ago=60, establishment="3584001")
    if not field:
        _log(officer, learner, said=SAME, **typed)
        held = learner.activities.known().get()
        assert (held.establishment, held.establishment_name) == ("3584001", typed.get("establishment_name", ""))
        return
    with pytest.raises(RefusedError, match="We hold the same at “3584001”") as refused:
        _log(officer, learner, said=SAME, **typed)
    assert refused.value.field == field


_ENDED, _TO_END = TODAY - timedelta(days=9), TODAY + timedelta(days=9)


@pytest.mark.parametrize(("held", "typed", "told"), [
    ({"predicted_end": _ENDED}, {}, "We hold that this ended on 19 November 2026"),
    ({"predicted_end": _ENDED}, {"on": _ENDED}, ""),
    ({"predicted_end": _ENDED}, {"predicted_end": _TO_END}, ""),
    ({"predicted_end": TODAY}, {}, ""),
    ({"predicted_end": _ENDED, "leaving_reason": "2"}, {}, "We hold why they left this"),
    ({"predicted_end": _ENDED, "leaving_reason": "2"}, {"predicted_end": _TO_END}, "We hold why they left this"),
    ({"predicted_end": _TO_END, "leaving_reason": "2"}, {"predicted_end": TODAY}, "We hold why they left this"),
    ({"leaving_reason": "2"}, {}, "We hold why they left this"),
    ({"predicted_end": _TO_END, "leaving_reason": "2"}, {}, ""),
])
@pytest.mark.parametrize("said", [SAME, "220"])
def test_nobody_is_still_doing_what_ended_or_they_left(officer, enrol, held, typed, told, said):
    learner = enrol(code="220", ago=60, **held)
    activity = learner.activities.known().get()
    if not told:
        _log(officer, learner, said=said, **typed)
        assert learner.activities.known().get().verified == typed.get("on", TODAY)
        return
    with pytest.raises(RefusedError, match=told) as refused:
        _log(officer, learner, said=said, **typed)
    assert refused.value.way[1] == f"/learners/{learner.pk}/activities/{activity.pk}/correct/"
    assert learner.activities.known().get() == activity


def test_the_same_again_once_it_was_over_is_another_activity(officer, enrol):
    learner = enrol(code="220", ago=60, predicted_end=_ENDED, leaving_reason="2")
    _log(officer, learner, said="220", start=YESTERDAY)
    old, new = learner.activities.known().order_by("start")
    assert (old.predicted_end, old.leaving_reason, new.start, new.leaving_reason) == (_ENDED, "2", YESTERDAY, "")


def test_nobody_is_still_doing_what_is_said_to_end_before_the_contact(officer, enrol):
    with pytest.raises(RefusedError, match="They were doing it still") as refused:
        _log(officer, enrol(code="220", ago=60), said=SAME, predicted_end=YESTERDAY)
    assert refused.value.field == "predicted_end"


@pytest.mark.parametrize(("code", "warned"), [("220", True), ("619", False), ("810", False), ("", False)])
def test_a_tick_warns_of_whoever_is_known_to_participate_and_is_off(client, enrol, code, warned):
    page = page_of(client.get(f"/follow-up/learners/{enrol(code=code, ago=20).pk}/log/"))
    for name in ("as_refused", "as_moved_away"):
        box = page.find(f".//input[@name='{name}']")
        assert "checked" not in box.attrib
        said = " ".join(page.find(f".//*[@id='{box.get('aria-describedby')}']").itertext())
        assert ("they count as participating" in said) == warned


def test_a_tick_stands_beneath_its_outcome(client, enrol):
    page = page_of(client.get(f"/follow-up/learners/{enrol().pk}/log/"))
    radio = page.find(".//input[@name='outcome'][@value='moved_away']")
    beneath = page.find(f".//*[@id='{radio.get('data-reveals')}']")
    assert beneath.find(".//input").get("name") == "as_moved_away"


@pytest.mark.parametrize(("channel", "outcome", "said", "field"), [
    ("letter", "moved_away", "220", "said"), ("letter", "moved_away", "830", "said"), ("telephone", "no_answer", "830", "said"),
    ("telephone", "no_answer", "820", "said"), ("letter", "moved_away", "820", ""), ("telephone", "refused", "820", "said"),
])
def test_an_outcome_records_nothing_but_what_was_said_or_it_suggests(officer, enrol, channel, outcome, said, field):
    learner = enrol(code="810")
    if not field:
        assert log_contact(by=officer, learner=learner, channel=channel, outcome=outcome, said=said).said == said
        assert str(learner.activities.known().get(code=said).source) == "Our own visit or records"
        return
    with pytest.raises(RefusedError) as refused:
        log_contact(by=officer, learner=learner, channel=channel, outcome=outcome, said=said)
    assert refused.value.field == field


def test_that_somebody_refuses_is_not_recorded_twice(officer, enrol):
    learner = enrol(code="830", ago=30)
    assert _log(officer, learner, outcome="refused", said="830").said == "830"
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(("outcome", "said"), [("reached_parent", "220"), ("refused", ""), ("no_answer", "")])
def test_a_correction_keeps_what_can_have_been_said_then_too(officer, enrol, outcome, said):
    made = _log(officer, enrol(code="619"), said="220")
    assert correct_contact(by=officer, contact=made, channel="telephone", outcome=outcome, on=TODAY).said == said


def test_what_outcomes_suggest_are_codes_that_they_may_tell_of(db):
    suggests = {name: one.suggests for name, one in rules.outcomes().items() if one.suggests}
    assert suggests == {"refused": "830", "moved_away": "820"}
    assert all(rules.outcomes()[name].may_tell_of(code) and code in codeset("activity").usable(TODAY)
               for name, code in suggests.items())


@pytest.mark.parametrize(("typed", "wrong"), [
    ({"outcome": "sent", **day_in("start", YESTERDAY), **day_in("next_contact", YESTERDAY)},
     {"outcome", "start", "next_contact"}),
    ({"outcome": "", "on_year": "26", "said": "310", **day_in("next_contact", YESTERDAY), "no_next": "on"},
     {"outcome", "on", "next_contact"}),
    ({"outcome": "no_answer", **day_in("on", TODAY + timedelta(days=1)), "said": "310", "starts_on_year": "26"},
     {"on", "said", "starts_on"}),
    ({"said": "616", **day_in("starts_on", YESTERDAY), "review_year": "2026"}, {"starts_on", "review"}),
    ({"said": "616", **day_in("starts_on", TODAY), "review_year": "26"}, {"review"}),
    ({"said": "810", "establishment_name": "Saltmere College", **day_in("start", TODAY + timedelta(days=1))},
     {"establishment_name", "start"}),
])
def test_every_mistake_is_said_at_once_each_at_its_box(client, enrol, typed, wrong):
    right = {"channel": "telephone", "outcome": "reached_young_person", **day_in("on", TODAY)}
    page = page_of(client.post(f"/follow-up/learners/{enrol().pk}/log/", {**right, **_three(typed)}))
    said = [link.get("href") for link in page.findall(".//div[@class='govuk-error-summary__body']//a")]
    assert {href.removeprefix("#id_").removesuffix("-day") for href in said} == wrong
    assert LoggedContact.objects.count() == 0


def test_every_mistake_of_a_correction_is_said_at_once(officer, client, enrol):
    made = _log(officer, enrol())
    typed = {"channel": "telephone", "outcome": "sent", **day_in("on", TODAY + timedelta(days=1))}
    said = page_of(client.post(f"/follow-up/contacts/{made.pk}/correct/", typed))
    assert {link.get("href") for link in said.findall(".//div[@class='govuk-error-summary__body']//a")} == {
        "#id_outcome", "#id_on-day"}


def _three(typed: dict[str, str]) -> dict[str, str]:
    """What is typed, with the boxes of a day of which only the year is."""
    return {**{f"{name[:-5]}_{part}": "1" for name in typed if name.endswith("_year") for part in ("day", "month")}, **typed}
