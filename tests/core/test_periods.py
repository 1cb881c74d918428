"""Periods as publishers spell them, read into a first day, a last day and a kind; what is no period is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.periods import (
    YEAR_CONVENTIONS,
    Period,
    PeriodKind,
    UnreadablePeriodError,
    is_month_end,
    month_before,
    month_end,
    parse_period,
)
from throughline.core.statuses import Status

# printed | convention | kind | first day | last day
IDENTIFIERS = """
202425            | Academic year                | academic_year  | 2024-09-01 | 2025-08-31
202425            | Financial year               | financial_year | 2024-04-01 | 2025-03-31
202425            | Tax year                     | financial_year | 2024-04-01 | 2025-03-31
2025              | Calendar year                | calendar_year  | 2025-01-01 | 2025-12-31
2025              | Reporting year               | calendar_year  | 2025-01-01 | 2025-12-31
202425            | Autumn term                  | term           | 2024-09-01 | 2024-12-31
202425            | Spring term                  | term           | 2025-01-01 | 2025-04-15
202425            | Summer term                  | term           | 2025-04-16 | 2025-08-31
202425            | Autumn and spring term       | term           | 2024-09-01 | 2025-04-15
202425            | Financial year Q1            | quarter        | 2024-04-01 | 2024-06-30
202425            | Financial year Q2            | quarter        | 2024-07-01 | 2024-09-30
202425            | Financial year Q3            | quarter        | 2024-10-01 | 2024-12-31
202425            | Financial year Q4            | quarter        | 2025-01-01 | 2025-03-31
202425            | Part 1 (April to September)  | half           | 2024-04-01 | 2024-09-30
202425            | Part 2 (October to March)    | half           | 2024-10-01 | 2025-03-31
2025              | January                      | month          | 2025-01-01 | 2025-01-31
2024              | February                     | month          | 2024-02-01 | 2024-02-29
2025              | December                     | month          | 2025-12-01 | 2025-12-31
2025              | Week 1                       | week           | 2024-12-30 | 2025-01-05
2020              | Week 53                      | week           | 2020-12-28 | 2021-01-03
"""
# As a person types them, the convention of the measure standing in the second column.
TYPED = """
2024/25                          | academic year  | academic_year  | 2024-09-01 | 2025-08-31
2024-25                          | academic year  | academic_year  | 2024-09-01 | 2025-08-31
2024–25                          | academic year  | academic_year  | 2024-09-01 | 2025-08-31
2024/2025                        | academic year  | academic_year  | 2024-09-01 | 2025-08-31
202425                           | academic year  | academic_year  | 2024-09-01 | 2025-08-31
2024/25                          | calendar year  | academic_year  | 2024-09-01 | 2025-08-31
2024/25                          | financial year | financial_year | 2024-04-01 | 2025-03-31
1999-00                          | financial year | financial_year | 1999-04-01 | 2000-03-31
1999/00                          | academic year  | academic_year  | 1999-09-01 | 2000-08-31
2025                             | ACADEMIC  Year | academic_year  | 2024-09-01 | 2025-08-31
AY 2024/25                       | calendar year  | academic_year  | 2024-09-01 | 2025-08-31
FY 2024/25                       | academic year  | financial_year | 2024-04-01 | 2025-03-31
CY 2025                          | academic year  | calendar_year  | 2025-01-01 | 2025-12-31
2024/25 financial year           | academic year  | financial_year | 2024-04-01 | 2025-03-31
2024/25 Autumn term              | calendar year  | term           | 2024-09-01 | 2024-12-31
Spring term 2024/25              | calendar year  | term           | 2025-01-01 | 2025-04-15
January 2025                     | academic year  | month          | 2025-01-01 | 2025-01-31
2025 January                     | academic year  | month          | 2025-01-01 | 2025-01-31
2024/25 Part 2 (October to March)| calendar year  | half           | 2024-10-01 | 2025-03-31
2014-16                          | calendar year  | span           | 2014-01-01 | 2016-12-31
2013/14-15/16                    | academic year  | span           | 2013-09-01 | 2016-08-31
2013/14 – 15/16                  | financial year | span           | 2013-04-01 | 2016-03-31
2013/14-2015/16                  | financial year | span           | 2013-04-01 | 2016-03-31
"""
REFUSED = """
               | academic year
0              | academic year
25             | academic year
20             | calendar year
24/25          | academic year
202426         | academic year
20242025       | academic year
2024/25/26     | academic year
2024-2024      | calendar year
2024-1999      | calendar year
2024-35        | calendar year
2000/00        | academic year
1899           | academic year
2101           | calendar year
189900         | academic year
latest         | academic year
2025 (soon)    | academic year
2025 (Rev) (prov) | academic year
2025 Lent term | academic year
2025           | Autumn term
202426         | Autumn term
2024-26        | Financial year Q1
202425         | January
202425         | Week 3
2025           | Week 0
2025           | Week 53
2025           | Lent term
2025           |
2013/77-15/16  | academic year
2013/14-99/16  | academic year
2013/14-13/14  | academic year
"""
MARKS = """
2025          |
2025 (prov)   | provisional
2025 (Prov)   | provisional
2025 (Provisional) | provisional
2025 (Rev)    | revised
2025(Revised) | revised
2025 (Final)  | final
2024-25 (OT)  | final
"""


def table(text: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").splitlines()]


@pytest.mark.parametrize(("printed", "convention", "kind", "first", "last"), table(IDENTIFIERS) + table(TYPED))
def test_a_period_is_read(printed, convention, kind, first, last):
    period, status = parse_period(printed, convention)
    assert (period.kind, period.start, period.end) == (kind, date.fromisoformat(first), date.fromisoformat(last))
    assert (period.label, status) == (printed, None)


@pytest.mark.parametrize(("printed", "convention"), table(REFUSED))
def test_what_is_no_period_is_refused_in_words(printed, convention):
    with pytest.raises(UnreadablePeriodError) as refusal:
        parse_period(printed, convention)
    assert " " in str(refusal.value)


@pytest.mark.parametrize(("printed", "status"), table(MARKS))
def test_the_release_mark_is_parted_from_the_label(printed, status):
    period, found = parse_period(printed, "financial year")
    assert (found or "") == status
    assert period.label == printed.split("(")[0].strip()


# later | earlier | convention | whether one follows the other
FOLLOWING = """
2025          | 2024          | academic year  | yes
2024/25       | 2024          | academic year  | yes
2025          | 2024          | Week 10        | no
2025          | 2023          | academic year  | no
2024          | 2025          | academic year  | no
2025          | 2025          | academic year  | no
2024          | 2023          | February       | yes
2025          | 2024          | February       | yes
202425        | 202324        | Spring term    | yes
202425        | 202324        | Financial year Q4 | yes
2015-17       | 2014-16       | calendar year  | yes
2016-18       | 2014-16       | calendar year  | no
2014/15-16/17 | 2013/14-15/16 | financial year | yes
FY 2024/25    | AY 2023/24    | academic year  | no
CY 2025       | CY 2024       | academic year  | yes
"""


@pytest.mark.parametrize(("later", "earlier", "convention", "expected"), table(FOLLOWING))
def test_a_period_follows_the_one_exactly_a_year_before(later, earlier, convention, expected):
    after, before = parse_period(later, convention)[0], parse_period(earlier, convention)[0]
    assert after.follows(before) is (expected == "yes")


def test_two_labels_may_name_the_same_time():
    assert parse_period("2025", "academic year")[0].same_time_as(parse_period("202425", "academic year")[0])
    assert not parse_period("2025", "academic year")[0].same_time_as(parse_period("2025", "calendar year")[0])


@pytest.mark.parametrize(
    ("printed", "convention", "explained"),
    [
        ("2025", "academic year", "2025 (academic year 2024/25)"),
        ("2000", "financial year", "2000 (financial year 1999/00)"),
        ("2014-16", "calendar year", "2014-16 (years 2014 to 2016 together)"),
        ("2025", "calendar year", "2025"),
        ("January 2025", "calendar year", "January 2025"),
    ],
)
def test_a_label_is_explained_where_it_needs_it(printed, convention, explained):
    assert parse_period(printed, convention)[0].explained == explained


PIECES = st.sampled_from([
    "20", "19", "2024", "2025", "25", "00", "99", "/", "-", "–", " ", "(Rev)", "(prov)", "AY", "term", "Autumn term",
    "Week", "Q1", "x", "0", "٣", "²",
])
CONVENTIONS = st.one_of(st.sampled_from([*YEAR_CONVENTIONS, "autumn term", "week 53", "may", "financial year q3"]), st.text())


@given(st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join)), CONVENTIONS)
def test_any_text_is_a_period_or_is_refused_and_no_period_ends_before_it_starts(printed, convention):
    try:
        period, status = parse_period(printed, convention)
    except UnreadablePeriodError:
        return
    assert period.start <= period.end
    assert status is None or status in (Status.FINAL, Status.REVISED, Status.PROVISIONAL)
    assert period.label


@given(st.integers(1901, 2098), st.sampled_from(["academic year", "financial year"]))
def test_all_spellings_of_a_split_year_are_one_stretch_of_time(year, convention):
    second = f"{(year + 1) % 100:02d}"
    spellings = [f"{year + 1}", f"{year}/{second}", f"{year}-{second}", f"{year}{second}", f"{year}/{year + 1}"]
    found = {(p.start, p.end) for p in (parse_period(text, convention)[0] for text in spellings)}
    month = 9 if convention == "academic year" else 4
    assert found == {(date(year, month, 1), date.fromordinal(date(year + 1, month, 1).toordinal() - 1))}


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)))
def test_a_month_ends_on_its_only_day_that_is_followed_by_a_first(day):
    last, before = month_end(day), month_before(day)
    days = {day + timedelta(days=each) for each in range(-31, 32)}
    assert {each for each in days if (each + timedelta(days=1)).day == 1} >= {last, before} == {
        each for each in (last, before) if is_month_end(each)}
    assert (before < day <= last, last.month, (last - before).days) == (True, day.month, last.day)
    assert is_month_end(day) == ((day + timedelta(days=1)).month != day.month)


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)), st.integers(0, 800))
def test_no_period_follows_itself(start, days):
    period = Period("made", PeriodKind.SPAN, start, date.fromordinal(start.toordinal() + days))
    assert not period.follows(period)
