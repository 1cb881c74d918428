"""Times as plans print them, read into days, and words that are no time."""

from datetime import date

import pytest

from throughline.analytics.targets.wording.dues import find_dues, merged, parse_due

# as printed in a cell | from | by | again
CELLS = """
by September 2018                    |            | 2018-09-30 |
By Sept 2016                         |            | 2016-09-30 |
September 2018                       |            | 2018-09-30 |
2018                                 |            | 2018-12-31 |
by 2018                              |            | 2018-12-31 |
by end of 2017                       |            | 2017-12-31 |
by the end of the academic year 2018/19 |         | 2019-08-31 |
by 31 March 2019                     |            | 2019-03-31 |
18th June 2008                       |            | 2008-06-18 |
31/03/2019                           |            | 2019-03-31 |
2019-03-31                           |            | 2019-03-31 |
by the start of September 2018       |            | 2018-09-01 |
before April 2019                    |            | 2019-03-31 |
by summer 2019                       |            | 2019-08-31 |
By Autumn 2008                       |            | 2008-12-31 |
(2014/2015)                          | 2014-09-01 | 2015-08-31 |
2016/17                              | 2016-09-01 | 2017-08-31 |
in 2017-18                           | 2017-09-01 | 2018-08-31 |
in the financial year 2018/19        | 2018-04-01 | 2019-03-31 |
by 0910                              |            | 2010-08-31 |
from 2016/17                         | 2016-09-01 |            |
from April 17                        | 2017-04-01 |            |
May 2008 onwards                     | 2008-05-01 |            |
from 5 May 2016, by September 2017   | 2016-05-05 | 2017-09-30 |
termly                               |            |            | termly
half termly                          |            |            | half_termly
each year                            |            |            | yearly
Annual                               |            |            | yearly
by September 2018, then annually     |            | 2018-09-30 | yearly
"""
NO_TIME = ["", "by age 19", "by 31 February 2019", "by September", "in schools", "2014/16", "by 4000", "level 2 and 3"]


def days(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


@pytest.mark.parametrize(("printed", "start", "by", "again"),
                         [[cell.strip() for cell in f"{line}|".split("|")][:4] for line in CELLS.strip().splitlines()])
def test_a_cell_that_holds_a_time_is_read(printed, start, by, again):
    due = parse_due(printed)
    assert due is not None
    assert (due.start, due.by, due.recurrence or "") == (days(start), days(by), again)


@pytest.mark.parametrize("printed", NO_TIME)
def test_what_is_no_time_is_none(printed):
    assert parse_due(printed) is None


def test_a_month_without_a_year_is_the_next_one_after_the_plan():
    assert parse_due("by September", date(2017, 10, 1)).by == date(2018, 9, 30)
    assert parse_due("by September", date(2017, 9, 1)).by == date(2017, 9, 30)


def test_a_bare_year_in_running_words_is_no_due_date():
    assert find_dues("judged against the 2005/06 national trajectory") == []
    assert merged(find_dues("grades 9-4, by 2018")).by == date(2018, 12, 31)


def test_ongoing_is_kept():
    assert parse_due("On-going").ongoing
