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


def _asked_areas(request: HttpRequest) -> tuple[list[Area], dict[str, str]]:
    """The authorities asked for, each once, and a sentence for each text that names none."""
    places: dict[str, Area] = {}
    unknown: dict[str, str] = {}
    for text in filter(None, (given.strip() for given in request.GET.getlist("area"))):
        try:
            area = find_area(room.warehouse(), text)
            places[area.area] = area
        except UnknownAreaError as error:
            unknown[text] = str(error)
    return list(places.values()), unknown


@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest) -> HttpResponse:
    """The measures of up to four areas, a column each, with the best of them marked."""
    places, unknown = _asked_areas(request)
    asked, blocks, problems = read_choices(request), [], list(unknown.values())
    if len(places) > MOST:
        problems.append(f"Choose up to {MOST} authorities; the first {MOST} are shown.")
        places = places[:MOST]
    try:
        blocks = comparing(room.warehouse(), _measures(request, places), places, asked) if places else []
    except UnknownPeriodError as error:
        problems.append(str(error))
    request.audit_subject = _subject(places)
    context = {"places": places, "unknown": list(unknown), "problems": problems, "blocks": blocks, "asked": asked, "most": MOST,
               "models": NEIGHBOUR_MODELS, "authorities": authorities(room.warehouse())}
    return render(request, "performance/compare.html", context, status=400 if problems else 200)


@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The comparison as CSV or XLSX."""
    places, asked = _asked_areas(request)[0][:MOST], read_choices(request)
    request.audit_subject = _subject(places)
    try:
        blocks = comparing(room.warehouse(), _measures(request, places), places, asked)
    except UnknownPeriodError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    name = "comparison " + " ".join(place.name for place in places)
    if kind == "csv":
        return csv_response(name, COLUMNS, download_rows(blocks))
    return xlsx_response(name, COLUMNS, download_rows(blocks), notes(asked), title="Comparison of authorities")


def _subject(places: list[Area]) -> tuple[str, str, str]:
    return "comparison", " ".join(place.area for place in places), ", ".join(place.name for place in places)


def _measures(request: HttpRequest, places: list[Area]) -> dict:
    """The measures this person may see of every one of the places."""
    shared = [measures_for(request.user, place) for place in places] or [{}]
    return {id: measure for id, measure in shared[0].items() if all(id in each for each in shared)}
