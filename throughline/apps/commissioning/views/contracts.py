"""The register of contracts, one contract with its apprenticeship places, and the total as an indicator's value."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.commissioning import queries
from throughline.apps.commissioning.actions import contracts as actions
from throughline.apps.commissioning.contract_files import COLUMNS, NOTES, REVIEWS, rows
from throughline.apps.commissioning.contract_forms import ContractForm, FindContractsForm, PlacesForm, TotalForm
from throughline.apps.commissioning.models import Contract, PlacesCount
from throughline.apps.commissioning.places import Places, places_of, totals
from throughline.apps.commissioning.subjects import subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.ui.downloads import table_response

_TOTAL = ("The number is that of today, over every contract of the register, counted since each contract began, ended ones too: "
          "not the number of one year. It is entered as though somebody had typed it: the indicator is judged by it, and "
          "a later value for the same period stands beside it.")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """The contracts, narrowed as asked, with what they come to together."""
    form, found = _found(request)
    today, area = timezone.localdate(), request.user.area
    query = {name: value for name, value in request.GET.items() if value and name in form.fields}
    every = queries.find_contracts(area, today) if query else found
    shown = {
        "form": form, "rows": found, "asked": query, "total": totals(found), "today": today, "reviews": REVIEWS,
        "due": sum(row.contract.review(today) in ("overdue", "soon") for row in every), "any": bool(every),
        "removed": Contract.with_removed.filter(area=area).exclude(removed_at=None),
    }
    return render(request, "commissioning/contracts.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The contracts that the register lists as CSV or XLSX."""
    return table_response(kind, "contracts", COLUMNS, list(rows(_found(request)[1])), NOTES, title="Contracts")


def _found(request: HttpRequest) -> tuple[FindContractsForm, list[Places]]:
    """How the register is narrowed, and what fits."""
    request.audit_subject = ("contracts", request.user.area, "Contracts")
    form = FindContractsForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return form, queries.find_contracts(request.user.area, timezone.localdate(), **asked)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: what it asks, what is expected by now, and everything that was reported."""
    contract, today = _of_request(request, pk), timezone.localdate()
    counts = list(contract.counts.all())
    shown = {"contract": contract, "places": places_of(contract, counts, today), "counts": counts,
             "stage": contract.stage(today), "review": REVIEWS[contract.review(today)],
             "removed": PlacesCount.with_removed.filter(contract=contract).exclude(removed_at=None)}
    return render(request, "commissioning/contract.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Register a contract."""
    form = ContractForm(request.POST or None, area=request.user.area)
    if contract := saved(request, form, actions.add_contract, area=request.user.area):
        messages.success(request, f"{contract} is registered.")
        return redirect("commissioning:contract", contract.pk)
    return form_page(request, form, heading="Register a contract", back=reverse("commissioning:contracts"))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contract, or what it asks about apprenticeships."""
    contract = _of_request(request, pk)
    form = ContractForm(request.POST or None, area=request.user.area, record=contract)
    if saved(request, form, actions.change_contract, contract=contract):
        messages.success(request, "The contract is changed.")
        return redirect("commissioning:contract", pk)
    return form_page(request, form, heading="Change a contract", caption=str(contract), back=_page_of(contract))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def count_places(request: HttpRequest, pk: int) -> HttpResponse:
    """Report apprenticeship places as of a day."""
    contract = _of_request(request, pk)
    form = PlacesForm(request.POST or None, latest=contract.counts.first())
    if saved(request, form, actions.count_places, contract=contract):
        messages.success(request, "The places are reported, beside what was reported before.")
        return redirect("commissioning:contract", pk)
    return form_page(request, form, heading="Report apprenticeship places", caption=str(contract), back=_page_of(contract))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_INDICATORS)
def enter_total(request: HttpRequest) -> HttpResponse:
    """Enter what all contracts come to as an indicator's value."""
    area = request.user.area
    request.audit_subject = ("contracts", area, "Contracts")
    total = totals(queries.find_contracts(area, timezone.localdate()))
    form = TotalForm(request.POST or None, area=area, total=total)
    if value := saved(request, form, actions.enter_total, area=area):
        messages.success(request, f"The value for {value.period} was saved.")
        return redirect("indicators:indicator", value.indicator_id)
    return form_page(request, form, heading="Enter the total as an indicator’s value", back=reverse("commissioning:contracts"),
                     lead=_TOTAL, submit="Enter the value")


def _of_request(request: HttpRequest, pk: int) -> Contract:
    """The contract that a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    contract = queries.contract_or_404(request.user, pk)
    request.audit_subject = subject_of(contract)
    return contract


def _page_of(contract: Contract) -> str:
    return reverse("commissioning:contract", args=[contract.pk])
