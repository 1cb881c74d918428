"""The register's figures of a nation as the warehouse has them, counted on DuckDB and on a Spark cluster."""

import os
import sys
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from bench.participation.made import ENDS, KNOWN, Made
from bench.turns import Job
from throughline.analytics.measures.definition import Kind
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.register_figures import Counts, counted_people
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.participation.tables import REGISTER
from throughline.analytics.warehouse.engines import Engine, OnDuckDB, OnSpark
from throughline.analytics.warehouse.inputs import RegisterRows

LOOPBACK = "127.0.0.1"
_SETTINGS = {
    "spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK, "spark.driver.memory": "3g",
    "spark.driver.maxResultSize": "2g", "spark.executor.memory": "2g", "spark.sql.shuffle.partitions": "4",
}


@dataclass(frozen=True)
class Nation:
    """The nation's tables, and the master that the cluster answers at."""

    made: Made
    master: str


def duckdb(given: Nation) -> Job:
    """On DuckDB within the process."""
    return _job(given, OnDuckDB(), "duckdb")


def spark(given: Nation) -> Job:
    """On the cluster; the session that each run begins and ends is in its time."""
    os.environ |= {"SPARK_LOCAL_IP": LOOPBACK, "PYSPARK_PYTHON": sys.executable}
    return _job(given, OnSpark(given.master, _SETTINGS), "spark")


def _job(given: Nation, engine: Engine, name: str) -> Job:
    made = given.made
    measures = {id: each for id, each in load_measures(made.definitions).items() if each.kind is Kind.REGISTER}
    tables = {table.name: pq.read_table(made.table(table.name)).select(table.arrow_schema.names) for table in REGISTER}
    register = RegisterRows(tables, ENDS, KNOWN, load_rules(made.definitions), load_group_rule(made.definitions))

    def run(_: None) -> Counts:
        return counted_people(register, measures, engine)

    def keep(counts: Counts) -> None:
        rows = [{"key": "|".join(map(str, key)), **numbers} for key, numbers in counts.items()]
        pq.write_table(pa.Table.from_pylist(rows), made.folder / f"counts-{name}.parquet")

    return Job(run, keep=keep)


def differences(made: Made) -> tuple[int, list[str]]:
    """How many groups DuckDB counts, and those whose counts are not the same on Spark."""
    one, other = ({tuple(sorted(row.items())) for row in pq.read_table(made.folder / f"counts-{name}.parquet").to_pylist()}
                  for name in ("duckdb", "spark"))
    return len(one), [str(row) for row in sorted(map(str, one ^ other))[:5]]
