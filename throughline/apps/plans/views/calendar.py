"""The annual planning cycle: a year as a list, a month as a grid, its dates kept, and next year's made from this year's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans import cycle
from throughline.apps.plans.actions import calendar as actions
from throughline.apps.plans.campaigns import occurrences_of
from throughline.apps.plans.forms.calendar import EntryForm
from throughline.apps.plans.models import CalendarEntry, Feed
from throughline.ui.downloads import table_response
from throughline.ui.formats import count, month

_SUBJECT = ("planning cycle", "", "Planning cycle")
_JUST_COPIED = "plans.just_copied"  # the dates that the reader has just copied, so that all of them can be undone at once


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest) -> HttpResponse:
    """A year of the cycle, month by month."""
    request.audit_subject = _SUBJECT
    area, year = request.user.area, _year(request)
    entries = cycle.standing_in(area, year)
    found = cycle.in_order([*cycle.occurrences(entries, year), *occurrences_of(area, year)])
    feed = Feed.objects.filter(user=request.user).first()
    shown = {
        **_about(year, area), "months": cycle.by_month(found, year), "many": len(found), "copies": len(entries),
        "recurrences": cycle.RECURRENCES, "removed": cycle.removed_entries(area, year),
        "copied": cycle.entries_of(area, year).filter(pk__in=request.session.get(_JUST_COPIED, [])).count(),
        "feed": request.build_absolute_uri(reverse("governance:feed", args=[feed.key])) if feed else "",
    }
    return render(request, "plans/calendar.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show_month(request: HttpRequest, when: str) -> HttpResponse:
    """One month as a grid of weeks."""
    request.audit_subject = _SUBJECT
    try:
        first = parse_date(f"{when}-01")
    except ValueError:
        first = None
    if first is None or first.year not in cycle.PLAUSIBLE:
        raise Http404("There is no such month.")
    year = cycle.year_of(first)
    area = request.user.area
    found = cycle.in_order([*cycle.occurrences(cycle.standing_in(area, year), year), *occurrences_of(area, year)])
    weeks = cycle.weeks(first, found)
    days = [(day, there) for week in weeks for day, there in week if there]
    shown = {**_about(year, area), "first": first, "name": month(first), "weeks": weeks, "days": days,
             "today": timezone.localdate(), "around": _around(when, year)}
    return render(request, "plans/month.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The dates of a year, as CSV or XLSX."""
    request.audit_subject = _SUBJECT
    year = _year(request)
    area = request.user.area
    rows = cycle.cycle_rows([*cycle.standing_in(area, year), *(each.entry for each in occurrences_of(area, year))])
    title = f"Planning cycle {year.label}"
    return table_response(kind, title, cycle.COLUMNS, rows, cycle.NOTES, title=title)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a date."""
    form = EntryForm(request.POST or None, area=request.user.area)
    if entry := saved(request, form, actions.add_entry, area=request.user.area):
        messages.success(request, f"{entry.title} is in the calendar.")
        return redirect(_address(entry))
    return form_page(request, form, heading="Add a date", back=reverse("plans:calendar"), submit="Add",
                     lead="A key date of the year, such as enrolment, the prospectus, a data return or a review of the plan.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a date."""
    entry = _entry(request, pk)
    form = EntryForm(request.POST or None, area=request.user.area, record=entry)
    if saved(request, form, actions.change_entry, entry=entry):
        messages.success(request, "The date is changed.")
        return redirect(_address(entry))
    return form_page(request, form, heading="Change a date", caption=entry.title, back=_address(entry))


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def turn(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Take a date away, or bring it back."""
    entry = _entry(request, pk)
    turned = {"remove": (actions.remove_entry, "is taken away. You can bring it back at the foot of this page"),
              "restore": (actions.restore_entry, "is back")}
    action, said = turned[way]
    action(by=request.user, entry=entry)
    messages.success(request, f"{entry.title} {said}.")
    return redirect(_address(entry))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def copy(request: HttpRequest) -> HttpResponse:
    """Make next year's cycle: what comes again, each on its new day, ticked unless it is there already; then copied."""
    area, year = request.user.area, _year(request)
    request.audit_subject = _SUBJECT
    copies, after = cycle.next_year(area, year), cycle.Year(year.begins + 1)
    if request.method == "POST":
        ticked = set(request.POST.getlist("entry"))
        try:
            wanted = [each for each in copies if str(each.entry.pk) in ticked]
            made = actions.copy_entries(by=request.user, area=area, label=after.label, copies=wanted)
            request.session[_JUST_COPIED] = [entry.pk for entry in made]
            messages.success(request, f"{count(len(made), 'date')} copied to {after.label}. You can undo it on this page.")
            return redirect(_year_address(after))
        except RefusedError as error:
            messages.error(request, error.sentence)
    shown = {"year": year, "after": after, "copies": copies, "recurrences": cycle.RECURRENCES, "back": _year_address(year)}
    return render(request, "plans/copy_cycle.html", shown)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def undo_copy(request: HttpRequest) -> HttpResponse:
    """Take away again all that the reader has just copied."""
    request.audit_subject = _SUBJECT
    pks = request.session.pop(_JUST_COPIED, [])
    entries = list(CalendarEntry.objects.filter(pk__in=pks, area=request.user.area, removed_at=None))
    many = actions.remove_entries(by=request.user, entries=entries)
    messages.success(request, f"{count(many, 'date')} taken away again.")
    return redirect(_address(entries[0]) if entries else reverse("plans:calendar"))


def _about(year: cycle.Year, area: str) -> dict[str, Any]:
    """The year that a page shows, those beside it, and the others that hold anything."""
    beside = [cycle.Year(year.begins - 1), year, cycle.Year(year.begins + 1)]
    years = {each.begins: each for each in [*beside, *cycle.years_with_entries(area)]}
    return {"year": year, "years": [years[begins] for begins in sorted(years)]}


def _around(when: str, year: cycle.Year) -> list[tuple[str, str]]:
    """The months of the year, as (2026-09, September 2026)."""
    return [(f"{first:%Y-%m}", month(first)) for first in year.months]


def _year(request: HttpRequest) -> cycle.Year:
    """The year in the address; the one we are in where it has none, or none that can be meant."""
    return cycle.asked_year(request.GET.get("year", ""), timezone.localdate())


def _entry(request: HttpRequest, pk: int) -> CalendarEntry:
    entry = get_object_or_404(CalendarEntry, pk=pk, area=request.user.area)
    request.audit_subject = (actions.KIND, str(entry.pk), entry.title)
    return entry


def _address(entry: CalendarEntry) -> str:
    return _year_address(cycle.year_of(entry.starts_on))


def _year_address(year: cycle.Year) -> str:
    return reverse("plans:calendar", query={"year": year.begins})
