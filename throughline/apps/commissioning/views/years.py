"""A year's commissioning plan: the list of years, one year's page and files, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.commissioning import queries
from throughline.apps.commissioning.actions import years as actions
from throughline.apps.commissioning.figures import figures_of
from throughline.apps.commissioning.files import FILES, NOTES
from throughline.apps.commissioning.forms import AgreeForm, CommissioningPlanForm, ReportedForm
from throughline.apps.commissioning.models import CommissioningPlan
from throughline.apps.commissioning.subjects import subject_of
from throughline.apps.commissioning.totals import year_on, years_on
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.ui.downloads import table_response

_AGREED = ("Needs, priorities, what is commissioned and what is planned to be spent stay as they are from then on, unless it is "
           "taken back to draft. What is spent and what it changes is entered all the same. Each need keeps the figure that "
           "showed it: an indicator's as known on that day, a published measure's as it is today.")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """Every year's plan of the reader's authority, with what is planned and what has been spent."""
    request.audit_subject = ("commissioning plans", request.user.area, "Commissioning")
    removed = CommissioningPlan.with_removed.filter(area=request.user.area).exclude(removed_at=None)
    years = years_on(queries.plans_of(request.user.area), timezone.localdate())
    return render(request, "commissioning/plans.html", {"years": years, "removed": removed})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One year: its needs, its priorities with what is commissioned under them, its money, and what is missing."""
    plan = of_request(request, pk)
    shown = {"plan": plan, "year": year_on(plan, timezone.localdate()), "figures": _figures(request, plan),
             "removed": queries.removed_from_year(plan)}
    return render(request, "commissioning/plan.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """One of the year's tables as CSV or XLSX."""
    plan, file = of_request(request, pk), FILES[table]
    shown = _figures(request, plan) if table == "needs" else {}
    rows = list(file.rows(year_on(plan, timezone.localdate()), shown))
    return table_response(kind, f"{plan.title} {table}", file.columns, rows, NOTES, title=f"{file.title}: {plan.title}")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Start a year's plan."""
    form = CommissioningPlanForm(request.POST or None, area=request.user.area)
    if plan := saved(request, form, actions.add_plan, area=request.user.area):
        messages.success(request, f"{plan.title} is started, as a draft. Now add what is needed.")
        return redirect("commissioning:plan", plan.pk)
    return form_page(request, form, heading="Start a commissioning plan", back=reverse("commissioning:plans"),
                     submit="Start the plan")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of the year as a whole."""
    plan = of_request(request, pk)
    form = CommissioningPlanForm(request.POST or None, area=request.user.area, record=plan)
    if saved(request, form, actions.change_plan, year=plan):
        messages.success(request, "The plan is changed.")
        return redirect("commissioning:plan", pk)
    return form_page(request, form, heading="Change the commissioning plan", caption=plan.title, back=page_of(plan))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Record which board agreed it."""
    plan = of_request(request, pk)
    form = AgreeForm(request.POST or None, area=request.user.area, initial={"agreed_on": timezone.localdate()})
    if request.method == "POST" and saved(request, form, actions.agree, year=plan):
        messages.success(request, f"Recorded: agreed by {plan.agreed_by}.")
        return redirect("commissioning:plan", pk)
    return form_page(request, form, heading="Record that it is agreed", caption=plan.title, back=page_of(plan), lead=_AGREED,
                     submit="Record it")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Record which board was told what came of it."""
    plan = of_request(request, pk)
    form = ReportedForm(request.POST or None, area=request.user.area, initial={"reported_on": timezone.localdate()})
    if request.method == "POST" and saved(request, form, actions.report, year=plan):
        messages.success(request, f"Recorded: reported to {plan.reported_to}.")
        return redirect("commissioning:plan", pk)
    return form_page(request, form, heading="Record that it is reported", caption=plan.title, back=page_of(plan),
                     submit="Record it")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an agreed plan a draft again."""
    return _turn(request, pk, actions.take_back, "It is a draft again. Have it agreed once more when it is changed.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def take_report_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo that it was reported."""
    return _turn(request, pk, actions.take_report_back, "It counts as not reported.")


def _turn(request: HttpRequest, pk: int, action: Any, said: str) -> HttpResponse:
    plan = of_request(request, pk)
    try:
        action(by=request.user, year=plan)
        messages.success(request, said)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("commissioning:plan", pk)


def of_request(request: HttpRequest, pk: int) -> CommissioningPlan:
    """The plan that a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    plan = queries.plan_or_404(request.user, pk)
    request.audit_subject = subject_of(plan)
    return plan


def page_of(plan: CommissioningPlan) -> str:
    """The address of its page."""
    return reverse("commissioning:plan", args=[plan.pk])


def _figures(request: HttpRequest, plan: CommissioningPlan) -> dict[int, Any]:
    """What shows each need, as the reader may see it."""
    needs = plan.needs.select_related("indicator")
    return figures_of(needs, plan.area, timezone.localdate(), entered=may(request.user, Permission.SEE_ENTERED_FIGURES))
