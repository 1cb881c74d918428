"""Who is counted: the people behind a figure of the register, from a file of their own that no page of figures reads.

Whoever calls this answers for asking on behalf of somebody who may see these people, and for recording that they looked.
"""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir

from throughline.analytics.measures.definition import Measure
from throughline.analytics.participation.breakdowns import ANY_VULNERABLE, BREAKDOWNS, KINDS, VULNERABLE
from throughline.analytics.participation.months import participation_month, unbound_register
from throughline.analytics.participation.rates import Counted
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.tables import flag_of, participation_month_table
from throughline.analytics.warehouse.inputs import RegisterRows

_OWNER_ALONE = 0o600


def keep_people(path: Path, register: RegisterRows) -> None:
    """Write participation_month to a Parquet file, whole or not at all, that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_EXCL, _OWNER_ALONE))
    rows = participation_month(unbound_register(), register.rules, register.month_ends, register.known)
    try:
        with duckdb.connect() as engine:
            for name, held in register.tables.items():
                engine.register(name, held)
            quoted = str(beside).replace("'", "''")
            engine.execute(f"COPY ({ibis.to_sql(rows, dialect='duckdb')}) TO '{quoted}' (FORMAT parquet)")
        beside.chmod(_OWNER_ALONE)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def counted(path: Path, rules: Rules, measure: Measure, area: str, month_end: date, breakdown: str = "",
            group: str = "") -> list[int]:
    """The register's numbers of those whom a measure counts at one month end, or of those in one group, in order.

    Raises ValueError for a measure that is not counted from the register and for a breakdown that is not one of its own.
    """
    source = measure.register
    if source is None:
        raise ValueError(f"{measure.id} is not counted from the register")
    if breakdown and breakdown not in source.breakdowns:
        raise ValueError(f"{measure.id} has no breakdown {breakdown}")
    schema = ibis.schema(participation_month_table(rules.characteristics).arrow_schema)
    rows = ibis.table(schema, name="participation_month")
    wanted = (Counted("counted", source.numerator).holds(rows) & (rows.area == area) & (rows.month_end == month_end)
              & _in_group(rows, rules, breakdown, group))
    query = rows.filter(wanted).select("learner").order_by("learner")
    with duckdb.connect() as engine:
        engine.from_parquet(str(path)).create_view("participation_month")
        return [learner for (learner,) in engine.sql(str(ibis.to_sql(query, dialect="duckdb"))).fetchall()]


def _in_group(rows: ir.Table, rules: Rules, breakdown: str, group: str) -> ir.BooleanValue:
    if not breakdown:
        return ibis.literal(True)
    if breakdown == VULNERABLE:
        flags: Mapping[str, str] = {ANY_VULNERABLE: "any_vulnerable", **{code: flag_of(code) for code in rules.characteristics}}
        if group not in flags:
            raise ValueError(f"{group} is no vulnerable group")
        return rows[flags[group]]
    if breakdown not in (*BREAKDOWNS, *KINDS):
        raise ValueError(f"{breakdown} is no breakdown")
    return ibis.coalesce(rows[breakdown].cast("string"), "not_known") == group
