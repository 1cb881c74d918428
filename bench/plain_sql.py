"""The hand-written SQL of bench/sql: DuckDB over the same files, as somebody who knows it well would write it."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from bench.given import NEIGHBOURS, Given

_FOLDER = Path(__file__).parent / "sql"
STATEMENTS = {path.stem: path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.sql")}
_STEPS = ("period", "published_figure", "figure", "issue", "area_region", "valued", "comparison", "neighbour_comparison")


def build(given: Given, target: Path, release: str) -> None:
    """The four tables of figures into a new DuckDB file."""
    target.unlink(missing_ok=True)
    with duckdb.connect(target) as connection:
        connection.execute("SET enable_progress_bar = false")
        for name, path in (("area", given.reference), ("neighbour", given.reference), ("wanted", given.tables),
                           ("trait", given.tables), ("break", given.tables)):
            connection.execute(f"CREATE TEMP VIEW {name} AS FROM read_parquet('{path / name}.parquet')")
        connection.execute(f"CREATE TEMP VIEW store AS FROM read_parquet('{given.store}')")
        connection.execute(f"CREATE TEMP VIEW dictionary AS FROM read_csv('{given.dictionary}', all_varchar = true)")
        for step in _STEPS:
            connection.execute(STATEMENTS[step], {"release": release} if step == "published_figure" else None)


def reader(given: Given) -> duckdb.DuckDBPyConnection:
    """The warehouse opened to read, with the definitions as tables beside it."""
    connection = duckdb.connect(given.warehouse, read_only=True)
    for name in ("trait", "break"):
        path = given.tables / f"{name}.parquet"
        connection.execute(f"CREATE TEMP TABLE {name} AS FROM read_parquet('{path}')")
    return connection


def scorecard(connection: duckdb.DuckDBPyConnection, areas: Sequence[str]) -> list[tuple]:
    """Every measure's latest figure of these authorities, all comparisons made from the figures."""
    connection.execute(STATEMENTS["issue"])
    connection.execute(STATEMENTS["area_region"])
    return connection.execute(STATEMENTS["scorecard"], {"areas": list(areas), "model": NEIGHBOURS}).fetchall()


def trends(connection: duckdb.DuckDBPyConnection, area: str) -> list[tuple]:
    """Every measure's periods for one authority; to be asked for after its scorecard."""
    return connection.execute(STATEMENTS["trends"], {"area": area}).fetchall()


def ready_made_scorecard(connection: duckdb.DuckDBPyConnection, areas: Sequence[str]) -> list[tuple]:
    """The same, read from the comparisons that the warehouse holds."""
    return connection.execute(STATEMENTS["ready_made"], {"areas": list(areas), "model": NEIGHBOURS}).fetchall()


def ready_made_trends(connection: duckdb.DuckDBPyConnection, area: str) -> list[tuple]:
    """The same periods, read from the comparisons; they do not say where a line may be drawn."""
    return connection.execute(STATEMENTS["ready_made_trends"], {"area": area}).fetchall()
