"""The return's numbered rules run on what an officer types: told, refused beside the box, never in the way of truth."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.learners.conftest import OURS
from tests.apps.learners.test_forms import TOLD, errors
from tests.apps.organisations.boxes import day_in
from tests.apps.performance.reading import page_of
from throughline.analytics.formats.nccis.checking import check_record
from throughline.apps.learners import would_find
from throughline.apps.learners.actions import activities, circumstances, identity, membership
from throughline.apps.learners.actions.learners import amend_details
from throughline.apps.learners.models import Activity, Identifier
from throughline.apps.learners.return_rules import context, editions
from throughline.apps.learners.returned import records
from throughline.apps.learners.would_find import cannot_be, errors_of, findings_of, returned_next
from throughline.core.periods import month_end


@pytest.fixture
def client(cast):
    return cast("tracking_officer")


def numbers(learner) -> set[int]:
    """The rules that the return would find broken."""
    return {error.rule.number for error in errors_of(learner)}


def today() -> date:
    return timezone.localdate()


def doing(learner, code="619", **words):
    return activities.record_activity(by=None, learner=learner, code=code, start=today() - timedelta(days=20), **words)


def test_somebody_new_lacks_what_the_return_needs(learner):
    assert {31, 32, 100, 200, 202, 203} <= numbers(learner)


@pytest.mark.parametrize(("said", "rules"), [
    (lambda one: identity.move_house(by=None, learner=one, line_1="1 High Street", postcode="SA1 1AA"), {31, 32}),
    (lambda one: circumstances.set_level_of_need(by=None, learner=one, level="2"), {100}),
    (doing, {200, 202, 203}),
])
def test_what_is_said_is_found_no_more(learner, said, rules):
    before = numbers(learner)
    said(learner)
    assert before - numbers(learner) >= rules


@pytest.mark.parametrize(("said", "rule"), [
    (lambda one: doing(one, "230"), 259),  # an end that nobody knows yet
    (lambda one: doing(one, "260"), 262),  # a review
    (lambda one: doing(one, "630"), 234),  # a characteristic that goes with it
    (lambda one: doing(one, "460"), 255),  # a plan
    (lambda one: doing(one, "140"), 230),  # an age
    (lambda one: [circumstances.add_trait(by=None, learner=one, trait="180"), _male(one)], 260),
])
def test_what_does_not_go_together_is_found(learner, said, rule):
    assert rule not in numbers(learner)
    said(learner)
    assert rule in numbers(learner)


def _male(learner):
    amend_details(by=None, learner=learner, gender="M")


def test_it_is_what_the_return_itself_finds(learner, enrol):
    doing(learner, "230")
    enrol("Bo", "Ng", born=date(2009, 12, 1))
    rules = context(OURS, returned_next())
    whole = {record.young_persons_id: record for record in records(OURS, returned_next())}
    own = whole[f"{OURS}{learner.return_number}"]
    assert len(whole) == 2
    assert numbers(learner) == {error.rule.number for error in check_record(own, rules)}


def test_another_with_the_same_name_or_number_is_found(learner, enrol):
    twin = enrol()
    assert 908 in numbers(learner)
    assert 907 not in numbers(learner)
    for each in (learner, twin):
        Identifier.objects.bulk_create([Identifier(learner=each, scheme="uln", value="9276308686", starts=date(2026, 9, 1),
                                                   known_from=timezone.now())])
    assert 907 in numbers(learner)


def test_the_return_has_no_record_of_who_is_not_of_an_age_for_it(client, enrol):
    young = enrol("Cy", "Poe", born=date(2012, 3, 4))
    assert findings_of(young) is None
    assert "has no record of them" in client.get(f"/learners/{young.pk}/").content.decode()


def test_a_true_thing_is_kept_and_what_the_return_would_find_is_told(client, learner):
    answer = client.post(f"/learners/{learner.pk}/activities/add/", {"code": "230", **day_in("start", date(2026, 9, 7)), **TOLD},
                         follow=True).content.decode()
    assert learner.activities.known().get().code == "230"
    assert "Saved. The return would find: There is no predicted end." in answer
    assert "(rule 259)" in answer


def test_what_the_return_found_before_is_not_told_again(client, learner):
    answer = client.post(f"/learners/{learner.pk}/need/", {"level": "2", **TOLD}, follow=True).content.decode()
    assert "Saved. The return would find" not in answer
    assert "There is no postcode" in answer


def test_what_cannot_be_right_is_refused_beside_its_box(client, learner):
    typed = {"code": "210", **day_in("start", date(2026, 9, 7)), "establishment": "0024000", **TOLD}
    answer = client.post(f"/learners/{learner.pk}/activities/add/", typed)
    assert [error for error in errors(answer) if "rule 228 of the return" in error]
    assert not learner.activities.known().exists()


@pytest.mark.parametrize(("number", "typed", "refused"), [
    (228, {"establishment_number"}, "establishment_number"),  # no number of an establishment
    (42, {"transferred_to"}, "transferred_to"),  # moved to where they are
    (256, {"date_verified", "start_date"}, "date_verified"),  # two days of one page, of which one is wrong
    (256, {"date_verified"}, ""),  # the other day was not asked
    (228, {"given_name"}, ""),  # another page's
    (259, {"predicted_end_date", "activity_code"}, ""),  # nobody may know the end yet
    (31, {"address_line_1"}, ""), (32, {"postcode"}, ""), (230, {"activity_code", "dob"}, ""),
    (43, {"postcode"}, ""),  # less pressing: told, not refused
])
@pytest.mark.django_db
def test_only_what_cannot_be_right_whatever_else_is_true_is_refused(number, typed, refused):
    rules = {rule.number: rule for rule in editions().on(date(2019, 12, 31)).rules}
    assert cannot_be(rules[number], typed) == refused


def test_a_new_learner_is_told_on_their_page(client):
    typed = {"given": "Zoë", "family": "Ng", **day_in("born", date(2010, 5, 6)), "gender": "U", "ethnic_group": "NOBT", **TOLD}
    answer = client.post("/learners/add/", typed, follow=True)
    assert "There is no address" in answer.content.decode()


def test_each_finding_says_its_rule_and_leads_to_where_it_is_put_right(client, learner):
    doing(learner, "230")
    page = page_of(client.get(f"/learners/{learner.pk}/"))
    rows = {row.findtext("td[1]").strip(): row for row in page.findall(".//table[@id='findings']//tbody/tr")}
    links = {number: row.find("td[4]/a").get("href") for number, row in rows.items()}
    activity = Activity.objects.known().get()
    assert links["259"] == f"/learners/{learner.pk}/activities/{activity.pk}/correct/"
    assert links["32"] == f"/learners/{learner.pk}/address/"
    assert links["100"] == f"/learners/{learner.pk}/need/"
    assert " ".join(rows["259"].find("th").itertext()).startswith("There is no predicted end")
    assert rows["259"].findtext("td[2]").strip() == "1"


def test_a_characteristic_that_should_not_be_held_leads_to_where_it_is_ended(client, learner):
    trait = circumstances.add_trait(by=None, learner=learner, trait="180")
    _male(learner)
    found = {one.number: one for one in findings_of(learner)}[260]
    assert (found.link, found.words) == (f"/learners/{learner.pk}/#holds", "End the characteristic")
    page = page_of(client.get(f"/learners/{learner.pk}/"))
    [part] = page.findall(".//h2[@id='holds']")
    assert f"/learners/{learner.pk}/characteristics/{trait.pk}/end/" in {link.get("href") for link in page.iter("a")}
    assert part.text == "What holds of them"


def test_one_missing_activity_is_told_once_and_counts_as_the_return_counts_it(client, learner):
    assert {200, 202, 203, 220} <= numbers(learner)
    told = {one.number for one in findings_of(learner)}
    assert told & {200, 202, 203, 220} == {200}
    assert {31, 32, 100} <= told
    doing(learner, "230")
    assert 259 in {one.number for one in findings_of(learner)}


@pytest.mark.django_db
def test_no_rule_speaks_to_whoever_wrote_the_system():
    said = [rule.message for edition in editions().editions for rule in edition.rules]
    assert not [message for message in said if "Your system" in message or "Enter the day as" in message]


def test_whoever_may_be_in_the_register_twice_is_led_to_ending_one_record_as_merged(client, learner, enrol):
    enrol()
    found = {one.number: one for one in findings_of(learner)}[908]
    assert found.link == f"/learners/{learner.pk}/leave/"
    assert "end one record as merged with another" in found.message
    assert "Left: record merged with another" in client.get(found.link).content.decode()


@pytest.mark.parametrize("role", ["provider_staff", "strategy_lead"])
def test_who_may_not_keep_the_register_is_not_told(cast, learner, role):
    place = {"establishment": "3584000"} if role == "provider_staff" else {}
    doing(learner, "210", establishment="3584000")
    answer = cast(role, **place).get(f"/learners/{learner.pk}/")
    assert answer.status_code == (200 if role == "provider_staff" else 403)
    assert "What the return would find" not in answer.content.decode()


def test_the_past_is_not_checked(client, learner):
    assert 'id="return"' not in client.get(f"/learners/{learner.pk}/?on=2026-10-01").content.decode()


def test_who_left_is_found_in_the_month_of_leaving_and_no_more(learner, monkeypatch):
    membership.end_membership(by=None, learner=learner, status="E")
    assert {31, 32, 200} <= {one.number for one in findings_of(learner)}
    following = month_end(returned_next() + timedelta(days=1))
    monkeypatch.setattr(would_find, "returned_next", lambda: following)
    assert findings_of(learner) is None
