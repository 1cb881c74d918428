"""The worked examples of the department's comparison rules: Progress 8, A level points, level 3 by 19 and its gap."""

import pytest

from tests.analytics.tiny import cells, column
from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.figures import figures
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.series import neighbours_of, standings, trend
from throughline.core.periods import parse_period

# A levels stand for a_level_points_per_entry.
# measure | year | authority | value | change | rank | of | lower, middle, upper quartile, lowest, highest | band
#         | neighbours' mean | region | England; a star where the example does not say
TABLE = """
progress_8 | 2024 | Barnsley | -0.32 | -0.16 | 131 | 152 | -0.1925 -0.05 0.1125 -0.96 1.07 | D | -0.181 | -0.09 | -0.03
progress_8 | 2024 | Camden   | -0.14 | -0.11 | 97  | 152 | -0.1925 -0.05 0.1125 -0.96 1.07 | C | 0.341  | 0.28  | -0.03
progress_8 | 2024 | Leeds    | 0.10  | -0.02 | 40  | 152 | -0.1925 -0.05 0.1125 -0.96 1.07 | B | -0.120 | -0.09 | -0.03
A levels | 2025 | Barnsley | 34.07 | -0.33 | 80 | 151 | 32.685 34.22 35.76 27.28 42.25 | C | 33.498 | 34.57 | 34.9873
A levels | 2025 | Camden | 32.01 | 0.80 | 126 | 151 | 32.685 34.22 35.76 27.28 42.25 | D | 37.150 | * | 34.9873
A levels | 2025 | Leeds | 35.00 | 1.55 | 53 | 151 | 32.685 34.22 35.76 27.28 42.25 | B | 32.932 | 34.57 | 34.9873
level_3_by_19 | 2024 | Barnsley | 51.749 | -1.233 | 112 | 150 | 51.2278 56.388 62.9772 37.282 77.27 | C | 49.4113 | 51.74 | 57.561
level_3_by_19 | 2024 | Camden   | 70.631 | -2.298 | 17  | 150 | 51.2278 56.388 62.9772 37.282 77.27 | A | 69.5666 | *     | 57.561
level_3_by_19_fsm_gap | 2024 | Barnsley | 22.79 | -4.39 | 45 | 150 | 22.105 26.96 30.4775 10.35 40.15 | B | 25.877 | 25.00 | 25.53
level_3_by_19_fsm_gap | 2024 | Camden   | 12.87 | -4.87 | 3  | 150 | 22.105 26.96 30.4775 10.35 40.15 | A | 16.377 | *     | 25.53
"""
# authorities with the same Progress 8 in 2024, and the place they share
TIES = """
Barnet, Merton                               | 0.61  | 3
Redbridge, Hammersmith and Fulham            | 0.52  | 7
Liverpool, North East Lincolnshire           | -0.48 | 148
Blackpool                                    | -0.96 | 152
"""
NEIGHBOURS = """
Camden   | Islington 0.15, Westminster 0.47, Hammersmith and Fulham 0.52, Southwark 0.46, Lambeth 0.0, \
Kensington and Chelsea 0.29, Lewisham 0.1, Haringey 0.3, Hackney 0.51, Barnet 0.61
Barnsley | Rotherham -0.18, Wakefield 0.04, Tameside -0.21, Doncaster 0.0, Dudley -0.12, Telford and Wrekin -0.39, \
Durham -0.14, Gateshead -0.14, Redcar and Cleveland -0.36, Sunderland -0.31
"""


@pytest.fixture(scope="module")
def measures(definitions):
    return load_measures(definitions)


@pytest.mark.parametrize("row", cells(TABLE), ids=lambda row: f"{row[0]} {row[2]}")
def test_a_row_of_the_worked_examples(warehouse, measures, row):
    id, year, name, value, change, rank, ranked, spread, band, mean, region, england = row
    given = measures["a_level_points_per_entry" if id == "A levels" else id]
    (found,) = figures(warehouse, [given], [find_area(warehouse, name)])
    assert (found.period, found.rank, found.ranked, found.quartile) == (year, int(rank), int(ranked), band)
    edges = [found.quartile_low, found.quartile_middle, found.quartile_high, found.lowest, found.highest]
    for printed, held in zip([value, change, mean, england, *spread.split()],
                             [found.value, found.change, found.neighbours_mean, found.england, *edges], strict=True):
        assert held == pytest.approx(float(printed), abs=half_a_digit(printed)), (printed, held)
    if region != "*":
        assert found.region == pytest.approx(float(region), abs=half_a_digit(region))


def half_a_digit(printed: str) -> float:
    """Half of the last digit printed: what its rounding may hide."""
    return 0.5000001 * 10.0 ** -len(printed.partition(".")[2])


def test_camden_stands_beside_inner_london_where_it_has_a_figure_and_else_beside_london(warehouse, measures):
    camden = find_area(warehouse, "Camden")
    found = figures(warehouse, [measures["progress_8"], measures["a_level_points_per_entry"]], [camden])
    assert [figure.region_area for figure in found] == ["987", "986"]
    assert found[1].region == column(warehouse, "value", "a_level_points_per_entry", "2025", "revised")["986"]


@pytest.mark.parametrize(("names", "value", "rank"), cells(TIES))
def test_those_level_share_the_better_place(warehouse, measures, names, value, rank):
    rows = standings(warehouse, measures["progress_8"], parse_period("2024", "academic year")[0])
    level = {row.name: row.rank for row in rows if row.value == float(value)}
    assert level == dict.fromkeys(names.split(", "), int(rank))


def test_the_place_after_two_that_tie_is_left_out(warehouse, measures):
    rows = standings(warehouse, measures["progress_8"], parse_period("2024", "academic year")[0])
    ranks = [row.rank for row in rows if row.rank]
    assert ranks[:8] == [1, 2, 3, 3, 5, 6, 7, 7]
    assert ranks[-1] == 152 and len(ranks) == 152


@pytest.mark.parametrize(("name", "near"), cells(NEIGHBOURS))
def test_the_neighbours_and_their_progress(warehouse, name, near):
    values = column(warehouse, "value", "progress_8", "2024")
    held = [(neighbour, values[neighbour]) for neighbour, _ in neighbours_of(warehouse, find_area(warehouse, name), "2025")]
    expected = [pair.rpartition(" ") for pair in near.split(", ")]
    assert held == [(find_area(warehouse, who).area, float(value)) for who, _, value in expected]


def test_nobody_outside_the_153_is_ranked(warehouse):
    (row,) = warehouse.rows(
        "SELECT max(ranked) AS most FROM comparison JOIN area USING (area) WHERE abolished_on IS NULL AND latest")
    assert row["most"] <= 153


def test_every_break_declared_is_where_a_trend_shows_it(warehouse, measures):
    england = find_area(warehouse, "970")
    declared = {(id, entry.reason) for id, given in measures.items() for entry in given.breaks}
    shown = {(id, point.break_before) for id, given in measures.items() for point in trend(warehouse, given, england)}
    assert declared - shown == set()


def test_a_borough_stands_beside_one_region_all_along(warehouse):
    """Inner or Outer London where it has a figure in the latest period, else London: never now one and now the other."""
    mixed = warehouse.rows(
        "SELECT measure, count(DISTINCT area) AS boroughs FROM ("
        "  SELECT measure, area FROM comparison WHERE preferred AND region IS NOT NULL"
        "  GROUP BY measure, area HAVING count(DISTINCT region_area) > 1) GROUP BY measure ORDER BY measure")
    assert {row["measure"]: row["boroughs"] for row in mixed} == {}
