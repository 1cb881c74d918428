"""Scrutiny's questions: who may ask and answer, each followed to its answer, the overdue in sight."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import facts, links, main, table
from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.governance.actions import scrutiny as actions
from throughline.apps.governance.models import ScrutinyQuestion
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.actions.boards import add_board
from throughline.apps.plans.models import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(board):
    """Put a question so many days ago, to be answered within so many more."""

    def ask(ago: int = 10, within: int = 5, **words) -> ScrutinyQuestion:
        asked = timezone.localdate() - timedelta(days=ago)
        given = {"board": board, "asked_by": "Councillor Oakapple", "text": "Why?", "asked_on": asked,
                 "due_on": asked + timedelta(days=within), **words}
        return actions.ask(by=None, **given)

    return ask


def test_a_councillor_asks_is_answered_and_asks_further(councillor, lead, board):
    typed = {"board": board.pk, "text": "Why is it <b>so</b>?", "asked_of": "", "plan": ""}
    answer = councillor.post("/scrutiny/ask/", typed, follow=True)
    assert "Your question has number 1" in main(answer)
    assert facts(answer)["Asked by"].startswith("Councillor Example, ")
    question = ScrutinyQuestion.objects.get()
    form = boxes(lead.get(f"/scrutiny/{question.pk}/answer/"))
    lead.post(f"/scrutiny/{question.pk}/answer/", {**form, "answer": "Because it's so", "answered_by": "Head of Skills"})
    answer = councillor.get(f"/scrutiny/{question.pk}/")
    assert "Because it's so Head of Skills" in main(answer)
    assert facts(answer)["State"] == "Answered"
    further = f"/scrutiny/{question.pk}/ask-further/"
    assert further in links(answer)
    councillor.post(further, {**boxes(councillor.get(further)), "text": "And since when?"})
    assert "Question 2 : And since when? Open" in main(councillor.get(f"/scrutiny/{question.pk}/"))
    own = [row[0] for row in table(councillor.get("/scrutiny/"), "own")]
    assert own == ["Question 2 Partnership Board", "Question 1 Partnership Board"]


def test_what_a_councillor_asked_is_first_and_what_others_asked_after(councillor, put):
    put(asker=make_user("councillor"))
    put(asked_by="Councillor Teasel")
    answer = councillor.get("/scrutiny/")
    assert [len(table(answer, "own")), len(table(answer, "questions"))] == [1, 1]
    assert table(answer, "questions")[0][2].startswith("Councillor Teasel")
    assert councillor.get("/scrutiny/questions.csv").content.count(b"\r\n") == 3


def test_an_officer_records_what_was_asked_at_a_meeting(lead, board, meet):
    meeting = meet(-3)
    typed = {"board": board.pk, "meeting": meeting.pk, "asked_by": "Councillor Teasel", "text": "How many?",
             "asked_of": "", "plan": "", **day_in("asked_on", meeting.on)}
    lead.post("/scrutiny/record/", typed)
    question = ScrutinyQuestion.objects.get()
    assert (question.asker, question.asked_by, question.meeting) == (None, "Councillor Teasel", meeting)
    assert [row[1] for row in table(lead.get(f"/meetings/{meeting.pk}/"), "questions")] == ["How many?"]


def test_whoever_was_asked_is_offered_as_who_answers(lead, put, enter):
    question = put(asked_of=enter("Head of Skills"))
    assert boxes(lead.get(f"/scrutiny/{question.pk}/answer/"))["answered_by"] == "Head of Skills"
    actions.answer(by=None, question=question, answer="Yes", answered_by="Her deputy", answered_on=timezone.localdate())
    assert boxes(lead.get(f"/scrutiny/{question.pk}/answer/"))["answered_by"] == "Her deputy"


def test_an_answer_that_is_changed_keeps_what_it_said_who_said_it_and_when(lead, councillor, put):
    question = put()
    path = f"/scrutiny/{question.pk}/answer/"
    for said, who in (("About <b>ten</b>", "Head of Skills"), ("Twelve", "Her deputy"), ("Thirteen", "Her deputy")):
        lead.post(path, {**boxes(lead.get(path)), "answer": said, "answered_by": who})
    lead.post(path, boxes(lead.get(path)))
    kept = [(version.answer, version.answered_by, version.by.email) for version in question.answer_versions.all()]
    who = make_user("strategy_lead").email
    assert kept == [("Thirteen", "Her deputy", who), ("Twelve", "Her deputy", who), ("About <b>ten</b>", "Head of Skills", who)]
    shown = main(councillor.get(f"/scrutiny/{question.pk}/"))
    assert "Answers given before (2)" in shown
    assert shown.index("Thirteen") < shown.index("Twelve") < shown.index("About <b>ten</b> Head of Skills")
    assert f"by {make_user('strategy_lead').full_name}" in shown


def test_one_answer_has_no_history(lead, put):
    question = put()
    actions.answer(by=None, question=question, answer="Yes", answered_by="Head", answered_on=timezone.localdate())
    assert "given before" not in main(lead.get(f"/scrutiny/{question.pk}/"))


def test_numbers_run_within_a_board_and_are_never_given_twice(put):
    other = add_board(by=None, area="358", name="Scrutiny")
    first, second = put(), put()
    ScrutinyQuestion.objects.filter(pk=second.pk).update(removed_at=timezone.now())
    assert [first.number, put().number, put(board=other).number] == [1, 3, 1]


def test_open_overdue_answered_and_closed_are_told_apart(lead, put):
    put(ago=10, within=9, text="late")
    put(ago=10, within=10, text="today")
    put(text="no day", due_on=None)
    answered, closed = put(text="answered"), put(text="closed")
    actions.answer(by=None, question=answered, answer="Yes", answered_by="Head of Skills", answered_on=timezone.localdate())
    actions.close(by=None, question=closed)
    expected = {"open": {"late", "today", "no day"}, "overdue": {"late"}, "answered": {"answered"}, "closed": {"closed"}}
    found = {state: {row[1] for row in table(lead.get(f"/scrutiny/?state={state}"), "questions")} for state in expected}
    assert found == expected
    assert "3 open 1 overdue 1 answered 1 closed" in main(lead.get("/scrutiny/"))


def test_a_question_is_closed_and_taken_up_where_it_was(lead, put):
    question = put()
    assert facts(lead.post(f"/scrutiny/{question.pk}/close/", follow=True))["State"] == "Closed"
    lead.post(f"/scrutiny/{question.pk}/reopen/")
    question.refresh_from_db()
    assert question.state == "open"
    actions.answer(by=None, question=question, answer="Yes", answered_by="Head", answered_on=timezone.localdate())
    actions.close(by=None, question=question)
    actions.reopen(by=None, question=question)
    assert question.state == "answered"


def test_what_cannot_be_is_refused(put, meet):
    stranger = add_board(by=None, area="358", name="Another")
    with pytest.raises(RefusedError, match="not before the question"):
        put(within=-1)
    with pytest.raises(RefusedError, match="of another board"):
        put(meeting=meet(1, of=stranger))
    with pytest.raises(RefusedError, match="not before the question"):
        actions.answer(by=None, question=put(ago=0), answer="Yes", answered_by="Head",
                       answered_on=timezone.localdate() - timedelta(days=1))


def test_a_question_becomes_an_action(lead, put, section):
    question = put()
    path = f"/scrutiny/{question.pk}/make-action/"
    lead.post(path, {**boxes(lead.get(path)), "section": section.pk, "text": "Look into it"})
    question.refresh_from_db()
    assert (question.action, question.plan) == (Action.objects.get(), section.plan)


def test_a_question_is_put_right_by_whoever_runs_the_board_and_not_over_anothers_change(lead, put):
    path = f"/scrutiny/{put().pk}/change/"
    opened = boxes(lead.get(path))
    lead.post(path, {**opened, "text": "Theirs"})
    assert "Saved by somebody else Theirs Typed by you Mine" in main(lead.post(path, {**opened, "text": "Mine"}))


def test_a_question_is_removed_and_brought_back(lead, put):
    question = put()
    assert "Removed (1)" in main(lead.post(f"/scrutiny/{question.pk}/remove/", follow=True))
    assert lead.get(f"/scrutiny/{question.pk}/").status_code == 404
    lead.post(f"/scrutiny/{question.pk}/bring-back/")
    assert lead.get(f"/scrutiny/{question.pk}/").status_code == 200


@pytest.mark.parametrize(("role", "path", "status"), [
    ("councillor", "ask/", 200), ("strategy_lead", "ask/", 403), ("inspector", "ask/", 403), ("strategy_lead", "record/", 200),
    ("councillor", "record/", 403), ("councillor", "{pk}/answer/", 403), ("councillor", "{pk}/change/", 403),
    ("strategy_lead", "{pk}/answer/", 200), ("inspector", "{pk}/", 200), ("employer", "{pk}/", 403),
])
def test_who_may_ask_and_who_may_answer(cast, put, role, path, status):
    assert cast(role).get(f"/scrutiny/{path.format(pk=put().pk)}").status_code == status


def test_the_audit_names_no_asker(put):
    question = put(asker=make_user("councillor"))
    said = AuditEntry.objects.get(subject_kind="scrutiny question").detail
    assert (said["asked_by"], said["text"]) == ([None, "given"], [None, "1 words"])
    assert question.asked_by == "Councillor Oakapple"
