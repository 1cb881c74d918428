"""The example's boards: who sits on them, when they met, what they decided, were asked and were told."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from throughline.apps.governance.actions import consultations, decisions, meetings, scrutiny
from throughline.apps.governance.models import Attendance, Meeting
from throughline.apps.organisations.actions.boards import add_board, add_member
from throughline.apps.organisations.models import Board, Party
from throughline.apps.plans.models import Plan, Section
from throughline.config.example.given import Given

_AT = time(14, 0)
_MINUTES_AGREED_AFTER = timedelta(days=60)


def make_boards(held: Given) -> None:
    """The boards and who sits on them, since before the plan was approved."""
    since = held.ago(held.said["approved_months"] + 6)
    for said in held.said["board"]:
        above = Board.objects.filter(area=held.area, name=said.get("reports_to", "")).first()
        board = add_board(by=held.lead, area=held.area, name=said["name"], kind=said["kind"], meets=said["meets"],
                          terms_of_reference=said["terms"], reports_to=above, review_on=held.ago(-6))
        for name, capacity in said["members"]:
            if party := Party.objects.filter(area=held.area, name=name).first():
                add_member(by=held.lead, board=board, party=party, capacity=capacity, since=since)


def hold_meetings(held: Given, plan: Plan) -> None:
    """Every meeting with its agenda, minutes and decisions."""
    for said in held.said["meeting"]:
        board = Board.objects.get(area=held.area, name=said["board"])
        starts = timezone.make_aware(datetime.combine(held.ago(said["months"]), _AT))
        past = starts <= timezone.now()
        state = Meeting.State.HELD if past else Meeting.State.PLANNED
        meeting = meetings.add_meeting(by=held.lead, board=board, starts_at=starts, place="Committee room 1",
                                       purpose=said["purpose"], state=state)
        for number, title in enumerate(said["agenda"], 1):
            meetings.add_item(by=held.lead, meeting=meeting, number=number, title=title)
        if past:
            _minute(held, plan, meeting, said)


def _minute(held: Given, plan: Plan, meeting: Meeting, said: dict[str, Any]) -> None:
    day = meeting.starts_at.date()
    agreed = day + _MINUTES_AGREED_AFTER
    meetings.write_minutes(by=held.lead, meeting=meeting, minutes=said["minutes"],
                           minutes_agreed_on=agreed if agreed <= held.on else None)
    seats = list(meeting.board.memberships.order_by("pk").values_list("party_id", flat=True))
    came = dict.fromkeys(seats, Attendance.State.PRESENT) | {seats[-1]: Attendance.State.APOLOGIES}
    meetings.record_attendance(by=held.lead, meeting=meeting, states=came)
    for number, kind, text, owner, section in said.get("decisions", []):
        under = Section.objects.filter(plan=plan, kind=Section.Kind.PRIORITY, number=section).first()
        decisions.add_decision(by=held.lead, meeting=meeting, number=number, kind=kind, text=text, plan=plan, section=under,
                               owner=Party.objects.filter(area=held.area, name=owner).first())


def ask_questions(held: Given, plan: Plan) -> None:
    """Scrutiny's questions, those that were answered with their answers."""
    for said in held.said["question"]:
        board = Board.objects.get(area=held.area, name=said["board"])
        asked_on = held.ago(said["months"])
        councillor = held.person("councillor")
        asked_of = Party.objects.filter(area=held.area, name=said["asked_of"]).first()
        question = scrutiny.ask(by=councillor, board=board, asked_by=said["asked_by"], asker=councillor, text=said["text"],
                                plan=plan, asked_of=asked_of, asked_on=asked_on, due_on=asked_on + timedelta(days=28))
        if said["answer"]:
            scrutiny.answer(by=held.lead, question=question, answer=said["answer"], answered_by=said["asked_of"],
                            answered_on=asked_on + timedelta(days=20))


def consult(held: Given, plan: Plan) -> None:
    """The consultation before the plan, with what was said and what it changed."""
    said = held.said["consultation"]
    opens = held.ago(said["months"])
    closes = opens + timedelta(weeks=said["weeks"])
    consultation = consultations.add_consultation(
        by=held.lead, area=held.area, title=said["title"], about=f"The draft of {plan.title}.", plan=plan, opens_on=opens,
        closes_on=closes, asked=said["asked"], decision=said["decision"], decided_on=closes + timedelta(days=21))
    for respondent, kind, view, text, answer, changed in said["responses"]:
        consultations.add_response(
            by=held.lead, consultation=consultation, respondent=respondent, kind=kind, received_on=opens + timedelta(days=14),
            view=view, text=text, answer=answer, changed_plan=changed, change=answer if changed else "")
