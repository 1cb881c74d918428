"""The four ways: each makes the same counts by month, authority, breakdown and group, and the average of the three months."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.participation.made import BREAKDOWNS, ENDS, KNOWN, Made
from bench.turns import Job

NAME = "participation"


def product(made: Made) -> Job:
    """The product's expressions on DuckDB; they are compiled in the time of the first run, which warms up."""
    import duckdb

    from throughline.analytics.participation.rules import load_rules

    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")
    for name in ("learner", "membership", "trait", "home", "activity"):
        connection.execute(f"CREATE VIEW {name} AS FROM '{made.table(name)}'")
    compiled: list[str] = []

    def run(_: None) -> pa.Table:
        compiled[:] = compiled or [product_sql(load_rules(made.definitions))]
        return connection.sql(compiled[0]).to_arrow_table()

    return Job(run, keep=_kept(made, "product"))


def product_sql(rules: Any) -> str:
    """The product's expression for what is measured, as DuckDB reads it."""
    import ibis

    from throughline.analytics.participation.months import people, unbound_register
    from throughline.analytics.participation.rates import averaged, grain, rolled_up

    counted = counts()
    grains = grain(people(unbound_register(), rules, ENDS, KNOWN, (), (16, 17)), counted, BREAKDOWNS)
    months = rolled_up(grains, counted, BREAKDOWNS, rules, ENDS)
    average = averaged(months, counted, ENDS)
    rows = months.mutate(month=months.month_end.cast("string")).drop("month_end").union(
        average.mutate(month=ibis.literal("sum of three")).select(*months.drop("month_end").columns, "month"))
    return str(ibis.to_sql(rows, dialect="duckdb"))


def counts() -> list[Any]:
    """What is counted: whom among, NEET, not known and participating, of academic age 16 and 17."""
    from throughline.analytics.participation.rates import Counted

    ages = {"academic_age": [16, 17]}
    return [
        Counted("cohort", {**ages, "excluded": [False]}),
        Counted("neet", {**ages, "standing": ["neet"]}),
        Counted("not_known", {**ages, "standing": ["not_known"]}),
        Counted("participating", {**ages, "standing": ["participating"]}),
    ]


def sql(made: Made) -> Job:
    """Hand-written SQL on DuckDB."""
    import duckdb

    from bench.participation.sql import STATEMENT

    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")
    for name in ("learner", "membership", "trait", "activity"):
        connection.execute(f"CREATE VIEW {name} AS FROM '{made.table(name)}'")
    return Job(lambda _: connection.sql(STATEMENT).to_arrow_table(), keep=_kept(made, "sql"))


def polars(made: Made) -> Job:
    """Hand-written Polars."""
    from bench.participation.with_polars import counted

    return Job(lambda _: counted(made), keep=_kept(made, "polars"))


def pandas(made: Made) -> Job:
    """Plain pandas, as an analyst would write it."""
    from bench.participation.with_pandas import counted

    return Job(lambda _: counted(made), keep=_kept(made, "pandas"))


def _kept(made: Made, way: str) -> Callable[[pa.Table], None]:
    return lambda result: pq.write_table(result, made.folder / f"{NAME}-{way}.parquet")


def differences(made: Made, ways: tuple[str, ...]) -> tuple[int, list[str]]:
    """How many rows the first way gives, and the ways whose rows are not those."""
    rows = {way: _rows(made, way) for way in ways}
    first = rows[ways[0]]
    wrong = [f"{way}: {len(first ^ found)} rows of {len(first)} differ, such as {sorted(first ^ found)[:2]}"
             for way, found in rows.items() if found != first]
    return len(first), wrong


def _rows(made: Made, way: str) -> set[tuple]:
    table = pq.read_table(made.folder / f"{NAME}-{way}.parquet")
    names = ("month", "area", "breakdown", "group", *(each.name for each in counts()))
    return {tuple(str(value) for value in row.values()) for row in table.select(names).to_pylist()}
