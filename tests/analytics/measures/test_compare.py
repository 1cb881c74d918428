"""Rank, band, quintile, change and region, each on a warehouse small enough to work out by eye."""

import re

import pytest

from tests.analytics.tiny import AREAS, Tiny, broken_at, cells, column, measure
from throughline.core.polarity import Polarity

HIGH, LOW, NONE, CLOSER = (Polarity(name) for name in
                           ("higher_is_better", "lower_is_better", "none", "closer_is_better"))
TEN = [str(code) for code in range(101, 111)]


def one_year(values: str, indicator: str = "made") -> Tiny:
    """Figures of 2025: values in order of the authorities' codes, from 101."""
    lines = [f"{code} | {value}" for code, value in zip(TEN, values.split(), strict=False)]
    return Tiny().add("\n".join(["area | 2025", *lines]), indicator)


def listed(found: dict, codes: int) -> str:
    """The values of the first authorities in order of code, a dash where there is none."""
    return " ".join("-" if found.get(code) is None else f"{found[code]}" for code in TEN[:codes])


# values | polarity | ranks | how many are ranked
RANKS = """
10 20 20 30 40   | higher_is_better | 5 3 3 2 1   | 5
10 20 20 30 40   | lower_is_better  | 1 2 2 4 5   | 5
10 - 30 20 -     | lower_is_better  | 1 - 3 2 -   | 3
10 - 30 20 c     | higher_is_better | 3 - 1 2 -   | 3
7 7 7            | higher_is_better | 1 1 1       | 3
-0.5 0 0.5       | higher_is_better | 3 2 1       | 3
-0.5 0 0.5       | lower_is_better  | 1 2 3       | 3
0.3 0.30000000001 | lower_is_better | 1 1         | 2
10 20 30         | none             | - - -       | 3
10 20 30         | closer_is_better | - - -       | 3
- c z            | higher_is_better | - - -       | 0
4                | higher_is_better | 1           | 1
"""


@pytest.mark.parametrize(("values", "polarity", "ranks", "ranked"), cells(RANKS))
def test_one_is_best_ties_share_the_better_place_and_the_missing_have_none(tmp_path, values, polarity, ranks, ranked):
    tiny = one_year(re.sub(r"(0\.3)0000000001", "0.3000000000000001", values))
    warehouse = tiny.build(tmp_path, measure(polarity=Polarity(polarity)))
    count = len(values.split())
    assert listed(column(warehouse, "rank"), count) == ranks
    assert set(column(warehouse, "ranked").values()) == {int(ranked)}


def test_only_authorities_are_ranked_and_counted(tmp_path):
    tiny = Tiny().add("""
        area | 2025
        970  | 99
        982  | 98
        987  | 97
        101  | 10
        201  | 20
    """)
    warehouse = tiny.build(tmp_path, measure())
    assert column(warehouse, "rank") == {"101": 2, "201": 1, "970": None, "982": None, "987": None}
    assert column(warehouse, "ranked") == dict.fromkeys(["101", "201", "970", "982", "987"], 2)
    assert set(column(warehouse, "highest").values()) == {20.0}


def test_an_abolished_authority_counts_in_the_years_it_had_a_figure(tmp_path):
    tiny = Tiny(areas=AREAS + "301 | Oldshire | authority | 982 | | 2024-04-01 | 101 102\n").add("""
        area | 2024 | 2025
        101  | 10   | 11
        301  | 20   | -
    """)
    warehouse = tiny.build(tmp_path, measure())
    assert column(warehouse, "rank", period="2024") == {"101": 2, "301": 1}
    assert column(warehouse, "rank", period="2025") == {"101": 1, "301": None}
    assert column(warehouse, "ranked", period="2025") == {"101": 1, "301": 1}


def test_release_statuses_are_ranked_apart(tmp_path):
    tiny = Tiny().add("""
        area | 2025 (prov) | 2025 (Rev)
        101  | 10          | 30
        102  | 20          | 20
    """)
    warehouse = tiny.build(tmp_path, measure())
    assert column(warehouse, "rank", vintage="provisional") == {"101": 2, "102": 1}
    assert column(warehouse, "rank", vintage="revised") == {"101": 1, "102": 2}


# values | polarity | lower, middle and upper quartile | bands
BANDS = """
0 25 50 75 100         | lower_is_better  | 25 50 75          | A A B C D
0 25 50 75 100         | higher_is_better | 25 50 75          | D D C B A
10 30 60 80            | higher_is_better | 25 45 65          | D C B A
10 30 60 80            | lower_is_better  | 25 45 65          | A B C D
1 2 3 4 5 6 7 8 9 10   | higher_is_better | 3.25 5.5 7.75     | D D D C C B B A A A
1 2 3 4 5 6 7 8 9 10   | lower_is_better  | 3.25 5.5 7.75     | A A A B B C C D D D
5 5 5 5                | higher_is_better | 5 5 5             | D D D D
5 5 5 5                | lower_is_better  | 5 5 5             | A A A A
4                      | lower_is_better  | 4 4 4             | A
0 25 - 50 75 100       | lower_is_better  | 25 50 75          | A A - B C D
0.1 0.2 0.3            | lower_is_better  | 0.15 0.2 0.25     | A B D
0 25 50 75 100         | none             | 25 50 75          | - - - - -
"""


@pytest.mark.parametrize(("values", "polarity", "edges", "bands"), cells(BANDS))
def test_an_edge_falls_in_the_band_of_lower_values(tmp_path, values, polarity, edges, bands):
    warehouse = one_year(values).build(tmp_path, measure(polarity=Polarity(polarity)))
    found = [column(warehouse, name)["101"] for name in ("quartile_low", "quartile_middle", "quartile_high")]
    assert found == [float(edge) for edge in edges.split()]
    assert listed(column(warehouse, "quartile"), len(values.split())) == bands


# The department's own expectations: against the edges of 0, 25, 50, 75 and 100, a figure and its band.
EXPECTED = """
lower_is_better  | 0 A  | 25 A  | 50 B  | 75 C  | 100 D
higher_is_better | 10 D | 30 C  | 60 B  | 80 A  | 80 A
"""


@pytest.mark.parametrize(("polarity", *("expected",) * 1), [(row[0], row[1:]) for row in cells(EXPECTED)])
def test_the_departments_own_expectations(tmp_path, polarity, expected):
    # Pairs around 50 leave the three edges where they are: each figure is put in with its mirror image.
    for figure, band in (pair.split() for pair in expected):
        mirror = 100 - int(figure)
        warehouse = one_year(f"0 25 50 75 100 {figure} {mirror}").build(tmp_path, measure(polarity=Polarity(polarity)))
        low, middle, high = (column(warehouse, f"quartile_{name}")["101"] for name in ("low", "middle", "high"))
        assert middle == 50
        assert low <= 25 + 12.5 and high >= 75 - 12.5
        if (low, high) == (25, 75):
            assert column(warehouse, "quartile")["106"] == band


def test_a_measure_may_draw_no_bands_and_still_rank(tmp_path):
    warehouse = one_year("1 2 3 4 5").build(tmp_path, measure(no_quartiles="The range is too small."))
    assert listed(column(warehouse, "quartile"), 5) == "- - - - -"
    assert listed(column(warehouse, "rank"), 5) == "5 4 3 2 1"
    assert listed(column(warehouse, "quintile"), 5) == "5 4 3 2 1"


# values | polarity | quintiles
QUINTILES = """
1 2 3 4 5              | lower_is_better  | 1 2 3 4 5
1 2 3 4 5              | higher_is_better | 5 4 3 2 1
1 2 3 4 5 6 7          | lower_is_better  | 1 1 2 2 3 4 5
1 2 3 4 5 6 7 8 9 10   | lower_is_better  | 1 1 2 2 3 3 4 4 5 5
1 2 3                  | lower_is_better  | 1 2 3
1 - 2 3 c 4 5          | lower_is_better  | 1 - 2 3 - 4 5
1 1 1 1 1 1            | lower_is_better  | 1 1 2 3 4 5
1 2 3 4 5              | none             | - - - - -
"""


@pytest.mark.parametrize(("values", "polarity", "quintiles"), cells(QUINTILES))
def test_quintiles_are_of_equal_count_with_the_larger_groups_first(tmp_path, values, polarity, quintiles):
    warehouse = one_year(values).build(tmp_path, measure(polarity=Polarity(polarity)))
    assert listed(column(warehouse, "quintile"), len(values.split())) == quintiles


# values | polarity | one point | places gained by doing one point better, nobody else moving
PLACES = """
1 2 3 4 5        | higher_is_better | 1   | 1 1 1 1 0
1 2 3 4 5        | higher_is_better | 2   | 2 2 2 1 0
1 2 3 4 5        | lower_is_better  | 2   | 0 1 2 2 2
4.3 5.3          | higher_is_better | 1   | 1 0
4.3 5.3          | lower_is_better  | 1   | 0 1
4.3 5.30000001   | higher_is_better | 1   | 0 0
1 1 2 2 2 3      | higher_is_better | 1   | 3 3 1 1 1 0
-0.32 -0.22 -0.2 | higher_is_better | 0.1 | 1 1 0
0.1 0.2 0.3      | higher_is_better | 0.1 | 1 1 0
5 5              | higher_is_better | 10  | 0 0
1 - 1.5          | higher_is_better | 1   | 1 - 0
1 2 3            | none             | 1   | - - -
"""


@pytest.mark.parametrize(("values", "polarity", "point", "places"), cells(PLACES))
def test_how_many_places_a_point_is_worth(tmp_path, values, polarity, point, places):
    warehouse = one_year(values).build(tmp_path, measure(polarity=Polarity(polarity), point=float(point)))
    assert listed(column(warehouse, "places_per_point"), len(values.split())) == places


# years published for one authority | breaks | year | change | compared with
CHANGES = """
2024 10, 2025 12.5         |      | 2025 | 2.5  | 2024
2024 10, 2025 7            |      | 2025 | -3.0 | 2024
2024 5, 2025 5             |      | 2025 | 0.0  | 2024
2024 4.3, 2025 5.4         |      | 2025 | 1.1  | 2024
2023 10, 2025 12           |      | 2025 | None | None
2024 10, 2025 12           | 2025 | 2025 | None | None
2024 10, 2025 12           | 2024 | 2025 | 2.0  | 2024
2024 -, 2025 12            |      | 2025 | None | None
2024 10, 2025 c            |      | 2025 | None | 2024
2025 12                    |      | 2025 | None | None
"""


@pytest.mark.parametrize(("published", "breaks", "year", "change", "previous"), cells(CHANGES))
def test_change_is_from_exactly_a_year_before_and_never_across_a_break(tmp_path, published, breaks, year, change, previous):
    years, values = zip(*(pair.split() for pair in published.split(", ")), strict=True)
    tiny = Tiny().add(f"area | {' | '.join(years)}\n101 | {' | '.join(values)}")
    warehouse = tiny.build(tmp_path, measure(breaks=broken_at(*breaks.split())))
    assert str(column(warehouse, "change", period=year)["101"]) == change
    if "2024 -" not in published:
        assert str(column(warehouse, "previous_period", period=year)["101"]) == previous


def test_change_is_from_the_most_settled_release_of_the_year_before(tmp_path):
    tiny = Tiny().add("""
        area | 2024 (prov) | 2024 (Rev) | 2025 (prov) | 2025 (Rev)
        101  | 10          | 11         | 12          | 14
        102  | 10          |            | 12          | 14
    """)
    warehouse = tiny.build(tmp_path, measure())
    assert column(warehouse, "change", vintage="provisional") == {"101": 1.0, "102": None}
    assert column(warehouse, "change", vintage="revised") == {"101": 3.0, "102": None}


def test_regions_are_the_narrowest_with_a_figure(tmp_path):
    tiny = Tiny().add("""
        area | 2024 | 2025
        970  | 50   | 51
        982  | 60   | 61
        986  | 70   | 71
        987  | 80   | -
        988  |      | 91
        101  | 1    | 1
        201  | 2    | 2
        202  | 3    | 3
    """)
    warehouse = tiny.build(tmp_path, measure())
    assert column(warehouse, "england", period="2025") == dict.fromkeys(column(warehouse, "value"), 51.0)
    regions = {year: {area: (column(warehouse, "region", period=year)[area], column(warehouse, "region_area", period=year)[area])
                      for area in ("101", "201", "202", "970")} for year in ("2024", "2025")}
    assert regions == {
        "2024": {"101": (60.0, "982"), "201": (80.0, "987"), "202": (70.0, "986"), "970": (None, None)},
        "2025": {"101": (61.0, "982"), "201": (71.0, "986"), "202": (91.0, "988"), "970": (None, None)},
    }


def test_england_may_be_no_comparator(tmp_path):
    tiny = Tiny().add("area | 2025\n970 | 51\n982 | 61\n101 | 1")
    warehouse = tiny.build(tmp_path, measure(no_england="It counts more people."))
    assert column(warehouse, "england") == {"970": None, "982": None, "101": None}
    assert column(warehouse, "region")["101"] == 61.0
    assert column(warehouse, "value")["970"] == 51.0


def test_a_status_stands_where_there_is_no_value(tmp_path):
    warehouse = one_year("5 - c z").build(tmp_path, measure())
    assert listed(column(warehouse, "status"), 4) == "final not_available suppressed not_applicable"
    assert listed(column(warehouse, "value"), 4) == "5.0 - - -"
