"""Today: what is on each list, whom to speak to, and what has fallen due."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, queries
from throughline.apps.followup import rules as stated
from throughline.apps.followup.leavers import early_leavers
from throughline.apps.followup.register import register
from throughline.apps.followup.worklist import counts
from throughline.apps.organisations.access import of_own_authority
from throughline.core.ages import academic_year, academic_year_name
from throughline.ui.downloads import table_response

A_FEW = 5  # bulk updates of late


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """How many stand on each list, as CSV or XLSX; it names nobody."""
    request.audit_subject = ("follow-up", request.user.area, "Today")
    today, many = timezone.localdate(), counts(register(request.user.area))
    rows = [{"title": one.title, "many": many[one.id], "about": one.about} for one in stated.worklists(today).lists.values()]
    return table_response(kind, f"Worklists {today}", files.LIST_COLUMNS, rows, ["Somebody may stand on several lists."])


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def index(request: HttpRequest) -> HttpResponse:
    """How many stand on each list; it names nobody."""
    area, today = request.user.area, timezone.localdate()
    held = register(area)
    left, late = early_leavers(held, academic_year(today)), held.rules.worklists.early_leavers.days
    request.audit_subject = ("follow-up", area, "Today")
    shown = {
        "lists": stated.worklists(today).lists.values(), "counts": counts(held), "filters": queries.filters_of(area),
        "mine": queries.how_many(request.user),
        "checks": queries.checks_due(area).count(), "open_cases": queries.open_cases(area),
        "decisions": sum(meeting.open_decisions for meeting in queries.meetings_of(area)),
        "left": len(left), "left_of_late": sum(one.on >= today - timedelta(days=late) for one in left), "of_late": late,
        "year": academic_year_name(academic_year(today)),
        "bulks": queries.bulks_of(area)[:A_FEW],
    }
    return render(request, "followup/today.html", shown)
