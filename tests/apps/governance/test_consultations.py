"""Consultations: what was asked, the responses with their answers and what they changed, and the views counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import facts, headings, main, table
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.governance.actions import consultations as actions
from throughline.apps.governance.models import Consultation, ConsultationResponse

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def consultation(db) -> Consultation:
    """One that is open today."""
    days = {"opens_on": TODAY() - timedelta(days=9), "closes_on": TODAY()}
    return actions.add_consultation(by=None, area="358", title="Post-16 places", **days)


def _said(consultation, **words) -> ConsultationResponse:
    given = {"respondent": "Invented School", "kind": "school", "view": "opposed", "text": "No", "answer": "",
             "changed_plan": False, "change": "", "section": None, **words}
    return actions.add_response(by=None, consultation=consultation, **given)


def test_a_consultation_is_added_and_decided(lead):
    typed = {"title": "Post-16 places", "about": "Whether", "asked": "Heads", "plan": "", **day_in("opens_on", TODAY()),
             **day_in("closes_on", TODAY() + timedelta(days=30)), "decision": ""}
    answer = lead.post("/consultations/add/", typed, follow=True)
    assert facts(answer)["Stage"] == "Open"
    path = f"/consultations/{Consultation.objects.get().pk}/change/"
    lead.post(path, {**boxes(lead.get(path)), "decision": "It is agreed", **day_in("decided_on", TODAY())})
    assert [row[2] for row in table(lead.get("/consultations/"), "consultations")] == ["Decided"]


@pytest.mark.parametrize(("opens", "closes", "stage"), [(1, 2, "Planned"), (0, 0, "Open"), (-1, 0, "Open"), (-2, -1, "Closed")])
def test_where_it_stands(opens, closes, stage):
    days = {"opens_on": TODAY() + timedelta(days=opens), "closes_on": TODAY() + timedelta(days=closes)}
    assert Consultation(**days).stage == stage


def test_days_the_wrong_way_round_are_refused(lead):
    typed = {"title": "Post-16 places", **day_in("opens_on", TODAY()), **day_in("closes_on", TODAY() - timedelta(days=1))}
    assert "Enter a day that is not before it opens" in main(lead.post("/consultations/add/", typed))
    assert not Consultation.objects.exists()


def test_responses_are_logged_answered_and_counted(lead, consultation, section):
    path = f"/consultations/{consultation.pk}/"
    typed = {"respondent": "A parent", "kind": "parent", "view": "mixed", "text": "Fine, <b>if</b> there's a bus", "answer": "",
             "change": "", "section": "", **day_in("received_on", TODAY())}
    lead.post(f"{path}responses/add/", typed)
    _said(consultation)
    _said(consultation, kind="school", view="supportive")
    parent = ConsultationResponse.objects.get(kind="parent")
    change = f"/consultations/responses/{parent.pk}/change/"
    answered = {"answer": "There is", "changed_plan": "on", "change": "A bus", "section": section.pk}
    lead.post(change, {**boxes(lead.get(change)), **answered})
    answer = lead.get(path)
    assert headings(answer, "views") == ["Who they are", "Supportive", "Opposed", "Mixed", "Comment only", "All"]
    assert table(answer, "views") == [["School", "1", "1", "0", "0", "2"], ["Parent or carer", "0", "0", "1", "0", "1"],
                                      ["All", "1", "1", "1", "0", "3"]]
    assert "1 of 3 responses answered; 1 changed the plan." in main(answer)
    [row] = [row for row in table(answer, "responses") if row[0].startswith("A parent")]
    assert row[2:5] == ["Fine, <b>if</b> there's a bus", "There is", "A bus Priority 1: Fewer young people who are NEET"]
    assert b"A bus" in lead.get(f"{path}responses.csv").content


def test_a_change_must_be_said(lead, consultation):
    response = _said(consultation)
    change = f"/consultations/responses/{response.pk}/change/"
    answer = lead.post(change, {**boxes(lead.get(change)), "changed_plan": "on"})
    assert "Say what the response changed in the plan" in main(answer)
    response.refresh_from_db()
    assert response.changed_plan is False


def test_a_response_and_a_consultation_are_removed_and_brought_back(lead, consultation):
    response = _said(consultation)
    answer = lead.post(f"/consultations/responses/{response.pk}/remove/", follow=True)
    assert "None have been logged yet" in main(answer)
    assert "Removed (1)" in main(answer)
    assert [row[3] for row in table(lead.get("/consultations/"), "consultations")] == ["0"]
    assert len(table(lead.post(f"/consultations/responses/{response.pk}/bring-back/", follow=True), "responses")) == 1
    assert "Removed (1)" in main(lead.post(f"/consultations/{consultation.pk}/remove/", follow=True))
    assert lead.get(f"/consultations/{consultation.pk}/").status_code == 404
    lead.post(f"/consultations/{consultation.pk}/bring-back/")
    assert Consultation.objects.get() == consultation


def test_two_who_answer_at_once_see_both_answers(lead, consultation):
    change = f"/consultations/responses/{_said(consultation).pk}/change/"
    opened = boxes(lead.get(change))
    lead.post(change, {**opened, "answer": "Theirs"})
    assert "Saved by somebody else Theirs Typed by you Mine" in main(lead.post(change, {**opened, "answer": "Mine"}))


def test_the_audit_names_no_respondent(consultation):
    _said(consultation, respondent="Parent of an invented pupil")
    said = AuditEntry.objects.get(subject_kind="consultation response")
    assert said.detail["respondent"] == [None, "given"]
    assert "invented pupil" not in f"{said.subject_label}{said.detail}"
