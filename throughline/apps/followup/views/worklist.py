"""A worklist: narrowed, in either order, shared as a filter, and taken away as a file."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.analytics.participation.worklists import Worklist
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.places import school_names
from throughline.apps.followup import files, queries, worklist
from throughline.apps.followup.actions.following import drop_filter, save_filter
from throughline.apps.followup.forms import FilterNameForm, NarrowForm
from throughline.apps.followup.register import Register, register
from throughline.apps.followup.views.seen import noted
from throughline.apps.handbook.queries import beside
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.places import district_name
from throughline.apps.learners.queries import districts_of
from throughline.apps.learners.sight import shut_to
from throughline.apps.learners.standings import WORDS
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.ui.downloads import table_response

A_PAGE = 50


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Who stands on a list, why, and how to reach them."""
    asked = narrowed(request, name)
    rule, form = asked.rule, asked.form
    page = Paginator(asked.found, A_PAGE).get_page(request.GET.get("page"))
    noted(request, ("learners", request.user.area, rule.title), [entry.row.person.number for entry in page])
    shown = {
        "rule": rule, "form": form, "asked": form.asked, "page": page, "after": _after(asked.found, page),
        "total": len(asked.found), "shut": asked.left_off,
        "learners": queries.learners_by_pk(entry.pk for entry in page), "name_of": queries.name_of,
        "officers": {one.pk: one.full_name for one in queries.officers_of(request.user.area)},
        "unsure": any(entry.likely for entry in page), "way": worklist.way_of_all(page),
        "label": codeset("activity").label, "today": timezone.localdate(),
        "standings": WORDS,
        "filters": [one for one in queries.filters_of(request.user.area) if one.worklist == name],
        "districts": {code: district_name(code) for code in {entry.row.person.district for entry in page}},
        "places": school_names(worklist.numbers_of(page)), "number_of": worklist.number_of,
        "handbook": beside(request.user, name),
    }
    return render(request, "followup/worklist.html", shown)


def _after(found: worklist.Listing, page: Page) -> int | None:
    """Who comes after those on a page, by number in the database."""
    return found[page.end_index()].pk if page.has_next() else None


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The whole list as CSV or XLSX, in the order of the page."""
    asked = narrowed(request, name)
    rule, found = asked.rule, asked.found
    noted(request, ("learners", request.user.area, rule.title), [entry.row.person.number for entry in found], Verb.DOWNLOADED)
    officers = {one.pk: one.full_name for one in queries.officers_of(request.user.area)}
    rows = files.worklist_rows(found, queries.learners_by_pk(entry.pk for entry in found), officers)
    return table_response(kind, f"{rule.title} {timezone.localdate()}", files.WORKLIST_COLUMNS, list(rows),
                          files.WORKLIST_NOTES, title=rule.title)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def save(request: HttpRequest, name: str) -> HttpResponse:
    """Keep the list as it is narrowed, under a name for the whole team."""
    narrowing = narrowed(request, name)
    rule, asked = narrowing.rule, narrowing.form.asked
    back = reverse("followup:worklist", args=[name], query=asked)
    form = FilterNameForm(request.POST or None)
    if saved(request, form, save_filter, worklist=name, query=asked):
        messages.success(request, "The filter is saved for your team.")
        return redirect(back)
    return form_page(request, form, heading="Save this filter", caption=rule.title, back=back)


@require_POST
@of_own_authority(Permission.FOLLOW_UP)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a saved filter away."""
    kept = get_object_or_404(queries.filters_of(request.user.area), pk=pk)
    drop_filter(by=request.user, kept=kept)
    messages.success(request, f"The filter “{kept.name}” is taken away.")
    return redirect("followup:today")


@dataclass(frozen=True)
class Narrowed:
    """A list as one reader has narrowed it; shut are those whose records are shut to the reader, who are shown nowhere."""

    rule: Worklist
    form: NarrowForm
    held: Register
    shut: set[int]

    @cached_property
    def found(self) -> worklist.Listing:
        """Who stands on it, is left by the filters and may be shown."""
        return self._everybody.without(self.shut)

    @property
    def left_off(self) -> int:
        """How many restricted records are left off the whole list; not told of a narrowed one, which would tell of them."""
        return 0 if self.form.asked.keys() - {"order"} else len(self._everybody) - len(self.found)

    @cached_property
    def _everybody(self) -> worklist.Listing:
        return worklist.entries(self.held, self.rule.id, self.form.asked)


def narrowed(request: HttpRequest, name: str) -> Narrowed:
    """A list as the address narrows it; what was asked that is not known is left aside, and said. Raises Http404."""
    held, shut = register(request.user.area), shut_to(request.user)
    try:
        rule = held.rules.worklists.lists[name]
    except KeyError as error:
        raise Http404("There is no such list.") from error
    form = NarrowForm(request.GET, area=held.area, districts=districts_of(request.user),
                      places=worklist.places_on(held, name, shut))
    return Narrowed(rule, form, held, shut)
