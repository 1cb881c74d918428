"""Support cases: one open at a time, closed with an outcome, and asked about after thirteen weeks where it should last."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import page_of
from throughline.apps.followup.actions.cases import change_case, check_case, close_case, open_case
from throughline.apps.followup.models import SupportCase
from throughline.apps.followup.queries import checks_due, supported_in
from throughline.apps.followup.rules import casework
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.learners.codes import codeset
from throughline.apps.organisations.actions.amending import RefusedError

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def case(officer, enrol):
    return open_case(by=officer, learner=enrol(), worker=officer, plan="Speak each week")


def test_one_open_case_a_learner(officer, case):
    with pytest.raises(RefusedError, match="open already"):
        open_case(by=officer, learner=case.learner, worker=None, plan="Another")
    close_case(by=officer, case=case, outcome="declined")
    open_case(by=officer, learner=case.learner, worker=None, plan="Another")
    assert SupportCase.objects.count() == 2


def test_no_case_is_opened_of_whoever_left_the_cohort(officer, client, enrol):
    learner = enrol()
    end_membership(by=officer, learner=learner, status="D", left_on=TODAY)
    with pytest.raises(RefusedError, match="They left the cohort on 28 November 2026. Left: died. So no support case is opened"):
        open_case(by=officer, learner=learner, worker=None, plan="Another")
    address = f"/follow-up/learners/{learner.pk}/open-case/"
    for answer in (client.get(address, follow=True), client.post(address, {"plan": "Another"}, follow=True)):
        assert answer.redirect_chain[-1][0] == f"/follow-up/learners/{learner.pk}/"
        assert "So no support case is opened" in answer.content.decode()
    assert not SupportCase.objects.exists()


def test_a_case_is_open_from_the_day_on_which_it_was_opened(case):
    assert [supported_in("358", day) for day in (YESTERDAY, TODAY)] == [set(), {case.learner_id}]


@pytest.mark.parametrize(("outcome", "due"), [("education", TODAY + timedelta(days=91)), ("declined", None)])
def test_what_should_last_is_asked_about_after_thirteen_weeks(officer, case, outcome, due):
    close_case(by=officer, case=case, outcome=outcome)
    assert SupportCase.objects.get().check_due == due


def test_the_check_falls_due_on_its_day_and_not_before(officer, case, monkeypatch):
    close_case(by=officer, case=case, outcome="education")
    with pytest.raises(RefusedError, match="not come yet"):
        check_case(by=officer, case=case, sustained=True)
    for day, due in ((90, 0), (91, 1)):
        monkeypatch.setattr(timezone, "localdate", lambda on=TODAY + timedelta(days=day): on)
        assert checks_due("358").count() == due
    check_case(by=officer, case=case, sustained=False)
    assert (SupportCase.objects.get().sustained, checks_due("358").count()) == (False, 0)
    with pytest.raises(RefusedError, match="nothing to check"):
        check_case(by=officer, case=case, sustained=True)


@pytest.mark.parametrize(("words", "field"), [
    ({"outcome": "splendid"}, "outcome"), ({"outcome": "education", "closed_on": TODAY + timedelta(days=1)}, "closed_on"),
    ({"outcome": "education", "closed_on": date(2026, 1, 1)}, "closed_on"),
])
def test_a_case_that_cannot_be_closed_so(officer, case, words, field):
    with pytest.raises(RefusedError) as refused:
        close_case(by=officer, case=case, **words)
    assert refused.value.field == field
    assert SupportCase.objects.get().closed_on is None


def test_a_closed_case_is_not_changed(officer, case):
    close_case(by=officer, case=case, outcome="moved")
    for change in (lambda: change_case(by=officer, case=case, worker=None, plan="Other"),
                   lambda: close_case(by=officer, case=case, outcome="moved")):
        with pytest.raises(RefusedError, match="closed"):
            change()


@pytest.mark.parametrize(("outcome", "confirmed", "says", "offered"), [
    ("education", None, "Nothing is recorded of what they do", True),
    ("training", TODAY - timedelta(days=1), "confirmed on 27 November 2026. Nobody has said since the case was closed", True),
    ("training", "planned", "planned to start on 28 November 2026, not confirmed by anybody yet. Nobody has said since", True),
    ("employment", TODAY, "confirmed on 28 November 2026.", False), ("declined", None, "", False), ("moved", None, "", False),
])
def test_closing_a_case_says_what_the_register_has_and_leads_to_where_it_is_said(officer, client, enrol, outcome, confirmed, says,
                                                                                 offered):
    days = {"ago": 0, "ascertained": None, "verified": None} if confirmed == "planned" else {"verified": confirmed}
    learner = enrol(code={"employment": "320", "training": "410"}.get(outcome, "220") if confirmed else "", **days)
    case = open_case(by=officer, learner=learner, worker=None, plan="Speak each week")
    page = f"/follow-up/cases/{case.pk}/close/"
    answer = client.post(page, {**boxes(client.get(page)), "outcome": outcome}, follow=True)
    said = " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())
    assert ("Nothing is recorded by that of what they do now" in said) == bool(says)
    assert says in said
    log = page_of(answer).find(f".//main//a[@href='/follow-up/learners/{learner.pk}/log/']")
    assert (log is not None and log.text.strip() == "Log what they do now") == offered
    assert ("What the register has" in said) == bool(says)


@pytest.mark.parametrize(("outcome", "code", "otherwise"), [
    ("education", "220", False), ("education", "619", True), ("education", "320", True), ("education", "810", True),
    ("training", "410", False), ("training", "310", False), ("training", "220", True), ("employment", "330", False),
    ("training", "330", True), ("reengagement", "530", False), ("reengagement", "220", True), ("moved", "619", False),
])
def test_a_closed_case_asks_what_they_do_where_the_register_has_otherwise(officer, client, enrol, outcome, code, otherwise):
    case = open_case(by=officer, learner=enrol(code=code, verified=TODAY), worker=None, plan="Speak each week")
    close_case(by=officer, case=case, outcome=outcome)
    page = page_of(client.get(f"/follow-up/cases/{case.pk}/"))
    said = " ".join(" ".join(page.find(".//main").itertext()).split())
    assert ("That is not how the case ended" in said, "Log what they do now" in said) == (otherwise, otherwise)


def test_what_they_began_since_is_not_asked_for_again(officer, client, enrol):
    case = open_case(by=officer, learner=enrol(code="619", ago=0), worker=None, plan="Speak each week")
    SupportCase.objects.update(opened_on=YESTERDAY)
    case.refresh_from_db()
    close_case(by=officer, case=case, outcome="education", closed_on=YESTERDAY)
    assert "Log what they do now" not in client.get(f"/follow-up/cases/{case.pk}/").content.decode()


def test_the_activities_of_an_outcome_are_of_the_list(db):
    listed = codeset("activity").as_on(TODAY)
    known = listed.keys() | {line.facts["family"] for line in listed.values()}
    assert {each for outcome in casework().outcomes.values() for each in outcome.activities} <= known


def test_a_case_is_opened_from_the_page_of_the_young_person_to_which_the_list_leads(officer, client, enrol):
    learner = enrol()
    found = page_of(client.get("/follow-up/cases/")).find(".//main//a[@href='/learners/']")
    assert found.text.strip() == "Find a young person"
    address = f"/follow-up/learners/{learner.pk}/open-case/"
    for page in (f"/learners/{learner.pk}/", f"/follow-up/learners/{learner.pk}/"):
        assert page_of(client.get(page)).find(f".//main//a[@href='{address}']").text.strip() == "Open a support case"
    assert client.get(address).status_code == 200
    case = open_case(by=officer, learner=learner, worker=None, plan="Speak each week")
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1][0] == f"/follow-up/cases/{case.pk}/"
    assert "is open already" in answer.content.decode()
