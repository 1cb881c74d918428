"""District boundaries in GeoJSON, flattened and thinned to what a small map of England needs."""

import json
import math
from pathlib import Path
from typing import Any

from throughline.core.problems import Problem, RefusedFileError

CELL = 600  # metres: finer than a pixel of the map; neighbours snapped to one grid keep their shared border
_RADIUS = 6_371_000  # metres; a sphere is near enough for a picture
_MERIDIAN = -2.0  # degrees: the central meridian of British maps


def read(path: Path, code_property: str = "LAD23CD") -> list[dict[str, Any]]:
    """The English districts as GeoJSON features in cells of a flat grid, each with its nine-character code.

    Raises RefusedFileError when the file is not a collection of such features.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        english = [f for f in features if f["properties"][code_property].startswith("E")]
        return [
            {"type": "Feature", "properties": {"district": f["properties"][code_property]},
             "geometry": {"type": "MultiPolygon", "coordinates": _thinned(f["geometry"])}}
            for f in english
        ]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        problem = Problem(path.name, None, code_property, "", "GeoJSON of districts",
                          f"give a feature collection of polygons with {code_property}: {error!r}")
        raise RefusedFileError([problem]) from error


def _thinned(geometry: dict[str, Any]) -> list[list[list[tuple[int, int]]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    flat = [[_ring(ring) for ring in polygon] for polygon in polygons]
    whole = [[ring for ring in polygon if len(ring) >= 4] for polygon in flat if len(polygon[0]) >= 4]
    return whole or [[_speck(polygons[0][0])]]


def _ring(ring: list[list[float]]) -> list[tuple[int, int]]:
    """The ring in cells, repeats dropped."""
    cells = [_cell(longitude, latitude) for longitude, latitude, *_ in ring]
    kept = [cell for before, cell in zip([None, *cells], cells, strict=False) if cell != before]
    return kept if kept[0] == kept[-1] else [*kept, kept[0]]


def _speck(ring: list[list[float]]) -> list[tuple[int, int]]:
    """A place too small for the grid, as one cell: it must not vanish from the map."""
    x, y = _cell(*ring[0][:2])
    return [(x, y), (x + 2, y), (x + 2, y + 2), (x, y + 2), (x, y)]


def _cell(longitude: float, latitude: float) -> tuple[int, int]:
    """Spherical transverse Mercator, in whole cells east of the meridian and north of the equator."""
    east, north = math.radians(longitude - _MERIDIAN), math.radians(latitude)
    bend = math.cos(north) * math.sin(east)
    x = _RADIUS * math.atanh(bend)
    y = _RADIUS * math.atan2(math.tan(north), math.cos(east))
    return round(x / CELL), round(y / CELL)
