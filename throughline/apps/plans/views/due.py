"""What is overdue and what is coming up in every plan of the authority."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans import due
from throughline.ui.downloads import table_response

_SUBJECT = ("due dates", "", "Due dates")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest) -> HttpResponse:
    """Actions and milestones by owner or by plan, narrowed as asked."""
    request.audit_subject = _SUBJECT
    rows, asked = due.due_rows(request.user, timezone.localdate()), due.asked_of(request.GET)
    kept = [row for row in rows if asked.keeps(row)]
    plans, owners = due.choices(rows)
    shown = {
        "asked": asked, "groups": due.grouped(kept, asked), "many": len(kept), "all": len(rows), "plans": plans,
        "owners_choice": owners,
        "overdue": sum(row.overdue for row in kept), "kinds": due.KINDS, "which": due.WHICH, "by": due.BY,
    }
    return render(request, "plans/due.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same rows, narrowed as asked, as CSV or XLSX."""
    request.audit_subject = _SUBJECT
    asked = due.asked_of(request.GET)
    rows = [row for row in due.due_rows(request.user, timezone.localdate()) if asked.keeps(row)]
    return table_response(kind, "due dates", due.COLUMNS, due.file_rows(rows), due.NOTES, title="Due dates")
