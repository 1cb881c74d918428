"""The pages of the accounts room: people, the audit, who may do what, and your own account."""

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.providers.openid_connect.views import login as openid_connect_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from throughline.apps.accounts import actions, files, queries
from throughline.apps.accounts.access import require
from throughline.apps.accounts.forms import FindEntriesForm, FindPeopleForm, NewPersonForm, OwnDetailsForm, PersonForm
from throughline.apps.accounts.models import ACCOUNT_LIFE, AUDIT_LIFE, User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.places import authority_name, workplace_lines
from throughline.apps.accounts.roles import ALL_ROLES, OWN_AUTHORITY
from throughline.apps.accounts.second_factor import has_second_factor
from throughline.ui.downloads import csv_response, table_response

_PEOPLE_A_PAGE = 25
_ENTRIES_A_PAGE = 50
_SEARCH = "accounts.people_search"  # kept in the session, so that no address holds a person's name


@require_http_methods(["GET", "POST"])
@require(Permission.MANAGE_USERS)
def users(request: HttpRequest) -> HttpResponse:
    """Everyone who has an account; a search is posted, remembered and shown at the same address."""
    if request.method == "POST":
        request.session[_SEARCH] = {name: request.POST.get(name, "") for name in FindPeopleForm.base_fields}
        return redirect("accounts:users")
    form, asked = _asked_people(request)
    page = Paginator(queries.find_people(**asked), _PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/users.html", {"form": form, "page": page, "narrowed": any(asked.values())})


def _asked_people(request: HttpRequest) -> tuple[FindPeopleForm, dict[str, Any]]:
    """The search that is remembered, and what it asks for."""
    form = FindPeopleForm(request.session.get(_SEARCH, {}))
    return form, form.cleaned_data if form.is_valid() else {}


@require_GET
@require(Permission.MANAGE_USERS)
def users_download(request: HttpRequest, kind: str) -> HttpResponse:
    """Those whom the page of people lists, all pages of them, as CSV or XLSX."""
    request.audit_subject = ("people", "", "People")
    rows = list(files.people_rows(queries.find_people(**_asked_people(request)[1])))
    return table_response(kind, "people", files.PEOPLE_COLUMNS, rows, files.PEOPLE_NOTES, title="People")


@require_http_methods(["GET", "POST"])
@require(Permission.MANAGE_USERS)
def add_user(request: HttpRequest) -> HttpResponse:
    """Make an account and send its owner a letter."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.create_user(by=request.user, site=request.build_absolute_uri("/"), **form.cleaned_data)
        _say_made(request, user)
        return redirect("accounts:user", user.pk)
    return render(request, "accounts/add_user.html", {"form": form, "roles": ALL_ROLES})


def _say_made(request: HttpRequest, user: User) -> None:
    if user.letter_failed:
        messages.warning(request, f"{user.full_name} has an account, but the letter to them could not be sent. When mail "
                         "works again, they can choose “I have no password yet” on the sign-in page.")
    else:
        messages.success(request, f"{user.full_name} has an account, and a letter with a link to choose a password. "
                         f"{_works(user)}".strip())


@require_GET
@require(Permission.MANAGE_USERS)
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's account, and what can be done about it."""
    person = _person(request, pk)
    context = {"person": person, "second_factor": has_second_factor(person), "recent": queries.own_activity(person, 10),
               **_work_of(person)}
    return render(request, "accounts/user.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.MANAGE_USERS)
def change_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person's details or role."""
    person = _person(request, pk)
    own = person == request.user
    now = {name: getattr(person, name) for name in PersonForm.base_fields}
    form = (OwnDetailsForm if own else PersonForm)(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_user(by=request.user, user=person, **now | form.cleaned_data)
        except actions.LastAdministratorError as error:
            form.add_error("role", str(error))
        else:
            messages.success(request, f"The account of {person.full_name} is changed. {_works(person)}".strip())
            return redirect("accounts:user", pk)
    shown = {"form": form, "person": person, "roles": ALL_ROLES, "own": own, **_work_of(person)}
    return render(request, "accounts/change_user.html", shown)


def _work_of(person: User) -> dict[str, Any]:
    """For which authority a person works and at which places, by name."""
    return {"authority": f"{authority_name(person.area)}, {person.area}" if person.area else "None",
            "workplaces": workplace_lines(person.establishment, person.ukprn)}


def _works(person: User) -> str:
    """Where a person works, in a sentence for whoever has just said so; empty for nowhere."""
    work = _work_of(person)
    said = [*([f"for {work['authority']}"] if person.area else []), *(f"at {place}" for place in work["workplaces"])]
    return f"They work {', '.join(said)}." if said else ""


@require_http_methods(["GET", "POST"])
@require(Permission.MANAGE_USERS)
def confirm(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask before closing, opening or resetting an account, then do it."""
    person = _person(request, pk)
    problem = ""
    if request.method == "POST":
        try:
            STEPS[step](by=request.user, user=person)
        except actions.LastAdministratorError as error:
            problem = str(error)
        else:
            messages.success(request, f"Done for {person.full_name}.")
            return redirect("accounts:user", pk)
    return render(request, "accounts/confirm.html", {"person": person, "step": step, "problem": problem})


STEPS = {
    "deactivate": actions.deactivate_user,
    "reactivate": actions.reactivate_user,
    "reset-second-factor": actions.reset_second_factor,
}


def _person(request: HttpRequest, pk: int) -> User:
    """The person a page is of, noted for the audit. Answers 404 when there is none."""
    person = get_object_or_404(User, pk=pk)
    request.audit_subject = actions.subject_of(person)
    return person


@require_GET
@require(Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    form, entries = _asked_entries(request)
    page = Paginator(entries, _ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    areas = {entry.area for entry in page} - {""}
    context = {"form": form, "page": page, "asked": asked, "audit_life": AUDIT_LIFE,
               "authorities": {area: authority_name(area) for area in areas}}
    return render(request, "accounts/audit.html", context)


@require_GET
@require(Permission.SEE_AUDIT)
def audit_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, all of it."""
    _, entries = _asked_entries(request)
    rows = map(files.audit_row, entries.iterator(chunk_size=2000))
    return csv_response(f"audit-{timezone.localdate()}", files.AUDIT_COLUMNS, rows)


def _asked_entries(request: HttpRequest) -> tuple[FindEntriesForm, Any]:
    form = FindEntriesForm(request.GET)
    request.audit_subject = ("audit", "", "The audit")
    return form, queries.find_entries(**form.cleaned_data) if form.is_valid() else queries.find_entries().none()


@require_GET
@login_required
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what: every role in words, and the table of permissions by roles."""
    context = {"roles": ALL_ROLES, "permissions": list(Permission), "own_authority": OWN_AUTHORITY}
    return render(request, "accounts/roles.html", context)


@require_GET
@login_required
def roles_download(request: HttpRequest, kind: str) -> HttpResponse:
    """The table of permissions by roles as CSV or XLSX."""
    rows = list(files.role_rows())
    return table_response(kind, "roles", files.ROLE_COLUMNS, rows, files.role_notes(), title="Who may do what")


@require_GET
@login_required
def your_account(request: HttpRequest) -> HttpResponse:
    """The reader's own details, role, ways of signing in and recent activity."""
    context = {
        "second_factor": has_second_factor(request.user), "recent": queries.own_activity(request.user),
        "account_life": ACCOUNT_LIFE, "audit_life": AUDIT_LIFE, **_work_of(request.user),
    }
    return render(request, "accounts/your_account.html", context)


def not_here(request: HttpRequest, **_: Any) -> HttpResponse:
    """Pages of allauth that this site does not offer lead to the reader's own account."""
    return redirect("accounts:your_account")


def directory_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the council's directory, or say in words that it does not answer."""
    try:
        return openid_connect_login(request, provider_id=provider_id)
    except RequestException as error:
        provider = OpenIDConnectOAuth2Adapter(request, provider_id).get_provider()
        return render_authentication_error(request, provider, exception=error)
