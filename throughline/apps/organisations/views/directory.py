"""The directory: whom plans may name, by which codes; adding, changing, closing and merging entries."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations import files, queries
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions import directory as actions
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.organisations.forms import FindPartiesForm, MergeForm, PartyForm
from throughline.apps.organisations.models import Party
from throughline.ui.downloads import table_response

_A_PAGE = 50
_SEARCH = "organisations.directory_search"  # kept in the session, so that no address holds a person's name
_LEAD = "Plans name people, posts and organisations, often by initials. Each stands here once, so that an action finds its owner."


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """The directory of the reader's authority; a search is posted, remembered and shown at the same address."""
    if request.method == "POST":
        request.session[_SEARCH] = {name: request.POST.get(name, "") for name in FindPartiesForm.base_fields}
        return redirect("organisations:directory")
    form, asked = _asked(request)
    request.audit_subject = ("directory", request.user.area, "The directory")
    page = Paginator(queries.find_parties(request.user.area, **asked), _A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "narrowed": any(asked.values()), "lead": _LEAD}
    return render(request, "organisations/directory.html", shown)


def _asked(request: HttpRequest) -> tuple[FindPartiesForm, dict[str, Any]]:
    """The search that is remembered, and what it asks for."""
    form = FindPartiesForm(request.session.get(_SEARCH, {}), area=request.user.area)
    return form, form.cleaned_data if form.is_valid() else {}


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Those whom the directory lists, all pages of them, as CSV or XLSX."""
    request.audit_subject = ("directory", request.user.area, "The directory")
    rows = files.party_rows(queries.find_parties(request.user.area, **_asked(request)[1]))
    return table_response(kind, "directory", files.PARTY_COLUMNS, list(rows), files.PARTY_NOTES, title="Directory")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its codes, whom it works for, and the boards it sits on."""
    party = _party(request, pk)
    shown = {"party": party, "seats": queries.seats_of(party), "merger": queries.merger_to_undo(party),
             "people": party.people.filter(closed_on=None), "reported_to_by": party.reported_to_by.filter(closed_on=None)}
    return render(request, "organisations/party.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Add an entry."""
    form = PartyForm(request.POST or None, area=request.user.area)
    if party := saved(request, form, actions.add_party, area=request.user.area):
        messages.success(request, f"{party} is in the directory.")
        return redirect("organisations:party", party.pk)
    return form_page(request, form, heading="Add to the directory", back=reverse("organisations:directory"), lead=_LEAD)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry and its codes."""
    party = _party(request, pk)
    form = PartyForm(request.POST or None, area=request.user.area, record=party)
    if saved(request, form, actions.change_party, party=party):
        messages.success(request, f"{party} is changed.")
        return redirect("organisations:party", pk)
    return form_page(request, form, heading="Change an entry", caption=party.name,
                     back=reverse("organisations:party", args=[pk]))


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an entry."""
    party = _party(request, pk)
    actions.close_party(by=request.user, party=party)
    messages.success(request, f"{party} is closed. You can open the entry again on this page.")
    return redirect("organisations:party", pk)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed entry again."""
    party = _party(request, pk)
    try:
        actions.reopen_party(by=request.user, party=party)
        messages.success(request, f"{party} is open again.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("organisations:party", pk)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an entry is the same as another: choose which, see what would move, then do it."""
    party = _party(request, pk)
    form = MergeForm(request.POST or None, party=party)
    into: Party | None = form.cleaned_data["into"] if request.method == "POST" and form.is_valid() else None
    if into and request.POST.get("sure"):
        try:
            actions.merge_parties(by=request.user, kept=into, merged=party)
            messages.success(request, f"{party} is merged into {into}. You can undo this on the page of {party}.")
            return redirect("organisations:party", into.pk)
        except RefusedError as error:
            form.add_error(error.field, error.sentence)
    shown = {"party": party, "into": into if form.is_valid() else None, "moves": actions.what_points_at(party)}
    return form_page(request, form, heading="Merge with another entry", back=reverse("organisations:party", args=[pk]),
                     template="organisations/merge.html", **shown)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def undo_merger(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two entries again."""
    party = _party(request, pk)
    merger = get_object_or_404(party.mergers_away, undone_at=None)
    try:
        actions.undo_merger(by=request.user, merger=merger)
        messages.success(request, f"{party} is an entry of its own again.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("organisations:party", pk)


def _party(request: HttpRequest, pk: int) -> Party:
    """The entry a page is of, noted for the audit. Answers 404 when the reader's directory has none."""
    party = queries.party_or_404(request.user, pk)
    request.audit_subject = actions.subject_of(party)
    return party
