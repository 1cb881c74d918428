"""The list of plans, and starting one by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.actions import editing
from throughline.apps.plans.files import PLAN_COLUMNS, PLAN_NOTES, plan_rows
from throughline.apps.plans.forms.plan import PlanForm
from throughline.apps.plans.listing import listing
from throughline.apps.plans.models import Plan
from throughline.apps.plans.queries import plans_of
from throughline.ui.downloads import table_response

_SUBJECT = ("plans", "", "Plans")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """Every plan of the reader's authority."""
    request.audit_subject = _SUBJECT
    removed = Plan.with_removed.filter(area=request.user.area).exclude(removed_at=None)
    shown = {"listing": listing(plans_of(request.user), timezone.localdate()), "removed": removed}
    return render(request, "plans/plans.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as CSV or XLSX."""
    request.audit_subject = _SUBJECT
    rows = plan_rows(listing(plans_of(request.user), timezone.localdate()))
    return table_response(kind, "plans", PLAN_COLUMNS, rows, PLAN_NOTES, title="Plans")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Start a plan by hand."""
    form = PlanForm(request.POST or None, area=request.user.area)
    if plan := saved(request, form, editing.add_plan, area=request.user.area):
        messages.success(request, f"{plan.title} is started, as a draft. Now add its sections and actions.")
        return redirect("plans:plan", plan.pk)
    return form_page(request, form, heading="Start a plan", back=reverse("plans:plans"), submit="Start the plan",
                     lead="A plan that is written already can be read in from its document instead.")
