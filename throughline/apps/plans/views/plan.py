"""A plan's page, and changing what is said of the plan as a whole."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.actions import editing
from throughline.apps.plans.files import ACTION_COLUMNS, ACTION_NOTES, action_table
from throughline.apps.plans.forms.links import IndicatorsForm
from throughline.apps.plans.forms.plan import PlanForm
from throughline.apps.plans.indicators_shown import indicators_shown
from throughline.apps.plans.models import Plan
from throughline.apps.plans.plan_page import ONLY, RATINGS, asked_of, plan_page
from throughline.apps.plans.queries import plan_or_404, removed_from
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import approval
from throughline.ui.downloads import table_response
from throughline.ui.formats import count


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole plan: where it stands, its sections and their actions, narrowed as asked."""
    plan, asked, today = of_request(request, pk), asked_of(request.GET), timezone.localdate()
    shown = {
        "plan": plan, "page": plan_page(plan, today, asked), "asked": asked, "approval": approval(plan), "only": ONLY,
        "ratings": RATINGS, "removed": removed_from(plan), "indicators": indicators_shown(plan, request.user, today),
        "next_versions": list(plan.next_versions.filter(removed_at=None)),
        "supplements": list(plan.supplements.filter(removed_at=None)),
    }
    return render(request, "plans/plan.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The actions, narrowed as asked, as CSV or XLSX."""
    plan = of_request(request, pk)
    page = plan_page(plan, timezone.localdate(), asked_of(request.GET))
    return table_response(kind, f"{plan.title} actions", ACTION_COLUMNS, action_table(page), ACTION_NOTES, title=plan.title)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the plan's title, period and the like."""
    plan = of_request(request, pk)
    form = PlanForm(request.POST or None, area=request.user.area, record=plan)
    if saved(request, form, editing.change_plan, plan=plan):
        messages.success(request, "The plan is changed.")
        return redirect("plans:plan", pk)
    return form_page(request, form, heading="Change the plan", caption=plan.title, back=reverse("plans:plan", args=[pk]))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which indicators the plan as a whole is judged by."""
    plan = of_request(request, pk)
    form = IndicatorsForm(request.POST or None, record=plan)
    if saved(request, form, editing.set_indicators, of=plan):
        messages.success(request, "The plan's indicators are saved.")
        return redirect("plans:plan", pk)
    return form_page(request, form, heading="Indicators of the plan as a whole", caption=plan.title,
                     back=reverse("plans:plan", args=[pk]),
                     lead="Tick those that belong to no one section. A section and an action have their own.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the plan out of the lists."""
    plan = of_request(request, pk)
    try:
        alone = editing.remove_plan(by=request.user, plan=plan)
        said = f", and {count(len(alone), 'indicator')} that no other plan has out of the register" if alone else ""
        messages.success(request, f"{plan.title} is out of the lists{said}. You can bring it back at the foot of this page.")
    except RefusedError as error:
        messages.error(request, error.sentence)
        return redirect("plans:plan", pk)
    return redirect("plans:plans")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the plan back into the lists."""
    plan = of_request(request, pk, removed=True)
    alone = editing.restore_plan(by=request.user, plan=plan)
    said = f", and {count(len(alone), 'indicator')} with it" if alone else ""
    messages.success(request, f"{plan.title} is back{said}.")
    return redirect("plans:plan", pk)


def of_request(request: HttpRequest, pk: int, *, removed: bool = False) -> Plan:
    """The plan that a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    plan = plan_or_404(request.user, pk, removed=removed)
    request.audit_subject = subject_of(plan)
    return plan
