"""Choosing an authority, and its scorecard."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.analytics.measures.areas import Area, UnknownAreaError, all_areas, authorities, find_area
from throughline.analytics.measures.figures import NEIGHBOUR_MODELS, UnknownPeriodError
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.codes import invented_authority
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import area_or_404, compared, figures_asked, measures_for, read_choices
from throughline.apps.performance.scorecard import COLUMNS, Block, kept, notes, scorecard
from throughline.ui.downloads import table_response


@require(Permission.SEE_PUBLISHED_FIGURES)
def home(request: HttpRequest) -> HttpResponse:
    """Choose an authority, by a list or by typing its name or code."""
    asked = request.GET.get("area", "").strip()
    if not asked:
        return _choose(request)
    try:
        return redirect("performance:scorecard", find_area(room.warehouse(), asked).area)
    except UnknownAreaError as error:
        return _choose(request, asked, str(error))


def _choose(request: HttpRequest, asked: str = "", problem: str = "") -> HttpResponse:
    """The page of every authority, with what was asked for and why there is none such."""
    areas = all_areas(room.warehouse())
    context = {"authorities": authorities(room.warehouse()), "own": areas.get(request.user.area), "asked": asked,
               "problem": problem, "regions": {a.area: a.name for a in areas.values() if a.kind == "region"}}
    return render(request, "performance/home.html", context, status=404 if problem else 200)


@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The scorecard of one authority, region or England."""
    try:
        area = find_area(room.warehouse(), code)
    except UnknownAreaError as error:
        return _choose(request, code, str(error))
    if code != area.area:
        return redirect(reverse("performance:scorecard", args=[area.area], query=request.GET))
    request.audit_subject = ("scorecard", area.area, area.name)
    asked = read_choices(request)
    problem = None
    try:
        blocks = scorecard(room.warehouse(), measures_for(request.user, area), area, asked)
    except UnknownPeriodError as error:
        blocks, problem = [], str(error)
    areas = all_areas(room.warehouse())
    behind = any(row.figure.definition.register for block in blocks for row in block.rows) and room.are_behind()
    context = {"area": area, "asked": asked, "blocks": blocks, "behind": behind, "problem": problem, "models": NEIGHBOUR_MODELS,
               **_told(blocks), "real": _real_beside(area), "region": areas.get(area.region or ""),
               "successors": [areas[c] for c in area.successors if c in areas]}
    return render(request, "performance/scorecard.html", context, status=400 if problem else 200)


def _told(blocks: list[Block]) -> dict[str, bool]:
    """Whether any figure is set beside other authorities', is shown as a range, or is the lower end of one as published."""
    rows = [row for block in blocks for row in block.rows]
    return {"compared": any(compared(row.figure.definition) for row in rows), "ranged": any(row.between for row in rows),
            "lower_ends": any(row.most for row in rows)}


def _real_beside(area: Area) -> Area | None:
    """A real authority of the same region, to lead on to from the invented one of a demonstration; None from any other."""
    if not settings.DEMONSTRATION or area.area != invented_authority(settings.DEFINITIONS)["area"]:
        return None
    return next((each for each in authorities(room.warehouse()) if each.region == area.region and each != area), None)


@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The scorecard as CSV or XLSX."""
    area, asked = area_or_404(code), read_choices(request)
    request.audit_subject = ("scorecard", area.area, area.name)
    measures = list(measures_for(request.user, area).values())
    try:
        found = figures_asked(room.warehouse(), measures, [area], asked)
    except UnknownPeriodError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    rows, name = [figure.as_dict() for figure in kept(found)], f"scorecard {area.name}"
    return table_response(kind, name, COLUMNS, rows, notes(asked), title=f"Scorecard: {area.name}")
