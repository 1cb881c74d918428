"""How long records are kept: what will be forgotten when, and what was, for whoever answers for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners import files, keeping
from throughline.apps.learners.codes import retention
from throughline.apps.organisations.access import of_own_authority
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def show(request: HttpRequest) -> HttpResponse:
    """The rule, the months in which records end, and the days on which some were forgotten; nobody is named."""
    area = _area(request)
    return render(request, "learners/keeping.html", {
        "rule": retention().on(timezone.localdate()), "endings": keeping.endings(area), "forgotten": keeping.forgotten(area)})


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def endings_download(request: HttpRequest, kind: str) -> HttpResponse:
    """What will be forgotten when, as CSV or XLSX."""
    rows = list(keeping.ending_rows(keeping.endings(_area(request))))
    return table_response(kind, "records-that-end", files.ENDING_COLUMNS, rows, [], title="Records that end, by month")


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def forgotten_download(request: HttpRequest, kind: str) -> HttpResponse:
    """What was forgotten when, as CSV or XLSX."""
    rows = list(keeping.forgotten_rows(keeping.forgotten(_area(request))))
    return table_response(kind, "records-forgotten", files.FORGOTTEN_COLUMNS, rows, [], title="Records that were forgotten")


def _area(request: HttpRequest) -> str:
    request.audit_subject = ("records kept", request.user.area, "How long records are kept")
    return request.user.area
