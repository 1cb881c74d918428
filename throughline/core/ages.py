"""Academic years and academic ages: how the department counts who is 16 or 17.

Source: the department's methodology for participation of 16 and 17 year olds. An academic year runs from 1 September
to 31 August; somebody's academic age is their age on the 31 August before it begins.
"""

from collections.abc import Collection
from datetime import MAXYEAR, date, timedelta

FIRST_MONTH = 9  # September
_YEARS_BEFORE_YEAR_GROUPS = 4  # academic age 16 is year 12
YEAR_11 = 11  # the year group that is the last of compulsory schooling


def academic_year(day: date) -> int:
    """The calendar year in which the academic year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def academic_year_name(year: int) -> str:
    """How an academic year is written, by the calendar year in which it began: 2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


def academic_year_end(day: date) -> date:
    """The 31 August that ends the academic year of a day; the last day there is in the year that no 31 August ends."""
    year = academic_year(day) + 1
    return date(year, 8, 31) if year <= MAXYEAR else date.max


def academic_age(birth: date, on: date) -> int:
    """Age in whole years on the 31 August before the academic year of a day."""
    return academic_year(on) - birth.year - ((birth.month, birth.day) > (8, 31))


def born_of_ages(ages: Collection[int], first: date, last: date) -> tuple[date, date]:
    """The first and the last birthday of whoever is of one of some academic ages on a day from a first to a last: those who are
    younger or older than all of these ages on each of the days are born before or after.
    """
    return date(academic_year(first) - max(ages) - 1, FIRST_MONTH, 1), date(academic_year(last) - min(ages), FIRST_MONTH - 1, 31)


def year_group(birth: date, on: date) -> int:
    """The school year somebody of that age is in, such as YEAR_11."""
    return academic_age(birth, on) - _YEARS_BEFORE_YEAR_GROUPS


def birthday(birth: date, years: int) -> date:
    """The day somebody reaches an age in years; those born on 29 February reach it on 1 March of a common year. It is the last
    day there is where it would be later still.
    """
    year = birth.year + years
    if year > MAXYEAR:
        return date.max
    try:
        return birth.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month where it is shorter; the last day there is
    where that would be later still.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year > MAXYEAR:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def days_after(day: date, days: int) -> date:
    """The day so many days later, or the last day there is where that would be later still: 31 December 9999 stands for never."""
    return day + min(timedelta(days=days), date.max - day)
