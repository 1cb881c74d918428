"""The interactive tool's store and dictionary: read whole, answered row by row, or refused."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.analytics.formats.written import csv_of
from tests.analytics.tiny import Tiny, cells
from throughline.analytics.formats import lait
from throughline.analytics.warehouse.tables import INDICATOR, PUBLISHED_FIGURE
from throughline.core.problems import RefusedFileError

AREAS = Tiny().inputs().area
INDICATORS = INDICATOR.from_rows([
    {"dataset": "lait", "indicator": name, "title": name, "polarity": "none", "decimals": 1, "year_type": year_type,
     "discontinued": False, "no_quartiles": False}
    for name, year_type in (("Score", "academic year"), ("Spend", "financial year"))
])
STORE = """
Short Desc | Years      | LA Number | Values
Score      | 2024       | 101       | 10.5
Score      | 2025 (prov)| 101       | 34.987300000000005
Score      | 2025 (Rev) | 101       | 7.0000000000000007E-2
Score      | 2024       | 102       | -
Score      | 2024       | 103       | c
Spend      | 2024       | 101       | 1,234.5
Spend      | 2024-25    | 101       | 12%
Spend      | 2024       | 970       | -3
"""


def store_of(folder: Path, table: str, **types: pa.DataType) -> Path:
    """A store as the tool publishes it: text, but for the number of the authority; a blank cell is null."""
    heading, *rows = cells(table)
    held = {name: [row[place] or None for row in rows] for place, name in enumerate(heading)}
    held |= {"Data item": ["n/a"] * len(rows), "LA and Regions": ["n/a"] * len(rows), "Region": ["n/a"] * len(rows)}
    columns = {name: pa.array(values, pa.string()) for name, values in held.items()}
    if "LA Number" in columns:
        columns["LA Number"] = columns["LA Number"].cast(types.get("number", pa.float64()))
    path = folder / "it's a store.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def read(path: Path):
    return lait.read(path, INDICATORS, "8 April 2026", AREAS)


def told(found) -> list[tuple]:
    names = ("indicator", "area", "period", "value", "status", "vintage")
    return sorted((tuple(row[name] for name in names) for row in found.table.to_pylist()), key=str)


def answers(found) -> list[tuple]:
    return sorted((problem.line, problem.field, problem.value, problem.rule) for problem in found.problems)


def test_the_store_is_read_with_periods_symbols_and_noise_settled(tmp_path):
    found = read(store_of(tmp_path, STORE))
    assert told(found) == [
        ("Score", "101", "2024", 10.5, "final", "final"),
        ("Score", "101", "2025", 0.07, "revised", "revised"),
        ("Score", "101", "2025", 34.9873, "provisional", "provisional"),
        ("Score", "102", "2024", None, "not_available", "final"),
        ("Score", "103", "2024", None, "suppressed", "final"),
        ("Spend", "101", "2024", 1234.5, "final", "final"),
        ("Spend", "101", "2024-25", 12.0, "final", "final"),
        ("Spend", "970", "2024", -3.0, "final", "final"),
    ]
    assert found.problems == []
    assert found.table.schema == PUBLISHED_FIGURE.arrow_schema


def test_a_bare_year_is_the_kind_the_dictionary_says(tmp_path):
    rows = read(store_of(tmp_path, STORE)).table.to_pylist()
    starts = {(row["indicator"], row["period"]): (row["period_kind"], row["period_start"]) for row in rows}
    assert starts["Score", "2024"] == ("academic_year", date(2023, 9, 1))
    assert starts["Spend", "2024"] == ("financial_year", date(2023, 4, 1))
    assert starts["Spend", "2024-25"] == ("financial_year", date(2024, 4, 1))
    names = ("dataset", "release", "breakdown", "group")
    assert {tuple(row[name] for name in names) for row in rows} == {("lait", "8 April 2026", "", "")}


# a row that cannot be read, put in third | its answer: column, value, rule
SET_ASIDE = """
Score   | 0       | 104 | 5     | Years      | 0       | readable period
Score   | soon    | 104 | 5     | Years      | soon    | readable period
Score   | 2024/26 | 104 | n.k.  | Values     | n.k.    | number or symbol
Score   | 2024    | 104 | nan   | Values     | nan     | number or symbol
Score   | 2024    | 104 | inf   | Values     | inf     | number or symbol
Score   | 2024    | 104 | 1e400 | Values     | 1e400   | number or symbol
Unheard | 2024    | 104 | 5     | Short Desc | Unheard | in the dictionary
Score   | 2024    | 999 | 5     | LA Number  | 999     | known area
        | 2024    | 104 | 5     | Short Desc |         | in the dictionary
Score   | 2024    |     | 5     | LA Number  |         | known area
Score   | 2024    | 101.4 | 5   | LA Number  | 101.4   | known area
"""


@pytest.mark.parametrize("row", cells(SET_ASIDE))
def test_a_row_that_cannot_be_read_is_answered_by_line_and_the_rest_is_loaded(tmp_path, row):
    heading, first, second, *others = STORE.strip().splitlines()
    faulty = " | ".join(row[:4])
    found = read(store_of(tmp_path, "\n".join([heading, first, second, faulty, *others])))
    assert answers(found) == [(3, *row[4:])]
    assert told(found) == told(read(store_of(tmp_path, STORE)))


def test_every_line_of_one_fault_is_named(tmp_path):
    found = read(store_of(tmp_path, STORE + "Score | 0 | 104 | 5\nScore | 2023 | 104 | 5\nScore | 0 | 105 | 5\n"))
    assert [line for line, *_ in answers(found)] == [9, 11]
    assert ("Score", "104", "2023", 5.0, "final", "final") in told(found)


def test_an_empty_cell_is_not_available(tmp_path):
    found = read(store_of(tmp_path, "Short Desc | Years | LA Number | Values\nScore | 2024 | 101 |\nScore | 2024 | 102 | 4"))
    assert [(row[1], row[3], row[4]) for row in told(found)] == [("101", None, "not_available"), ("102", 4.0, "final")]


def test_one_figure_printed_twice_refuses_the_file(tmp_path):
    with pytest.raises(RefusedFileError) as refusal:
        read(store_of(tmp_path, STORE + "Score | 2024 | 101 | 11\nSpend | 2024 | 970 | -3\n"))
    assert [(problem.line, problem.value, problem.rule) for problem in refusal.value.problems] == [
        (9, "Score", "each figure once"), (10, "Spend", "each figure once")]


def test_one_period_in_two_spellings_is_one_figure_printed_twice(tmp_path):
    with pytest.raises(RefusedFileError, match="more than once"):
        read(store_of(tmp_path, STORE + "Spend | 2023-24 | 101 | 11\n"))  # 2024 by another name


@pytest.mark.parametrize("column", ["Short Desc", "Years", "Values", "LA Number"])
def test_a_column_that_is_not_there_is_named(tmp_path, column):
    with pytest.raises(RefusedFileError) as refusal:
        read(store_of(tmp_path, STORE.replace(column, "Other")))
    assert [(problem.field, problem.rule) for problem in refusal.value.problems] == [(column, "column present")]


def test_a_number_of_an_authority_that_is_none_refuses_the_file(tmp_path):
    with pytest.raises(RefusedFileError, match="LA Number"):
        read(store_of(tmp_path, STORE.replace("| 970  ", "| X970 "), number=pa.string()))


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    path = tmp_path / "store.parquet"
    for content in (b"", b"Short Desc,Years\n", b"PAR1 and then nothing"):
        path.write_bytes(content)
        with pytest.raises(RefusedFileError, match="a Parquet file"):
            read(path)


def test_a_store_with_no_rows_or_none_that_can_be_read_is_read_as_none(tmp_path):
    heading = STORE.strip().splitlines()[0]
    assert told(read(store_of(tmp_path, heading))) == []
    found = read(store_of(tmp_path, f"{heading}\nScore | soon | 101 | 5"))
    assert told(found) == []
    assert answers(found) == [(1, "Years", "soon", "readable period")]


DICTIONARY = """
Measure        | Measure_short | Polarity | Last Update | Next Update | dps | Year_Type     | No_Quartile
First   figure | First         | High     | 45748       | 46113       | 2   | Academic Year | NA
Second figure  | Second        | Low      | 45748       | TBC         | NA  | Financial Year| N
Third figure   | Third         | -        |             | discontinued|     | Calendar Year |
Fourth figure  | Fourth        | NA       | 45748       | No longer published | 0 | Annual | Y
"""


def test_the_dictionarys_facts_are_read(tmp_path):
    found = lait.read_dictionary(csv_of(tmp_path / "d.csv", DICTIONARY))
    rows = {row["indicator"]: row for row in found.table.to_pylist()}
    assert found.problems == []
    assert rows["First"] == {
        "dataset": "lait", "indicator": "First", "title": "First figure", "polarity": "higher_is_better", "decimals": 2,
        "year_type": "academic year", "updated_on": date(2025, 4, 1), "next_due": date(2026, 4, 1), "discontinued": False,
        "no_quartiles": False,
    }
    names = ("polarity", "decimals", "next_due", "discontinued", "no_quartiles")
    assert {id: tuple(row[name] for name in names) for id, row in rows.items() if id != "First"} == {
        "Second": ("lower_is_better", 1, None, False, True),
        "Third": ("none", 1, None, True, False),
        "Fourth": ("none", 0, None, True, False),
    }


def test_of_an_indicator_under_two_topics_the_row_updated_last_is_kept(tmp_path):
    older = "First figure of old | First | Low | 40000 | TBC | 1 | Academic Year | NA\n"
    for table in (DICTIONARY + older, DICTIONARY.replace("First   figure", older + "First   figure")):
        found = lait.read_dictionary(csv_of(tmp_path / "d.csv", table))
        assert [row["polarity"] for row in found.table.to_pylist() if row["indicator"] == "First"] == ["higher_is_better"]


def test_a_year_type_nobody_knows_sets_its_row_aside(tmp_path):
    found = lait.read_dictionary(csv_of(tmp_path / "d.csv", DICTIONARY.replace("Annual", "Lunar Year")))
    assert answers(found) == [(5, "Year_Type", "Lunar Year", "known year type")]
    assert found.table.num_rows == 3


@pytest.mark.parametrize("column", ["Measure_short", "Polarity", "Year_Type", "No_Quartile", "dps", "Next Update"])
def test_a_column_missing_from_the_dictionary_is_named(tmp_path, column):
    heading, *rows = DICTIONARY.strip().splitlines()
    renamed = [" Other " if name.strip() == column else name for name in heading.split("|")]
    with pytest.raises(RefusedFileError) as refusal:
        lait.read_dictionary(csv_of(tmp_path / "d.csv", "\n".join(["|".join(renamed), *rows])))
    assert [problem.field for problem in refusal.value.problems] == [column]


@pytest.mark.parametrize("decimals", ["one", "-"])
def test_decimals_that_are_no_number_are_answered_and_not_a_crash(tmp_path, decimals):
    faulty = DICTIONARY.replace("46113       | 2 ", f"46113       | {decimals} ")
    found = lait.read_dictionary(csv_of(tmp_path / "d.csv", faulty))
    assert [(problem.line, problem.field, problem.value) for problem in found.problems] == [(2, "dps", decimals)]


def test_the_real_store_and_dictionary(sources, places):
    dictionary = lait.read_dictionary(sources / "lait/lait_data_dictionary.csv")
    found = lait.read(sources / "lait/bds_long_0.parquet", dictionary.table, "8 April 2026", places.area)
    assert dictionary.problems == []
    assert {(problem.field, problem.value) for problem in found.problems} == {("Years", "0")}
    assert found.table.num_rows + len(found.problems) == 641_070
    key = found.table.group_by(list(PUBLISHED_FIGURE.key)).aggregate([([], "count_all")])
    assert max(key["count_all"].to_pylist()) == 1
