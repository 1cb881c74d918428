"""Taking away what was put down by mistake, and bringing it back, for every sort of record of this room."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.commissioning.actions import removal as actions
from throughline.apps.commissioning.models import (
    CommissioningPlan,
    Contract,
    ImpactStatement,
    Intervention,
    Need,
    PlacesCount,
    PlannedSpend,
    Priority,
    SpendEntry,
)
from throughline.apps.commissioning.subjects import Kept, subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError


def _its_year(kept: Any) -> str:
    return reverse("commissioning:plan", args=[kept.priority.year_id if isinstance(kept, Intervention) else kept.year_id])


def _its_intervention(kept: Any) -> str:
    return reverse("commissioning:intervention", args=[kept.intervention_id])


# Each sort: its model, the way to its authority, and the page on which it is listed, removed or not.
SORTS: dict[str, tuple[Any, str, Callable[[Any], str]]] = {
    "plan": (CommissioningPlan, "area", lambda kept: reverse("commissioning:plans")),
    "need": (Need, "year__area", _its_year),
    "priority": (Priority, "year__area", _its_year),
    "intervention": (Intervention, "priority__year__area", _its_year),
    "planned": (PlannedSpend, "intervention__priority__year__area", _its_intervention),
    "spend": (SpendEntry, "intervention__priority__year__area", _its_intervention),
    "impact": (ImpactStatement, "intervention__priority__year__area", _its_intervention),
    "contract": (Contract, "area", lambda kept: reverse("commissioning:contracts")),
    "places": (PlacesCount, "contract__area", lambda kept: reverse("commissioning:contract", args=[kept.contract_id])),
}


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Take a record out of sight."""
    return _turn(request, sort, pk, actions.remove, "removed. You can bring it back at the end of this page.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def bring_back(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Undo a removal."""
    return _turn(request, sort, pk, actions.bring_back, "brought back.")


def _turn(request: HttpRequest, sort: str, pk: int, action: Any, said: str) -> HttpResponse:
    model, area, page_of = SORTS[sort]
    kept: Kept = get_object_or_404(model.with_removed, pk=pk, **{area: request.user.area})
    request.audit_subject = subject_of(kept)
    try:
        action(by=request.user, kept=kept)
        messages.success(request, f"{kept}: {said}")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(page_of(kept))
