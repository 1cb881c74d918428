"""Which authority's figure fills which outline of the map."""

from tests.apps.performance.given import standing
from throughline.analytics.measures.areas import all_areas
from throughline.apps.performance.outlines import outlines, standing_by_territory


def _filled(warehouse, *placed) -> dict[str, str]:
    return {area: found.area for area, found in standing_by_territory(warehouse, placed).items()}


def test_an_abolished_authoritys_figure_fills_the_outlines_of_those_that_followed(warehouse):
    assert _filled(warehouse, standing("909", 5)) == {"909": "909", "942": "909", "943": "909"}


def test_a_figure_of_ones_own_comes_first(warehouse):
    assert _filled(warehouse, standing("909", 5), standing("942", 6)) == {"909": "909", "942": "942", "943": "909"}


def test_an_authority_without_a_figure_fills_nothing(warehouse):
    assert _filled(warehouse, standing("909", None), standing("358", None)) == {}


def test_every_authority_of_today_has_an_outline_and_every_outline_an_authority(warehouse):
    drawn = {feature["properties"]["area"] for feature in outlines(warehouse)}
    today = {area.area for area in all_areas(warehouse).values() if area.is_authority and area.abolished_on is None}
    assert today - drawn == set()
    assert drawn <= set(all_areas(warehouse))
