"""What is expected on a day: on the straight line, or year by year with empty cells left empty."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.targets.trajectory import Step, expected, straight_line, year_by_year
from throughline.core.periods import parse_period


def year(label):
    return parse_period(label, "academic year")[0]


CELLS = [(year("2009/10"), 73.0), (year("2007/08"), 69.0), (year("2008/09"), None)]


@pytest.mark.parametrize(("on", "value"), [
    ("2008-08-31", 69.0), ("2009-08-31", None), ("2010-08-31", 73.0), ("2009-02-28", None), ("2007-08-31", None),
    ("2011-08-31", None),
])
def test_an_empty_cell_stays_empty(on, value):
    assert expected(year_by_year(CELLS), date.fromisoformat(on)) == value


@pytest.mark.parametrize(("on", "value"), [
    ("2008-08-31", 69.0), ("2009-08-31", 71.0), ("2010-08-31", 73.0), ("2008-08-30", None), ("2010-09-01", None),
])
def test_between_given_values_the_line_is_drawn_only_when_asked(on, value):
    assert expected(year_by_year(CELLS, joined=True), date.fromisoformat(on)) == value


def test_nothing_is_expected_of_an_empty_trajectory():
    assert expected(year_by_year([(year("2007/08"), None)], joined=True), date(2008, 8, 31)) is None


days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(days, st.integers(1, 4000), st.integers(0, 4000), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_the_straight_line_is_plain_arithmetic(first, length, along, start, end):
    last, on = date.fromordinal(first.toordinal() + length), date.fromordinal(first.toordinal() + along)
    found = expected(straight_line(Step("then", first, float(start)), Step("due", last, float(end))), on)
    if along > length:
        assert found is None
    else:
        assert found == pytest.approx(float(start + Fraction(end - start) * Fraction(along, length)))
