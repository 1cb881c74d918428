"""Up to four authorities side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.analytics.measures.areas import Area, UnknownAreaError, authorities, find_area
from throughline.analytics.measures.figures import NEIGHBOUR_MODELS, UnknownPeriodError
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import measures_for, read_choices
from throughline.apps.performance.comparing import comparing, download_rows
from throughline.apps.performance.scorecard import COLUMNS, notes
from throughline.ui.downloads import csv_response, xlsx_response

MOST = 4


def _asked_areas(request: HttpRequest) -> tuple[list[Area], list[str]]:
    """The authorities asked for, at most four and each once, and a sentence for each that is not known."""
    places: dict[str, Area] = {}
    problems = []
    for text in filter(None, (given.strip() for given in request.GET.getlist("area"))):
        try:
            area = find_area(room.warehouse(), text)
            places[area.area] = area
        except UnknownAreaError as error:
            problems.append(str(error))
    if len(places) > MOST:
        problems.append(f"Choose up to {MOST} authorities; the first {MOST} are shown.")
    return list(places.values())[:MOST], problems


@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest) -> HttpResponse:
    """The measures of up to four areas, a column each, with the best of them marked."""
    places, problems = _asked_areas(request)
    asked, blocks = read_choices(request), []
    try:
        blocks = comparing(room.warehouse(), _measures(request, places), places, asked) if places else []
    except UnknownPeriodError as error:
        problems.append(str(error))
    request.audit_subject = ("comparison", " ".join(p.area for p in places), ", ".join(p.name for p in places))
    context = {"places": places, "problems": problems, "blocks": blocks, "asked": asked, "most": MOST,
               "models": NEIGHBOUR_MODELS, "authorities": authorities(room.warehouse())}
    return render(request, "performance/compare.html", context, status=400 if problems else 200)


@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The comparison as CSV or XLSX."""
    places, _ = _asked_areas(request)
    asked = read_choices(request)
    try:
        blocks = comparing(room.warehouse(), _measures(request, places), places, asked)
    except UnknownPeriodError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    name = "comparison " + " ".join(place.name for place in places)
    if kind == "csv":
        return csv_response(name, COLUMNS, download_rows(blocks))
    return xlsx_response(name, COLUMNS, download_rows(blocks), notes(asked), title="Comparison of authorities")


def _measures(request: HttpRequest, places: list[Area]) -> dict:
    """The measures this person may see of every one of the places."""
    shared = [measures_for(request.user, place) for place in places] or [{}]
    return {id: measure for id, measure in shared[0].items() if all(id in each for each in shared)}
