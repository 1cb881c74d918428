"""The outlines of England's districts, each with the authority whose figure it is filled by."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.analytics.measures.areas import Area, all_areas
from throughline.analytics.measures.series import Standing
from throughline.analytics.warehouse.connection import Warehouse


def outlines(warehouse: Warehouse) -> list[dict[str, Any]]:
    """GeoJSON features on a flat grid, each with the three-digit code of its authority."""
    districts = warehouse.rows("SELECT district, area FROM district WHERE area IS NOT NULL")
    area_of = {row["district"]: row["area"] for row in districts}
    return [
        {**feature, "properties": {"area": area_of.get(feature["properties"]["district"], "")}}
        for feature in _features(settings.REFERENCE / "boundaries.json")
    ]


@lru_cache(maxsize=2)
def _features(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def standing_by_territory(warehouse: Warehouse, placed: Sequence[Standing]) -> Mapping[str, Standing]:
    """Each authority's standing by its code; one with no figure takes that of the authority it came out of."""
    by_area = {standing.area: standing for standing in placed if standing.value is not None}
    inherited = {
        successor: by_area[area.area]
        for area in all_areas(warehouse).values()
        if area.area in by_area
        for successor in _successors(area)
        if successor not in by_area
    }
    return {**inherited, **by_area}


def _successors(area: Area) -> tuple[str, ...]:
    return area.successors if area.abolished_on else ()
