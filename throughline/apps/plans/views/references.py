"""The cross-references of a plan, and those of other plans to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.files import REFERENCE_COLUMNS, REFERENCE_NOTES, reference_rows
from throughline.apps.plans.referring import referring
from throughline.apps.plans.views.plan import of_request
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Every reference, the broken ones first."""
    plan = of_request(request, pk)
    return render(request, "plans/references.html", {"plan": plan, "referring": referring(plan)})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The plan's own references as CSV or XLSX."""
    plan = of_request(request, pk)
    return table_response(kind, f"{plan.title} cross-references", REFERENCE_COLUMNS, reference_rows(referring(plan)),
                          REFERENCE_NOTES, title=f"Cross-references of {plan.title}")
