"""What the built warehouse holds is what the tables declare: names, types, keys, and nothing required left out."""

import pyarrow as pa
import pytest

from throughline.analytics.warehouse.tables import NEET_RANGE, SCHOOL, TABLES, Column, Table

SQL_TYPES = {"text": "VARCHAR", "number": "DOUBLE", "integer": "INTEGER", "date": "DATE", "flag": "BOOLEAN"}
BY_NAME = {table.name: table for table in TABLES}
every = pytest.mark.parametrize("name", BY_NAME)


def test_the_warehouse_holds_the_declared_tables_and_no_others(warehouse):
    held = warehouse.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'warehouse'")
    assert {row["table_name"] for row in held} == set(BY_NAME)


@every
def test_columns_are_as_declared(warehouse, name):
    found = warehouse.cursor().execute(f"DESCRIBE warehouse.{name}").fetchall()
    assert [(row[0], row[1]) for row in found] == [(c.name, SQL_TYPES[c.kind]) for c in BY_NAME[name].columns]


@every
def test_the_key_is_unique(warehouse, name):
    key = ", ".join(f'"{column}"' for column in BY_NAME[name].key)
    repeated = warehouse.rows(f"SELECT {key}, count(*) AS times FROM {name} GROUP BY {key} HAVING count(*) > 1 LIMIT 5")
    assert repeated == ()


@every
def test_nothing_required_is_missing(warehouse, name):
    required = [column.name for column in BY_NAME[name].columns if column.required]
    counted = ", ".join(f'count(*) - count("{column}") AS "{column}"' for column in required)
    (missing,) = warehouse.rows(f"SELECT {counted} FROM {name}")
    assert {column: count for column, count in missing.items() if count} == {}


# No register is packaged, of schools or of people.
@pytest.mark.parametrize("name", [table.name for table in TABLES if table not in (SCHOOL, NEET_RANGE)])
def test_the_table_is_not_empty(warehouse, name):
    (row,) = warehouse.rows(f"SELECT count(*) AS held FROM {name}")
    assert row["held"] > 0


# What the declarations say of a column, as a query for the rows that break it.
SAID = {
    "a value stands with a release status only": """
        SELECT * FROM published_figure WHERE (value IS NOT NULL) <> (status IN ('final', 'revised', 'provisional'))""",
    "a status with a value is the release's": "SELECT * FROM published_figure WHERE value IS NOT NULL AND status <> vintage",
    "a period ends after it starts": "SELECT * FROM published_figure WHERE period_end <= period_start",
    "every value is finite": "SELECT * FROM published_figure WHERE NOT isfinite(value)",
    "every figure's area is known": "SELECT * FROM published_figure ANTI JOIN area USING (area)",
    "every figure's data set is known": "SELECT * FROM published_figure ANTI JOIN source USING (dataset)",
    "a neighbour is an authority": """
        SELECT * FROM neighbour n WHERE NOT EXISTS (
            SELECT 1 FROM area WHERE area.area = n.neighbour AND kind = 'authority')""",
    "nobody is a neighbour of itself": "SELECT * FROM neighbour WHERE area = neighbour",
    "every authority has ten neighbours or none": """
        SELECT model, area FROM neighbour GROUP BY ALL HAVING count(DISTINCT neighbour) <> 10""",
    "a region is an area": "SELECT * FROM area a WHERE region NOT IN (SELECT area FROM area WHERE kind = 'region')",
    "every code is of a known area": "SELECT * FROM area_code ANTI JOIN area USING (area)",
    "one period of a measure is the latest": """
        SELECT measure FROM comparison WHERE latest GROUP BY measure
        HAVING count(DISTINCT (period_start, period_end, vintage)) <> 1""",
    "one release of a period is preferred": """
        SELECT measure FROM comparison WHERE preferred GROUP BY measure, period_start, period_end
        HAVING count(DISTINCT vintage) <> 1""",
    "a band is a letter": "SELECT * FROM comparison WHERE quartile NOT IN ('A', 'B', 'C', 'D')",
    "a rank is of those ranked": "SELECT * FROM comparison WHERE rank < 1 OR rank > ranked",
}


@pytest.mark.parametrize("said", SAID)
def test_what_is_said_of_the_rows_holds(warehouse, said):
    assert warehouse.rows(f"SELECT * FROM ({SAID[said]}) LIMIT 3") == ()


def test_rows_are_handed_over_in_the_declared_order_with_nulls_for_what_is_absent():
    table = Table("t", "Things.", (Column("b", "text", "a name"), Column("a", "integer", "a count", required=False)), ("b",))
    rows = table.from_rows([{"a": 1, "b": "x"}, {"b": "y"}])
    assert rows.schema == table.arrow_schema
    assert rows.to_pydict() == {"b": ["x", "y"], "a": [1, None]}
    assert table.empty().schema == rows.schema and table.empty().num_rows == 0


def test_every_column_and_table_says_what_it_holds():
    for table in TABLES:
        assert table.holds.endswith(".") and table.key
        assert set(table.key) <= {column.name for column in table.columns}
        assert all(column.holds and column.kind in SQL_TYPES for column in table.columns)
        assert isinstance(table.arrow_schema, pa.Schema)
