"""Scores: each point with its reason, what is not known is never no, what one may not see counts nothing, and who decides."""

from datetime import date, timedelta

import pytest
from django.test import Client

from throughline.apps.followup import scores
from throughline.apps.followup.actions.importing import import_facts
from throughline.apps.followup.actions.risk import decide_on_risk, enter_facts
from throughline.apps.followup.models import LearnerFacts, RiskDecision
from throughline.apps.learners.models import WriteOnceError
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.problems import RefusedFileError


def _score(user, learner):
    return scores.scored(user, [learner])[0].score


def _reasons(score):
    return {(one.title, one.points) for one in score.reasons}


def test_every_point_has_its_reason_and_what_is_not_known_is_named(officer, enrol):
    learner = enrol(traits=["110", "ehc_plan"])
    enter_facts(by=officer, learner=learner, as_at=date(2026, 7, 31), attendance_percent=84, free_school_meals=False)
    score = _score(officer, learner)
    assert _reasons(score) == {("Looked after", 2), ("Education, health and care plan", 2), ("Attendance", 2)}
    assert (score.points, score.band_title) == (6, "Substantial support")
    assert set(score.unknown) == {"English as an additional language", "Suspended or excluded"}


def test_a_characteristic_counts_where_no_term_says_otherwise(officer, enrol):
    learner = enrol(traits=["free_school_meals", "additional_language"])
    meals, language = ("Eligible for free school meals", 2), ("English as an additional language", 1)
    assert _reasons(_score(officer, learner)) == {meals, language}
    enter_facts(by=officer, learner=learner, as_at=date(2026, 7, 31), free_school_meals=False)
    assert _reasons(_score(officer, learner)) == {language}


def test_the_latest_facts_count(officer, enrol):
    learner = enrol()
    for as_at, attendance in ((date(2026, 4, 1), 95), (date(2026, 7, 31), 89), (date(2025, 12, 20), 50)):
        enter_facts(by=officer, learner=learner, as_at=as_at, attendance_percent=attendance)
    assert _reasons(_score(officer, learner)) == {("Attendance", 1)}


def test_youth_justice_counts_only_where_the_record_was_opened(officer, enrol):
    from throughline.apps.learners.models import Opening

    learner = enrol(traits=["170"])
    assert _score(officer, learner).points == 0
    Opening.objects.create(learner=learner, number=1, area="358", by=officer, who_email="", reason="x",
                           until=learner.added_at + timedelta(days=10_000))
    assert _reasons(_score(officer, learner)) == {("Supervised by the youth offending team", 2)}


def test_a_school_sees_its_own_learners_only_and_nothing_sensitive(officer, enrol):
    from tests.cast import make_user, sign_in

    own, other = enrol("Own", "Ownling", traits=["110", "200"]), enrol("Other", "Otherling")
    own.school_at_16 = "3584001"
    own.save()
    staff = make_user("provider_staff", establishment="3584001")
    decide_on_risk(by=officer, learner=own, score=_score(officer, own), decision="support", reason="Since she is in care")
    client = sign_in(Client(), staff)
    page = client.get("/follow-up/risk/").content.decode()
    assert ("Ownling" in page, "Otherling" in page, "Looked after" in page) == (True, False, False)
    assert "In alternative provision" in page
    assert client.get(f"/follow-up/risk/{other.pk}/").status_code == 404
    detail = client.get(f"/follow-up/risk/{own.pk}/").content.decode()
    assert "Looked after" not in detail
    assert "custody" not in page + detail
    assert "Who looked" not in detail
    assert ("Support is given" in detail, "in care" in detail, "3 points" in detail) == (True, False, False)
    assert client.get(f"/follow-up/risk/{own.pk}/decide/").status_code == 403


@pytest.mark.parametrize(("born", "listed"), [
    (date(2008, 8, 31), False), (date(2008, 9, 1), True), (date(2012, 8, 31), True), (date(2012, 9, 1), False),
])
def test_years_10_to_13_at_their_edges(officer, enrol, born, listed):
    learner = enrol(born=born)
    assert (learner in scores.in_years(officer)) is listed


def test_a_decision_keeps_the_score_as_it_was_seen(officer, enrol):
    learner = enrol(traits=["110"])
    made = decide_on_risk(by=officer, learner=learner, score=_score(officer, learner), decision="support", reason="A mentor")
    assert (made.points, made.band, made.reasons) == (2, "Additional support", [["Looked after", 2]])
    with pytest.raises(WriteOnceError):
        made.delete()


@pytest.mark.parametrize(("words", "field"), [
    ({"decision": "ignore", "reason": "x"}, "decision"), ({"decision": "no_action", "reason": " "}, "reason"),
    ({"decision": "watch", "reason": "x"}, "review_on"),
    ({"decision": "support", "reason": "x", "review_on": date(2026, 11, 27)}, "review_on"),
])
def test_a_decision_without_its_reason_or_day_is_refused(officer, enrol, words, field):
    learner = enrol()
    with pytest.raises(RefusedError) as refused:
        decide_on_risk(by=officer, learner=learner, score=_score(officer, learner), **words)
    assert refused.value.field == field
    assert RiskDecision.objects.count() == 0


def test_the_page_says_that_it_decides_nothing_shows_its_rules_and_who_looked(client, enrol):
    learner = enrol(traits=["110"])
    page = client.get("/follow-up/risk/").content.decode()
    assert "never used to decide anything by itself" in page
    client.get(f"/follow-up/risk/{learner.pk}/")
    assert "Olu Officer" in client.get(f"/follow-up/risk/{learner.pk}/").content.decode().partition("Who looked")[2]
    rules = client.get("/follow-up/risk/rules/").content.decode()
    assert "How sure we are of them: medium" in rules
    assert "Oxfordshire" in rules


def _import(officer, text: str):
    return import_facts(by=officer, name="facts.csv", content=text.encode())


def test_rows_that_are_right_are_kept_and_the_others_answered(officer, enrol):
    learner, theirs = enrol(), enrol(area="202")
    text = (f"Number,As at,Attendance percent,free_school_meals\n{learner.number},2026-07-31,88.5%,yes\n"
            f"{learner.number},31/07/2026,90,no\n999,2026-07-31,90,no\n{learner.number},2026-07-30,101,perhaps\n"
            f"{learner.number},2027-01-01,90,\n")
    kept, problems = _import(officer, text)
    facts = LearnerFacts.objects.get()
    assert (kept, float(facts.attendance_percent), facts.free_school_meals, facts.in_custody) == (1, 88.5, True, None)
    assert [(one.line, one.field) for one in problems] == [
        (3, "as_at"), (4, "number"), (5, "attendance_percent"), (5, "free_school_meals"), (6, "as_at")]
    assert not LearnerFacts.objects.filter(learner=theirs).exists()


def test_reading_a_file_again_changes_nothing(officer, enrol):
    text = f"number,as_at,attendance_percent\n{enrol().number},2026-07-31,88\n"
    _import(officer, text)
    before = list(LearnerFacts.objects.values_list("id", "attendance_percent"))
    assert _import(officer, text) == (1, [])
    assert list(LearnerFacts.objects.values_list("id", "attendance_percent")) == before


@pytest.mark.parametrize(("content", "said"), [
    (b"\xff\xfe\x00", "UTF-8"), (b"name,day\n", "a column headed number"), (b"", "number"),
])
def test_a_file_of_which_nothing_can_be_read_is_refused(officer, content, said):
    with pytest.raises(RefusedFileError, match=said):
        import_facts(by=officer, name="facts.csv", content=content)
