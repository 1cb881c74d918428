"""The register as a list: searched, narrowed, paged, taken away as a file; and adding to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners import files, queries
from throughline.apps.learners.actions import learners as actions
from throughline.apps.learners.actions import looking
from throughline.apps.learners.forms import AddForm, FindForm
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import outside_of
from throughline.apps.learners.places import place_name
from throughline.apps.learners.standings import COLOURS, WORDS, standings_of, told_standing
from throughline.apps.learners.views.changing import checked
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.core.ages import academic_age
from throughline.ui.downloads import table_response

_A_PAGE = 50
_SEARCH = "learners.search"  # kept in the session, so that no address holds a name or a number that was searched for
_KEPT = {"search": "kept"}  # the address of what was found; without it the list is of everybody
_AGAIN = "This search is no longer kept, so nobody is listed. Search again."


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.SEE_LEARNERS)
def index(request: HttpRequest) -> HttpResponse:
    """The learners the reader may see; a search is posted, remembered unless it is wrong, and shown at an address that says so.

    Whoever comes by the menu sees everybody again, and the search is forgotten; the address of one that is forgotten lists
    nobody.
    """
    if request.method == "POST":
        boxes = [*FindForm.base_fields, "born_day", "born_month", "born_year"]
        typed = {name: request.POST[name] for name in boxes if name in request.POST}
        form, asked = _find_form(request, typed), {}
        request.session.pop(_SEARCH, None)
        if form.is_valid():
            request.session.update({_SEARCH: typed} if any(typed.values()) else {})
            return redirect(_list_found(request))
    else:
        if "search" not in request.GET:
            request.session.pop(_SEARCH, None)
        form, asked = _asked(request)
    forgotten = request.method == "GET" and _forgotten(request)
    page = Paginator([] if form.errors or forgotten else _fitting(request, asked), _A_PAGE).get_page(request.GET.get("page"))
    shown = list(queries.listed(queries.seen_by(request.user)).filter(pk__in=list(page.object_list)))
    _record(request, shown, Verb.LOOKED)
    standings = standings_of(Learner.objects.filter(pk__in=[one.pk for one in shown]), timezone.localdate())
    sensitive = may(request.user, Permission.SEE_SENSITIVE)
    gone = outside_of([one.pk for one in shown], timezone.localdate())
    rows = [(one, standings[one.pk], told_standing(standings[one.pk].standing, sensitive),
             academic_age(one.born, timezone.localdate())) for one in shown]
    narrowed = {name: value for name, value in asked.items() if value and value != queries.COHORT}
    return render(request, "learners/learners.html", {
        "form": form, "page": page, "rows": rows, "narrowed": narrowed, "words": WORDS, "colours": COLOURS,
        "by_number": asked.get("records") == queries.RESTRICTED, "query": _linked(request) or kept_search(request),
        "whose": place_name(request.user.organisation, request.user.establishment or request.user.ukprn),
        "gone": gone, "again": _AGAIN if forgotten else "",
        "nowhere": not page.paginator.count and not narrowed and not _names_a_place(request),
    })


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Those whom the list shows at the same address, all pages of them, as CSV or XLSX; of a search that is forgotten nobody."""
    form, asked = _asked(request)
    forgotten = _forgotten(request)
    keys = [] if form.errors or forgotten else _fitting(request, asked)
    wanted = set(keys)
    seen = queries.seen_by(request.user)
    listed = [one for one in queries.listed(seen) if one.pk in wanted and not one.restricted]
    _record(request, listed, Verb.DOWNLOADED)
    today = timezone.localdate()
    rows = list(files.learner_rows(listed, standings_of(seen, today), outside_of(wanted, today),
                                   may(request.user, Permission.SEE_SENSITIVE)))
    if forgotten:
        rows = [{files.LEARNER_COLUMNS[0].key: _AGAIN}]
    return table_response(kind, "learners", files.LEARNER_COLUMNS, rows, files.LEARNER_NOTES, title="Learners")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_LEARNERS)
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody to the register; where somebody like them is in it, only once the reader has said that this is another."""
    form = AddForm(request.POST or None, area=request.user.area)
    alike = _alike(request, form)
    form.ask_whether_another(bool(alike))
    if found := saved(request, form, checked(actions.add_learner, form), area=request.user.area):
        learner = found.made
        messages.success(request, f"They are in the register as learner {learner.number}. Say next what they are doing.")
        return redirect("learners:learner", learner.pk)
    lead = "Search first: somebody who moved here may be in the register already, under an earlier name or number."
    return form_page(request, form, heading="Add a learner", back=_list_found(request), lead=lead, submit="Add",
                     template="learners/add.html", alike=alike)


def kept_search(request: HttpRequest) -> dict[str, str]:
    """What an address of the list says where a search is kept, so that it shows what was found."""
    return _KEPT if request.session.get(_SEARCH) else {}


def _list_found(request: HttpRequest) -> str:
    """The address of the list, narrowed by the search where one is kept."""
    return reverse("learners:learners", query=kept_search(request))


def _forgotten(request: HttpRequest) -> bool:
    """Whether the address asks for a search that is kept, and none is."""
    return "search" in request.GET and not _linked(request) and not kept_search(request)


def _alike(request: HttpRequest, form: AddForm) -> list[Learner]:
    """Those of the register who have the name and the day of birth that were typed; nobody while those are not right."""
    if request.method != "POST" or not form.is_valid():
        return []
    typed = {name: form.cleaned_data[name] for name in ("given", "family", "born")}
    found = list(queries.alike(request.user, **typed))
    if found:
        _record(request, found, Verb.LOOKED)
    return found


def _asked(request: HttpRequest) -> tuple[FindForm, dict[str, Any]]:
    """The search that the address names or says is remembered, and what it asks for; nothing where it cannot be."""
    kept = request.session.get(_SEARCH, {}) if "search" in request.GET else {}
    form = _find_form(request, _linked(request) or kept)
    return form, form.cleaned_data if form.is_valid() else {}


def _find_form(request: HttpRequest, typed: dict[str, str]) -> FindForm:
    user = request.user
    return FindForm(typed, districts=queries.districts_of(user), sensitive=may(user, Permission.SEE_SENSITIVE),
                    opens=may(user, Permission.SEE_RESTRICTED))


def _linked(request: HttpRequest) -> dict[str, str]:
    """What an address may ask for: the restricted records, which says nothing of anybody."""
    return {"records": queries.RESTRICTED} if request.GET.get("records") == queries.RESTRICTED else {}


def _fitting(request: HttpRequest, asked: dict[str, Any]) -> list[int]:
    """The keys of those who fit, in the order of the list."""
    asked = {**asked}
    standing = asked.pop("standing", "")
    asked["records"] = asked.get("records") or queries.COHORT
    found = queries.find_learners(request.user, **asked)
    keys = list(found.values_list("pk", flat=True)) if not standing else list(
        found.filter(restricted=False).values_list("pk", flat=True))
    if not standing:
        return keys
    standings = standings_of(queries.seen_by(request.user), timezone.localdate())
    sensitive = may(request.user, Permission.SEE_SENSITIVE)
    return [key for key in keys if told_standing(standings[key].standing, sensitive) is Standing(standing)]


def _record(request: HttpRequest, shown: list[Learner], verb: str) -> None:
    """Say in the audit whom the reader is about to see. Raises django.db.DatabaseError, and then nobody is shown."""
    looking.record_list(by=request.user, area=request.user.area, path=request.path, verb=verb,
                        numbers=[one.number for one in shown])
    request.audit_look = False


def _names_a_place(request: HttpRequest) -> bool:
    """Whether the reader's account says where they work, or they need not say so."""
    user = request.user
    return Permission.SEE_ALL_LEARNERS in user.held_role.permissions or bool(user.establishment or user.ukprn)
