"""Coverage: every recommendation of every inspection, and what is being done about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.coverage import coverage
from throughline.apps.plans.files import COVERAGE_COLUMNS, COVERAGE_NOTES, coverage_rows
from throughline.ui.downloads import table_response

_SUBJECT = ("coverage", "", "Coverage of recommendations")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest) -> HttpResponse:
    """Inspection by inspection, the recommendations with nothing at all first."""
    request.audit_subject = _SUBJECT
    return render(request, "plans/coverage.html", {"inspections": coverage(request.user.area, timezone.localdate())})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    request.audit_subject = _SUBJECT
    rows = coverage_rows(coverage(request.user.area, timezone.localdate()))
    return table_response(kind, "coverage", COVERAGE_COLUMNS, rows, COVERAGE_NOTES, title="Coverage of recommendations")
