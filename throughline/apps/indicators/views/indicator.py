"""One indicator: what it means, how it stands, how it was judged, and everything that was ever changed in it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from throughline.analytics.measures.areas import all_areas
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.figures import ranges
from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import charts, files
from throughline.apps.indicators.actions.changing import subject_of
from throughline.apps.indicators.asked import Asked, read_asked
from throughline.apps.indicators.averages import already_averaged, averages_of
from throughline.apps.indicators.changes import change_rows, described
from throughline.apps.indicators.forms import suggested_key
from throughline.apps.indicators.grid import gap_rows, latest_travel
from throughline.apps.indicators.judgements import Result, judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.over_time import Row, over_time
from throughline.apps.indicators.queries import current_values, indicator_or_404, old_numbers, sees_entered
from throughline.apps.indicators.suggest import Suggestion, certain, suggestions
from throughline.apps.indicators.views.drawing import page
from throughline.apps.indicators.words import meaning_words
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.performance import figures
from throughline.apps.performance.people import may_be_listed
from throughline.apps.performance.sentences import what_it_may_be
from throughline.ui.downloads import png_response, svg_response, table_response


def judged(request: HttpRequest, pk: int) -> tuple[Indicator, Result, Asked]:
    """The indicator of an address, judged as the address asks; not found when it is another authority's."""
    indicator, asked = indicator_or_404(request.user, pk), read_asked(request)
    request.audit_subject = subject_of(indicator)
    result = judge_all([indicator], asked.on, asked.period or None, entered=sees_entered(request.user))[indicator.pk]
    return indicator, result, asked


def area_name(code: str) -> str:
    """The authority's name, or its code where the warehouse does not know it."""
    area = all_areas(figures.warehouse()).get(code)
    return area.name if area else code


def context_of(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Everything the page shows, for this room's own page and for a higher room's that adds what the indicator is part of."""
    indicator, result, asked = judged(request, pk)
    rows, area = over_time(result), area_name(indicator.area)
    followed = figures.measures().get(indicator.measure)
    return {
        "indicator": indicator, "result": result, "asked": asked, "rows": rows, "area": area, "followed": followed,
        "has": columns_of(rows), "names": charts.series_names(rows, area), "alternative": charts.alternative(result, rows, area),
        "travel_found": latest_travel(result), "meaning": meaning_words(result),
        "gaps": gap_rows(result), "averages": averages_of(result),
        "averaged": already_averaged(result), "numbers": old_numbers(indicator), "values": current_values(indicator),
        "breaks": list(indicator.breaks.all()),
        "changes": [(change, described(change, result.baseline_told)) for change in _changes(indicator)],
        "judgements": list(indicator.judgements.select_related("by")), "merged_from": list(indicator.merged_from.all()),
        "people": _people(request, indicator, followed), "may_be": _may_be(indicator, result, followed),
        "suggested": [] if followed else _suggested(indicator), "beyond_doubt": None if followed else certain(indicator),
    }


def _suggested(indicator: Indicator) -> list[tuple[str, Suggestion]]:
    """The measures that it may be, each as the form names it."""
    return [(suggested_key(one), one) for one in suggestions(indicator.title, indicator.cohort, indicator.target_words)]


def _may_be(indicator: Indicator, result: Result, followed: Measure | None) -> str:
    """The range of NEET at the period that the indicator is judged on, for an indicator of everybody; empty for any other."""
    if followed is None or followed.register is None or indicator.group or result.withheld:
        return ""
    area = all_areas(figures.warehouse()).get(indicator.area)
    held = ranges(figures.warehouse(), area) if area else {}
    return what_it_may_be(followed, held.get((followed.id, result.proposed.period)))


def _people(request: HttpRequest, indicator: Indicator, followed: Measure | None) -> str:
    """Whether the reader may go on to the young people whom the figure counts: "yes", "no", "not listed" where the list itself
    would tell what they may not see, or "" where it counts nobody.
    """
    if followed is None or followed.register is None:
        return ""
    if not may(request.user, Permission.SEE_LEARNERS):
        return "no"
    return "yes" if may_be_listed(request.user, followed, indicator.breakdown, indicator.group) else "not listed"


def columns_of(rows: list[Row]) -> dict[str, bool]:
    """Which columns of the table over time have anything in them."""
    return {
        "trajectory": any(row.trajectory is not None or row.trajectory_printed is not None for row in rows),
        "target": any(row.target is not None or row.target_printed is not None for row in rows),
        "apart": any(row.apart is not None for row in rows), "note": any(row.note for row in rows),
    }


def _changes(indicator: Indicator) -> list:
    return list(indicator.changes.select_related("by"))


@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The indicator's own page."""
    return page(request, "indicator", context_of(request, pk))


@of_own_authority(Permission.SEE_PLANS)
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The chart as it stands in the page; part of a look at the page, not a look of its own."""
    indicator, result, _ = judged(request, pk)
    request.audit_look = False
    width = charts.NARROW if request.GET.get("narrow") else charts.WIDTH
    found = charts.drawn(result, over_time(result), area_name(indicator.area), "svg", width)
    if found is None:
        raise Http404("There is nothing to draw.")
    response = HttpResponse(found, content_type="image/svg+xml; charset=utf-8")
    patch_cache_control(response, private=True, max_age=60)
    return response


@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, pk: int, part: str, kind: str) -> HttpResponse:
    """The chart or the table behind it, or the history, as CSV, XLSX, SVG or PNG."""
    indicator, result, asked = judged(request, pk)
    rows, name = over_time(result), f"indicator {indicator.number or indicator.pk} {part}"
    if kind in ("svg", "png"):
        return _drawing(kind, name, charts.drawn(result, rows, area_name(indicator.area), kind) if part == "over-time" else None)
    columns, lines = _table(part, result, rows)
    return table_response(kind, name, columns, lines, files.notes(asked, [result]), title=str(indicator))


def _drawing(kind: str, name: str, found: str | bytes | None) -> HttpResponse:
    if found is None:
        raise Http404("There is nothing to draw.")
    return svg_response(name, found) if kind == "svg" else png_response(name, found)  # type: ignore[arg-type]


def _table(part: str, result: Result, rows: list[Row]) -> tuple[list, list[dict[str, Any]]]:
    if part == "history":
        return files.HISTORY, change_rows(_changes(result.indicator), result.baseline_told)
    return files.OVER_TIME, files.over_time_rows(rows)
