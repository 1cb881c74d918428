"""From an inspection's recommendation to the figure that shows it answered, and the minute that decided it; and back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import indicator_or_404, sees_entered
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.models import Plan
from throughline.apps.plans.queries import plan_or_404, plans_of
from throughline.apps.reports.spine import Strand, figure_words, plans_with, rows, source_words, spine
from throughline.ui.downloads import Column, table_response

_COLUMNS = [Column("recommendation", "Recommendation"), Column("section", "Priority or section"), Column("action", "Action"),
            Column("rating", "Rating"), Column("indicator", "Indicator"), Column("target", "Target"), Column("figure", "Figure"),
            Column("source", "Source"), Column("status", "Status"), Column("minutes", "Decided by")]
_NOTE = ["One row for each action and indicator. A rating is the newest given; a status is Throughline's own judgement."]


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """The plans whose strands may be followed."""
    request.audit_subject = ("plans", "", "Plans")
    living = plans_of(request.user).exclude(state=Plan.State.SUPERSEDED)
    return render(request, "reports/spines.html", {"plans": living, "indicator": None})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The strands of one plan, or those that lead to one indicator."""
    return _page(request, _plan(request, pk), _indicator(request))


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """From an indicator back to what it is for: the strands of the one plan that has it, else the plans to choose from."""
    indicator = indicator_or_404(request.user, pk)
    request.audit_subject = ("indicator", str(pk), str(indicator))
    plans = list(plans_with(indicator))
    if len(plans) == 1:
        return _page(request, plans[0], indicator)
    return render(request, "reports/spines.html", {"plans": plans, "indicator": indicator})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The strands as a flat table, CSV or XLSX."""
    plan, indicator = _plan(request, pk), _indicator(request)
    strands = _strands(request, plan, indicator)
    name = f"{plan.title} from recommendation to figure"
    return table_response(kind, name, _COLUMNS, list(rows(strands)), _NOTE, title=plan.title)


def _page(request: HttpRequest, plan: Plan, indicator: Indicator | None) -> HttpResponse:
    strands = _strands(request, plan, indicator)
    shown = {"plan": plan, "strands": strands, "indicator": indicator, "figure_words": figure_words, "source_words": source_words}
    return render(request, "reports/spine.html", shown)


def _strands(request: HttpRequest, plan: Plan, indicator: Indicator | None) -> list[Strand]:
    pk = indicator.pk if indicator else None
    return spine(plan, timezone.localdate(), pk, entered=sees_entered(request.user))


def _plan(request: HttpRequest, pk: int) -> Plan:
    plan = plan_or_404(request.user, pk)
    request.audit_subject = ("plan", str(plan.pk), plan.title)
    return plan


def _indicator(request: HttpRequest) -> Indicator | None:
    asked = request.GET.get("indicator", "")
    return Indicator.objects.filter(area=request.user.area, pk=asked).first() if asked.isdigit() else None
