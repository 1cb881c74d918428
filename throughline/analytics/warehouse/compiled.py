"""Expressions as SQL for DuckDB, each compiled once in a process: to compile the largest takes longer than to run it."""

from functools import lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

_KEPT = 32  # a build compiles five of its own, and as many again for another day


def duckdb_sql(expression: ir.Table) -> str:
    """The expression as SQL. What compiles to the same is taken from memory: the same steps over tables of the same names."""
    return _compiled(expression.op())


@lru_cache(maxsize=_KEPT)
def _compiled(operation: ops.Node) -> str:
    return str(ibis.to_sql(operation.to_expr(), dialect="duckdb", pretty=False))
