"""The product, plain pandas and hand-written SQL come to the same figures, and a difference would be found."""

from pathlib import Path

import duckdb
import pytest

from bench import agreement, building, preparing, scorecard
from bench.given import Given
from bench.turns import Job
from throughline.analytics.measures.load import load_measures

# Between them: both polarities and neither, breaks, a provisional year, groups, financial years.
MEASURES = (
    "neet_or_not_known_16_17", "attainment_8", "a_level_points_per_entry", "english_and_maths_9_4", "september_guarantee",
    "phonics_year_1", "pupils_with_an_ehc_plan", "youth_justice_first_time_entrants",
)


@pytest.fixture(scope="module")
def given(tmp_path_factory) -> Given:
    """A store of some of the packaged figures, and every way's result left beside it."""
    folder = tmp_path_factory.mktemp("bench")
    measures = load_measures(preparing.DEFINITIONS)
    sources = [source for id in MEASURES for source in (
        measures[id].published, *(each for breakdown in measures[id].breakdowns for each in breakdown.groups.values())
    )]
    given = preparing.prepare(folder, preparing.print_store(preparing.REFERENCE, folder, {each.indicator for each in sources}))
    for way in (building.product, building.pandas, building.sql):
        _do(way(given))
    for way in (scorecard.product_one, scorecard.pandas_one, scorecard.sql_one, scorecard.ready_made_one,
                scorecard.product_all, scorecard.pandas_all, scorecard.sql_all, scorecard.ready_made_all):
        _do(way(given))
    return given


def _do(job: Job) -> None:
    job.keep(job.run(job.fresh()))


def test_the_store_is_printed_in_the_spellings_of_the_tool(given):
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT DISTINCT \"Years\" FROM '{given.store}'").fetchall()
        area = connection.execute(f"SELECT \"LA Number\" FROM '{given.store}' WHERE \"LA and Regions\" = 'Trafford'").fetchone()
    printed = {years for (years,) in rows}
    assert {"2018", "2023 (Rev)", "2025 (prov)"} <= printed
    assert area == (358.0,)


def test_the_warehouses_agree(given):
    found = agreement.check_building(given)
    assert found.differences == []
    assert found.cells > 500_000


def test_the_scorecards_agree(given):
    found = agreement.check_scorecards(given)
    assert found.differences == []
    assert found.cells > 50_000


def _relation(path: Path, connection: duckdb.DuckDBPyConnection, query: str) -> str:
    connection.execute(f"COPY ({query}) TO '{path}.parquet'")
    return f"'{path}.parquet'"


FIGURES = """
    SELECT measure, area, CAST(value AS DOUBLE) AS value, status
    FROM (VALUES ('a', '301', 1.5, 'final'), ('a', '302', NULL, 'suppressed')) t(measure, area, value, status)
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("SELECT measure, area, value + 0.001 AS value, status FROM ({})", "value differs in 1 rows"),
        ("SELECT measure, area, coalesce(value, 0) AS value, status FROM ({})", "value differs in 1 rows"),
        ("SELECT measure, area, value, 'final' AS status FROM ({})", "status differs in 1 rows"),
        ("SELECT * FROM ({}) WHERE area = '301'", "2 rows"),
        ("SELECT measure, '303' AS area, value, status FROM ({})", "0 match"),
    ],
)
def test_a_difference_is_found(tmp_path, change, words):
    columns = ("measure", "area", "value", "status")
    with duckdb.connect() as connection:
        one = _relation(tmp_path / "one", connection, FIGURES)
        other = _relation(tmp_path / "other", connection, change.format(FIGURES))
        found = agreement.compare(connection, columns, one, other)
    assert any(words in difference for difference in found.differences)


def test_sums_in_another_order_are_no_difference(tmp_path):
    with duckdb.connect() as connection:
        one = _relation(tmp_path / "one", connection, FIGURES)
        other = _relation(tmp_path / "other", connection, f"SELECT measure, area, value + 1e-9 AS value, status FROM ({FIGURES})")
        assert agreement.compare(connection, ("measure", "area", "value", "status"), one, other).differences == []
