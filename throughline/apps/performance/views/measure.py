"""One measure of one area: its page, its charts and its downloads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from throughline.analytics.measures.figures import NEIGHBOUR_MODELS, UnknownPeriodError
from throughline.apps.accounts.access import may, require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import charts, measure_files
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import area_or_404, measure_or_404, read_choices
from throughline.apps.performance.measure_page import MeasurePage, measure_page
from throughline.apps.performance.sentences import (
    WHAT_THE_BAND_IS,
    alternative_gap,
    alternative_map,
    alternative_strip,
    alternative_trend,
    hidden_groups,
    sentences,
)
from throughline.ui.downloads import png_response, svg_response, table_response

drawn = measure_files.Drawn()
_SAID = (sentences, hidden_groups, alternative_trend, alternative_strip, alternative_map, alternative_gap)


def _page(request: HttpRequest, code: str, id: str) -> MeasurePage:
    """The page asked for, or not found: an unknown area, measure or period, or one this person may not see."""
    area = area_or_404(code)
    measure = measure_or_404(request.user, id, area)
    request.audit_subject = ("measure", measure.id, f"{measure.title}, {area.name}")
    try:
        return measure_page(room.warehouse(), measure, area, read_choices(request))
    except UnknownPeriodError as error:
        raise Http404(str(error)) from error


@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Trend, place, neighbours, gaps, definition and source."""
    page = _page(request, code, id)
    if (code, id) != (page.area.area, page.measure.id):
        return redirect(reverse("performance:measure", args=[page.area.area, page.measure.id], query=request.GET))
    people = _people(request, page)
    context = {"page": page, "area": page.area, "measure": page.measure, "figure": page.figure, "asked": page.asked,
               "periods": page.periods, "models": NEIGHBOUR_MODELS, "show_provisional": page.has_provisional,
               "what_the_band_is": WHAT_THE_BAND_IS, "people": people, "behind": people != "" and room.are_behind(),
               **{said.__name__: said for said in _SAID}}
    return render(request, "performance/measure.html", context)


def _people(request: HttpRequest, page: MeasurePage) -> str:
    """Whether the reader may go on to the young people whom the figure counts: "yes", "no", or "" where it counts nobody."""
    if page.measure.register is None or page.area.area != request.user.area:
        return ""
    return "yes" if may(request.user, Permission.SEE_LEARNERS) else "no"


@require(Permission.SEE_PUBLISHED_FIGURES)
def picture(request: HttpRequest, code: str, id: str, part: str) -> HttpResponse:
    """One chart, as it stands in the page; part of a look at the page, not a look of its own."""
    page = _page(request, code, id)
    request.audit_look = False
    width = charts.NARROW if request.GET.get("narrow") else charts.WIDTH
    found = drawn(room.warehouse(), page, part, "svg", width)
    if found is None:
        raise Http404("There is nothing to draw.")
    response = HttpResponse(found, content_type="image/svg+xml; charset=utf-8")
    patch_cache_control(response, private=True, max_age=300)
    return response


@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, code: str, id: str, part: str, kind: str) -> HttpResponse:
    """One chart or the table behind it, as CSV, XLSX, SVG or PNG."""
    page = _page(request, code, id)
    name = f"{page.measure.id} {page.area.name} {part}"
    if kind in ("svg", "png"):
        found = drawn(room.warehouse(), page, part, kind)
        if found is None:
            raise Http404("There is nothing to draw.")
        return svg_response(name, found) if kind == "svg" else png_response(name, found)
    tabled = measure_files.table(page, part)
    if tabled is None:
        raise Http404("There is no such table.")
    title = f"{page.measure.title}: {page.area.name}"
    return table_response(kind, name, *tabled, notes=measure_files.notes(page), title=title)
