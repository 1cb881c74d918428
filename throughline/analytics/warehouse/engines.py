"""Where a register is counted: DuckDB on this machine, or Spark once a region or a nation has outgrown it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from throughline.analytics.participation.labels import numbered
from throughline.analytics.participation.months import Register, kept_months, unbound_register
from throughline.analytics.participation.rules import Rules
from throughline.analytics.warehouse.compiled import duckdb_sql

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Everyone = Callable[[Register], ir.Table]  # from the five tables to everyone's rows, as months.people gives them
Grain = Callable[[ir.Table], ir.Table]  # from those rows to counts at the finest grain
Totals = Callable[[ir.Table], ir.Table]  # from that grain to the counts that are wanted
_THREADS: dict[str, Any] = {"threads": 2}


class Engine(Protocol):
    """Anything that works out expressions over the five tables of a register."""

    def counts(self, tables: Mapping[str, pa.Table], everyone: Everyone, grain: Grain, totals: Totals) -> pa.Table:
        """Rows of totals(grain(everyone(register))), in no order; the grain is worked out once."""


class OnDuckDB:
    """DuckDB within this process, on two threads."""

    def counts(self, tables: Mapping[str, pa.Table], everyone: Everyone, grain: Grain, totals: Totals) -> pa.Table:
        """As Engine has it."""
        with duckdb.connect(config=_THREADS) as engine:
            for name, rows in tables.items():
                engine.register(name, rows)
            return _totals(engine, grain(everyone(unbound_register())), totals)


class OnKept:
    """DuckDB as well, over the file in which who.keep_people has just kept everyone's rows: nobody is worked out again."""

    def __init__(self, path: Path, rules: Rules) -> None:
        """Of the same register, month ends and rules as whatever is to be counted."""
        self._path, self._rules = path, rules

    def counts(self, tables: Mapping[str, pa.Table], everyone: Everyone, grain: Grain, totals: Totals) -> pa.Table:
        """As Engine has it; tables and everyone have been seen to."""
        with duckdb.connect(config=_THREADS) as engine:
            engine.from_parquet(str(self._path)).create_view(kept_months(self._rules).get_name())
            return _totals(engine, grain(numbered(kept_months(self._rules), self._rules)), totals)


def _totals(engine: duckdb.DuckDBPyConnection, held: ir.Table, totals: Totals) -> pa.Table:
    engine.execute(f"CREATE TEMP TABLE grain AS {duckdb_sql(held)}")
    return engine.sql(duckdb_sql(totals(ibis.table(held.schema(), name="grain")))).to_arrow_table()


class OnSpark:
    """Spark, by the address of its master: local[2] for this machine, spark://host:7077 for a cluster.

    settings are Spark's own, beside those that every run has. Needs Java and the extra named spark.
    """

    def __init__(self, master: str, settings: Mapping[str, str] | None = None, shared: Path | None = None) -> None:
        """Nothing is started before there is something to count. shared is a folder that every worker can read."""
        self._master, self._settings, self._shared = master, dict(settings or {}), shared

    def counts(self, tables: Mapping[str, pa.Table], everyone: Everyone, grain: Grain, totals: Totals) -> pa.Table:
        """As Engine has it."""
        # By way of files, which the workers read side by side: rows handed over in a plan are worked on by the driver alone.
        with TemporaryDirectory(prefix="throughline-register-", dir=self._shared) as folder, self._session() as session:
            connection = ibis.pyspark.connect(session)
            for name, rows in tables.items():
                pq.write_table(rows, f"{folder}/{name}.parquet", coerce_timestamps="us")
                session.read.parquet(f"file://{folder}/{name}.parquet").createOrReplaceTempView(name)
            register = Register(**{name: connection.table(name) for name in tables})
            with grain(everyone(register)).cache() as held:
                return totals(held).to_pyarrow()

    @contextmanager
    def _session(self) -> Iterator["SparkSession"]:
        """A session that is already running in this process, left running, or one of our own."""
        # Only who counts on Spark has it installed.
        from pyspark.sql import SparkSession

        if running := SparkSession.getActiveSession():
            yield running
            return
        builder: Any = SparkSession.builder.master(self._master).appName("Throughline")
        with TemporaryDirectory(prefix="throughline-spark-") as scratch:
            for name, value in (_ALWAYS | {"spark.sql.warehouse.dir": scratch} | self._settings).items():
                builder = builder.config(name, value)
            session = builder.getOrCreate()
            try:
                yield session
            finally:
                session.stop()


# Days and moments are meant as they stand, whatever the zone of the machine; a pandas table is never made.
_ALWAYS = {
    "spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false", "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false", "spark.sql.execution.arrow.pyspark.enabled": "true",
}
