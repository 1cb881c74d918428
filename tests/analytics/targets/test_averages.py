"""Averages as plans define them: which months make a winter, when there is none, and of what it is an average."""

import pytest

from tests.analytics.targets.marlshire import evidence
from throughline.analytics.targets.averages import rolling_average
from throughline.analytics.targets.language import Span

WINTER = ("November", "December", "January")


def points(line):
    return evidence(line).points


def test_a_winter_runs_over_the_new_year():
    winter = "November_2014 97.0 england=90, December_2014 98.0 england=91, January_2015 99.0 england=92"
    figures = points(f"{winter}, November_2015 90.0")
    first, second = rolling_average(figures, WINTER)
    assert (first.value, first.used, first.missing) == (98.0, ("November 2014", "December 2014", "January 2015"), ())
    assert (first.point.period, first.point.england) == ("November 2014 to January 2015", 91.0)
    assert (first.point.start.isoformat(), first.point.end.isoformat()) == ("2014-11-01", "2015-01-31")
    assert (second.value, second.missing) == (None, ("December 2015", "January 2016"))


def test_a_suppressed_month_leaves_no_average():
    found = rolling_average(points("November_2014 97.0, December_2014 suppressed, January_2015 99.0"), WINTER)[0]
    assert (found.value, found.missing, found.used) == (None, ("December 2014",), ("November 2014", "January 2015"))


def test_counts_are_added_up_where_every_month_has_them():
    figures = points("November_2014 50.0 n=10 d=20, December_2014 100.0 n=60 d=60, January_2015 100.0 n=20 d=20")
    pooled = rolling_average(figures, WINTER, percent=True)[0]
    assert (pooled.value, pooled.pooled) == (90.0, True)
    plain = rolling_average(figures, WINTER)[0]
    assert (plain.value, plain.pooled) == (pytest.approx(83.333333333), False)
    lacking = points("November_2014 50.0, December_2014 100.0 n=60 d=60, January_2015 100.0 n=20 d=20")
    assert not rolling_average(lacking, WINTER, percent=True)[0].pooled


def test_counts_do_not_stand_in_for_a_suppressed_figure():
    figures = points("November_2014 50.0 n=10 d=20, December_2014 suppressed n=3 d=60, January_2015 100.0 n=20 d=20")
    assert rolling_average(figures, WINTER, percent=True)[0].value is None


def test_a_comparator_missing_in_one_month_has_no_average():
    figures = points("November_2014 97.0 england=90, December_2014 98.0, January_2015 99.0 england=92")
    assert rolling_average(figures, WINTER)[0].point.england is None


def test_yearly_figures_make_no_winter():
    assert rolling_average(points("2014/15 97.0"), WINTER) == []


@pytest.mark.parametrize(("line", "n", "span", "values"), [
    ("2012/13 1, 2013/14 2, 2014/15 6", 3, Span.YEARS, [None, None, 3.0]),
    ("2012/13 1, 2014/15 6", 2, Span.YEARS, [None, None]),
    ("November_2014 1, December_2014 2, January_2015 6", 2, Span.MONTHS, [None, 1.5, 4.0]),
    ("2014/15 6", 3, Span.MONTHS, [None]),
    ("Autumn_term_2014/15 3, Spring_term_2014/15 5, Summer_term_2014/15 10", 3, Span.TERMS, [None, None, 6.0]),
])
def test_an_average_over_a_span_needs_every_period_of_it(line, n, span, values):
    assert [found.value for found in rolling_average(points(line), periods=n, span=span)] == values


def test_what_an_average_over_years_lacks_is_named():
    assert rolling_average(points("2012/13 1, 2014/15 6"), periods=2, span=Span.YEARS)[1].missing == ("August 2014",)
