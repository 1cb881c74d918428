"""Reports being written: begin one, write it beside what the system fills in, issue it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.analytics.planwriting.excel import report_excel
from throughline.analytics.planwriting.pdf import PdfUnavailableError, report_pdf
from throughline.analytics.planwriting.word import report_word
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import roles_with
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.reports import actions
from throughline.apps.reports.compose import Written, as_content, gathered_for, report_of, written
from throughline.apps.reports.files import file_response
from throughline.apps.reports.forms import LEFT_OUT, IssueForm, StartForm, WriteForm
from throughline.apps.reports.models import DraftReport
from throughline.apps.reports.outlines import Outline, outlines
from throughline.apps.reports.queries import draft_or_404

_WRITERS = {"docx": report_word, "xlsx": report_excel, "pdf": report_pdf}


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.ISSUE_REPORTS)
def start(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    form = StartForm(request.POST or None, area=request.user.area, asked=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        draft = actions.start_draft(by=request.user, **form.cleaned_data)
        return redirect("reports:draft", draft.pk)
    return form_page(request, form, heading="Start a report", back=reverse("reports:reports"), submit="Start",
                     lead="The system fills in what the plan, its figures and its boards say; you add the words.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.ISSUE_REPORTS)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft, part by part."""
    draft = _draft(request, pk)
    outline = outlines()[draft.outline]
    form = WriteForm(request.POST or None, record=draft, outline=outline)
    if saved(request, form, actions.write_draft, draft=draft):
        messages.success(request, "The draft was saved.")
        return redirect("reports:draft", pk)
    shown = [(form[each["id"]], each) for each in as_content(_parts(draft, outline), whole=True)]
    about = {"draft": draft, "outline": outline, "form": form, "parts": shown, "left_out": form[LEFT_OUT], "issue": IssueForm(),
             "readers": [role.title for role in roles_with(Permission.SEE_PLANS)]}
    return render(request, "reports/draft.html", about)


@require_GET
@of_own_authority(Permission.ISSUE_REPORTS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A draft as a document, marked as one."""
    draft = _draft(request, pk)
    outline = outlines()[draft.outline]
    draft.title = f"Draft: {draft.title}"
    try:
        return file_response(draft.title, kind, _WRITERS[kind](report_of(draft, outline, _parts(draft, outline))))
    except PdfUnavailableError as error:
        shown = {"why": str(error), "back": reverse("reports:draft", args=[pk])}
        return render(request, "reports/no_pdf.html", shown, status=503)


@require_POST
@of_own_authority(Permission.ISSUE_REPORTS)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze a draft as a report."""
    draft = _draft(request, pk)
    form = IssueForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        issued = actions.issue(by=request.user, draft=draft, note=note)
    except DraftReport.DoesNotExist:
        messages.error(request, "This draft was issued or removed a moment ago.")
        return redirect("reports:reports")
    except actions.DraftChangedError:
        messages.error(request, "Somebody changed this draft while it was being laid out: it was not issued. Look at it again.")
        return redirect("reports:draft", pk)
    messages.success(request, f"Issued to {issued.board} as report {issued.number}. It is kept as it is now.")
    return redirect("reports:report", issued.pk)


@require_POST
@of_own_authority(Permission.ISSUE_REPORTS)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft out of the list."""
    draft = _draft(request, pk)
    actions.remove_draft(by=request.user, draft=draft)
    messages.success(request, format_html("The draft “{}” was removed. It can be brought back below.", draft.title))
    return redirect("reports:reports")


@require_POST
@of_own_authority(Permission.ISSUE_REPORTS)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed draft back."""
    draft = draft_or_404(request.user, pk, removed=True)
    request.audit_subject = actions.subject_of(draft)
    actions.restore_draft(by=request.user, draft=draft)
    messages.success(request, "The draft is back.")
    return redirect("reports:draft", pk)


def _draft(request: HttpRequest, pk: int) -> DraftReport:
    draft = draft_or_404(request.user, pk)
    request.audit_subject = actions.subject_of(draft)
    return draft


def _parts(draft: DraftReport, outline: Outline) -> list[Written]:
    return written(draft, outline, gathered_for(draft, outline))

