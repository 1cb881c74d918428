"""Finding a measure by words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.analytics.measures.areas import all_areas
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import area_or_404, measures_for
from throughline.apps.performance.finding import find

LONGEST = 100
ENGLAND = "970"


@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest) -> HttpResponse:
    """Every measure by theme, or those that answer to the words typed, best first."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    asked = request.GET.get("area", "")
    areas = all_areas(room.warehouse())
    area = area_or_404(asked) if asked else areas.get(request.user.area, areas[ENGLAND])
    held = measures_for(request.user, area)
    found = find(held.values(), words) if words else []
    blocks = [(theme.title, [m for m in held.values() if m.theme == theme.id]) for theme in room.themes()]
    context = {"words": words, "area": area, "found": found, "blocks": [block for block in blocks if block[1]]}
    return render(request, "performance/find.html", context)
