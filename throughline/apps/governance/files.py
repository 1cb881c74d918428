"""The tables of the governance room as files: their columns and their rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from throughline.apps.governance.models import Consultation, ConsultationResponse, Decision, Meeting, ScrutinyQuestion
from throughline.apps.plans.words import section_name
from throughline.ui.downloads import Column
from throughline.ui.formats import moment

MEETING_COLUMNS = [
    Column("board", "Board"), Column("when", "When"), Column("place", "Where"), Column("purpose", "What for"),
    Column("state", "State"), Column("papers", "Papers"), Column("agreed", "Minutes agreed on"),
]
DECISION_COLUMNS = [
    Column("board", "Board"), Column("met_on", "Meeting"), Column("number", "Number"), Column("kind", "What it is"),
    Column("text", "What was decided"), Column("owner", "Who is to do it"), Column("due_on", "By when"), Column("state",
    "State"),
    Column("done_on", "Done on"), Column("outcome", "What came of it"), Column("plan", "Plan"), Column("section", "Section"),
    Column("indicator", "Indicator"), Column("action", "Action of the plan"),
]
QUESTION_COLUMNS = [
    Column("board", "Board"), Column("number", "Number"), Column("text", "Question"), Column("asked_by", "Asked by"),
    Column("asked_on", "Asked on"), Column("asked_of", "Asked of"), Column("due_on", "Answer wanted by"),
    Column("state", "State"), Column("answer", "Answer"), Column("answered_by", "Answered by"),
    Column("answered_on", "Answered on"), Column("plan", "Plan"), Column("action", "Action of the plan"),
]
CONSULTATION_COLUMNS = [
    Column("title", "Consultation"), Column("stage", "Stage"), Column("opens_on", "Opens on"),
    Column("closes_on", "Closes on"), Column("asked", "Who is asked"), Column("plan", "Plan"), Column("said", "Responses"),
    Column("answered", "Answered"), Column("decision", "What was decided"), Column("decided_on", "Decided on"),
]
RESPONSE_COLUMNS = [
    Column("received_on", "Received on"), Column("respondent", "Who responded"), Column("kind", "Who they are"),
    Column("view", "What they think"), Column("text", "What they said"), Column("answer", "Answer"),
    Column("changed_plan", "Changed the plan"), Column("change", "What changed"), Column("section", "Section"),
]
NOT_FOR_PUBLICATION = ["Some of these words are about people: pass the file to nobody who may not see the page."]


def meeting_rows(meetings: Iterable[Meeting]) -> Iterator[dict[str, Any]]:
    """One row a meeting; meetings as queries.meetings_of gives them."""
    for meeting in meetings:
        yield {"board": meeting.board.name, "when": moment(meeting.starts_at), "place": meeting.place,
               "purpose": meeting.purpose,
               "state": meeting.get_state_display(), "papers": meeting.papers_held, "agreed": meeting.minutes_agreed_on}


def decision_rows(decisions: Iterable[Decision]) -> Iterator[dict[str, Any]]:
    """One row a decision, with what it is about and what became of it."""
    for made in decisions:
        yield {"board": made.meeting.board.name, "met_on": made.meeting.on, "number": made.number,
               "kind": made.get_kind_display(), "text": made.text, "owner": _said(made.owner), "due_on": made.due_on,
               "state": state_of(made), "done_on": made.done_on, "outcome": made.outcome, "plan": _said(made.plan),
               "section": section_name(made.section) if made.section else "",
               "indicator": _said(made.indicator), "action": _said(made.plan_action)}


def state_of(decision: Decision) -> str:
    """Where a decision stands, in a word or two: Open, Overdue, Done, Stopped, or Nothing to do."""
    if decision.done_on:
        return "Done"
    if decision.is_open:
        return "Overdue" if decision.is_overdue else "Open"
    return decision.plan_action.get_state_display() if decision.plan_action else "Nothing to do"


def question_rows(questions: Iterable[ScrutinyQuestion]) -> Iterator[dict[str, Any]]:
    """One row a question, with its answer."""
    for asked in questions:
        yield {"board": asked.board.name, "number": asked.number, "text": asked.text, "asked_by": asked.asked_by,
               "asked_on": asked.asked_on, "asked_of": _said(asked.asked_of), "due_on": asked.due_on,
               "state": "Overdue" if asked.is_overdue else asked.get_state_display(), "answer": asked.answer,
               "answered_by": asked.answered_by, "answered_on": asked.answered_on or ("not recorded" if asked.answer else None),
               "plan": _said(asked.plan),
               "action": _said(asked.plan_action)}


def consultation_rows(consultations: Iterable[Consultation]) -> Iterator[dict[str, Any]]:
    """One row a consultation; consultations as queries.consultations_of gives them."""
    for held in consultations:
        yield {"title": held.title, "stage": held.stage, "opens_on": held.opens_on, "closes_on": held.closes_on,
               "asked": held.asked, "plan": _said(held.plan), "said": held.said, "answered": held.answered,
               "decision": held.decision,
               "decided_on": held.decided_on}


def response_rows(responses: Iterable[ConsultationResponse]) -> Iterator[dict[str, Any]]:
    """One row a response, with its answer."""
    for said in responses:
        yield {"received_on": said.received_on, "respondent": said.respondent, "kind": said.get_kind_display(),
               "view": said.get_view_display(), "text": said.text, "answer": said.answer,
               "changed_plan": "yes" if said.changed_plan else "no", "change": said.change,
               "section": section_name(said.section) if said.section else ""}


def _said(record: Any) -> str:
    return str(record) if record else ""
