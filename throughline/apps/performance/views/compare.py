"""Up to four authorities side by side."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.analytics.measures.areas import Area, UnknownAreaError, authorities, find_area
from throughline.analytics.measures.figures import UnknownPeriodError
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import measures_for, read_choices
from throughline.apps.performance.comparing import comparing, download_rows
from throughline.apps.performance.scorecard import COLUMNS, notes
from throughline.ui.downloads import table_response

MOST = 4


@dataclass(frozen=True)
class Box:
    """One box of the form: what was typed in it, and the area that it names or what is wrong with it."""

    text: str = ""
    area: Area | None = None
    problem: str = ""


def _boxes(request: HttpRequest) -> list[Box]:
    """The boxes that were filled in, in order; an area asked for again is left out."""
    boxes: dict[str, Box] = {}
    for text in filter(None, (given.strip() for given in request.GET.getlist("area"))):
        try:
            area = find_area(room.warehouse(), text)
            boxes.setdefault(area.area, Box(text, area))
        except UnknownAreaError as error:
            boxes[text] = Box(text, problem=str(error))
    return list(boxes.values())


def _places(boxes: list[Box]) -> list[Area]:
    return [box.area for box in boxes[:MOST] if box.area]


@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest) -> HttpResponse:
    """The measures of up to four areas, a column each, with the best of them marked."""
    boxes, asked = _boxes(request), read_choices(request)
    places, blocks, bad_period = _places(boxes), [], ""
    try:
        blocks = comparing(room.warehouse(), _measures(request, places), places, asked) if places else []
    except UnknownPeriodError as error:
        bad_period = str(error)
    request.audit_subject = _subject(places)
    problems = _problems(boxes, bad_period)
    context = {"places": places, "boxes": (boxes + [Box()] * MOST)[:MOST], "bad_period": bad_period, "problems": problems,
               "blocks": blocks, "asked": asked, "most": MOST, "authorities": authorities(room.warehouse())}
    return render(request, "performance/compare.html", context, status=400 if problems else 200)


def _problems(boxes: list[Box], bad_period: str) -> list[dict[str, str]]:
    """What is wrong, each with a link to the box at fault."""
    found = [{"text": box.problem, "href": f"#area-{n}"} for n, box in enumerate(boxes[:MOST], start=1) if box.problem]
    if len(boxes) > MOST:
        found.append({"text": f"Choose up to {MOST} authorities; those after the first {MOST} are left out", "href": "#area-1"})
    return found + ([{"text": bad_period, "href": "#period"}] if bad_period else [])


@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The comparison as CSV or XLSX."""
    places, asked = _places(_boxes(request)), read_choices(request)
    request.audit_subject = _subject(places)
    try:
        blocks = comparing(room.warehouse(), _measures(request, places), places, asked)
    except UnknownPeriodError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    name = "comparison " + " ".join(place.name for place in places)
    return table_response(kind, name, COLUMNS, download_rows(blocks), notes(asked), title="Comparison of authorities")


def _subject(places: list[Area]) -> tuple[str, str, str]:
    return "comparison", " ".join(place.area for place in places), ", ".join(place.name for place in places)


def _measures(request: HttpRequest, places: list[Area]) -> dict:
    """The measures this person may see of every one of the places."""
    shared = [measures_for(request.user, place) for place in places] or [{}]
    return {id: measure for id, measure in shared[0].items() if all(id in each for each in shared)}
