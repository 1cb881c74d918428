"""The needs and priorities of a year: adding and changing them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.commissioning import queries
from throughline.apps.commissioning.actions import years as actions
from throughline.apps.commissioning.forms import NeedForm, PriorityForm
from throughline.apps.commissioning.models import Need, Priority
from throughline.apps.commissioning.subjects import subject_of
from throughline.apps.commissioning.views.years import of_request, page_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Add something that is needed."""
    year = of_request(request, pk)
    form = NeedForm(request.POST or None, area=year.area, initial={"number": queries.next_number(year, Need)})
    if need := saved(request, form, actions.add_need, year=year):
        messages.success(request, f"{need} is added.")
        return redirect("commissioning:plan", pk)
    return form_page(request, form, heading="Add a need", caption=year.title, back=page_of(year))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a need."""
    need = _noted(request, queries.need_or_404(request.user, pk))
    form = NeedForm(request.POST or None, area=need.year.area, record=need)
    if saved(request, form, actions.change_need, need=need):
        messages.success(request, f"{need} is changed.")
        return redirect("commissioning:plan", need.year_id)
    return form_page(request, form, heading="Change a need", caption=need.year.title, back=page_of(need.year))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add_priority(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a priority that follows from needs."""
    year = of_request(request, pk)
    form = PriorityForm(request.POST or None, year=year, initial={"number": queries.next_number(year, Priority)})
    if priority := saved(request, form, actions.add_priority, year=year):
        messages.success(request, f"{priority} is added.")
        return redirect("commissioning:plan", pk)
    return form_page(request, form, heading="Add a priority", caption=year.title, back=page_of(year))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change_priority(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a priority, or the needs that it follows from."""
    priority = _noted(request, queries.priority_or_404(request.user, pk))
    form = PriorityForm(request.POST or None, year=priority.year, record=priority)
    if saved(request, form, actions.change_priority, priority=priority):
        messages.success(request, f"{priority} is changed.")
        return redirect("commissioning:plan", priority.year_id)
    return form_page(request, form, heading="Change a priority", caption=priority.year.title, back=page_of(priority.year))


def _noted(request: HttpRequest, record: Any) -> Any:
    request.audit_subject = subject_of(record)
    return record
