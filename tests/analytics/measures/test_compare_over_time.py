"""Change since the year before, regions, England and release statuses, on a warehouse of typed figures."""

import pytest

from tests.analytics.tiny import AREAS, Tiny, broken_at, cells, column, measure
from throughline.analytics.warehouse.connection import Warehouse

# what is published for one authority | breaks | year | change | compared with
CHANGES = """
2024 10, 2025 12.5 |      | 2025 | 2.5  | 2024
2024 10, 2025 7    |      | 2025 | -3.0 | 2024
2024 5, 2025 5     |      | 2025 | 0.0  | 2024
2024 4.3, 2025 5.4 |      | 2025 | 1.1  | 2024
2023 10, 2025 12   |      | 2025 | None | None
2024 10, 2025 12   | 2025 | 2025 | None | None
2024 10, 2025 12   | 2024 | 2025 | 2.0  | 2024
2024 -, 2025 12    |      | 2025 | None | 2024
2024 10, 2025 c    |      | 2025 | None | 2024
2025 12            |      | 2025 | None | None
2023 10, 2024 11   |      | 2023 | None | None
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Each change above as a measure, and one measure for each test below."""
    tiny, measures = Tiny(areas=AREAS + "301 | Oldshire | authority | 982 | | 2024-04-01 | 101 102\n"), []
    for number, (published, breaks, *_) in enumerate(cells(CHANGES)):
        years, values = zip(*(pair.split() for pair in published.split(", ")), strict=True)
        tiny.add(f"area | {' | '.join(years)}\n101 | {' | '.join(values)}", f"change_{number}")
        measures.append(measure(f"change_{number}", breaks=broken_at(*breaks.split())))
    tiny.add("""
        area | 2024 (prov) | 2024 (Rev) | 2025 (prov) | 2025 (Rev)
        101  | 10          | 11         | 12          | 34
        102  | 10          |            | 22          | 14
    """, "released_twice")
    tiny.add("""
        area | 2024 | 2025
        970  | 50   | 51
        982  | 60   | 61
        986  | 70   | 71
        987  | 80   | -
        988  |      | 91
        101  | 1    | 1
        201  | 2    | 2
        202  | 3    | 3
        301  | 4    | -
    """, "everywhere")
    again = [{**row, "indicator": "no_england"} for row in tiny.rows if row["indicator"] == "everywhere"]
    tiny.rows += again
    measures += [measure("released_twice"), measure("everywhere"),
                 measure("no_england", no_england="It counts more people.", no_quartiles="The range is too small.")]
    return tiny.build(tmp_path_factory.mktemp("over_time"), *measures)


@pytest.mark.parametrize(("number", "row"), list(enumerate(cells(CHANGES))))
def test_change_is_from_exactly_a_year_before_and_never_across_a_break(built, number, row):
    _, _, year, change, previous = row
    assert str(column(built, "change", f"change_{number}", year)["101"]) == change
    assert str(column(built, "previous_period", f"change_{number}", year)["101"]) == previous


def test_change_is_from_the_most_settled_release_of_the_year_before(built):
    assert column(built, "change", "released_twice", vintage="provisional") == {"101": 1.0, "102": None}
    assert column(built, "change", "released_twice", vintage="revised") == {"101": 23.0, "102": None}


def test_release_statuses_are_ranked_apart(built):
    assert column(built, "rank", "released_twice", vintage="provisional") == {"101": 2, "102": 1}
    assert column(built, "rank", "released_twice", vintage="revised") == {"101": 1, "102": 2}


def test_only_authorities_are_ranked_and_counted(built):
    ranks = column(built, "rank", "everywhere")
    assert {area for area, rank in ranks.items() if rank is None} == {"970", "982", "986", "987", "988", "301"}
    assert (ranks["202"], ranks["201"], ranks["101"]) == (1, 2, 3)
    assert set(column(built, "ranked", "everywhere").values()) == {3}
    assert set(column(built, "highest", "everywhere").values()) == {3.0}


def test_an_abolished_authority_counts_in_the_years_it_had_a_figure(built):
    assert column(built, "rank", "everywhere", "2024")["301"] == 1
    assert set(column(built, "ranked", "everywhere", "2024").values()) == {4}


def test_the_region_is_the_narrowest_with_a_figure_in_the_latest_period(built):
    found = {
        year: {area: (column(built, "region", "everywhere", year)[area], column(built, "region_area", "everywhere", year)[area])
               for area in ("101", "201", "202", "970", "982")}
        for year in ("2024", "2025")
    }
    assert found == {
        "2024": {"101": (60.0, "982"), "201": (70.0, "986"), "202": (None, "988"), "970": (None, None), "982": (None, None)},
        "2025": {"101": (61.0, "982"), "201": (71.0, "986"), "202": (91.0, "988"), "970": (None, None), "982": (None, None)},
    }


def test_england_stands_beside_every_area_unless_it_is_no_comparator(built):
    assert set(column(built, "england", "everywhere").values()) == {51.0}
    assert set(column(built, "england", "no_england").values()) == {None}
    assert column(built, "region", "no_england")["101"] == 61.0
    assert column(built, "value", "no_england")["970"] == 51.0


def test_a_measure_may_draw_no_bands_and_still_rank(built):
    assert set(column(built, "quartile", "no_england").values()) == {None}
    assert set(column(built, "quartile", "everywhere").values()) == {None, "A", "C", "D"}
    for name in ("rank", "quintile", "places_per_point"):
        assert column(built, name, "no_england") == column(built, name, "everywhere")
