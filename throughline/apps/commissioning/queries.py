"""Questions of the commissioning room; another authority's records are never found."""

from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from throughline.apps.accounts.models import User
from throughline.apps.commissioning.models import CommissioningPlan, Contract, Intervention, Need, PlannedSpend, Priority
from throughline.apps.commissioning.places import Places, places_of
from throughline.apps.plans.models import Action, Plan


def plans_of(area: str) -> QuerySet[CommissioningPlan]:
    """An authority's commissioning plans, the latest year first."""
    return CommissioningPlan.objects.filter(area=area).select_related("agreed_by", "reported_to", "plan")


def plan_or_404(user: User, pk: int) -> CommissioningPlan:
    """A commissioning plan of the user's own authority. Raises Http404."""
    return get_object_or_404(plans_of(user.area), pk=pk)


def need_or_404(user: User, pk: int) -> Need:
    """A need of such a plan. Raises Http404."""
    return get_object_or_404(Need.objects.filter(year__removed_at=None).select_related("year"), pk=pk, year__area=user.area)


def priority_or_404(user: User, pk: int) -> Priority:
    """A priority of such a plan. Raises Http404."""
    return get_object_or_404(Priority.objects.filter(year__removed_at=None).select_related("year"), pk=pk, year__area=user.area)


def intervention_or_404(user: User, pk: int) -> Intervention:
    """An intervention of such a plan. Raises Http404."""
    there = Intervention.objects.filter(priority__removed_at=None, priority__year__removed_at=None)
    related = ("priority__year", "provider", "action__plan", "indicator")
    return get_object_or_404(there.select_related(*related), pk=pk, priority__year__area=user.area)


def interventions_for(action: Action) -> QuerySet[Intervention]:
    """What is commissioned for an action, in whatever year."""
    there = Intervention.objects.filter(action=action, priority__removed_at=None, priority__year__removed_at=None)
    return there.select_related("priority__year", "provider")


def contracts_about(action: Action) -> QuerySet[Contract]:
    """The contracts that an action is about."""
    return Contract.objects.filter(action=action).select_related("supplier")


def planned_or_404(user: User, pk: int) -> PlannedSpend:
    """What is planned for such an intervention. Raises Http404."""
    there = PlannedSpend.objects.filter(intervention__removed_at=None, intervention__priority__removed_at=None)
    related = there.select_related("intervention__priority__year")
    return get_object_or_404(related, pk=pk, intervention__priority__year__area=user.area)


def next_number(year: CommissioningPlan, model: type[Need] | type[Priority]) -> int:
    """The number after the highest of a year's needs or priorities, of those that were removed too: they may be brought back."""
    return (model.with_removed.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def actions_offered(area: str, held: int | None = None) -> QuerySet[Action]:
    """The actions of plans that are not over, for a form to offer, and the one held."""
    living = Q(plan__state__in=(Plan.State.DRAFT, Plan.State.APPROVED), plan__removed_at=None)
    return Action.objects.filter(plan__area=area).filter(living | Q(pk=held)).select_related("plan")


def removed_from_year(year: CommissioningPlan) -> list[Any]:
    """What was taken away from a year and can be brought back."""
    rows = [model.with_removed.filter(year=year).exclude(removed_at=None) for model in (Need, Priority)]
    gone = Intervention.with_removed.filter(priority__year=year, priority__removed_at=None).exclude(removed_at=None)
    return [*rows[0], *rows[1], *gone]


def removed_from_intervention(intervention: Intervention) -> list[Any]:
    """What was taken away from an intervention: plans of money, spend entries and statements, each still readable."""
    sets = (intervention.planned, intervention.spent, intervention.impact)
    return [row for held in sets for row in held.model.with_removed.filter(intervention=intervention).exclude(removed_at=None)]


def contracts_of(area: str) -> QuerySet[Contract]:
    """An authority's contracts, by title."""
    related = ("supplier", "lead", "action__plan")
    return Contract.objects.filter(area=area).select_related(*related).prefetch_related("counts__by")


def contract_or_404(user: User, pk: int) -> Contract:
    """A contract of the user's own authority. Raises Http404."""
    return get_object_or_404(contracts_of(user.area), pk=pk)


def find_contracts(area: str, on: date, *, words: str = "", asks: str = "", stage: str = "", which: str = "") -> list[Places]:
    """Contracts with their places on a day, by words of their title, number or supplier, by what they ask and by stage.

    which is "review" for those due a review, "short" for those with fewer places than expected, "silent" for those of which
    nobody has reported how many started, or "" for all.
    """
    found = contracts_of(area)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(supplier__name__icontains=word))
    rows = [places_of(contract, contract.counts.all(), on) for contract in (found.filter(asks=asks) if asks else found)]
    narrow = {"review": lambda row: row.contract.review(on) in ("overdue", "soon"), "short": lambda row: bool(row.short),
              "silent": lambda row: row.silent}.get(which)
    return [row for row in rows if (not stage or row.contract.stage(on) == stage) and (narrow is None or narrow(row))]
