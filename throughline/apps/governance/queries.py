"""Questions of the governance room: meetings, decisions, scrutiny's questions and consultations of a person's own authority."""

from collections import Counter
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.governance.models import (
    AgendaItem,
    Attendance,
    Consultation,
    ConsultationResponse,
    Decision,
    Meeting,
    Paper,
    ScrutinyQuestion,
)
from throughline.apps.organisations.models import Board
from throughline.apps.plans.models import Action

_STILL_THERE = Q(papers__removed_at=None)


def meetings_of(area: str, *, board: Board | None = None, when: str = "") -> QuerySet[Meeting]:
    """Meetings of an authority's boards: "coming" ones the next first, "past" ones and all the latest first."""
    held = Meeting.objects.filter(board__area=area).select_related("board")
    held = held.annotate(papers_held=Count("papers", filter=_STILL_THERE, distinct=True))
    if board:
        held = held.filter(board=board)
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    if when == "coming":
        return held.filter(starts_at__gte=midnight).order_by("starts_at", "id")
    held = held.order_by("-starts_at", "-id")  # what is grouped forgets the order of its table
    return held.filter(starts_at__lt=midnight) if when == "past" else held


def meeting_or_404(user: User, pk: int) -> Meeting:
    """A meeting of a board of the user's own authority. Raises Http404."""
    return get_object_or_404(meetings_of(user.area), pk=pk)


def item_or_404(user: User, pk: int) -> AgendaItem:
    """An item of such a meeting's agenda. Raises Http404."""
    return get_object_or_404(AgendaItem.objects.select_related("meeting__board"), pk=pk, meeting__board__area=user.area)


def paper_or_404(user: User, pk: int) -> Paper:
    """A paper for such a meeting, with its bytes. Raises Http404."""
    return get_object_or_404(Paper.objects.select_related("meeting__board"), pk=pk, meeting__board__area=user.area)


def papers_for(meeting: Meeting) -> QuerySet[Paper]:
    """The papers for a meeting, without their bytes."""
    return meeting.papers.select_related("item").defer("content")


def attendance_of(meeting: Meeting) -> dict[str, list[str]]:
    """Who was present, sent apologies or was absent: the names under each of the three, in that order."""
    seats = meeting.attendance.select_related("party")
    return {label: [seat.party.name for seat in seats if seat.state == state] for state, label in Attendance.State.choices}


def removed_from(meeting: Meeting) -> list[Any]:
    """What was taken away from a meeting and can be brought back."""
    taken = [model.with_removed.filter(meeting=meeting).exclude(removed_at=None) for model in (AgendaItem, Decision)]
    return [*taken[0], *Paper.with_removed.filter(meeting=meeting).exclude(removed_at=None).defer("content"), *taken[1]]


def decisions_of(area: str, *, board: Board | None = None, kind: str = "", state: str = "") -> QuerySet[Decision]:
    """The register of decisions; state is "open", "overdue", "done" or "" for all; what is to be done comes the soonest first."""
    related = ("meeting__board", "plan", "section__plan", "indicator", "owner", "action__plan")
    found = Decision.objects.filter(meeting__board__area=area).select_related(*related)
    narrowed: dict[str, Any] = {"meeting__board": board, "kind": kind}
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    if state == "overdue":
        found = found.filter(_to_be_done(), due_on__lt=timezone.localdate())
    elif state:
        found = found.filter(_to_be_done()) if state == "open" else found.exclude(_to_be_done())
    return found.order_by("due_on", "-meeting__starts_at", "id") if state in ("open", "overdue") else found


def decision_or_404(user: User, pk: int) -> Decision:
    """A decision of a board of the user's own authority. Raises Http404."""
    return get_object_or_404(decisions_of(user.area), pk=pk)


def next_number(records: Any) -> str:
    """The number after the highest that is a number among decisions or papers of a meeting, removed ones too."""
    printed = records.model.with_removed.filter(meeting=records.instance).values_list("number", flat=True)
    return str(max((int(number) for number in map(str, printed) if number.isdecimal()), default=0) + 1)


def questions_of(area: str, *, board: Board | None = None, state: str = "") -> QuerySet[ScrutinyQuestion]:
    """Scrutiny's questions, the latest first; state is "open", "overdue", "answered", "closed" or "" for all."""
    related = ("board", "meeting", "asked_of", "plan", "action__plan", "follows")
    found = ScrutinyQuestion.objects.filter(board__area=area).select_related(*related)
    found = found.filter(board=board) if board else found
    if state == "overdue":
        found = found.filter(state=ScrutinyQuestion.State.OPEN, due_on__lt=timezone.localdate())
    elif state:
        found = found.filter(state=state)
    return found


def question_or_404(user: User, pk: int) -> ScrutinyQuestion:
    """A question of the user's own authority. Raises Http404."""
    return get_object_or_404(questions_of(user.area), pk=pk)


def number_of_next_question(board: Board) -> int:
    """The next number on a board; a removed question keeps its own."""
    return (ScrutinyQuestion.with_removed.filter(board=board).aggregate(last=Max("number"))["last"] or 0) + 1


def question_counts(area: str) -> dict[str, int]:
    """How many questions are open, overdue, answered and closed; the overdue are among the open."""
    counts = Counter(ScrutinyQuestion.objects.filter(board__area=area).values_list("state", flat=True))
    late = questions_of(area, state="overdue").count()
    return {"open": counts["open"], "overdue": late, "answered": counts["answered"], "closed": counts["closed"]}


def consultations_of(area: str) -> QuerySet[Consultation]:
    """An authority's consultations, the latest first, each with its responses counted (said) and those answered (answered)."""
    there = Q(responses__removed_at=None)
    return Consultation.objects.filter(area=area).select_related("plan").annotate(
        said=Count("responses", filter=there, distinct=True),
        answered=Count("responses", filter=there & ~Q(responses__answer=""), distinct=True),
    ).order_by("-opens_on", "-id")  # what is grouped forgets the order of its table


def consultation_or_404(user: User, pk: int) -> Consultation:
    """A consultation of the user's own authority. Raises Http404."""
    return get_object_or_404(consultations_of(user.area), pk=pk)


def response_or_404(user: User, pk: int) -> ConsultationResponse:
    """A response to such a consultation. Raises Http404."""
    return get_object_or_404(ConsultationResponse.objects.select_related("consultation"), pk=pk, consultation__area=user.area)


def views_counted(consultation: Consultation) -> tuple[list[tuple[str, list[int], int]], list[int]]:
    """How many of each kind of respondent hold each view: (kind, the count of each view, all of them), and the totals."""
    held = Counter(consultation.responses.values_list("kind", "view"))
    kinds, views = ConsultationResponse.Kind.choices, ConsultationResponse.View.values
    rows = [(label, [held[kind, view] for view in views], sum(held[kind, view] for view in views)) for kind, label in kinds]
    return [row for row in rows if row[2]], [sum(held[kind, view] for kind, _ in kinds) for view in views]


def _to_be_done() -> Q:
    """Decisions that ask for something still to be done, as Decision.is_open says it of one."""
    asks = ~Q(kind=Decision.Kind.DECISION) | Q(owner__isnull=False)
    in_no_plan = Q(action=None) | Q(action__removed_at__isnull=False)
    return asks & Q(done_on=None) & (in_no_plan | Q(action__state=Action.State.OPEN))
