"""Nobody sees a learner they have no business with: by authority, by establishment, by role, and while a record is restricted."""

import re
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from tests.cast import make_user, sign_in
from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.apps.learners.actions import activities, circumstances, looking, membership
from throughline.apps.learners.models import Name, Opening, Trait
from throughline.apps.learners.queries import find_learners, seen_by
from throughline.apps.learners.sight import opened_by
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db

SCHOOL, OTHER, COLLEGE, PROVIDER = "3584001", "3584002", "3588001", "10001234"
LONG_AGO, SEPTEMBER = date(2025, 9, 1), date(2026, 9, 1)
REASON = "The youth justice team asked us to say where they are"


@pytest.fixture
def people(enrol):
    """Learners by what is known of where they are."""
    found = {
        "here now": enrol("Here", "Now"),
        "here at 16, elsewhere now": enrol("Here", "Before", school_at_16=SCHOOL),
        "here once, elsewhere now": enrol("Here", "Once"),
        "believed here, corrected": enrol("Never", "Here"),
        "here from next year": enrol("Here", "Later"),
        "at the provider": enrol("At", "Provider"),
        "elsewhere": enrol("Not", "Here"),
        "here but restricted": enrol("Here", "Restricted", school_at_16=SCHOOL),
        "here but left the authority": enrol("Here", "Gone", school_at_16=SCHOOL),
        "of another authority, here": enrol("Their", "Own", area="202"),
    }

    def was(who, start, establishment="", **words):
        return activities.record_activity(by=None, learner=found[who], code="210", start=start, establishment=establishment,
                                          **words)

    was("here now", SEPTEMBER, SCHOOL)
    was("here at 16, elsewhere now", SEPTEMBER, COLLEGE)
    was("here once, elsewhere now", LONG_AGO, SCHOOL)
    was("here once, elsewhere now", SEPTEMBER, OTHER)
    activities.correct_activity(by=None, activity=was("believed here, corrected", SEPTEMBER, SCHOOL), establishment=OTHER)
    was("here from next year", timezone.localdate() + timedelta(days=300), SCHOOL)
    was("at the provider", SEPTEMBER, ukprn=PROVIDER)
    was("elsewhere", SEPTEMBER, OTHER)
    was("of another authority, here", SEPTEMBER, SCHOOL)
    membership.end_membership(by=None, learner=found["here but left the authority"], status="E")
    found["here but restricted"].restricted = True
    found["here but restricted"].save()
    return found


SEES = {
    "school": ({"establishment": SCHOOL}, {"here now", "here at 16, elsewhere now"}),
    "college": ({"establishment": COLLEGE}, {"here at 16, elsewhere now"}),
    "provider": ({"ukprn": PROVIDER}, {"at the provider"}),
    "a college with both numbers": ({"establishment": COLLEGE, "ukprn": PROVIDER}, {"here at 16, elsewhere now",
                                                                                   "at the provider"}),
    "nowhere": ({}, set()),
}


@pytest.mark.parametrize("where", SEES)
def test_staff_of_a_place_see_its_own_and_no_other(people, where):
    account, expected = SEES[where]
    user = make_user("provider_staff", **account)
    mine = {who for who, learner in people.items() if seen_by(user).filter(pk=learner.pk).exists()}
    assert mine == expected
    client = sign_in(Client(), user)
    listed = client.get("/learners/").content.decode()
    place = account.get("establishment") or account.get("ukprn") or "your school, college or provider"
    assert f"The young people who are at {place} today" in listed
    for who, learner in people.items():
        assert client.get(f"/learners/{learner.pk}/").status_code == (200 if who in expected else 404), who
        assert client.get(f"/learners/{learner.pk}/activities.csv").status_code == (200 if who in expected else 404), who
        assert (f"/learners/{learner.pk}/" in listed) == (who in expected), who
    for kind in ("csv", "xlsx"):
        assert client.get(f"/learners/learners.{kind}").status_code == 200
    assert len(client.get("/learners/learners.csv").content.decode().splitlines()) == 1 + len(expected)


@pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)
def test_who_works_for_the_authority_sees_its_learners_by_role(people, role):
    user = make_user(role.id)
    seen = {learner.pk for learner in seen_by(user)}
    everybody = {learner.pk for learner in people.values() if learner.area == "358"}
    assert seen == (everybody if Permission.SEE_ALL_LEARNERS in role.permissions else set())
    assert not seen_by(make_user(role.id, area="", email="nobody@example.org")).exists()


def test_staff_of_a_place_are_shown_no_home_contact_or_sensitive_characteristic(people):
    learner = people["here now"]
    circumstances.add_contact(by=None, learner=learner, phone="01632 960001", name="Parent Person")
    for trait in ("110", "ehc_plan", "170", "200", "child_protection", "child_in_need", "free_school_meals"):
        circumstances.add_trait(by=None, learner=learner, trait=trait)
    Trait.objects.create(learner=learner, trait="of_no_list", starts=date(2026, 9, 1))
    page = sign_in(Client(), make_user("provider_staff", establishment=SCHOOL)).get(f"/learners/{learner.pk}/").content.decode()
    hidden = ("Parent Person", "of_no_list", "Looked after", "youth offending", "What changed", "Address", "Child protection",
              "Child in need")
    assert [word for word in hidden if word in page] == []
    assert "Education, health and care plan" in page
    assert "Alternative provision" in page
    assert "Eligible for free school meals" in page


def test_a_restricted_record_says_nothing_but_its_number_until_it_is_opened(people, officer):
    learner, client = people["here but restricted"], sign_in(Client(), officer)
    listed = client.get("/learners/").content.decode()
    assert "Restricted record" in listed
    asked = (f"/learners/{learner.pk}/", "/learners/learners.csv", f"/learners/{learner.pk}/open/")
    pages = [listed, *(client.get(page).content.decode() for page in asked)]
    assert [page for page in pages if "Here Restricted" in page or "Restricted, Here" in page] == []
    for page in ("name", "activities/add", "address"):
        assert client.get(f"/learners/{learner.pk}/{page}/").url == f"/learners/{learner.pk}/open/"
        assert client.post(f"/learners/{learner.pk}/{page}/", {}).url == f"/learners/{learner.pk}/open/"
    assert learner not in find_learners(officer, words="Restricted")
    assert learner not in find_learners(officer, born=learner.born)
    assert list(find_learners(officer, number=str(learner.number))) == [learner]


def test_restricted_records_are_listed_by_number_for_whoever_may_open_them(people, officer):
    learner, client = people["here but restricted"], sign_in(Client(), officer)
    page = client.get("/learners/?records=restricted").content.decode()
    assert "1 learner" in page
    assert f"Restricted record<span class=\"govuk-visually-hidden\"> {learner.number}</span>" in page
    assert AuditEntry.objects.latest("id").detail == {"learners": [learner.number]}
    assert "Restricted, Here" not in page
    assert "learners.csv" not in page
    assert list(find_learners(officer, records="restricted")) == [learner]
    assert not find_learners(officer, records="restricted", words="Here").exists()
    others = make_user("provider_staff", establishment=SCHOOL)
    assert not find_learners(others, records="restricted").exists()
    assert "Restricted record" not in sign_in(Client(), others).get("/learners/?records=restricted").content.decode()


def test_breaking_the_glass_takes_a_reason_lasts_an_hour_and_is_listed(people, officer, monkeypatch):
    learner, client = people["here but restricted"], sign_in(Client(), officer)
    assert "is not said before" not in client.get(f"/learners/{learner.pk}/open/").content.decode()
    refused = client.post(f"/learners/{learner.pk}/open/", {"reason": "because"}).content.decode()
    assert "Say why you need to see it now" in refused
    assert not Opening.objects.exists()
    client.post(f"/learners/{learner.pk}/open/", {"reason": REASON})
    assert "Here Restricted" in client.get(f"/learners/{learner.pk}/").content.decode()
    colleague = sign_in(Client(), make_user("data_officer"))
    assert "Here Restricted" not in colleague.get(f"/learners/{learner.pk}/").content.decode()
    checking = sign_in(Client(), make_user("information_governance_officer")).get("/learners/openings/").content.decode()
    assert REASON in checking
    assert "Restricted, Here" not in checking
    later = timezone.now() + timedelta(minutes=looking.opening_rules().minutes, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Here Restricted" not in client.get(f"/learners/{learner.pk}/").content.decode()


def _as_written(moment: datetime) -> str:
    return timezone.localtime(moment).replace(tzinfo=None).isoformat()


def test_whoever_is_done_with_a_record_closes_it_to_themselves_alone_and_both_are_listed(people, officer):
    learner, client = people["here but restricted"], sign_in(Client(), officer)
    colleague = make_user("data_officer")
    looking.open_restricted(by=colleague, learner=learner, reason=REASON)
    for _ in range(2):
        client.post(f"/learners/{learner.pk}/open/", {"reason": REASON})
    page = client.get(f"/learners/{learner.pk}/").content.decode()
    address = re.search(r'action="([^"]+)">(?:<input[^>]*>)?<button[^>]*>I am done with this record', page)[1]
    answer = client.post(address, follow=True).content.decode()
    assert ("closed to you again" in answer, "This record is restricted" in answer) == (True, True)
    assert (opened_by(officer), opened_by(colleague)) == (set(), {learner.pk})
    assert "closed to you already" in client.post(address, follow=True).content.decode()
    ended = Opening.objects.filter(by=officer).values_list("ended_at", flat=True)
    assert (len(ended), len(set(ended)), None in ended) == (2, 1, False)
    checking = sign_in(Client(), make_user("information_governance_officer"))
    assert checking.get("/learners/openings/").content.decode().count("by themselves") == 2
    assert checking.get(f"/audit/?learner={learner.number}").content.decode().count("Closed what they had opened of") == 1
    assert checking.get("/learners/openings.csv").content.decode().count(f",{_as_written(ended[0])}") == 2
    client.post(f"/learners/{learner.pk}/open/", {"reason": REASON})
    assert opened_by(officer) == {learner.pk}


def test_a_protected_address_and_a_restricted_characteristic_open_the_same_way(enrol, officer):
    learner, client = enrol(line_1="1 Hidden Row", town="Saltmere", protected=True), sign_in(Client(), officer)
    circumstances.add_trait(by=None, learner=learner, trait="170")
    closed = client.get(f"/learners/{learner.pk}/").content.decode()
    assert ("Hidden Row" in closed, "youth offending" in closed, "Protected" in closed) == (False, False, True)
    looking.open_restricted(by=officer, learner=learner, reason=REASON)
    opened = client.get(f"/learners/{learner.pk}/").content.decode()
    assert "Hidden Row" in opened
    assert "youth offending" in opened


@pytest.mark.parametrize("reason", [
    "", "   ", "because", "b e c a u s e        \n\n", "xxxxxxxxxxxxxxxxxxxx", "because because Because, because.",
    "1 2 3 4 5 6 7 8 9 10 11", "They telephoned, they telephoned"])
def test_no_opening_without_a_reason(learner, officer, reason):
    with pytest.raises(RefusedError, match="in a sentence .* of at least 20 letters and 3 different words"):
        looking.open_restricted(by=officer, learner=learner, reason=reason)
    assert not Opening.objects.exists()


PAGES = ("/learners/", "/learners/learners.csv", "/learners/{pk}/", "/learners/{pk}/activities.csv", "/learners/{pk}/details/",
         "/learners/{pk}/open/")


@pytest.mark.parametrize("page", PAGES)
def test_a_look_that_cannot_be_recorded_shows_nothing(learner, officer, monkeypatch, page):
    client = sign_in(Client(), officer)

    def locked(**_):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(looking, "record", locked)
    with pytest.raises(DatabaseError):
        client.get(page.format(pk=learner.pk))


@pytest.mark.parametrize("page", PAGES)
def test_a_look_is_recorded_once_with_whom_it_was_at(learner, officer, page):
    sign_in(Client(), officer).get(page.format(pk=learner.pk))
    entry = AuditEntry.objects.filter(room="learners", who=officer).get()
    assert entry.verb == (Verb.DOWNLOADED if page.endswith("csv") else Verb.LOOKED)
    assert entry.subject_label == str(learner.number) or entry.detail == {"learners": [learner.number]}


def test_search_finds_names_whatever_their_marks_and_numbers(enrol, officer):
    one = enrol("Zoë", "O'Neill-Ng", middle="D'Arcy", school_at_16=SCHOOL)
    enrol("Someone", "Else", born=date(2009, 8, 31))
    for words in ("oneill", "O’Neill", "o'neill ng", "ZOE", "ng zoë", "darcy"):
        assert list(find_learners(officer, words=words)) == [one], words
    assert list(find_learners(officer, born=one.born)) == [one]
    assert list(find_learners(officer, age="16")) == [one]
    assert list(find_learners(officer, number=f" {one.number} ")) == [one]
    assert not find_learners(officer, number="9" * 30).exists()
    assert not find_learners(officer, words="%").exists()  # no name has that sign


@pytest.mark.parametrize(("family", "words"), [("Łukaszewicz", "LUKASZEWICZ"), ("Sørensen", "sorensen"), ("Sorensen", "Sørensen"),
                                               ("Đặng", "dang"), ("Æsdóttir", "aesdottir"), ("Weiß", "weiss")])
def test_search_finds_names_with_letters_of_their_own(enrol, officer, family, words):
    one = enrol("Ada", family)
    assert list(find_learners(officer, words=words)) == [one]
    QuerySet(Name).update(sought=f"{family.casefold()} ada")  # as names were folded once
    import_module("throughline.apps.learners.migrations.0012_letters_of_their_own")._fold(apps, None)
    assert list(find_learners(officer, words=words)) == [one]
