"""What is told of activities to whom; a restriction is lifted by those who opened it; and who looked, lists included."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import make_user, sign_in
from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.apps.learners.actions import looking
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.doing import doing, told_code
from throughline.apps.learners.history import looks_at
from throughline.apps.learners.models import Activity
from throughline.apps.learners.queries import districts_of, find_learners
from throughline.apps.learners.standings import told_standing
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
SCHOOL = "3584001"
REASON = "They telephoned to ask where they should go on Monday"


@pytest.fixture
def school(db):
    """Somebody of a school."""
    return make_user("provider_staff", establishment=SCHOOL, organisation="Marlbeck School")


@pytest.mark.parametrize(("code", "sensitive", "told"), [
    ("650", True, ("650", "Not available: pregnancy")),
    ("650", False, ("", "NEET")),
    ("290", False, ("", "Participating")),
    ("710", False, ("", "In other activity")),
    ("130", False, ("", "Of compulsory school age")),
    ("619", False, ("619", "Seeking employment, education or training")),
    ("999", False, ("999", "999")),
])
def test_a_sensitive_activity_is_told_by_its_group_alone(code, sensitive, told):
    assert told_code(code, date(2026, 11, 28), sensitive) == told


@pytest.mark.parametrize(("code", "reason", "sensitive", "told"), [
    ("230", "3", True, "Left because: Injury or illness; Meant to do next: Undecided"),
    ("230", "3", False, ""), ("230", "43", False, ""), ("230", "", False, ""),
    ("230", "", True, "Meant to do next: Undecided"), ("290", "43", False, ""),
    ("290", "43", True, "Left because: Money; Meant to do next: Undecided"),
])
def test_why_somebody_left_is_told_as_what_they_left_and_as_itself_may_be(code, reason, sensitive, told):
    day = date(2026, 9, 1)
    left = Activity(code=code, start=day, leaving_reason=reason, intended_next="511")
    assert doing(left, day, sensitive).leaving == told


def test_no_reason_can_be_told_by_its_being_left_out():
    assert {line.facts["sensitive"] for line in codeset("leaving_reason").lines} == {"yes", "alike", "no"}


def test_no_code_can_be_told_by_its_being_left_out():
    """Of each group of which something is left out to a reader, something that is not sensitive is left out too."""
    activities, groups = codeset("activity"), {}
    for code in activities.lines:
        if code.facts["sensitive"] != "no":
            group = told_standing(Standing(code.facts["group"]), sensitive=False)
            groups.setdefault(group, set()).add(code.facts["sensitive"])
    assert groups == dict.fromkeys(groups, {"yes", "alike"})
    assert {code.facts["sensitive"] for code in activities.lines} == {"yes", "alike", "no"}


@pytest.mark.parametrize("role", ["tracking_officer", "provider_staff"])
def test_the_file_of_learners_asks_no_oftener_for_more_rows(enrol, role):
    client, first = sign_in(Client(), make_user(role, establishment=SCHOOL)), enrol(school_at_16=SCHOOL)
    asked = []
    for months in (6, 3, 1):
        for one in (first, enrol(school_at_16=SCHOOL)):
            Activity.objects.create(learner=one, code="650", start=timezone.localdate() - timedelta(days=30 * months))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/learners/learners.csv").status_code == 200
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_the_file_of_activities_asks_once_how_long_they_stay_current_and_what_codes_mean(officer, learner):
    client, asked = sign_in(Client(), officer), []
    for months in (9, 8, 7, 6):
        Activity.objects.create(learner=learner, code="619", start=timezone.localdate() - timedelta(days=30 * months))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/learners/{learner.pk}/activities.csv").status_code == 200
        asked.append([query["sql"] for query in queries if "codelists_" in query["sql"] and "MAX(" in query["sql"]])
    assert len(asked[0]) == len(asked[-1]) == 2  # the codes of activities, and the numbers of the rule of currency


def test_whoever_works_with_all_that_is_recorded_may_see_what_is_sensitive():
    """The pages of follow-up, of files and of months tell every activity in full: nobody else may come there."""
    working = (P.EDIT_LEARNERS, P.FOLLOW_UP, P.CLOSE_MONTHS)
    assert {role.id for role in ALL_ROLES for each in working if each in role.permissions
            and not {P.SEE_ALL_LEARNERS, P.SEE_SENSITIVE} <= role.permissions} == set()


def test_a_school_is_told_neither_the_review_of_custody_nor_its_lapse(school, enrol):
    learner = enrol(school_at_16=SCHOOL)
    today = timezone.localdate()
    Activity.objects.create(learner=learner, code="710", start=today - timedelta(days=9), review=today + timedelta(days=9))
    said = sign_in(Client(), school).get(f"/learners/{learner.pk}/").content.decode()
    assert ("In other activity" in said, "Review what they are doing" in said, "Current until" in said) == \
        (True, False, False)


def test_a_district_finds_nobody_for_a_school_and_nobody_whose_home_is_protected(school, officer, enrol):
    here = enrol("Ade", "Open", school_at_16=SCHOOL, line_1="1 High Street", district="E07000001")
    enrol("Bo", "Guarded", school_at_16=SCHOOL, line_1="2 High Street", district="E07000001", protected=True)
    hidden = enrol("Cy", "Refuge", school_at_16=SCHOOL, line_1="3 High Street", district="E07000002")
    set_restriction(by=officer, learner=hidden, restricted=False, protected_address=True, reason=REASON)
    assert list(find_learners(officer, district="E07000001")) == [here]
    assert list(find_learners(officer, district="E07000002")) == []
    assert list(find_learners(school, district="E07000001")) == []
    assert (districts_of(officer), districts_of(school)) == (["E07000001", "not_known"], [])


@pytest.mark.parametrize("what", ["restricted", "protected_address"])
def test_a_restriction_is_lifted_only_by_somebody_who_opened_it(officer, learner, what):
    says = {"restricted": False, "protected_address": False}
    set_restriction(by=officer, learner=learner, reason=REASON, **{**says, what: True})
    with pytest.raises(RefusedError, match="Open what is restricted first"):
        set_restriction(by=officer, learner=learner, reason=REASON, **says)
    learner.refresh_from_db()
    assert getattr(learner, what)
    looking.open_restricted(by=make_user("data_officer"), learner=learner, reason=REASON)
    with pytest.raises(RefusedError):
        set_restriction(by=officer, learner=learner, reason=REASON, **says)
    looking.open_restricted(by=officer, learner=learner, reason=REASON)
    set_restriction(by=officer, learner=learner, reason=REASON, **says)
    learner.refresh_from_db()
    assert not getattr(learner, what)


def test_the_page_that_restricts_leads_to_the_opening_of_what_is(officer, learner):
    client, address = sign_in(Client(), officer), f"/learners/{learner.pk}/restriction/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"protected_address": "on", "reason": REASON}).url == f"/learners/{learner.pk}/"
    assert client.get(address).url == client.post(address, {"reason": REASON}).url == f"/learners/{learner.pk}/open/"


def test_who_looked_tells_of_lists_and_files_too_day_by_day(officer, learner, enrol):
    """Numbers that only begin or end as the learner's does are somebody else's, and so are another authority's."""
    other = enrol("Bo", "Ng")
    client = sign_in(Client(), officer)
    client.get("/learners/")
    client.get("/learners/")
    client.get("/learners/learners.csv")
    client.get(f"/learners/{learner.pk}/")
    theirs = make_user("tracking_officer", email="theirs@example.org", area="202")
    looking.record_list(by=theirs, area="202", path="/learners/", numbers=[learner.number])
    looking.record_list(by=officer, area="358", path="/learners/", numbers=[learner.number * 10, learner.number + 110])
    looking.record_list(by=officer, area="358", path="/learners/", verb=Verb.DOWNLOADED,
                        numbers=[other.number, learner.number, 77])
    assert sorted((look.did, look.what, look.times) for look in looks_at(learner)) == [
        ("downloaded", "Learners", 2), ("looked at", "Learners", 2), ("looked at", "this record", 1)]
    assert {look.who for look in looks_at(learner)} == {officer.email}
    said = re.sub(r"<[^>]+>", " ", client.get(f"/learners/{learner.pk}/").content.decode())
    assert "Downloaded Learners" in said


@pytest.mark.parametrize("numbers", [[5], [5, 9], [2, 5], [2, 5, 9]])
def test_a_look_is_found_wherever_the_number_stands_in_the_list(officer, learner, numbers):
    learner.number = 5
    learner.save(update_fields=["number"])
    looking.record_list(by=officer, area="358", path="/learners/", numbers=numbers)
    assert [look.what for look in looks_at(learner)] == ["Learners"]


def test_what_is_due_counts_from_the_last_answer():
    from throughline.apps.learners.due import due_of
    from throughline.apps.learners.standings import standing_on

    day, start = date(2026, 11, 28), date(2026, 8, 1)
    now = standing_on([Activity(code="619", start=start, verified=start)], day, True)
    assert [(due.day, due.state(day)) for due in due_of(now, day)] == [
        (date(2026, 8, 29), "Overdue"), (date(2026, 10, 30), "Overdue")]
    assert [(due.day, due.state(day)) for due in due_of(now, day, date(2026, 11, 27))] == [
        (date(2026, 12, 25), "Soon"), (date(2027, 2, 25), "Later")]
    assert [due.day for due in due_of(now, day, date(2026, 7, 1))] == [date(2026, 8, 29), date(2026, 10, 30)]


def test_a_look_at_a_long_list_is_found_without_reading_the_list(enrol, officer):
    learner = enrol()
    for numbers in ([learner.number], [7001, learner.number], [learner.number, 7001], [70, learner.number, 7001], [7001, 7002]):
        looking.record_list(by=officer, area="358", path="/learners/", numbers=numbers)
    record(by=officer, verb=Verb.LOOKED, room="exchange", subject=("delivery", "1", "A file"),
           detail={"learners": [7001], "lines": [3, learner.number, 4]})
    with CaptureQueriesContext(connection) as asked:
        [look] = looks_at(learner)
    assert (look.what, look.times) == ("Learners", 4)
    assert not any('"detail"' in one["sql"].partition(" FROM ")[0] for one in asked)
