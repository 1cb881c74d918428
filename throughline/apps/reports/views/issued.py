"""Reports as they were issued: the list, one report, and its files byte for byte."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.commissioning.queries import plan_or_404
from throughline.apps.commissioning.subjects import subject_of as subject_of_plan
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.reports.actions import subject_of
from throughline.apps.reports.files import FIELDS, file_response
from throughline.apps.reports.models import DraftReport
from throughline.apps.reports.queries import drafts_of, issued_of, issued_or_404
from throughline.ui.downloads import Column, table_response

_COLUMNS = [Column("number", "Number"), Column("title", "Title"), Column("board", "Board"), Column("plan", "Plan"),
            Column("as_at", "As at"), Column("issued_at", "Issued"), Column("issued_by", "Issued by")]
_LISTED = ("reports", "", "Reports")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """What was issued, and what is being written for those who write."""
    request.audit_subject = _LISTED
    writes = may(request.user, Permission.ISSUE_REPORTS)
    removed = DraftReport.with_removed.filter(area=request.user.area).exclude(removed_at=None).order_by("-removed_at")[:5]
    shown = {"issued": issued_of(request.user.area), "drafts": drafts_of(request.user.area) if writes else [],
             "removed": removed if writes else []}
    return render(request, "reports/reports.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def on_commissioning(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports that were issued on a year's commissioning plan."""
    plan = plan_or_404(request.user, pk)
    request.audit_subject = subject_of_plan(plan)
    issued = issued_of(request.user.area).filter(commissioning=plan)
    return render(request, "reports/on_commissioning.html", {"plan": plan, "issued": issued})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def list_download(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of issued reports as CSV or XLSX."""
    request.audit_subject = _LISTED
    rows = [{"number": each.number, "title": each.title, "board": str(each.board),
             "plan": str(each.plan or each.commissioning or ""), "as_at": each.as_at,
             "issued_at": each.issued_at, "issued_by": str(each.issued_by or "")}
            for each in issued_of(request.user.area)]
    return table_response(kind, "reports", _COLUMNS, rows, ["Reports as issued to boards."], title="Reports")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as it was issued."""
    report = issued_or_404(request.user, pk)
    request.audit_subject = subject_of(report)
    return render(request, "reports/report.html", {"report": report, "digests": _digests(report.media)})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One of its files, as it was made on the day."""
    report = issued_or_404(request.user, pk)
    request.audit_subject = subject_of(report)
    made = getattr(report, FIELDS[kind])
    if not made:
        raise Http404("No PDF could be laid out on the day it was issued; the Word document says the same.")
    return file_response(report.title, kind, made.encode() if isinstance(made, str) else bytes(made))


def _digests(media: dict[str, str]) -> list[tuple[str, str]]:
    names = {"word": "Word", "excel": "Excel", "pdf": "PDF"}
    return [(names[name], digest) for name, digest in media.items()]
