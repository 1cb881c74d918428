"""Everything that changes about scrutiny's questions: asking, answering, closing."""

from datetime import date
from typing import Any

from django.db import transaction

from throughline.apps.accounts.models import User
from throughline.apps.governance.models import AnswerVersion, ScrutinyQuestion
from throughline.apps.governance.queries import number_of_next_question
from throughline.apps.governance.subjects import ROOM
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.organisations.models import Board

KIND = "scrutiny question"


@transaction.atomic
def ask(*, by: User | None, board: Board, asked_by: str, asker: User | None = None, follows: ScrutinyQuestion | None = None,
        **words: Any) -> ScrutinyQuestion:
    """Put a question, which takes the next number of its board; asker is whose account it is followed up from, if anybody's.

    words are text, and meeting, plan, asked_of, asked_on and due_on where they are known.
    Raises RefusedError for a meeting of another board and a day for the answer that is before the question.
    """
    board = Board.objects.select_for_update().get(pk=board.pk)  # two who ask at once take turns for a number
    _refuse_what_cannot_be(board, words)
    given = {**words, "asked_by": asked_by, "asker": asker, "follows": follows, "number": number_of_next_question(board)}
    return make(by=by, room=ROOM, kind=KIND, made=ScrutinyQuestion(board=board), words=given)


def change_question(*, by: User | None, question: ScrutinyQuestion, **words: Any) -> Changes:
    """Put right what was recorded of a question. Raises RefusedError as ask does."""
    _refuse_what_cannot_be(question.board, {"asked_on": question.asked_on, **words})
    return amend(by=by, room=ROOM, kind=KIND, kept=question, words=words)


@transaction.atomic
def answer(*, by: User | None, question: ScrutinyQuestion, answer: str, answered_by: str, answered_on: date) -> Changes:
    """Answer a question, or change its answer: what it said before is kept. Raises RefusedError for a day before it was asked."""
    if answered_on < question.asked_on:
        raise RefusedError("Enter a day that is not before the question", "answered_on")
    state = ScrutinyQuestion.State
    said = {"answer": answer, "answered_by": answered_by, "answered_on": answered_on}
    answered = state.ANSWERED if question.state == state.OPEN else question.state
    changes = amend(by=by, room=ROOM, kind=KIND, kept=question, words={**said, "state": answered})
    if said.keys() & changes.keys():
        AnswerVersion.objects.create(question=question, by=by, **said)
    return changes


def close(*, by: User | None, question: ScrutinyQuestion) -> Changes:
    """Say that nothing more is to come of a question."""
    return amend(by=by, room=ROOM, kind=KIND, kept=question, words={"state": ScrutinyQuestion.State.CLOSED})


def reopen(*, by: User | None, question: ScrutinyQuestion) -> Changes:
    """Take a closed question up again: it is answered when it has an answer, and open when it has none."""
    state = ScrutinyQuestion.State.ANSWERED if question.answer else ScrutinyQuestion.State.OPEN
    return amend(by=by, room=ROOM, kind=KIND, kept=question, words={"state": state})


def _refuse_what_cannot_be(board: Board, words: dict[str, Any]) -> None:
    meeting, asked, due = words.get("meeting"), words.get("asked_on"), words.get("due_on")
    if meeting and meeting.board_id != board.pk:
        raise RefusedError("That meeting is of another board", "meeting")
    if asked and due and due < asked:
        raise RefusedError("Enter a day that is not before the question", "due_on")
