"""Who is counted: the people behind a figure of the register, from a file of their own that no page of figures reads.

Whoever calls this answers for asking on behalf of somebody who may see these people, and for recording that they looked.
"""

import os
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import ibis
import ibis.expr.types as ir

from throughline.analytics.measures.definition import Measure, RegisterSource
from throughline.analytics.participation.breakdowns import BREAKDOWNS, KINDS, NOT_KNOWN, VULNERABLE
from throughline.analytics.participation.months import kept_months, participation_month, unbound_register
from throughline.analytics.participation.rates import Counted
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.tables import flags_of_groups
from throughline.analytics.warehouse.beside import only_builder, people_file
from throughline.analytics.warehouse.compiled import duckdb_sql
from throughline.analytics.warehouse.inputs import RegisterRows

_OWNER_ALONE = 0o600


class Person(NamedTuple):
    """One of those counted, as the count saw them: learner is the register's own number, code the activity they were in.

    lapsed says that nobody had confirmed it in time; neet_since is the first day of an unbroken spell.
    """

    learner: int
    academic_age: int
    district: str | None
    code: str | None
    standing: str
    lapsed: bool
    neet_since: date | None


class Counting(NamedTuple):
    """Whether a measure counts somebody at a month end, and whether they are among those it is counted among."""

    month_end: date
    counted: bool
    among: bool


def keep_people(path: Path, register: RegisterRows) -> None:
    """Write participation_month to a Parquet file, whole or not at all, that only its owner may read."""
    rows = participation_month(unbound_register(), register.rules, register.month_ends, register.believed)
    with duckdb.connect() as engine:
        for name, held in register.tables.items():
            engine.register(name, held)
        _write(path, engine, duckdb_sql(rows))


def forget_people(warehouse: Path, learners: Collection[int]) -> None:
    """Take learners out of the file beside a warehouse, whole or not at all. Waits for a build that is reading the register."""
    path = people_file(warehouse)
    with only_builder(warehouse), duckdb.connect() as engine:
        if path.exists() and learners:
            engine.from_parquet(str(path)).create_view("participation_month")
            going = ", ".join(str(int(learner)) for learner in learners)
            _write(path, engine, f"SELECT * FROM participation_month WHERE learner NOT IN ({going})")


def _write(path: Path, engine: duckdb.DuckDBPyConnection, query: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_EXCL, _OWNER_ALONE))
    try:
        quoted = str(beside).replace("'", "''")
        engine.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet)")
        beside.chmod(_OWNER_ALONE)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def counted(path: Path, rules: Rules, measure: Measure, area: str, month_end: date, breakdown: str = "",
            group: str = "") -> list[Person]:
    """Those whom a measure counts at one month end, or those of them in one group, by the register's numbers in order.

    Raises ValueError for a measure that is not counted from the register and for a breakdown that is not one of its own.
    """
    source = _source(measure)
    if breakdown and breakdown not in source.breakdowns:
        raise ValueError(f"{measure.id} has no breakdown {breakdown}")
    rows = kept_months(rules)
    wanted = _counted(rows, rules, source, breakdown, group) & (rows.area == area) & (rows.month_end == month_end)
    query = rows.filter(wanted).select(*Person._fields).order_by("learner")
    return [Person(*row) for row in _read(path, query)]


def counts(path: Path, rules: Rules, measure: Measure, area: str, breakdown: str = "", group: str = "") -> dict[date, int]:
    """How many a measure counts at each month end that is kept, the earliest first. Raises ValueError as counted does."""
    rows = kept_months(rules)
    told = _counted(rows, rules, _source(measure), breakdown, group)
    held = rows.filter(rows.area == area).select("month_end", told=ibis.coalesce(told, False).cast("int64"))
    query = held.group_by("month_end").agg(so_many=held.told.sum()).order_by("month_end")
    return {month_end: int(so_many) for month_end, so_many in _read(path, query)}


def month_ends(path: Path) -> list[date]:
    """The month ends that are kept, the earliest first."""
    with duckdb.connect() as engine:
        people = engine.from_parquet(str(path))
        return [month_end for (month_end,) in people.select("month_end").distinct().order("month_end").fetchall()]


def counting(path: Path, rules: Rules, measures: Iterable[Measure], area: str, learner: int) -> dict[str, list[Counting]]:
    """How each measure counts one learner at each month end that they are in the cohort, the earliest first, by its id."""
    wanted = list(measures)
    rows = kept_months(rules)
    asked = {}
    for place, measure in enumerate(wanted):
        source = _source(measure)
        asked[f"counted_{place}"] = ibis.coalesce(Counted("counted", source.numerator).holds(rows), False)
        asked[f"among_{place}"] = ibis.coalesce(Counted("among", source.denominator).holds(rows), False)
    query = rows.filter((rows.area == area) & (rows.learner == learner)).select("month_end", **asked).order_by("month_end")
    found: dict[str, list[Counting]] = {measure.id: [] for measure in wanted}
    for month_end, *told in _read(path, query):
        for place, measure in enumerate(wanted):
            found[measure.id].append(Counting(month_end, *told[2 * place:2 * place + 2]))
    return found


def _source(measure: Measure) -> RegisterSource:
    if measure.register is None:
        raise ValueError(f"{measure.id} is not counted from the register")
    return measure.register


def _read(path: Path, query: ir.Table) -> list[tuple]:
    with duckdb.connect() as engine:
        engine.from_parquet(str(path)).create_view("participation_month")
        return engine.sql(duckdb_sql(query)).fetchall()


def _counted(rows: ir.Table, rules: Rules, source: RegisterSource, breakdown: str, group: str) -> ir.BooleanValue:
    """Whether each of rows is counted, by the figure of everyone or of one group."""
    if breakdown in KINDS:
        return Counted("counted", source.of_kind(breakdown, group)).holds(rows)
    return Counted("counted", source.numerator).holds(rows) & _in_group(rows, rules, breakdown, group)


def _in_group(rows: ir.Table, rules: Rules, breakdown: str, group: str) -> ir.BooleanValue:
    if not breakdown:
        return ibis.literal(True)
    if breakdown == VULNERABLE:
        flags = flags_of_groups(rules.characteristics)
        if group not in flags:
            raise ValueError(f"{group} is no vulnerable group")
        return rows[flags[group]]
    if breakdown not in BREAKDOWNS:
        raise ValueError(f"{breakdown} is no breakdown")
    return ibis.coalesce(rows[breakdown].cast("string"), NOT_KNOWN) == group
