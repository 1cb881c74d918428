"""The districts' monthly participation meetings: prepared, minuted, printed, and followed up."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.models import User, Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, meeting_list, queries
from throughline.apps.followup.actions import meetings as actions
from throughline.apps.followup.calendar import meeting_calendar
from throughline.apps.followup.forms import (
    ArrangeMeetingForm,
    DiscardMeetingForm,
    FinishDecisionForm,
    MeetingDecisionForm,
    PrepareMeetingForm,
)
from throughline.apps.followup.models import ListedLearner, MeetingDecision, ParticipationMeeting
from throughline.apps.followup.views.seen import form_about, noted
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import outside_of
from throughline.apps.learners.places import district_alone, district_name
from throughline.apps.learners.queries import districts_of
from throughline.apps.learners.sight import homes_shut_to
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved, say_done
from throughline.ui.calendars import MEDIA_TYPE
from throughline.ui.downloads import table_response
from throughline.ui.formats import count


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def index(request: HttpRequest) -> HttpResponse:
    """The meetings held and prepared; it names no young person."""
    request.audit_subject = ("participation meetings", request.user.area, "Participation meetings")
    return render(request, "followup/meetings.html", {
        "meetings": queries.meetings_of(request.user.area), "district_name": district_name, "district_alone": district_alone})


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download_index(request: HttpRequest, kind: str) -> HttpResponse:
    """The meetings as CSV or XLSX; it names no young person."""
    request.audit_subject = ("participation meetings", request.user.area, "Participation meetings")
    rows = files.meetings_rows(queries.meetings_of(request.user.area))
    return table_response(kind, "Participation meetings", files.MEETINGS_COLUMNS, list(rows), [])


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def prepare(request: HttpRequest) -> HttpResponse:
    """Make the list of a district's meeting, as the register stands now."""
    form = PrepareMeetingForm(request.POST or None, districts=districts_of(request.user))
    if meeting := saved(request, form, actions.prepare_meeting):
        messages.success(request, "The list is prepared. It stays as it is now, whatever changes in the register.")
        return redirect("followup:meeting", meeting.pk)
    return form_page(request, form, heading="Prepare a participation meeting", submit="Prepare the list",
                     back=reverse("followup:meetings"),
                     lead="The list is taken from the register as it stands now, and frozen. Restricted records and "
                          "those whose address is protected are left off it.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a meeting that was prepared by mistake, once it is said that this is meant."""
    meeting = queries.meeting_or_404(request.user, pk)
    request.audit_subject = _subject(meeting)
    if why := actions.why_it_stays(meeting):
        messages.error(request, why)
        return redirect("followup:meeting", pk)
    form = DiscardMeetingForm(request.POST or None, record=meeting)
    if saved(request, form, actions.discard_meeting, meeting=meeting):
        messages.success(request, "The meeting is discarded. It can be prepared anew.")
        return redirect("followup:meetings")
    return form_page(request, form, heading="Discard this meeting?", submit="Discard it",
                     back=reverse("followup:meeting", args=[pk]), caption=f"{meeting}, {district_alone(meeting.district)}",
                     lead=f"Its list of {count(meeting.many, 'young person', 'young people')} goes with it, and cannot be "
                          "brought back. A list that is prepared anew is of the register as it stands then.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when and where a meeting is held."""
    meeting = queries.meeting_or_404(request.user, pk)
    request.audit_subject = _subject(meeting)
    form = ArrangeMeetingForm(request.POST or None, record=meeting)
    if saved(request, form, actions.arrange_meeting, meeting=meeting):
        messages.success(request, "It is saved when and where the meeting is held.")
        return redirect("followup:meeting", pk)
    return form_page(request, form, heading="When and where is it held?", back=reverse("followup:meeting", args=[pk]),
                     caption=f"{meeting}, {district_alone(meeting.district)}")


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as a calendar file, which names no young person. Raises Http404 where its day is not known."""
    meeting = queries.meeting_or_404(request.user, pk)
    request.audit_subject = _subject(meeting)
    if meeting.held_on is None:
        raise Http404("The day of this meeting is not known yet.")
    address = request.build_absolute_uri(reverse("followup:meeting", args=[pk]))
    made = meeting_calendar(meeting, district_alone(meeting.district), address)
    response = HttpResponse(made, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"meeting-{meeting.held_on}.ics")
    return response


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its list as it was, what was decided about each, and what became of those listed last time."""
    return render(request, "followup/meeting.html", _parts(request, pk))


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The confidential paper, to be printed on A4."""
    return render(request, "followup/meeting_paper.html", _parts(request, pk))


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The list as CSV or XLSX."""
    parts = _parts(request, pk, Verb.DOWNLOADED)
    name = f"{parts['meeting']}, {parts['district']}"
    return table_response(kind, name, files.MEETING_COLUMNS, list(files.meeting_rows(parts["listed"])), files.NOTES, title=name)


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download_decisions(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What the meeting before and this one decided, with what came of it, as CSV or XLSX."""
    parts = _parts(request, pk, Verb.DOWNLOADED)
    shown = [one.pk for one in parts["listed"]]
    own = [one for one in meeting_list.decided_at(parts["meeting"]) if one.listed_id in shown]
    name = f"Decisions, {parts['meeting']}, {parts['district']}"
    rows = list(files.decision_rows([*parts["decided"], *own]))
    return table_response(kind, name, files.DECISION_COLUMNS, rows, files.NOTES, title=name)


def _parts(request: HttpRequest, pk: int, verb: str = Verb.LOOKED) -> dict[str, Any]:
    """A meeting and its list, those left out whose record was restricted or address protected since; the look is noted first."""
    meeting = queries.meeting_or_404(request.user, pk)
    decisions = Prefetch("decisions", MeetingDecision.objects.select_related("by"))
    listed = list(meeting.listed.select_related("learner").prefetch_related(decisions))
    shut = homes_shut_to(request.user)  # to be on the list of a district tells of a home
    shown = [one for one in listed if one.learner_id not in shut]
    before = queries.meeting_before(meeting)
    decided = [one for one in meeting_list.decided_at(before) if one.listed.learner_id not in shut]
    numbers = {one.learner.number for one in shown} | {one.listed.learner.number for one in decided}
    noted(request, _subject(meeting), sorted(numbers), verb)
    return {"meeting": meeting, "listed": shown, "since": len(listed) - len(shown), "before": before, "decided": decided,
            "after": queries.meeting_after(meeting), "stays": actions.why_it_stays(meeting),
            "undecided": sum(not one.decisions.all() for one in shown), "district": district_alone(meeting.district),
            "gone": outside_of({one.learner_id for one in shown} | {one.listed.learner_id for one in decided},
                               timezone.localdate())}


@require_POST
@of_own_authority(Permission.FOLLOW_UP)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a meeting."""
    try:
        actions.close_meeting(by=request.user, meeting=queries.meeting_or_404(request.user, pk))
        messages.success(request, "The meeting is closed. What it decided can still be said to be done.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("followup:meeting", pk)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Minute who is to do what about somebody."""
    mine = ListedLearner.objects.select_related("meeting").filter(meeting__area=request.user.area)
    listed = get_object_or_404(mine, pk=pk)
    learner = _listed_or_404(request.user, listed.learner_id)
    back = reverse("followup:meeting", args=[listed.meeting_id])
    if listed.meeting.closed_at:
        messages.error(request, actions.CLOSED)
        return redirect(back)
    form = MeetingDecisionForm(request.POST or None)
    if saved(request, form, actions.decide, listed=listed):
        say_done(request, form, "The decision is minuted.")
        return redirect(f"{back}#listed-{listed.pk}")
    return form_about(request, learner, form, heading="What was decided?", back=back)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def change_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Minute a decision otherwise, while its meeting is open."""
    decision, learner = _decision(request, pk)
    form = MeetingDecisionForm(request.POST or None, record=decision)
    back = reverse("followup:meeting", args=[decision.listed.meeting_id])
    if saved(request, form, actions.change_decision, decision=decision):
        messages.success(request, "The decision is changed.")
        return redirect(f"{back}#listed-{decision.listed_id}")
    return form_about(request, learner, form, heading="What was decided?", back=back)


@require_POST
@of_own_authority(Permission.FOLLOW_UP)
def take_decision_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a decision that was minuted wrongly, while its meeting is open."""
    decision, learner = _decision(request, pk)
    noted(request, learner)
    try:
        actions.take_decision_away(by=request.user, decision=decision, seen=request.POST.get("seen", ""))
        messages.success(request, "The decision is taken away.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(f"{reverse('followup:meeting', args=[decision.listed.meeting_id])}#listed-{decision.listed_id}")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a decision."""
    decision, learner = _decision(request, pk)
    form = FinishDecisionForm(request.POST or None, record=decision)
    back = reverse("followup:meeting", args=[decision.listed.meeting_id])
    if saved(request, form, actions.finish_decision, decision=decision):
        messages.success(request, "It is done.")
        return redirect(f"{back}#listed-{decision.listed_id}")
    return form_about(request, learner, form, heading="What came of it?", back=back, lead=decision.in_words)


def _decision(request: HttpRequest, pk: int) -> tuple[MeetingDecision, Learner]:
    """A decision of the authority's meetings, and the learner whom it is about and the reader may see. Raises Http404."""
    ours = MeetingDecision.objects.select_related("listed__meeting", "listed__learner")
    decision = ours.filter(listed__meeting__area=request.user.area, pk=pk).first()
    if decision is None:
        raise Http404("There is no such decision, or somebody has taken it away.")
    return decision, _listed_or_404(request.user, decision.listed.learner_id)


def _listed_or_404(user: User, pk: int) -> Learner:
    """Somebody on a meeting's list whom the reader may see there: to be on a district's list tells of a home. Raises Http404."""
    if pk in homes_shut_to(user):
        raise Http404("There is nobody like this on the list.")
    return queries.followed_or_404(user, pk)


def _subject(meeting: ParticipationMeeting) -> tuple[str, str, str]:
    return "participation meeting", str(meeting.pk), str(meeting)
