"""The same expressions give the same rows on Spark as on DuckDB; left out, with a line, where there is no Java."""

import duckdb
import ibis
import pytest

from tests.oracles.invented import ENDS, KNOWN, invented, tables_of
from tests.oracles.turned import turned
from throughline.analytics.measures.definition import Kind
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.ranges import neet_ranges
from throughline.analytics.measures.register_figures import register_figures
from throughline.analytics.participation.months import Register, participation_month, people, unbound_register
from throughline.analytics.participation.rates import Counted, grain, rolled_up
from throughline.analytics.participation.rules import Rules, load_rules
from throughline.analytics.warehouse.engines import OnSpark
from throughline.analytics.warehouse.inputs import RegisterRows

TABLES = tables_of(invented(120))
BREAKDOWNS = ("sex", "send")
COUNTS = [Counted("cohort", {"academic_age": [16, 17], "excluded": [False]}),
          Counted("neet", {"academic_age": [16, 17], "standing": ["neet"]})]


@pytest.fixture(scope="module")
def rules(definitions) -> Rules:
    return load_rules(definitions)


@pytest.fixture(scope="module")
def on_spark(spark) -> Register:
    connection = ibis.pyspark.connect(spark)
    for name, rows in TABLES.items():
        spark.createDataFrame(rows).createOrReplaceTempView(name)
    return Register(**{name: connection.table(name) for name in TABLES})


def months(register: Register, rules: Rules):
    """Everyone's rows at two month ends, between which codes turn."""
    return participation_month(register, rules, ENDS[2:4], KNOWN)


def rates(register: Register, rules: Rules):
    """Counts by every breakdown."""
    held = grain(people(register, rules, ENDS[1:2], KNOWN), COUNTS, BREAKDOWNS)
    return rolled_up(held, COUNTS, BREAKDOWNS, rules, ENDS[1:2])


@pytest.mark.parametrize("made", [months, rates])
def test_spark_and_duckdb_give_the_same_rows(made, definitions, tmp_path, on_spark):
    """By codes that turn within the year, which asks for all that lists as they are do, and more."""
    rules = load_rules(turned(definitions, tmp_path / "turned"))
    with duckdb.connect() as engine:
        for name, held in TABLES.items():
            engine.register(name, held)
        expected = engine.sql(str(ibis.to_sql(made(unbound_register(), rules), dialect="duckdb"))).to_arrow_table()
    found = made(on_spark, rules).to_pyarrow().select(expected.column_names)
    assert expected.num_rows > 10
    assert as_set(found) == as_set(expected)


def test_the_warehouse_holds_the_same_figures_whichever_engine_counts(definitions, rules, spark):
    register = RegisterRows(tables_of(invented(900)), ENDS[1:4], KNOWN, rules, load_group_rule(definitions))
    measures = {id: measure for id, measure in load_measures(definitions).items() if measure.kind is Kind.REGISTER}
    figures = register_figures(register, measures)
    expected = figures.to_pylist()
    assert sum(row["status"] == "final" for row in expected) > 100
    assert register_figures(register, measures, OnSpark("local[1]")).to_pylist() == expected
    ranges = neet_ranges(register, measures, figures).to_pylist()
    assert len(ranges) > 1
    for row, same in zip(neet_ranges(register, measures, figures, OnSpark("local[1]")).to_pylist(), ranges, strict=True):
        # Sums of shares are made in the order in which rows come, and differ in the fifteenth digit.
        assert {**row, "estimate": pytest.approx(row["estimate"])} == same


def as_set(table) -> set[tuple]:
    """Rows, numbers as whole numbers whatever their width."""
    return {tuple(int(value) if type(value).__name__ in ("int", "Decimal") else value for value in row.values())
            for row in table.to_pylist()}
