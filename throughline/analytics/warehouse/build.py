"""Builds the warehouse: a new file beside the old, swapped in when it is whole."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa

from throughline.analytics.measures.compare import comparison, headlines, neighbour_comparison
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.evaluate import WANTED, published_figures, wanted_rows
from throughline.analytics.measures.ranges import neet_ranges
from throughline.analytics.measures.register_figures import register_figures
from throughline.analytics.measures.sequence import sequence
from throughline.analytics.measures.who import keep_people
from throughline.analytics.warehouse.beside import only_builder, people_file
from throughline.analytics.warehouse.compiled import duckdb_sql
from throughline.analytics.warehouse.engines import Engine, OnKept
from throughline.analytics.warehouse.inputs import Inputs
from throughline.analytics.warehouse.tables import (
    AREA,
    AREA_CODE,
    COMPARISON,
    DISTRICT,
    FIGURE,
    INDICATOR,
    NEET_RANGE,
    NEIGHBOUR,
    NEIGHBOUR_COMPARISON,
    PUBLISHED_FIGURE,
    SCHOOL,
    SOURCE,
    Table,
)

_AS_GIVEN = (AREA, AREA_CODE, DISTRICT, NEIGHBOUR, SOURCE, INDICATOR, PUBLISHED_FIGURE, SCHOOL)
_SORTED = (COMPARISON, NEIGHBOUR_COMPARISON)
_TRAIT_SCHEMA = pa.schema([
    ("measure", pa.string()), ("sign", pa.int8()), ("point", pa.float64()), ("quartiles", pa.bool_()),
    ("compares_england", pa.bool_()),
])
_ISSUE_SCHEMA = pa.schema([
    ("issue", pa.int32()), ("measure", pa.string()),
    ("period_start", pa.date32()), ("period_end", pa.date32()), ("vintage", pa.string()),
    ("preferred", pa.bool_()), ("latest", pa.bool_()), ("newest", pa.bool_()), ("previous_period", pa.string()),
    ("previous_issue", pa.int32()),
])

STEPS = ("rows", "figures", "comparisons", "neighbours", "swap")


def build(
    path: Path, inputs: Inputs | Callable[[], Inputs], measures: Mapping[str, Measure],
    step: Callable[[str], None] = lambda _: None, then: Callable[[], None] = lambda: None,
    engine: Engine | None = None,
) -> None:
    """Build a warehouse at path, and beside it the file of whom it counts; whoever reads the old ones keeps them until they look
    again.

    One build runs at a time for a path. inputs are rows, or what reads them once it is this build's turn,
    so that no build puts older rows in place of newer. step is called with each name of STEPS as it begins, then once the new
    files stand and before another build has its turn. engine counts the register; without one DuckDB does, from the file of
    people. Nothing is left behind when it fails.
    """
    with only_builder(path):
        beside, people = path.with_suffix(".building"), people_file(path).with_suffix(".building")
        beside.unlink(missing_ok=True)
        try:
            rows = inputs() if callable(inputs) else inputs
            _fill(beside, people, rows, measures, step, engine)
            step("swap")
            beside.replace(path)
            _swap_people(people, people_file(path))
            then()
        finally:
            for made in (beside, Path(f"{beside}.wal"), people):
                made.unlink(missing_ok=True)


def _swap_people(made: Path, place: Path) -> None:
    """Put the file of whom the figures count in place, no older than they are; without a register nobody is kept."""
    if made.exists():
        made.touch()
        made.replace(place)
    else:
        place.unlink(missing_ok=True)


def _fill(beside: Path, people: Path, inputs: Inputs, measures: Mapping[str, Measure], step: Callable[[str], None],
          engine: Engine | None) -> None:
    queries = _queries()
    with duckdb.connect(beside) as raw:
        # Rows that are asked for in no order may be written by both cores at once, and are settled on the disk once.
        raw.execute("SET preserve_insertion_order = false")
        raw.execute("SET checkpoint_threshold = '1TB'")
        step("rows")
        for table in _AS_GIVEN:
            _create(raw, table, inputs.table(table))
        step("figures")
        _give(raw, "wanted", wanted_rows(measures))
        if inputs.register:
            keep_people(people, inputs.register)
            engine = engine or OnKept(people, inputs.register.rules)
        counted = register_figures(inputs.register, measures, engine)
        _give(raw, "own", pa.concat_tables([inputs.entered, counted]))
        _create(raw, FIGURE, queries[FIGURE])
        _create(raw, NEET_RANGE, neet_ranges(inputs.register, measures, counted, engine))
        step("comparisons")
        _give(raw, "traits", _traits(measures))
        _give(raw, "issues", _issues(raw, measures))
        _create(raw, COMPARISON, queries[COMPARISON])
        step("neighbours")
        _create(raw, NEIGHBOUR_COMPARISON, queries[NEIGHBOUR_COMPARISON])
        raw.execute("CHECKPOINT")


@cache
def _queries() -> dict[Table, str]:
    """The tables that are made, as SQL; they depend on declared columns alone, so once is enough for a process."""
    declared = {table.name: table.arrow_schema for table in (AREA, NEIGHBOUR, PUBLISHED_FIGURE, FIGURE)}
    given = {"wanted": WANTED, "own": FIGURE.arrow_schema, "traits": _TRAIT_SCHEMA, "issues": _ISSUE_SCHEMA}
    tables = {name: ibis.table(_nullable(schema), name=name) for name, schema in (declared | given).items()}
    areas, traits, issues = tables["area"], tables["traits"], tables["issues"]
    headline = headlines(tables["figure"], issues)
    made = {
        FIGURE: published_figures(tables["published_figure"], tables["wanted"]).union(tables["own"]),
        COMPARISON: comparison(headline, areas, traits, issues),
        NEIGHBOUR_COMPARISON: neighbour_comparison(headline, areas, traits, tables["neighbour"], issues),
    }
    return {table: duckdb_sql(expression) for table, expression in made.items()}


def _nullable(schema: pa.Schema) -> pa.Schema:
    """As the columns stand in DuckDB, where what must not be empty is a test's business and not the type's."""
    return pa.schema([field.with_nullable(True) for field in schema])


def _give(raw: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """A temporary table for the length of the build."""
    raw.register("given", rows)
    raw.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM given")
    raw.unregister("given")


def _create(raw: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table | str) -> None:
    """A declared table from Arrow rows or from a query, columns cast to their declared types.

    Comparisons are put in key order, so that a page reads few blocks; the rest stays as it came, which is
    indicator by indicator.
    """
    if isinstance(rows, pa.Table):
        raw.register("given", rows)
    query = "given" if isinstance(rows, pa.Table) else f"({rows})"
    columns = ", ".join(f'CAST("{c.name}" AS {_SQL_TYPES[c.kind]}) AS "{c.name}"' for c in table.columns)
    order = " ORDER BY " + ", ".join(f'"{name}"' for name in table.key) if table in _SORTED else ""
    raw.execute(f"CREATE TABLE {table.name} AS SELECT {columns} FROM {query}{order}")
    if isinstance(rows, pa.Table):
        raw.unregister("given")


_SQL_TYPES = {"text": "VARCHAR", "number": "DOUBLE", "integer": "INTEGER", "date": "DATE", "flag": "BOOLEAN"}


def _traits(measures: Mapping[str, Measure]) -> pa.Table:
    """What comparison needs to know of each measure."""
    rows = [
        {"measure": m.id, "sign": m.polarity.sign, "point": m.point, "quartiles": not m.no_quartiles,
         "compares_england": not m.no_england}
        for m in measures.values()
    ]
    return pa.Table.from_pylist(rows, schema=_TRAIT_SCHEMA)


def _issues(raw: duckdb.DuckDBPyConnection, measures: Mapping[str, Measure]) -> pa.Table:
    found = raw.execute(
        "SELECT measure, any_value(period), any_value(period_kind), period_start, period_end, vintage, "
        # The newest month of a register is the latest, told or hidden: an older one in its place would pass for it.
        "count(value) > 0 OR bool_or(dataset = 'register') "
        "FROM figure WHERE breakdown = '' GROUP BY measure, period_start, period_end, vintage"
    ).fetchall()
    return pa.Table.from_pylist([issue.as_row() for issue in sequence(found, measures)], schema=_ISSUE_SCHEMA)
