"""Filling the register in through its forms: what is typed is kept, what is wrong is said beside its box, nothing is lost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import page_of
from throughline.apps.learners.actions import activities, circumstances, identity, learners
from throughline.apps.learners.models import Learner, Source
from throughline.apps.learners.views import register

TOLD = {"told_by": "Parent or carer"}


@pytest.fixture
def client(cast):
    return cast("tracking_officer")


def errors(answer) -> list[str]:
    """What the summary of errors says."""
    return [" ".join(link.itertext()).strip() for link in page_of(answer).findall(".//div[@class='govuk-error-summary']//a")]


def _file(answer) -> str:
    """Where the page leads for its CSV."""
    links = page_of(answer).findall(".//ul[@class='app-downloads']//a")
    return next(link.get("href") for link in links if ".csv" in link.get("href"))


def test_a_learner_is_added_and_the_next_step_is_their_page(client):
    typed = {**boxes(client.get("/learners/add/")), "given": "Zoë", "family": "O'Neill", **day_in("born", date(2010, 5, 6)),
             "postcode": "sa1 1aa", "line_1": "1 High Street", **TOLD}
    answer = client.post("/learners/add/", typed)
    learner = Learner.objects.get()
    assert answer.url == f"/learners/{learner.pk}/"
    assert (learner.area, str(learner.names.get()), learner.addresses.get().postcode) == ("358", "Zoë O'Neill", "SA1 1AA")
    assert learner.names.get().source == Source.objects.get(name="Parent or carer", area="358")


def test_somebody_like_one_of_the_register_is_added_only_once_they_are_said_to_be_another(client, learner):
    typed = {**boxes(client.get("/learners/add/")), "given": "ADE", "family": "Okafor", **day_in("born", learner.born), **TOLD}
    answer = client.post("/learners/add/", typed)
    assert [error for error in errors(answer) if error.startswith("Somebody like this is in the register")]
    assert f'href="/learners/{learner.pk}/"' in answer.content.decode()
    assert boxes(answer)["family"] == "Okafor"
    assert Learner.objects.count() == 1
    client.post("/learners/add/", {**typed, "another": "on"})
    assert Learner.objects.count() == 2


@pytest.mark.parametrize("other", [{"given": "Ada"}, {"family": "Okaforson"}, day_in("born", date(2010, 3, 5))])
def test_whoever_is_not_like_anybody_is_added_at_once(client, learner, other):
    assert "another" not in boxes(client.get("/learners/add/"))
    typed = {**boxes(client.get("/learners/add/")), "given": "Ade", "family": "Okafor", **day_in("born", learner.born), **TOLD}
    client.post("/learners/add/", {**typed, **other})
    assert Learner.objects.count() == 2


def test_somebody_is_like_one_whose_name_has_letters_of_its_own(client, enrol):
    learner = enrol("Łukasz", "Brzęczyszczykiewicz")
    typed = {**boxes(client.get("/learners/add/")), "given": "Lukasz", "family": "Brzeczyszczykiewicz",
             **day_in("born", learner.born), **TOLD}
    assert [error for error in errors(client.post("/learners/add/", typed)) if error.startswith("Somebody like this")]
    assert Learner.objects.count() == 1


def test_a_restricted_record_is_not_told_of_by_adding_somebody_like_it(client, learner):
    Learner.objects.update(restricted=True)
    typed = {**boxes(client.get("/learners/add/")), "given": "Ade", "family": "Okafor", **day_in("born", learner.born), **TOLD}
    client.post("/learners/add/", typed)
    assert Learner.objects.count() == 2


@pytest.mark.parametrize(("typed", "said"), [
    ({}, "Enter the given name"), ({"given": "A", "family": "B1", **day_in("born", date(2010, 5, 6))}, "Take it out"),
    ({"given": "A", "family": "B", **day_in("born", date(1980, 5, 6))}, "Enter a date of birth from"),
    ({"given": "A", "family": "B", "born_day": "31", "born_month": "2", "born_year": "2010"}, "must be a real day"),
])
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, typed, said):
    answer = client.post("/learners/add/", {"gender": "U", "ethnic_group": "NOBT", "town": "Saltmere", **TOLD, **typed})
    assert [error for error in errors(answer) if said in error]
    assert boxes(answer)["town"] == "Saltmere"
    assert not Learner.objects.exists()


def test_an_activity_is_recorded_confirmed_corrected_and_withdrawn(client, learner):
    page = f"/learners/{learner.pk}/activities/"
    client.post(f"{page}add/", {"code": "619", **day_in("start", date(2026, 9, 1)), **TOLD})
    first = learner.activities.known().get()
    client.post(f"{page}{first.pk}/confirm/", TOLD)
    second = learner.activities.known().get()
    typed = boxes(client.get(f"{page}{second.pk}/correct/")) | {"code": "230", "establishment": "358/8001", **TOLD}
    client.post(f"{page}{second.pk}/correct/", typed)
    third = learner.activities.known().get()
    assert (third.code, third.start, third.establishment, third.verified) == ("230", first.start, "3588001", second.verified)
    stale = client.post(f"{page}{second.pk}/correct/", typed).content.decode()
    assert "Somebody else changed this since you opened it" in stale
    client.post(f"{page}{third.pk}/withdraw/")
    assert not learner.activities.known().exists()
    assert learner.activities.count() == 3


def test_whoever_says_why_somebody_left_says_when_and_not_that_they_leave_when_it_ends(client, learner):
    held = activities.record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 1), ascertained=date(2026, 9, 1),
                                      predicted_end=timezone.localdate() + timedelta(days=200))
    page = f"/learners/{learner.pk}/activities/{held.pk}/correct/"
    typed = {**boxes(client.get(page)), **TOLD, "leaving_reason": "44"}
    answer = client.post(page, typed)
    assert [error.partition(".")[0] for error in errors(answer)] == ["Enter their last day there"]
    assert learner.activities.known().get().leaving_reason == ""
    assert client.post(page, typed | day_in("predicted_end", timezone.localdate() + timedelta(days=5))).status_code == 302
    again = f"/learners/{learner.pk}/activities/{learner.activities.known().get().pk}/correct/"
    assert client.post(again, {**boxes(client.get(again)), **TOLD}).status_code == 302, "what was said stays as it is"



def test_why_they_left_is_asked_under_a_fold_that_is_open_once_it_is_said(client, learner):
    page = f"/learners/{learner.pk}/activities/"
    assert not _fold(client.get(f"{page}add/"))
    typed = {"code": "230", **day_in("start", date(2026, 9, 1)), **TOLD, "leaving_reason": "44", "intended_next": "311"}
    refused = client.post(f"{page}add/", typed)
    assert "Say when they left: enter their last day there" in " ".join(errors(refused))
    assert _fold(refused)
    client.post(f"{page}add/", typed | day_in("predicted_end", date(2026, 10, 20)))
    held = learner.activities.known().get()
    assert (held.leaving_reason, held.intended_next) == ("44", "311")
    answer = client.get(f"{page}{held.pk}/correct/")
    assert (_fold(answer), boxes(answer)["leaving_reason"]) == (True, "44")
    client.post(f"{page}{held.pk}/correct/", boxes(answer) | {"leaving_reason": "", **TOLD})
    assert learner.activities.known().get().leaving_reason == ""


def _fold(answer) -> bool:
    """Whether the fold of the form is open."""
    [fold] = [one for one in page_of(answer).findall(".//form//details") if "They have left" in "".join(one.itertext())]
    return "open" in fold.attrib


def test_a_day_of_confirmation_that_is_past_is_taken_and_can_be_put_right(client, learner):
    page, first, told = f"/learners/{learner.pk}/activities/", date(2026, 9, 1), date(2026, 9, 20)
    client.post(f"{page}add/", {"code": "230", **day_in("start", first), **day_in("verified", told), **TOLD})
    made = learner.activities.known().get()
    assert (made.start, made.ascertained, made.verified) == (first, told, told)
    typed = {**boxes(client.get(f"{page}{made.pk}/correct/")), **day_in("verified", first), **TOLD}
    client.post(f"{page}{made.pk}/correct/", typed)
    assert [(one.ascertained, one.verified) for one in learner.activities.known()] == [(first, first)]


@pytest.mark.parametrize(("born", "last"), [(date(2009, 5, 6), "compulsory"), (date(2011, 9, 2), "other")])
def test_activities_of_compulsory_school_age_stand_last_for_whoever_is_past_it(client, enrol, born, last):
    page = page_of(client.get(f"/learners/{enrol(born=born).pk}/activities/add/"))
    codes = [each.get("value") for each in page.findall(".//select[@id='id_code']/option")]
    assert ("compulsory" if codes[-1].startswith("1") else "other") == last


def test_two_people_who_change_details_at_once_see_both_texts(client, learner):
    typed = boxes(client.get(f"/learners/{learner.pk}/details/")) | {"gender": "F", **TOLD}
    learners.amend_details(by=None, learner=learner, gender="W")
    answer = client.post(f"/learners/{learner.pk}/details/", typed).content.decode()
    assert "Somebody else changed this while you had it open" in answer
    learner.refresh_from_db()
    assert learner.gender == "W"


def test_the_second_of_two_who_rename_at_once_sees_both_names(client, learner):
    page = f"/learners/{learner.pk}/name/"
    typed = boxes(client.get(page)) | {"family": "Okafor-Bright", "kind": "legal", **TOLD}
    identity.rename(by=None, learner=learner, given="Ade", family="O'Bright")
    answer = client.post(page, typed).content.decode()
    assert "Somebody else changed this while you had it open" in answer
    assert "O&#39;Bright" in answer
    assert learner.names.known().get(ends=None).family == "O'Bright"
    client.post(page, boxes(client.post(page, typed)) | {"family": "Okafor-Bright", "kind": "legal", **TOLD})
    assert learner.names.known().get(ends=None).family == "Okafor-Bright"


def test_the_second_of_two_who_move_somebody_at_once_is_told_without_the_address(client, learner):
    learners.set_restriction(by=None, learner=learner, restricted=False, protected_address=True, reason="Agreed on Monday")
    page = f"/learners/{learner.pk}/address/"
    typed = boxes(client.get(page)) | {"line_1": "1 High Street", **TOLD}
    identity.move_house(by=None, learner=learner, line_1="9 Refuge Row", postcode="SA1 1AA")
    answer = client.post(page, typed).content.decode()
    assert "Somebody else said where they live while you had this open" in answer
    assert "Refuge" not in answer + client.get(page).content.decode()
    assert learner.addresses.known().get(ends=None).line_1 == "9 Refuge Row"


def test_the_second_of_two_who_set_the_level_of_need_at_once_sees_both(client, learner):
    page = f"/learners/{learner.pk}/need/"
    typed = boxes(client.get(page)) | {"level": "1", **TOLD}
    circumstances.set_level_of_need(by=None, learner=learner, level="2")
    answer = client.post(page, typed)
    assert "Somebody else changed this while you had it open" in answer.content.decode()
    assert learner.levels_of_need.known().get(ends=None).level == "2"
    client.post(page, boxes(answer) | {"level": "1", **TOLD})  # who has seen both may save
    assert learner.levels_of_need.known().get(ends=None).level == "1"


def test_the_second_of_two_who_add_a_number_at_once_is_told(client, learner):
    page = f"/learners/{learner.pk}/numbers/add/"
    typed = boxes(client.get(page)) | {"scheme": "uln", "value": "9276308686", **TOLD}
    identity.add_identifier(by=None, learner=learner, scheme="uln", value="1000000043")
    answer = client.post(page, typed)
    assert "Somebody else added or changed a number" in answer.content.decode()
    assert learner.identifiers.known().get(ends=None).value == "1000000043"


def test_the_second_of_two_who_set_the_guarantee_at_once_is_told(client, learner):
    page = f"/learners/{learner.pk}/guarantee/"
    typed = boxes(client.get(page)) | {"block": "year_11", "code": "110", **TOLD}
    circumstances.set_guarantee(by=None, learner=learner, block="year_11", code="120")
    assert "Somebody else set the September Guarantee" in client.post(page, typed).content.decode()
    assert learner.guarantees.known().get(ends=None).code == "120"


def test_who_moves_from_a_protected_address_is_protected_unless_somebody_says_otherwise(client, learner):
    identity.move_house(by=None, learner=learner, line_1="9 Refuge Row", protected=True, since=date(2026, 1, 1))
    page = f"/learners/{learner.pk}/address/"
    typed = boxes(client.get(page)) | {"line_1": "1 High Street", **TOLD}
    client.post(page, typed)
    assert learner.addresses.known().get(ends=None).protected
    client.post(page, {name: value for name, value in (boxes(client.get(page)) | TOLD).items() if name != "protected"})
    assert not learner.addresses.known().get(ends=None).protected


def test_an_activity_of_another_learner_is_not_there(client, learner, enrol):
    theirs = activities.record_activity(by=None, learner=enrol(), code="619", start=date(2026, 9, 1))
    for step in ("confirm", "correct"):
        assert client.get(f"/learners/{learner.pk}/activities/{theirs.pk}/{step}/").status_code == 404
    assert client.post(f"/learners/{learner.pk}/activities/{theirs.pk}/withdraw/").status_code == 404


def test_a_search_is_kept_in_the_session_and_out_of_the_address(client, enrol):
    ade = enrol("Ade", "Okafor")
    enrol("Bo", "Ng")
    answer = client.post("/learners/", {"words": "okafor", "csrfmiddlewaretoken": "x"})
    assert answer.url == "/learners/?search=kept"
    listed = client.get(answer.url).content.decode()
    assert ("Okafor, Ade" in listed, "Ng, Bo" in listed) == (True, False)
    back = page_of(client.get(f"/learners/{ade.pk}/")).find(".//a[@class='govuk-back-link']").get("href")
    assert back == answer.url
    assert "Nobody fits" in client.post("/learners/", {"standing": "neet"}, follow=True).content.decode()


def test_a_correction_to_a_day_on_which_another_began_leads_to_that_one(client, learner):
    first, second = (activities.record_activity(by=None, learner=learner, code=code, start=day)
                     for code, day in (("619", date(2026, 9, 1)), ("230", date(2026, 10, 1))))
    page = f"/learners/{learner.pk}/activities/"
    answer = client.post(f"{page}{second.pk}/correct/", {
        **boxes(client.get(f"{page}{second.pk}/correct/")), **day_in("start", first.start), **TOLD})
    link = page_of(answer).find(f".//main//a[@href='{page}{first.pk}/correct/']")
    assert link.text == "Correct what is recorded"
    assert client.get(link.get("href")).status_code == 200


def test_whoever_comes_by_the_menu_sees_everybody_again(client, enrol):
    for name in ("Ade", "Bo"):
        ade = enrol(name, "Okafor")
    client.post("/learners/", {"words": "Bo"})
    menu = page_of(client.get(f"/learners/{ade.pk}/")).find(".//nav//a[.='Learners']").get("href")
    found = _file(client.get("/learners/?search=kept"))
    assert found != "/learners/learners.csv"
    listed = client.get(menu).content.decode()
    assert ("Okafor, Ade" in listed, "Okafor, Bo" in listed) == (True, True)
    for address in ("/learners/?search=kept", found):  # it is forgotten, and no other page of it shows or hands out everybody
        listed = client.get(address).content.decode()
        assert ("Okafor" in listed, "Search again" in listed) == (False, True)
    assert page_of(client.get(f"/learners/{ade.pk}/")).find(".//a[@class='govuk-back-link']").get("href") == "/learners/"


def test_the_pages_and_the_file_of_a_search_are_narrowed_like_it(client, enrol, monkeypatch):
    monkeypatch.setattr(register, "_A_PAGE", 1)
    for name in ("Ade", "Bo", "Cy"):
        enrol(name, "Ng" if name == "Cy" else "Okafor")
    page = page_of(client.post("/learners/", {"words": "okafor"}, follow=True))
    onward = page.find(".//a[@rel='next']").get("href")
    assert page.find(".//table//tbody/tr/th/a").text == "Okafor, Ade"
    second = page_of(client.get(f"/learners/{onward}"))
    assert (second.find(".//table//tbody/tr/th/a").text, second.find(".//a[@rel='next']")) == ("Okafor, Bo", None)
    file = client.get(_file(client.get(f"/learners/{onward}"))).content.decode()
    assert ("Okafor" in file, "Ng" in file) == (True, False)


def test_the_file_of_everybody_is_of_everybody_whatever_was_searched_for_since(client, enrol):
    enrol("Ade", "Okafor")
    everybody = _file(client.get("/learners/"))
    client.post("/learners/", {"words": "Ng"})
    assert "Okafor" in client.get(everybody).content.decode()


def test_from_adding_somebody_the_way_back_leads_to_the_search(client):
    for words, back in (("Ng", "/learners/?search=kept"), ("", "/learners/")):
        assert client.post("/learners/", {"words": words}).url == back
        assert page_of(client.get("/learners/add/")).find(".//a[@class='govuk-back-link']").get("href") == back


@pytest.mark.parametrize(("typed", "said"), [
    ({"born_day": "31", "born_month": "2", "born_year": "2010"}, "must be a real day"),
    ({"words": "%"}, "Enter at least one letter or digit"),
    ({"words": "o", "records": "restricted"}, "Restricted records are listed by number alone"),
    ({"words": "70"}, "Enter a number in the Number box"),
])
def test_a_search_that_is_wrong_lists_nobody_and_is_not_remembered(client, enrol, typed, said):
    enrol("Ade", "Okafor")
    client.post("/learners/", {"words": "Somebody"})
    listed = client.post("/learners/", typed).content.decode()
    assert said in listed
    assert "Nobody is listed until the search is put right" in listed
    assert "Okafor, Ade" not in listed
    assert "learners.csv" not in listed
    assert "Okafor, Ade" in client.get("/learners/").content.decode()
