"""The charts and tables of a measure's page as files: drawn once for each warehouse, then remembered."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import local
from typing import Any

import altair as alt

from throughline.analytics.warehouse.connection import Warehouse
from throughline.apps.performance import charts
from throughline.apps.performance.measure_page import MeasurePage
from throughline.apps.performance.outlines import outlines, standing_by_territory
from throughline.apps.performance.sentences import WHAT_THE_BAND_IS
from throughline.ui.charts import png, svg
from throughline.ui.downloads import Column

DRAWN_PARTS = ("trend", "authorities", "map")  # and gap-<breakdown>
GAP = "gap-"


def chart(warehouse: Warehouse, page: MeasurePage, part: str, width: int) -> alt.TopLevelMixin | None:
    """The chart of one part of the page; None when the page has no such part or nothing to draw."""
    if part == "trend" and page.series_names:
        return charts.trend(page.measure, page.points, page.series_names, width)
    if part == "authorities" and page.standings:
        near = [neighbour.area for neighbour in page.neighbours[page.asked.neighbours]]
        return charts.strip(page.measure, page.standings, page.area.area, near, page.figure.england, width)
    if part == "map" and page.standings:
        placed = standing_by_territory(warehouse, page.standings)
        return charts.england_map(outlines(warehouse), placed, page.area.area, width)
    found = gap_of(page, part)
    return charts.gap_lines(found, page.area.name, width) if found else None


def gap_of(page: MeasurePage, part: str) -> list | None:
    """The gaps of the breakdown that a part names, or None."""
    return next((rows for breakdown, rows in page.gaps if part == f"{GAP}{breakdown.id}" and rows), None)


class Drawn:
    """Remembers drawings by the build they were drawn from and what was asked."""

    def __init__(self, remembered: int = 400) -> None:
        self._drawn = lru_cache(maxsize=remembered)(self._draw)
        self._asked = local()  # of one thread, so that none takes away what another is drawing

    def __call__(self, warehouse: Warehouse, page: MeasurePage, part: str, kind: str,
                 width: int = charts.WIDTH) -> str | bytes | None:
        """The part as SVG text or PNG bytes, so many pixels wide; None when there is nothing to draw."""
        key = (warehouse.stamp, page.measure, page.area.area, page.asked, part, kind, width)
        self._asked.of = (warehouse, page)
        try:
            return self._drawn(key)
        finally:
            del self._asked.of

    def _draw(self, key: Any) -> str | bytes | None:
        warehouse, page = self._asked.of
        *_, part, kind, width = key
        made = chart(warehouse, page, part, width)
        return None if made is None else (svg if kind == "svg" else png)(made)


def table(page: MeasurePage, part: str) -> tuple[list[Column], list[Mapping[str, Any]]] | None:
    """The table behind a chart, as columns and rows; None when the page has no such part."""
    if part == "trend":
        return _trend_table(page)
    if part in ("authorities", "map"):
        return _standings_table(page)
    if part == "neighbours":
        return _neighbours_table(page)
    if part == "groups":
        return _groups_table(page) if page.parted else None
    found = gap_of(page, part)
    return _gap_table(found, page.measure.decimals) if found else None


_COUNTS = [Column("numerator", "Counted", 1), Column("denominator", "Counted among", 1)]


def _trend_table(page: MeasurePage) -> tuple[list[Column], list[Mapping[str, Any]]]:
    places = page.measure.decimals
    columns = [Column("period", "Period"), Column("status", "Status"), *(_COUNTS if page.tells_counts else [])]
    columns += [Column(key, name, places) for key, name in page.series_names.items()]
    columns += [Column("break_before", "Break in the series before this period")]
    rows = [
        {"period": p.period.label, "status": p.status.words, "break_before": p.break_before or "",
         "numerator": p.numerator, "denominator": p.denominator,
         **{key: getattr(p, key) for key in page.series_names}}
        for p in page.points
    ]
    return columns, rows


_STANDING_COLUMNS = [
    Column("name", "Authority"), Column("area", "Code"), Column("value", "Value"), Column("status", "Status"),
    Column("rank", "Rank"), Column("quartile", "Quartile band"), Column("quintile", "Quintile"),
]


def _standings_table(page: MeasurePage) -> tuple[list[Column], Sequence[Mapping[str, Any]]]:
    rows = [
        {"name": s.name, "area": s.area, "value": s.value, "status": s.status.words, "rank": s.rank,
         "quartile": s.quartile, "quintile": s.quintile}
        for s in page.standings
    ]
    return _STANDING_COLUMNS, rows


def _neighbours_table(page: MeasurePage) -> tuple[list[Column], list[Mapping[str, Any]]]:
    columns = [Column("model", "Model"), Column("position", "Position"), Column("name", "Neighbour"),
               Column("closeness", "Closeness"), Column("value", "Value"), Column("rank", "Rank of all authorities")]
    rows = [
        {"model": model, "position": n, "name": neighbour.name, "closeness": neighbour.closeness,
         "value": neighbour.standing.value if neighbour.standing else None,
         "rank": neighbour.standing.rank if neighbour.standing else None}
        for model, neighbours in page.neighbours.items()
        for n, neighbour in enumerate(neighbours, start=1)
    ]
    return columns, rows


def _groups_table(page: MeasurePage) -> tuple[list[Column], list[Mapping[str, Any]]]:
    columns = [Column("breakdown", "Breakdown"), Column("group", "Group"), *_COUNTS,
               Column("value", "Value", page.measure.decimals), Column("status", "Status"), Column("code", "Code of the group")]
    rows = [
        {"breakdown": part.name, "group": each.name, "numerator": each.figure.numerator, "denominator": each.figure.denominator,
         "value": each.figure.value, "status": each.figure.status.words, "code": each.figure.group}
        for part in page.parted for each in part.groups
    ]
    return columns, rows


def _gap_table(found: list, places: int) -> tuple[list[Column], list[Mapping[str, Any]]]:
    columns = [Column("period", "Period"), Column("group", "Group"), Column("value", "Value", places),
               Column("reference_value", "Reference group", places), Column("gap", "Gap", places),
               Column("england_gap", "Gap in England", places)]
    rows = [{"period": g.period.label, "group": g.group, "value": g.value, "reference_value": g.reference_value,
             "gap": g.gap, "england_gap": g.england_gap} for g in found]
    return columns, rows


def notes(page: MeasurePage) -> list[str]:
    """What a download says about its figures."""
    measure, figure = page.measure, page.figure
    lines = [measure.description, f"Unit: {measure.unit.words}; {measure.polarity.words}."]
    if figure.source:
        lines.append(f"Source: {figure.source}, release of {figure.release}.")
    if page.averages_counts:
        lines.append("Counts are averages of the month ends.")
    if page.has_range:
        lines.append(WHAT_THE_BAND_IS)
    lines += [f"Caveat: {caveat}" for caveat in measure.caveats]
    lines += [f"Break in the series at {entry.period}: {entry.reason}" for entry in measure.breaks]
    lines.append("Published figures: Crown copyright, used under the Open Government Licence v3.0.")
    return lines
