"""Holds the results of different ways against each other, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from bench.building import NAME, TABLES
from bench.given import Given
from bench.scorecard import ALL, COLUMNS, ONE, TREND_COLUMNS, TRENDS

NEAR = 1e-6  # numbers closer than this are the same: sums in another order differ in the last place
_KEYS = ("dataset", "indicator", "measure", "area", "period_start", "period_end", "breakdown", "group", "vintage", "model")
_NUMBERS = {"DOUBLE", "FLOAT", "HUGEINT", "BIGINT", "INTEGER", "SMALLINT", "TINYINT"}
# Figures read by eye in the publisher's own tool: measure, area, period, value.
SPOTS = (
    ("neet_or_not_known_16_17", "358", "2023", 4.3),
    ("attainment_8", "358", "2018", 56.8),
    ("attainment_8", "886", "2018", 47.1),
    ("attainment_8", "890", "2018", 38.5),
)


@dataclass(frozen=True)
class Agreement:
    """How many cells two results have in common, and in words every way in which they differ."""

    cells: int
    differences: list[str]


def check_building(given: Given) -> Agreement:
    """The four tables of every way, and some figures known from elsewhere."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"ATTACH '{given.warehouse}' AS product (READ_ONLY)")
        connection.execute(f"ATTACH '{given.result(NAME, 'sql')}.duckdb' AS sql (READ_ONLY)")
        found = []
        for table in TABLES:
            columns = [row[0] for row in connection.execute(f"DESCRIBE product.{table}").fetchall()]
            pandas = f"'{given.result(table, 'pandas')}.parquet'"
            for other in (f"sql.{table}", pandas):
                found.append(compare(connection, columns, f"product.{table}", other))
        found.append(_spots(connection))
    return _together(found)


def check_scorecards(given: Given) -> Agreement:
    """The scorecards of every way, and the trends of those that make them."""
    ways = [(ONE, COLUMNS, "sql"), (ONE, COLUMNS, "pandas"), (ONE, COLUMNS, "ready_made"), (ALL, COLUMNS, "sql"),
            (ALL, COLUMNS, "pandas"), (ALL, COLUMNS, "ready_made"), (TRENDS, TREND_COLUMNS, "sql"),
            (TRENDS, TREND_COLUMNS, "pandas")]
    with duckdb.connect() as connection:
        return _together([
            compare(connection, columns, f"'{given.result(job, 'product')}.parquet'", f"'{given.result(job, way)}.parquet'")
            for job, columns, way in ways
        ])


def compare(connection: duckdb.DuckDBPyConnection, columns: Sequence[str], one: str, other: str) -> Agreement:
    """Two relations with these columns, whose key is every column that names what a figure is of."""
    kinds = {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM {one}").fetchall()}
    keys = " AND ".join(f'a."{name}" = b."{name}"' for name in columns if name in _KEYS)
    checked = [name for name in columns if name not in _KEYS]
    differing = ", ".join(f"count(*) FILTER ({_differs(name, kinds[name])})" for name in checked)
    counted = connection.execute(
        f"SELECT (SELECT count(*) FROM {one}), (SELECT count(*) FROM {other}), count(*), {differing} "
        f"FROM {one} a JOIN {other} b ON {keys}"
    ).fetchall()[0]
    first, second, matched, *apart = counted
    differences = [f"{one} has {first} rows, {other} has {second}, {matched} match"] * (not first == second == matched)
    differences += [f"{name} differs in {count} rows of {one} and {other}"
                    for name, count in zip(checked, apart, strict=True) if count]
    return Agreement(matched * len(columns), differences)


def _differs(name: str, kind: str) -> str:
    if kind in _NUMBERS:
        return f'(a."{name}" IS NULL) <> (b."{name}" IS NULL) OR abs(a."{name}" - b."{name}") > {NEAR}'
    return f'a."{name}" IS DISTINCT FROM b."{name}"'


def _spots(connection: duckdb.DuckDBPyConnection) -> Agreement:
    query = "SELECT value FROM product.comparison WHERE measure = ? AND area = ? AND period = ? AND preferred"
    wrong = []
    for measure, area, period, value in SPOTS:
        found = connection.execute(query, [measure, area, period]).fetchall()
        if [round(row[0], 1) for row in found] != [value]:
            wrong.append(f"{measure} of {area} in {period} should be {value}, not {found}")
    return Agreement(len(SPOTS), wrong)


def _together(found: Sequence[Agreement]) -> Agreement:
    return Agreement(sum(each.cells for each in found), [words for each in found for words in each.differences])
