"""What a plan costs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.costing import costing
from throughline.apps.plans.files import COST_COLUMNS, COST_NOTES, cost_rows
from throughline.apps.plans.views.plan import of_request
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Totals by section, by who pays and by year, and what has no cost."""
    plan = of_request(request, pk)
    return render(request, "plans/costs.html", {"plan": plan, "costing": costing(plan)})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Every cost as CSV or XLSX."""
    plan = of_request(request, pk)
    return table_response(kind, f"{plan.title} costs", COST_COLUMNS, cost_rows(costing(plan)), COST_NOTES,
                          title=f"Costs of {plan.title}")
