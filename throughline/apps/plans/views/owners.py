"""Who owns what in a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.files import OWNER_COLUMNS, OWNER_NOTES, owner_rows
from throughline.apps.plans.owning import owning
from throughline.apps.plans.plan_page import action_rows
from throughline.apps.plans.views.plan import of_request
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Owner by owner, and the actions that nobody owns first."""
    plan = of_request(request, pk)
    owned, nobody = owning(action_rows([plan], timezone.localdate()))
    return render(request, "plans/owners.html", {"plan": plan, "owned": owned, "nobody": nobody})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One row an owner and action, as CSV or XLSX."""
    plan = of_request(request, pk)
    rows = owner_rows(*owning(action_rows([plan], timezone.localdate())))
    return table_response(kind, f"{plan.title} owners", OWNER_COLUMNS, rows, OWNER_NOTES, title=f"Who owns what in {plan.title}")
