"""An authority beside its statistical neighbours: their mean, its rank among them, and one model beside another."""

import pytest

from tests.analytics.tiny import Tiny, cells, measure
from throughline.analytics.warehouse.connection import Warehouse
from throughline.core.polarity import Polarity

# own value | neighbours' values, closest first; blank where there is no row | mean | rank | ranked, high | rank, low
CASES = """
5 | 1 2 3 4   | 2.5    | 1    | 5 | 5
5 | 5 5 7     | 5.6667 | 2    | 4 | 1
5 | 7 7 1     | 5.0    | 3    | 4 | 2
5 | - 2 c 4   | 3.0    | 1    | 3 | 3
5 | - - -     | None   | 1    | 1 | 1
- | 1 2 3     | 2.0    | None | 3 | None
5 | 9         | 9.0    | 2    | 2 | 1
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Each case with both polarities; 101 has four neighbours in one model and two in the other."""
    tiny, measures = Tiny(), []
    for number, (own, theirs, *_) in enumerate(cells(CASES)):
        lines = [f"{code} | {value}" for code, value in zip(("101", "102", "103", "104", "105"), [own, *theirs.split()],
                                                            strict=False)]
        for polarity in ("higher_is_better", "lower_is_better", "none"):
            id = f"{polarity}_{number}"
            tiny.add("\n".join(["area | 2025", *lines, "970 | 50", "982 | 60"]), id)
            measures.append(measure(id, polarity=Polarity(polarity)))
    tiny.near("101", "102", "103", "104", "105").near("101", "103", "102", model="2021").near("102", "101", "982")
    return tiny.build(tmp_path_factory.mktemp("neighbours"), *measures)


def beside(warehouse: Warehouse, measure: str, area: str = "101", model: str = "2025") -> tuple:
    (row,) = warehouse.rows(
        "SELECT round(neighbours_mean, 4) AS mean, neighbours_rank AS rank, neighbours_ranked AS ranked "
        "FROM neighbour_comparison WHERE measure = ? AND area = ? AND model = ?", measure, area, model,
    )
    return row["mean"], row["rank"], row["ranked"]


@pytest.mark.parametrize(("number", "row"), list(enumerate(cells(CASES))))
def test_the_mean_leaves_out_the_missing_and_the_rank_is_among_itself_and_them(built, number, row):
    _, _, mean, high, ranked, low = row
    expected = [f"({mean}, {rank}, {ranked})" for rank in (high, low)]
    assert [str(beside(built, f"{way}_{number}")) for way in ("higher_is_better", "lower_is_better")] == expected


def test_where_no_way_is_better_there_is_a_mean_and_no_rank(built):
    mean, rank, _ = beside(built, "none_0")
    assert (mean, rank) == (2.5, None)


def test_where_no_way_is_better_those_with_a_value_are_still_counted(built):
    assert beside(built, "none_0")[2] == 5


def test_each_model_has_its_own_neighbours(built):
    assert beside(built, "higher_is_better_0", model="2025") == (2.5, 1, 5)
    assert beside(built, "higher_is_better_0", model="2021") == (1.5, 1, 3)


def test_only_an_authority_counts_as_a_neighbour(built):
    assert beside(built, "higher_is_better_0", area="102") == (5.0, 2, 2)


def test_an_area_without_neighbours_has_no_row(built):
    found = built.rows("SELECT DISTINCT area FROM neighbour_comparison ORDER BY area")
    assert [row["area"] for row in found] == ["101", "102"]
