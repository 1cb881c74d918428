"""Rank, band, quintile and places for a point: each case a measure of its own in one warehouse of typed figures."""

from collections.abc import Callable

import pytest

from tests.analytics.tiny import Tiny, cells, column, measure
from throughline.analytics.warehouse.connection import Warehouse
from throughline.core.polarity import Polarity

TEN = [str(code) for code in range(101, 111)]

# values, in order of the authorities' codes | which way is better | ranks | how many are ranked
RANKS = """
10 20 20 30 40   | higher_is_better | 5 3 3 2 1   | 5
10 20 20 30 40   | lower_is_better  | 1 2 2 4 5   | 5
10 - 30 20 -     | lower_is_better  | 1 - 3 2 -   | 3
10 - 30 20 c     | higher_is_better | 3 - 1 2 -   | 3
7 7 7            | higher_is_better | 1 1 1       | 3
-0.5 0 0.5       | higher_is_better | 3 2 1       | 3
-0.5 0 0.5       | lower_is_better  | 1 2 3       | 3
10 20 30         | none             | - - -       | 3
10 20 30         | closer_is_better | - - -       | 3
- c z            | higher_is_better | - - -       | 0
4                | higher_is_better | 1           | 1
"""
# values | which way is better | lower, middle and upper quartile | bands
BANDS = """
0 25 50 75 100           | lower_is_better  | 25 50 75      | A A B C D
0 25 50 75 100           | higher_is_better | 25 50 75      | D D C B A
0 10 25 30 50 60 75 80 100 | higher_is_better | 25 50 75    | D D D C C B B A A
0 10 25 30 50 60 75 80 100 | lower_is_better  | 25 50 75    | A A A B B C C D D
10 30 60 80              | higher_is_better | 25 45 65      | D C B A
10 30 60 80              | lower_is_better  | 25 45 65      | A B C D
1 2 3 4 5 6 7 8 9 10     | higher_is_better | 3.25 5.5 7.75 | D D D C C B B A A A
1 2 3 4 5 6 7 8 9 10     | lower_is_better  | 3.25 5.5 7.75 | A A A B B C C D D D
5 5 5 5                  | higher_is_better | 5 5 5         | D D D D
5 5 5 5                  | lower_is_better  | 5 5 5         | A A A A
4                        | lower_is_better  | 4 4 4         | A
0 25 - 50 75 100         | lower_is_better  | 25 50 75      | A A - B C D
0.1 0.2 0.3              | lower_is_better  | 0.15 0.2 0.25 | A B D
0.7 0.8 0.9 1.0 1.1      | higher_is_better | 0.8 0.9 1.0   | D D C B A
0 25 50 75 100           | none             | 25 50 75      | - - - - -
"""
# values | which way is better | quintiles
QUINTILES = """
1 2 3 4 5              | lower_is_better  | 1 2 3 4 5
1 2 3 4 5              | higher_is_better | 5 4 3 2 1
1 2 3 4 5 6 7          | lower_is_better  | 1 1 2 2 3 4 5
1 2 3 4 5 6 7          | higher_is_better | 5 5 4 4 3 2 1
1 2 3 4 5 6 7 8 9 10   | lower_is_better  | 1 1 2 2 3 3 4 4 5 5
1 2 3                  | lower_is_better  | 1 2 3
1 - 2 3 c 4 5          | lower_is_better  | 1 - 2 3 - 4 5
1 1 1 1 1 1            | lower_is_better  | 1 1 2 3 4 5
1 2 3 4 5              | none             | - - - - -
"""
# values | which way is better | one point | places gained by doing one point better, nobody else moving
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
Case = Callable[[str, str], str]  # the name of a column, and the case's id: its values in order of code


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Every case above as a measure: ranks_0, ranks_1, bands_0 and so on."""
    tiny, measures = Tiny(), []
    for name, table in (("ranks", RANKS), ("bands", BANDS), ("quintiles", QUINTILES), ("places", PLACES)):
        for number, (values, polarity, *rest) in enumerate(cells(table)):
            id = f"{name}_{number}"
            tiny.add("\n".join(["area | 2025", *map(" | ".join, zip(TEN, values.split(), strict=False))]), id)
            point = float(rest[0]) if name == "places" else 1.0
            measures.append(measure(id, polarity=Polarity(polarity), point=point))
    return tiny.build(tmp_path_factory.mktemp("compare"), *measures)


@pytest.fixture(scope="module")
def case(built: Warehouse) -> Case:
    """A column of one case, a dash where there is nothing."""
    def listed(name: str, id: str) -> str:
        return " ".join("-" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
                        for value in column(built, name, id).values())

    return listed


@pytest.mark.parametrize(("number", "row"), list(enumerate(cells(RANKS))))
def test_one_is_best_ties_share_the_better_place_and_the_missing_have_none(case, number, row):
    values, _, ranks, ranked = row
    assert case("rank", f"ranks_{number}") == ranks
    assert set(case("ranked", f"ranks_{number}").split()) == {ranked}
    assert len(case("value", f"ranks_{number}").split()) == len(values.split())


@pytest.mark.parametrize(("number", "row"), list(enumerate(cells(BANDS))))
def test_an_edge_falls_in_the_band_of_lower_values(case, number, row):
    _, _, edges, bands = row
    found = [case(f"quartile_{name}", f"bands_{number}").split()[0] for name in ("low", "middle", "high")]
    assert [float(edge) for edge in found] == [float(edge) for edge in edges.split()]
    assert case("quartile", f"bands_{number}") == bands


@pytest.mark.parametrize(("number", "row"), list(enumerate(cells(QUINTILES))))
def test_quintiles_are_of_equal_count_with_the_larger_groups_first(case, number, row):
    assert case("quintile", f"quintiles_{number}") == row[2]


@pytest.mark.parametrize(("number", "row"), list(enumerate(cells(PLACES))))
def test_how_many_places_a_point_is_worth(case, number, row):
    assert case("places_per_point", f"places_{number}") == row[3]


def test_a_status_stands_where_there_is_no_value(case):
    number = next(n for n, row in enumerate(cells(RANKS)) if row[0] == "10 - 30 20 c")
    assert case("status", f"ranks_{number}") == "final not_available final final suppressed"


def test_lowest_and_highest_are_of_the_values_whichever_way_is_better(case):
    assert set(case("lowest", "ranks_1").split()) == {"10"}
    assert set(case("highest", "ranks_1").split()) == {"40"}
