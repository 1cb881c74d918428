"""A plan against the baseline that was approved, and against the version before it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.comparing import Shown, against_baseline, between_versions, grouped
from throughline.apps.plans.files import CHANGE_COLUMNS, CHANGE_NOTES, change_rows
from throughline.apps.plans.models import Baseline, Plan
from throughline.apps.plans.views.plan import of_request
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def baseline(request: HttpRequest, pk: int) -> HttpResponse:
    """What is different from the plan as it was approved; ?of= names an earlier approval."""
    plan = of_request(request, pk)
    held = list(plan.baselines.select_related("board"))
    chosen = _chosen(request, held)
    changes = against_baseline(plan, chosen) if chosen else []
    shown = {"plan": plan, "baselines": held, "baseline": chosen, "groups": grouped(changes), "many": len(changes)}
    return render(request, "plans/baseline.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def baseline_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    plan = of_request(request, pk)
    chosen = _chosen(request, list(plan.baselines.all()))
    return _table(kind, plan, "against its baseline", against_baseline(plan, chosen) if chosen else [])


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan changes of the version before it."""
    plan = of_request(request, pk)
    found = between_versions(plan.previous, plan) if plan.previous else []
    return render(request, "plans/changes.html", {"plan": plan, "groups": grouped(found), "many": len(found)})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def changes_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    plan = of_request(request, pk)
    return _table(kind, plan, "what changed", between_versions(plan.previous, plan) if plan.previous else [])


def _table(kind: str, plan: Plan, what: str, found: list[Shown]) -> HttpResponse:
    return table_response(kind, f"{plan.title} {what}", CHANGE_COLUMNS, change_rows(found), CHANGE_NOTES,
                          title=f"{plan.title}: {what}")


def _chosen(request: HttpRequest, held: list[Baseline]) -> Baseline | None:
    """The baseline asked for, or else the newest; None where the plan has none."""
    asked = request.GET.get("of", "")
    return next((each for each in held if str(each.pk) == asked), held[0] if held else None)
