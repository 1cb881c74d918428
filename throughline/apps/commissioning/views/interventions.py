"""What is commissioned: an intervention's page, what is planned and spent, and what it has changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.commissioning import queries
from throughline.apps.commissioning.actions import interventions as actions
from throughline.apps.commissioning.forms import ImpactForm, InterventionForm, PlannedForm, SpendForm
from throughline.apps.commissioning.models import Intervention
from throughline.apps.commissioning.subjects import subject_of
from throughline.apps.commissioning.totals import with_money
from throughline.apps.commissioning.views.years import page_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One intervention: all that is said of it, its money entry by entry, and what was said of its impact, the latest first."""
    intervention = _of_request(request, pk)
    [held] = with_money([intervention], timezone.localdate())
    shown = {"intervention": intervention, "held": held, "year": intervention.priority.year,
             "statements": intervention.impact.select_related("by"), "removed": queries.removed_from_intervention(intervention)}
    return render(request, "commissioning/intervention.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Commission something under a priority."""
    priority = queries.priority_or_404(request.user, pk)
    request.audit_subject = subject_of(priority)
    year = priority.year
    form = InterventionForm(request.POST or None, area=year.area, initial={"starts_on": year.starts_on})
    if intervention := saved(request, form, actions.add_intervention, priority=priority):
        messages.success(request, f"{intervention} is added. Now say what it is planned to cost.")
        return redirect("commissioning:intervention", intervention.pk)
    return form_page(request, form, heading="Commission something", caption=f"{priority}: {priority.title}", back=page_of(year))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an intervention."""
    intervention = _of_request(request, pk)
    form = InterventionForm(request.POST or None, area=request.user.area, record=intervention)
    if saved(request, form, actions.change_intervention, intervention=intervention):
        messages.success(request, "It is changed.")
        return redirect("commissioning:intervention", pk)
    return form_page(request, form, heading="Change what is commissioned", caption=intervention.title,
                     back=_page_of(intervention))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def plan_spend(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan to spend money from a fund."""
    intervention = _of_request(request, pk)
    form = PlannedForm(request.POST or None)
    if saved(request, form, actions.plan_spend, intervention=intervention):
        messages.success(request, "The planned spend is added.")
        return redirect("commissioning:intervention", pk)
    return form_page(request, form, heading="Plan spend from a fund", caption=intervention.title, back=_page_of(intervention))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change_planned(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is planned from a fund."""
    planned = queries.planned_or_404(request.user, pk)
    request.audit_subject = subject_of(planned)
    form = PlannedForm(request.POST or None, record=planned)
    if saved(request, form, actions.change_planned, planned=planned):
        messages.success(request, "The planned spend is changed.")
        return redirect("commissioning:intervention", planned.intervention_id)
    return form_page(request, form, heading="Change planned spend", caption=planned.intervention.title,
                     back=_page_of(planned.intervention))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def enter_spend(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was spent on a day."""
    intervention = _of_request(request, pk)
    form = SpendForm(request.POST or None, intervention=intervention)
    if saved(request, form, actions.enter_spend, intervention=intervention):
        messages.success(request, "The spend is entered. An entry is never changed: remove one that is wrong and enter it again.")
        return redirect("commissioning:intervention", pk)
    return form_page(request, form, heading="Enter spend", caption=intervention.title, back=_page_of(intervention))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def state_impact(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it has changed."""
    intervention = _of_request(request, pk)
    start = {"on": timezone.localdate(), "said_by": request.user.full_name}
    form = ImpactForm(request.POST or None, initial=start)
    if saved(request, form, actions.state_impact, intervention=intervention):
        messages.success(request, "It is recorded, beside what was said before.")
        return redirect("commissioning:intervention", pk)
    return form_page(request, form, heading="Say what it has changed", caption=intervention.title, back=_page_of(intervention))


def _of_request(request: HttpRequest, pk: int) -> Intervention:
    """The intervention that a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    intervention = queries.intervention_or_404(request.user, pk)
    request.audit_subject = subject_of(intervention)
    return intervention


def _page_of(intervention: Intervention) -> str:
    return reverse("commissioning:intervention", args=[intervention.pk])
