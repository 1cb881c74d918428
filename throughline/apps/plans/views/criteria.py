"""Success criteria: whether a plan did what it said it would, who judged so and on what evidence."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans import success
from throughline.apps.plans.actions.judging import judge_criterion
from throughline.apps.plans.forms.criterion import JudgementForm
from throughline.apps.plans.models import SuccessCriterion
from throughline.apps.plans.parts import WHOLE, hung_on, taken_out_of
from throughline.apps.plans.queries import plan_or_404
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.views.plan import of_request
from throughline.apps.plans.words import VERDICT_COLOURS, action_name, section_name
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Every criterion of a plan with the latest word on it."""
    plan = of_request(request, pk)
    groups = success.success(plan)
    shown = {"plan": plan, "groups": groups, "counts": success.counts(groups), "verdict_colours": VERDICT_COLOURS,
             "whole": list(SuccessCriterion.objects.filter(**hung_on(plan)).select_related("indicator")),
             "taken_out": taken_out_of(plan, WHOLE)}
    return render(request, "plans/success.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One row a criterion, as CSV or XLSX."""
    plan = of_request(request, pk)
    rows = success.success_rows(success.success(plan))
    return table_response(kind, f"{plan.title} success", success.COLUMNS, rows, success.NOTES,
                          title=f"Success criteria of {plan.title}")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def history(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Every judgement of one criterion."""
    criterion = _criterion(request, plan, pk)
    judgements = criterion.judgements.select_related("by")
    shown = {"plan": criterion.plan, "criterion": criterion, "judgements": judgements, "verdict_colours": VERDICT_COLOURS,
             "of": _of(criterion)}
    return render(request, "plans/criterion.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def judge(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Judge one criterion."""
    criterion = _criterion(request, plan, pk)
    back = reverse("plans:success", args=[plan]) + f"#criterion-{pk}"
    form = JudgementForm(request.POST or None, area=request.user.area)
    if made := saved(request, form, judge_criterion, criterion=criterion):
        verdict = made.get_verdict_display().lower()
        messages.success(request, f"Judged: {verdict}. A later judgement takes its place, and this one stays in its history.")
        return redirect(back)
    more = {"criterion": criterion, "judgements": criterion.judgements.select_related("by"), "verdict_colours": VERDICT_COLOURS}
    return form_page(request, form, heading="Was it met?", caption=_of(criterion), back=back, template="plans/judge.html", **more)


def _criterion(request: HttpRequest, plan: int, pk: int) -> SuccessCriterion:
    rows = SuccessCriterion.objects.select_related("plan", "section__plan", "action__plan", "indicator")
    found = rows.filter(pk=pk, plan=plan_or_404(request.user, plan)).first()
    if found is None:
        raise Http404("There is no such success criterion in that plan.")
    request.audit_subject = subject_of(found.action or found.section or found.plan)
    return found


def _of(criterion: SuccessCriterion) -> str:
    if criterion.action:
        return action_name(criterion.action)
    return section_name(criterion.section) if criterion.section else criterion.plan.title
