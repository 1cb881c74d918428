"""Academic years and ages fall where the department's definition says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.ages import (
    academic_age,
    academic_year,
    academic_year_end,
    birthday,
    born_of_ages,
    days_after,
    months_after,
    year_group,
)

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
# born, on, academic age, year group
AGES = [
    ("2009-08-31", "2026-09-01", 17, 13),
    ("2009-09-01", "2026-09-01", 16, 12),
    ("2009-09-01", "2026-08-31", 15, 11),
    ("2009-09-01", "2027-08-31", 16, 12),
    ("2010-08-31", "2026-10-31", 16, 12),
    ("2010-09-01", "2026-10-31", 15, 11),
    ("2008-02-29", "2026-01-31", 17, 13),
]
MONTHS = [("2026-01-31", 1, "2026-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-08-31", 6, "2027-02-28"),
          ("2026-12-15", 1, "2027-01-15"), ("2026-05-31", 1, "2026-06-30"), ("2026-03-31", 12, "2027-03-31")]


@pytest.mark.parametrize(("born", "on", "age", "group"), AGES)
def test_an_academic_age_is_the_age_on_31_august_before(born, on, age, group):
    birth, day = date.fromisoformat(born), date.fromisoformat(on)
    assert (academic_age(birth, day), year_group(birth, day)) == (age, group)


@given(DAYS, DAYS)
def test_it_is_the_number_of_birthdays_that_had_come_by_then(birth, on):
    before = academic_year_end(on).replace(year=academic_year_end(on).year - 1)
    come = sum(birthday(birth, years) <= before for years in range(1, 60)) if birth <= before else None
    if come is not None:
        assert academic_age(birth, on) == come


@given(DAYS, st.integers(0, 900), st.sets(st.integers(14, 25), min_size=1, max_size=3))
def test_whoever_is_of_some_ages_on_a_day_between_two_was_born_between_two_others(first, more, ages):
    last = first + timedelta(days=more)
    earliest, latest = born_of_ages(ages, first, last)
    days = [first, *(day for year in range(first.year, last.year + 1) for day in (date(year, 8, 31), date(year, 9, 1))
                     if first <= day <= last), last]

    def is_of_an_age_between(birth):
        return any(min(ages) <= academic_age(birth, day) <= max(ages) for day in days)

    around = [earliest + timedelta(days=each) for each in (-1, 0)] + [latest + timedelta(days=each) for each in (0, 1)]
    assert list(map(is_of_an_age_between, around)) == [False, True, True, False]


@given(DAYS)
def test_a_day_is_in_the_academic_year_that_ends_next(day):
    end = academic_year_end(day)
    assert end - timedelta(days=366) < day <= end
    assert academic_year(day) == end.year - 1


@pytest.mark.parametrize(("day", "months", "after"), MONTHS)
def test_months_are_counted_by_the_calendar(day, months, after):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(after)


@pytest.mark.parametrize(("found", "expected"), [
    (academic_year_end(date(9999, 8, 31)), date(9999, 8, 31)), (academic_year_end(date(9999, 9, 1)), date.max),
    (months_after(date(9999, 6, 30), 6), date(9999, 12, 30)), (months_after(date(9999, 7, 1), 6), date.max),
    (days_after(date(9999, 12, 3), 28), date.max), (days_after(date(9999, 12, 31), 28), date.max),
    (days_after(date(2026, 2, 1), 28), date(2026, 3, 1)), (birthday(date(9981, 12, 31), 18), date.max),
    (birthday(date(9982, 1, 1), 18), date.max),
])
def test_nothing_is_after_the_last_day_there_is(found, expected):
    assert found == expected
