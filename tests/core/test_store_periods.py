"""Every spelling of a period in the interactive tool's store, beside the year type it stands with there."""

import csv
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from throughline.core.periods import UnreadablePeriodError, parse_period

# spelling | year type in the dictionary | kind | first day | last day | release mark
SPELLINGS = """
2015-16        | academic year        | academic_year  | 2015-09-01 | 2016-08-31 |
2015/16        | academic year        | academic_year  | 2015-09-01 | 2016-08-31 |
2016           | academic year        | academic_year  | 2015-09-01 | 2016-08-31 |
2016-17        | academic year        | academic_year  | 2016-09-01 | 2017-08-31 |
2016/17        | academic year        | academic_year  | 2016-09-01 | 2017-08-31 |
2017           | academic year        | academic_year  | 2016-09-01 | 2017-08-31 |
2017-18        | academic year        | academic_year  | 2017-09-01 | 2018-08-31 |
2017/18        | academic year        | academic_year  | 2017-09-01 | 2018-08-31 |
2018           | academic year        | academic_year  | 2017-09-01 | 2018-08-31 |
2018 (Rev)     | academic year        | academic_year  | 2017-09-01 | 2018-08-31 | revised
2018-19        | academic year        | academic_year  | 2018-09-01 | 2019-08-31 |
2018/19        | academic year        | academic_year  | 2018-09-01 | 2019-08-31 |
2019           | academic year        | academic_year  | 2018-09-01 | 2019-08-31 |
2019 (Rev)     | academic year        | academic_year  | 2018-09-01 | 2019-08-31 | revised
2019-20        | academic year        | academic_year  | 2019-09-01 | 2020-08-31 |
2019/20        | academic year        | academic_year  | 2019-09-01 | 2020-08-31 |
2020           | academic year        | academic_year  | 2019-09-01 | 2020-08-31 |
2020 (Final)   | academic year        | academic_year  | 2019-09-01 | 2020-08-31 | final
2020-21        | academic year        | academic_year  | 2020-09-01 | 2021-08-31 |
2020/21        | academic year        | academic_year  | 2020-09-01 | 2021-08-31 |
2021           | academic year        | academic_year  | 2020-09-01 | 2021-08-31 |
2021 (Final)   | academic year        | academic_year  | 2020-09-01 | 2021-08-31 | final
2021-22        | academic year        | academic_year  | 2021-09-01 | 2022-08-31 |
2021/22        | academic year        | academic_year  | 2021-09-01 | 2022-08-31 |
2022           | academic year        | academic_year  | 2021-09-01 | 2022-08-31 |
2022 (Rev)     | academic year        | academic_year  | 2021-09-01 | 2022-08-31 | revised
2022-23        | academic year        | academic_year  | 2022-09-01 | 2023-08-31 |
2022/23        | academic year        | academic_year  | 2022-09-01 | 2023-08-31 |
2023           | academic year        | academic_year  | 2022-09-01 | 2023-08-31 |
2023 (Rev)     | academic year        | academic_year  | 2022-09-01 | 2023-08-31 | revised
2023-24        | academic year        | academic_year  | 2023-09-01 | 2024-08-31 |
2023/24        | academic year        | academic_year  | 2023-09-01 | 2024-08-31 |
2024           | academic year        | academic_year  | 2023-09-01 | 2024-08-31 |
2024 (Rev)     | academic year        | academic_year  | 2023-09-01 | 2024-08-31 | revised
2025           | academic year        | academic_year  | 2024-09-01 | 2025-08-31 |
2025 (Rev)     | academic year        | academic_year  | 2024-09-01 | 2025-08-31 | revised
2025 (prov)    | academic year        | academic_year  | 2024-09-01 | 2025-08-31 | provisional
2016           | annual               | calendar_year  | 2016-01-01 | 2016-12-31 |
2017           | annual               | calendar_year  | 2017-01-01 | 2017-12-31 |
2018           | annual               | calendar_year  | 2018-01-01 | 2018-12-31 |
2019           | annual               | calendar_year  | 2019-01-01 | 2019-12-31 |
2020           | annual               | calendar_year  | 2020-01-01 | 2020-12-31 |
2021           | annual               | calendar_year  | 2021-01-01 | 2021-12-31 |
2022           | annual               | calendar_year  | 2022-01-01 | 2022-12-31 |
2023           | annual               | calendar_year  | 2023-01-01 | 2023-12-31 |
2024           | annual               | calendar_year  | 2024-01-01 | 2024-12-31 |
2025           | annual               | calendar_year  | 2025-01-01 | 2025-12-31 |
2016           | annual (end of sept) | calendar_year  | 2016-01-01 | 2016-12-31 |
2017           | annual (end of sept) | calendar_year  | 2017-01-01 | 2017-12-31 |
2018           | annual (end of sept) | calendar_year  | 2018-01-01 | 2018-12-31 |
2019           | annual (end of sept) | calendar_year  | 2019-01-01 | 2019-12-31 |
2020           | annual (end of sept) | calendar_year  | 2020-01-01 | 2020-12-31 |
2021           | annual (end of sept) | calendar_year  | 2021-01-01 | 2021-12-31 |
2022           | annual (end of sept) | calendar_year  | 2022-01-01 | 2022-12-31 |
2023           | annual (end of sept) | calendar_year  | 2023-01-01 | 2023-12-31 |
2024           | annual (end of sept) | calendar_year  | 2024-01-01 | 2024-12-31 |
2025           | annual (end of sept) | calendar_year  | 2025-01-01 | 2025-12-31 |
2016           | annual - january     | calendar_year  | 2016-01-01 | 2016-12-31 |
2017           | annual - january     | calendar_year  | 2017-01-01 | 2017-12-31 |
2018           | annual - january     | calendar_year  | 2018-01-01 | 2018-12-31 |
2019           | annual - january     | calendar_year  | 2019-01-01 | 2019-12-31 |
2020           | annual - january     | calendar_year  | 2020-01-01 | 2020-12-31 |
2021           | annual - january     | calendar_year  | 2021-01-01 | 2021-12-31 |
2022           | annual - january     | calendar_year  | 2022-01-01 | 2022-12-31 |
2023           | annual - january     | calendar_year  | 2023-01-01 | 2023-12-31 |
2024           | annual - january     | calendar_year  | 2024-01-01 | 2024-12-31 |
2025           | annual - january     | calendar_year  | 2025-01-01 | 2025-12-31 |
2014-16        | calendar year        | span           | 2014-01-01 | 2016-12-31 |
2015-17        | calendar year        | span           | 2015-01-01 | 2017-12-31 |
2016           | calendar year        | calendar_year  | 2016-01-01 | 2016-12-31 |
2016-18        | calendar year        | span           | 2016-01-01 | 2018-12-31 |
2017           | calendar year        | calendar_year  | 2017-01-01 | 2017-12-31 |
2017-19        | calendar year        | span           | 2017-01-01 | 2019-12-31 |
2018           | calendar year        | calendar_year  | 2018-01-01 | 2018-12-31 |
2018-20        | calendar year        | span           | 2018-01-01 | 2020-12-31 |
2019           | calendar year        | calendar_year  | 2019-01-01 | 2019-12-31 |
2019-21        | calendar year        | span           | 2019-01-01 | 2021-12-31 |
2020           | calendar year        | calendar_year  | 2020-01-01 | 2020-12-31 |
2020-22        | calendar year        | span           | 2020-01-01 | 2022-12-31 |
2021           | calendar year        | calendar_year  | 2021-01-01 | 2021-12-31 |
2022           | calendar year        | calendar_year  | 2022-01-01 | 2022-12-31 |
2023           | calendar year        | calendar_year  | 2023-01-01 | 2023-12-31 |
2024           | calendar year        | calendar_year  | 2024-01-01 | 2024-12-31 |
2013/14-15/16  | financial year       | span           | 2013-04-01 | 2016-03-31 |
2014/15-16/17  | financial year       | span           | 2014-04-01 | 2017-03-31 |
2015/16-17/18  | financial year       | span           | 2015-04-01 | 2018-03-31 |
2016           | financial year       | financial_year | 2015-04-01 | 2016-03-31 |
2016-17        | financial year       | financial_year | 2016-04-01 | 2017-03-31 |
2016-17 (OT)   | financial year       | financial_year | 2016-04-01 | 2017-03-31 | final
2016/17-18/19  | financial year       | span           | 2016-04-01 | 2019-03-31 |
2017           | financial year       | financial_year | 2016-04-01 | 2017-03-31 |
2017-18        | financial year       | financial_year | 2017-04-01 | 2018-03-31 |
2017-18 (OT)   | financial year       | financial_year | 2017-04-01 | 2018-03-31 | final
2017/18-19/20  | financial year       | span           | 2017-04-01 | 2020-03-31 |
2018           | financial year       | financial_year | 2017-04-01 | 2018-03-31 |
2018-19        | financial year       | financial_year | 2018-04-01 | 2019-03-31 |
2018-19 (OT)   | financial year       | financial_year | 2018-04-01 | 2019-03-31 | final
2018/19-20/21  | financial year       | span           | 2018-04-01 | 2021-03-31 |
2019           | financial year       | financial_year | 2018-04-01 | 2019-03-31 |
2019-20        | financial year       | financial_year | 2019-04-01 | 2020-03-31 |
2019-20 (OT)   | financial year       | financial_year | 2019-04-01 | 2020-03-31 | final
2019/20-21/22  | financial year       | span           | 2019-04-01 | 2022-03-31 |
2020           | financial year       | financial_year | 2019-04-01 | 2020-03-31 |
2020-21        | financial year       | financial_year | 2020-04-01 | 2021-03-31 |
2020-21 (OT)   | financial year       | financial_year | 2020-04-01 | 2021-03-31 | final
2020/21-22/23  | financial year       | span           | 2020-04-01 | 2023-03-31 |
2021           | financial year       | financial_year | 2020-04-01 | 2021-03-31 |
2021-22        | financial year       | financial_year | 2021-04-01 | 2022-03-31 |
2021-22 (OT)   | financial year       | financial_year | 2021-04-01 | 2022-03-31 | final
2021/22-23/24  | financial year       | span           | 2021-04-01 | 2024-03-31 |
2022           | financial year       | financial_year | 2021-04-01 | 2022-03-31 |
2022-23        | financial year       | financial_year | 2022-04-01 | 2023-03-31 |
2022-23 (OT)   | financial year       | financial_year | 2022-04-01 | 2023-03-31 | final
2023           | financial year       | financial_year | 2022-04-01 | 2023-03-31 |
2023-24        | financial year       | financial_year | 2023-04-01 | 2024-03-31 |
2023-24 (OT)   | financial year       | financial_year | 2023-04-01 | 2024-03-31 | final
2024           | financial year       | financial_year | 2023-04-01 | 2024-03-31 |
2024-25        | financial year       | financial_year | 2024-04-01 | 2025-03-31 |
2024-25 (OT)   | financial year       | financial_year | 2024-04-01 | 2025-03-31 | final
2025           | financial year       | financial_year | 2024-04-01 | 2025-03-31 |
2025-26        | financial year       | financial_year | 2025-04-01 | 2026-03-31 |
"""
UNREADABLE = {("0", "academic year")}  # one indicator's placeholder: a year that is none
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in SPELLINGS.strip().splitlines()]


@pytest.mark.parametrize(("printed", "year_type", "kind", "first", "last", "mark"), ROWS)
def test_a_spelling_of_the_store(printed, year_type, kind, first, last, mark):
    period, status = parse_period(printed, year_type)
    assert (period.kind, period.start, period.end) == (kind, date.fromisoformat(first), date.fromisoformat(last))
    assert (status or "") == mark
    assert period.label == printed.split(" (")[0]


@pytest.mark.parametrize(("printed", "year_type"), sorted(UNREADABLE))
def test_the_store_has_one_spelling_that_is_no_period(printed, year_type):
    with pytest.raises(UnreadablePeriodError, match="2024/25"):
        parse_period(printed, year_type)


def test_the_table_above_is_all_the_store_holds(sources: Path):
    with (sources / "lait/lait_data_dictionary.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        year_types = {row["Measure_short"]: row["Year_Type"].strip().lower() for row in csv.DictReader(file)}
    store = pq.read_table(sources / "lait/bds_long_0.parquet", columns=["Short Desc", "Years"])
    printed = store.group_by(["Short Desc", "Years"]).aggregate([]).to_pylist()
    held = {(row["Years"], year_types[row["Short Desc"]]) for row in printed}
    assert held == {(row[0], row[1]) for row in ROWS} | UNREADABLE
    assert len({spelling for spelling, _ in held}) == 65
