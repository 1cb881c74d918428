"""What was compiled once is taken from memory, and is what would have been compiled."""

import ibis
import pytest

from throughline.analytics.warehouse import compiled
from throughline.analytics.warehouse.compiled import duckdb_sql


def _rows(least: int, name: str = "rows") -> ibis.Table:
    rows = ibis.table({"a": "int64"}, name=name)
    return rows.filter(rows.a >= least)


@pytest.fixture
def compilations(monkeypatch) -> list:
    """What is compiled from here on."""
    made, real = [], ibis.to_sql
    monkeypatch.setattr(ibis, "to_sql", lambda *args, **words: made.append(args) or real(*args, **words))
    compiled._compiled.cache_clear()
    return made


def test_the_same_steps_are_compiled_once_and_others_anew(compilations):
    first = [duckdb_sql(_rows(1)) for _ in range(3)]
    assert (len(set(first)), len(compilations)) == (1, 1)
    assert first[0] == str(ibis.to_sql(_rows(1), dialect="duckdb", pretty=False))
    others = {duckdb_sql(_rows(2)), duckdb_sql(_rows(1, "others"))}
    assert len(others | set(first)) == 3
