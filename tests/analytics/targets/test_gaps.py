"""The gap table: positive to the group's disadvantage, no change over a break or a missing year."""

from tests.analytics.targets.marlshire import with_gaps
from throughline.analytics.targets.gaps import gap_table


def test_each_period_has_its_gap_beside_the_national_one_and_its_change():
    first, second = gap_table(with_gaps("2015/16 40.0 of 60.0 england 45.0 of 62.0, 2016/17 42.5 of 60.0 england 45.0 of 61.0"))
    assert (first.group, first.comparator_group) == ("Eligible for free school meals", "Others")
    assert (first.gap, first.national_gap, first.change) == (20.0, 17.0, None)
    assert (second.gap, second.national_gap, second.change, second.why_no_change) == (17.5, 16.0, -2.5, "")


def test_lower_is_better_turns_the_gap_round():
    assert gap_table(with_gaps("2015/16 12.0 of 5.0", "-%"))[0].gap == 7.0


def test_a_missing_group_has_no_gap_and_a_missing_year_no_change():
    rows = gap_table(with_gaps("2013/14 40.0 of 60.0, 2015/16 41.0 of 60.0, 2016/17 - of 60.0, 2017/18 42.0 of 60.0"))
    assert [row.gap for row in rows] == [20.0, 19.0, None, 18.0]
    assert [row.change for row in rows] == [None] * 4
    assert rows[1].why_no_change == "There is no gap for the year before."
    assert rows[2].why_no_change == "There is no gap for this period."


def test_no_change_is_worked_out_over_a_break():
    rows = gap_table(with_gaps("2015/16 40.0 of 60.0, 2016/17 42.0 of 60.0", breaks="2016/17"))
    assert (rows[1].change, rows[1].why_no_change) == (None, "The series is broken: The count changed.")
