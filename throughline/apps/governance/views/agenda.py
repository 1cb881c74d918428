"""The agenda of a meeting and the papers for it: adding, changing, and handing a paper over."""

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.governance import queries
from throughline.apps.governance.actions import meetings as actions
from throughline.apps.governance.forms import ItemForm, NewPaperForm, PaperForm
from throughline.apps.governance.models import Meeting
from throughline.apps.governance.subjects import subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something on the agenda."""
    meeting = queries.meeting_or_404(request.user, pk)
    request.audit_subject = subject_of(meeting)
    form = ItemForm(request.POST or None, initial={"number": (meeting.agenda.aggregate(last=Max("number"))["last"] or 0) + 1})
    if item := saved(request, form, actions.add_item, meeting=meeting):
        messages.success(request, f"“{item.title}” is on the agenda.")
        return redirect("governance:meeting", pk)
    return form_page(request, form, heading="Add to the agenda", caption=str(meeting), back=_page_of(meeting))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item of the agenda."""
    item = queries.item_or_404(request.user, pk)
    request.audit_subject = subject_of(item)
    form = ItemForm(request.POST or None, record=item)
    if saved(request, form, actions.change_item, item=item):
        messages.success(request, "The agenda is changed.")
        return redirect("governance:meeting", item.meeting_id)
    return form_page(request, form, heading="Change an item of the agenda", caption=str(item.meeting),
                     back=_page_of(item.meeting))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a paper for a meeting."""
    meeting = queries.meeting_or_404(request.user, pk)
    request.audit_subject = subject_of(meeting)
    start = {"number": queries.next_number(meeting.papers)}
    form = NewPaperForm(request.POST or None, request.FILES or None, meeting=meeting, initial=start)
    if paper := saved(request, form, actions.add_paper, meeting=meeting):
        messages.success(request, f"“{paper.title}” is with the papers.")
        return redirect("governance:meeting", pk)
    return form_page(request, form, heading="Add a paper", caption=str(meeting), back=_page_of(meeting),
                     lead="Everybody of your authority who may see plans may read it.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a paper is called and where it belongs."""
    paper = queries.paper_or_404(request.user, pk)
    request.audit_subject = subject_of(paper)
    form = PaperForm(request.POST or None, record=paper, meeting=paper.meeting)
    if saved(request, form, actions.change_paper, paper=paper):
        messages.success(request, "The paper is changed.")
        return redirect("governance:meeting", paper.meeting_id)
    return form_page(request, form, heading="Change a paper", caption=str(paper.meeting), back=_page_of(paper.meeting))


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a paper over as the file that it is, never to be opened within this site. Answers 404 for an address."""
    held = queries.paper_or_404(request.user, pk)
    request.audit_subject = subject_of(held)
    if held.address:
        raise Http404("This paper is not a file, but is somewhere else.")
    response = HttpResponse(bytes(held.content), content_type=held.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=held.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def _page_of(meeting: Meeting) -> str:
    return reverse("governance:meeting", args=[meeting.pk])
