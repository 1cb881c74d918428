"""District outlines, flattened and thinned: English ones only, closed, in proportion, and none of them lost."""

import json
import math

import pytest

from throughline.analytics.formats import boundaries
from throughline.core.problems import RefusedFileError

SQUARE = [[-2.0, 53.0], [-1.9, 53.0], [-1.9, 53.1], [-2.0, 53.1], [-2.0, 53.0]]
HOLE = [[-1.97, 53.03], [-1.93, 53.03], [-1.93, 53.07], [-1.97, 53.07], [-1.97, 53.03]]
SPECK = [[-6.3, 49.9], [-6.3001, 49.9], [-6.3001, 49.9001], [-6.3, 49.9]]


def district(code, *polygons, kind="MultiPolygon"):
    shape = list(polygons) if kind == "MultiPolygon" else polygons[0]
    return {"properties": {"LAD23CD": code}, "geometry": {"type": kind, "coordinates": shape}}


def read(folder, *features, **options):
    path = folder / "outlines.json"
    path.write_text(json.dumps({"features": list(features)}), encoding="utf-8")
    return boundaries.read(path, **options)


def rings(feature):
    return [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]


def test_only_english_districts_are_kept_each_with_its_code(tmp_path):
    found = read(tmp_path, district("E07000001", [SQUARE]), district("W06000001", [SQUARE]), district("S12000005", [SQUARE]))
    assert [feature["properties"] for feature in found] == [{"district": "E07000001"}]
    assert {feature["type"] for feature in found} == {"Feature"}


def test_a_polygon_and_a_multipolygon_of_one_are_the_same(tmp_path):
    one, other = read(tmp_path, district("E1", [SQUARE]), district("E2", [SQUARE], kind="Polygon"))
    assert one["geometry"] == other["geometry"]
    assert one["geometry"]["type"] == "MultiPolygon"


def test_rings_are_closed_without_repeats_and_in_proportion(tmp_path):
    (found,) = read(tmp_path, district("E1", [SQUARE, HOLE]))
    for ring in rings(found):
        assert ring[0] == ring[-1]
        assert all(before != after for before, after in zip(ring, ring[1:], strict=False))
    outer, hole = rings(found)
    wide, tall = (max(c[axis] for c in outer) - min(c[axis] for c in outer) for axis in (0, 1))
    metres = 111_195  # a degree of latitude on the sphere
    assert tall * boundaries.CELL == pytest.approx(0.1 * metres, abs=boundaries.CELL)
    assert wide * boundaries.CELL == pytest.approx(0.1 * metres * math.cos(math.radians(53.05)), abs=boundaries.CELL)
    assert min(c[0] for c in outer) < min(c[0] for c in hole) and max(c[1] for c in hole) < max(c[1] for c in outer)


def test_neighbours_keep_their_shared_border(tmp_path):
    beside = [[x + 0.1, y] for x, y in SQUARE]
    one, other = read(tmp_path, district("E1", [SQUARE]), district("E2", [beside]))
    assert len(set(rings(one)[0]) & set(rings(other)[0])) >= 2


def test_an_open_ring_is_closed(tmp_path):
    (found,) = read(tmp_path, district("E1", [SQUARE[:-1]]))
    assert rings(found)[0][0] == rings(found)[0][-1]
    assert rings(found) == rings(read(tmp_path, district("E1", [SQUARE]))[0])


def test_a_place_too_small_for_the_grid_does_not_vanish(tmp_path):
    (found,) = read(tmp_path, district("E06000053", [SPECK]))
    (ring,) = rings(found)
    assert len(set(ring)) == 4 and ring[0] == ring[-1]


def test_an_islet_beside_the_mainland_is_let_go(tmp_path):
    (found,) = read(tmp_path, district("E1", [SQUARE], [SPECK]))
    assert len(found["geometry"]["coordinates"]) == 1


def test_the_property_that_holds_the_code_may_have_another_name(tmp_path):
    feature = {"properties": {"LAD25CD": "E1"}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
    assert read(tmp_path, feature, code_property="LAD25CD")[0]["properties"] == {"district": "E1"}
    with pytest.raises(RefusedFileError, match="LAD23CD"):
        read(tmp_path, feature)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"features": 5}', '{"features": [{}]}', '{"features": [{"properties": {"LAD23CD": null}}]}',
     '{"features": [{"properties": {"LAD23CD": "E1"}, "geometry": null}]}',
     '{"features": [{"properties": {"LAD23CD": "E1"}, "geometry": {"type": "Polygon", "coordinates": []}}]}',
     '{"features": [{"properties": {"LAD23CD": "E1"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
     '{"features": [{"properties": {"LAD23CD": "E1"}, "geometry": {"type": "Polygon", "coordinates": [[]]}}]}'],
)
def test_what_is_no_collection_of_districts_is_refused_in_words(tmp_path, content):
    path = tmp_path / "outlines.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RefusedFileError, match="GeoJSON of districts"):
        boundaries.read(path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "outlines.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RefusedFileError):
        boundaries.read(path)


def test_the_real_districts(sources):
    path = sources / "geo/local_authority_districts_boundaries.json"
    found = boundaries.read(path)
    printed = [f["properties"]["LAD23CD"] for f in json.loads(path.read_text(encoding="utf-8"))["features"]]
    assert [feature["properties"]["district"] for feature in found] == [code for code in printed if code.startswith("E")]
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for feature in found for ring in rings(feature))
    across = [cell[0] for feature in found for ring in rings(feature) for cell in ring]
    up = [cell[1] for feature in found for ring in rings(feature) for cell in ring]
    width, height = ((max(axis) - min(axis)) * boundaries.CELL / 1000 for axis in (across, up))
    assert 500 < width < 650 and 550 < height < 680  # kilometres: Scilly to Lowestoft, Scilly to Berwick
