"""Trends that stop at a break, standings of every authority, and gaps between groups."""

import pytest

from tests.analytics.tiny import AREAS, Tiny, broken_at, cells, grouped, measure
from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.series import gaps, neighbours_of, standings, trend, trends
from throughline.core.periods import parse_period
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    tiny = Tiny(areas=AREAS + "301 | Oldshire | authority | 982 | | 2024-04-01 | 101 102\n").add("""
        area | 2019 | 2020 | 2021 | 2023 | 2024 | 2024 (Rev) | 2025 (prov)
        970  | 1    | 2    | 3    | 5    | 6    | 66         | 7
        982  | 11   | 12   | 13   | 15   | 16   | 66         | 17
        101  | 21   | 22   | -    | 25   | 26   | 66         | 27
        102  | 31   | 32   | 33   | 35   | 36   | 66         | 37
        103  | 41   |      | 43   | c    | 46   | 66         |
        301  | 51   | 52   | 53   | 55   | -    |            |
    """).near("101", "102", "103").near("101", "301", model="2021")
    for number, (_, fsm, others, *_rest) in enumerate(cells(GAPS)):
        tiny.add(f"area | 2025\n101 | {fsm}\n970 | 40", f"fsm_{number}")
        tiny.add(f"area | 2025\n101 | {others}\n970 | 50", f"others_{number}")
    tiny.add("area | 2023 | 2024 | 2025\n101 | 1 | 2 | 3", "fsm")
    tiny.add("area | 2023 | 2024 | 2024 (prov) | 2025 | 2025 (prov)\n101 | 4 | - | 2.5 | 5 | 99", "others")
    by = [gap_of(number, row[0]) for number, row in enumerate(cells(GAPS))]
    return tiny.build(tmp_path_factory.mktemp("series"), MADE, BROKEN, *by, OVER_TIME)


def gap_of(number, polarity):
    """The measure of one row of GAPS."""
    by_meals = grouped("meals", "Others", Meals=f"fsm_{number}", Others=f"others_{number}")
    return measure(f"gap_{number}", polarity=Polarity(polarity), breakdowns=(by_meals,))


# which way is better | with free school meals | others | gap, positive to the disadvantage of those with meals | England's
GAPS = """
higher_is_better | 30 | 55   | 25.0  | 10.0
lower_is_better  | 30 | 55   | -25.0 | -10.0
none             | 30 | 55   | 25.0  | 10.0
higher_is_better | 55 | 30   | -25.0 | 10.0
lower_is_better  | 55 | 30   | 25.0  | -10.0
higher_is_better | -  | 30   | None  | 10.0
higher_is_better | 30 | c    | None  | 10.0
higher_is_better | 0.1 | 0.3 | 0.2   | 10.0
"""
MADE = measure()
OVER_TIME = measure("gap_over_time", breakdowns=(grouped("meals", "Others", Meals="fsm", Others="others"),))
BROKEN = measure("broken", published=MADE.published, breaks=broken_at("2020", "2023"))


def points(built, given, code="101", model="2025", provisional=True):
    return trend(built, given, find_area(built, code), model, provisional)


def test_a_provisional_period_is_left_out_unless_asked_for(built):
    assert [point.period.label for point in points(built, MADE, provisional=False)] == ["2019", "2020", "2021", "2023", "2024"]


def test_a_line_is_drawn_only_from_the_year_before(built):
    found = points(built, MADE)
    assert [(point.period.label, point.value, point.joins) for point in found] == [
        ("2019", 21.0, False), ("2020", 22.0, True), ("2021", None, True), ("2023", 25.0, False), ("2024", 26.0, True),
        ("2025", 27.0, True),
    ]
    assert [point.break_before for point in found] == [None] * 6
    assert found[2].status is Status.NOT_AVAILABLE and found[5].status is Status.PROVISIONAL


def test_no_line_is_drawn_across_a_break_and_its_reason_is_given(built):
    found = points(built, BROKEN)
    assert [(point.period.label, point.joins, point.break_before) for point in found] == [
        ("2019", False, None), ("2020", False, "It changed in 2020."), ("2021", True, None),
        ("2023", False, "It changed in 2023."), ("2024", True, None), ("2025", True, None),
    ]


def test_a_trend_has_england_the_region_and_the_neighbours_beside_it(built):
    found = points(built, MADE)[0]
    assert (found.england, found.region, found.neighbours_mean) == (1.0, 11.0, 36.0)
    assert points(built, MADE, model="2021")[0].neighbours_mean == 51.0
    assert points(built, MADE, code="102")[0].neighbours_mean is None


def test_every_measures_trend_is_read_at_once(built):
    found = trends(built, {"made": MADE, "broken": BROKEN}, find_area(built, "101"), provisional=True)
    for given in (MADE, BROKEN):
        apart = [(point.period, point.value, point.joins) for point in points(built, given)]
        assert [(point.period, point.value, point.joins) for point in found[given.id]] == apart


def test_standings_are_best_first_then_those_without_a_value(built):
    def standing(year):
        rows = standings(built, MADE, parse_period(year, "academic year")[0])
        return [(row.name, row.value, row.rank, row.status.value) for row in rows]

    assert standing("2023") == [
        ("Oldshire", 55.0, 1, "final"), ("Barwick", 35.0, 2, "final"), ("Ashby", 25.0, 3, "final"),
        ("Colne", None, None, "suppressed"),
    ]
    assert [row[0] for row in standing("2024")] == ["Colne", "Barwick", "Ashby"]  # Oldshire is gone by then


def test_neighbours_are_closest_first(built):
    assert neighbours_of(built, find_area(built, "101"), "2025") == [("102", "close"), ("103", "close")]
    assert neighbours_of(built, find_area(built, "101"), "2021") == [("301", "close")]
    assert neighbours_of(built, find_area(built, "102"), "2025") == []


@pytest.mark.parametrize(("number", "row"), list(enumerate(cells(GAPS))))
def test_a_positive_gap_is_to_the_groups_disadvantage(built, number, row):
    given = gap_of(number, row[0])
    (found,) = gaps(built, given, given.breakdowns[0], find_area(built, "101"))
    assert (found.group, str(found.gap), str(found.england_gap)) == ("Meals", row[3], row[4])


def test_gaps_go_year_by_year_in_the_most_settled_release_with_a_value(built):
    found = gaps(built, OVER_TIME, OVER_TIME.breakdowns[0], find_area(built, "101"))
    assert [(gap.period.label, gap.value, gap.reference_value, gap.gap, gap.joins) for gap in found] == [
        ("2023", 1.0, 4.0, 3.0, False), ("2024", 2.0, 2.5, 0.5, True), ("2025", 3.0, 5.0, 2.0, True),
    ]
    assert {gap.england_gap for gap in found} == {None}


def test_no_gap_is_joined_across_a_break(built):
    given = measure("gap_over_time", breaks=broken_at("2025"), breakdowns=OVER_TIME.breakdowns)
    found = gaps(built, given, given.breakdowns[0], find_area(built, "101"))
    assert [gap.joins for gap in found] == [False, True, False]
