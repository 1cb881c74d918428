"""Meetings: the calendar of them, each with its agenda, papers, attendance, minutes and decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.governance import files, queries
from throughline.apps.governance.actions import meetings as actions
from throughline.apps.governance.forms import AttendanceForm, FindMeetingsForm, MeetingForm, MinutesForm
from throughline.apps.governance.models import Meeting
from throughline.apps.governance.subjects import subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.organisations.queries import own_board_ids
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """Meetings that are coming up, or those past; the reader's own boards first."""
    form, asked = _asked(request)
    own = own_board_ids(request.user)
    listed = list(queries.meetings_of(request.user.area, **asked))
    groups = [
        ("own", "Your boards", [meeting for meeting in listed if meeting.board_id in own]),
        ("others", "Other boards" if own else "Meetings", [meeting for meeting in listed if meeting.board_id not in own]),
    ]
    shown = {"form": form, "groups": groups, "listed": listed, "asked": _query(request)}
    return render(request, "governance/meetings.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The meetings that the page lists, as CSV or XLSX."""
    rows = files.meeting_rows(queries.meetings_of(request.user.area, **_asked(request)[1]))
    return table_response(kind, "meetings", files.MEETING_COLUMNS, list(rows), [], title="Meetings")


def _asked(request: HttpRequest) -> tuple[FindMeetingsForm, dict[str, Any]]:
    """How the list is narrowed; those coming up unless it says otherwise."""
    request.audit_subject = ("meetings", request.user.area, "Meetings")
    form = FindMeetingsForm(request.GET, area=request.user.area)
    asked = form.cleaned_data if form.is_valid() else {}
    when = asked.get("when") or "coming"
    return form, {"board": asked.get("board"), "when": "" if when == "all" else when}


def _query(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.GET.items() if value and name in FindMeetingsForm.base_fields}


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting, whole."""
    meeting = _meeting(request, pk)
    shown = {**_parts(meeting), "removed": queries.removed_from(meeting), "questions": meeting.questions.all(),
             "versions": meeting.minutes_versions.select_related("by")}
    return render(request, "governance/meeting.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def printed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The agenda or the minutes on a page of their own, to be printed."""
    meeting = _meeting(request, pk)
    return render(request, f"governance/{what}.html", _parts(meeting))


def _parts(meeting: Meeting) -> dict[str, Any]:
    """What a meeting is made of, for its page and for print."""
    papers = list(queries.papers_for(meeting))
    decisions = meeting.decisions.select_related("owner", "plan", "section__plan", "indicator", "action__plan")
    agenda = [(item, [paper for paper in papers if paper.item_id == item.pk]) for item in meeting.agenda.all()]
    return {
        "meeting": meeting, "agenda": agenda, "papers": papers, "attendance": queries.attendance_of(meeting),
        "decisions": [(made, files.state_of(made)) for made in decisions],
    }


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a meeting."""
    form = MeetingForm(request.POST or None, area=request.user.area, initial={"board": request.GET.get("board", "")[:10]})
    if meeting := saved(request, form, actions.add_meeting):
        messages.success(request, f"{meeting}: the meeting is added.")
        return redirect("governance:meeting", meeting.pk)
    return form_page(request, form, heading="Add a meeting", back=reverse("governance:meetings"))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change when or where a meeting is, or say whether it took place."""
    meeting = _meeting(request, pk)
    form = MeetingForm(request.POST or None, area=request.user.area, record=meeting)
    if saved(request, form, actions.change_meeting, meeting=meeting):
        messages.success(request, "The meeting is changed.")
        return redirect("governance:meeting", pk)
    return form_page(request, form, heading="Change a meeting", caption=str(meeting),
                     back=reverse("governance:meeting", args=[pk]))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes, or say when they were agreed."""
    meeting = _meeting(request, pk)
    form = MinutesForm(request.POST or None, record=meeting)
    if saved(request, form, actions.write_minutes, meeting=meeting):
        messages.success(request, "The minutes are saved.")
        return redirect("governance:meeting", pk)
    return form_page(request, form, heading="Minutes", caption=str(meeting), back=reverse("governance:meeting", args=[pk]),
                     lead="What was decided is listed on its own, under Decisions, so that it can be followed up.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who came."""
    meeting = _meeting(request, pk)
    form = AttendanceForm(request.POST or None, record=meeting)
    if saved(request, form, actions.record_attendance, meeting=meeting):
        messages.success(request, "Who came is recorded.")
        return redirect("governance:meeting", pk)
    return form_page(request, form, heading="Who came?", caption=str(meeting), back=reverse("governance:meeting", args=[pk]),
                     lead="Those who sat on the board on that day are listed.", template="governance/attendance.html")


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    meeting = queries.meeting_or_404(request.user, pk)
    request.audit_subject = subject_of(meeting)
    return meeting
