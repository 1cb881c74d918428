"""NEET as a range: none, all, or as many of those not known as are likely, so that losing sight of people never looks better."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from functools import cache
from statistics import mean
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from throughline.analytics.measures.definition import Measure, RegisterSource
from throughline.analytics.measures.headlines import Made, periods_of
from throughline.analytics.participation.breakdowns import EVERYONE
from throughline.analytics.participation.interval import LIKENESS, Interval, interval
from throughline.analytics.participation.months import Register, people
from throughline.analytics.participation.rates import Counted, beyond_activity
from throughline.analytics.participation.standing import Standing
from throughline.analytics.warehouse.engines import Engine, OnDuckDB
from throughline.analytics.warehouse.tables import NEET_RANGE
from throughline.core.statuses import Status

if TYPE_CHECKING:
    from throughline.analytics.warehouse.inputs import RegisterRows

Intervals = dict[tuple[str, date], Interval]  # by authority and month end
_ASKED = ("month_end", "area", "standing", "excluded", *LIKENESS)


def neet_ranges(register: "RegisterRows | None", measures: Mapping[str, Measure], figures: pa.Table,
                engine: Engine | None = None) -> pa.Table:
    """NEET_RANGE rows of every measure that counts those who are NEET, and them alone, of the register.

    The ends of a range are NEET and NEET or not known, so it is told where both are: figures are what register_figures gave. A
    measure with none beside it that counts those NEET or not known has no range.
    """
    held = [(measure, both) for measure in measures.values() if (both := _with_not_known(measure, measures))]
    if register is None or not held or not register.month_ends:
        return NEET_RANGE.empty()
    told = _told(figures)

    @cache
    def among(asked: frozenset) -> Intervals:
        return _intervals(dict(asked), register, engine or OnDuckDB())

    found = [row for measure, both in held for row in _rows(measure, both, register, told, among)]
    return NEET_RANGE.from_rows(found)


def _with_not_known(measure: Measure, measures: Mapping[str, Measure]) -> Measure | None:
    """The measure of the same people and months that counts those not known too; None for what is no measure of NEET."""
    source = measure.register
    if source is None or not _counts(source, Standing.NEET):
        return None
    return next((other for other in measures.values() if other.register and other.register.headline == source.headline
                 and other.register.denominator == source.denominator
                 and _counts(other.register, Standing.NEET, Standing.NOT_KNOWN)), None)


def _counts(source: RegisterSource, *standings: Standing) -> bool:
    """Whether a numerator counts those of some standings, out of everybody it is counted among, and nobody else."""
    wanted = {**beyond_activity(source.denominator), "standing": standings}
    return {column: set(values) for column, values in source.numerator.items()} == {
        column: set(values) for column, values in wanted.items()}


def _told(figures: pa.Table) -> set[tuple[str, str, str]]:
    """The figures of everyone that are told, as (measure, area, period)."""
    of_everyone = figures.filter(pc.equal(figures["breakdown"], EVERYONE)).to_pylist()
    return {(row["measure"], row["area"], row["period"]) for row in of_everyone if row["status"] == Status.FINAL}


def _rows(measure: Measure, both: Measure, register: "RegisterRows", told: Container[tuple],
          among: Callable[[frozenset], Intervals]) -> Iterator[dict]:
    source = measure.register
    if source is None:
        return
    found = among(frozenset(source.denominator.items()))
    for made in periods_of(source.headline, register.month_ends, register.rules.cohort):
        for area in sorted({area for area, end in found if end in made.month_ends}):
            if all((each.id, area, made.period.label) in told for each in (measure, both)):
                averaged = _average([found.get((area, end), Interval(0, 0, 0, 0.0)) for end in made.month_ends])
                yield _row(measure, area, made, averaged)


def _intervals(among: Mapping, register: "RegisterRows", engine: Engine) -> Intervals:
    """The interval of each authority at each month end, from counts of people who are alike."""
    def alike(tables: Register) -> ir.Table:
        rows = people(tables, register.rules, register.month_ends, register.believed, ("district",))
        kept = rows.filter(Counted("among", among).holds(rows)).select(*_ASKED)
        return kept.group_by(*_ASKED).agg(people=kept.count())

    groups: dict[tuple[str, date], list[dict]] = defaultdict(list)
    for row in engine.counts(register.tables, alike, lambda counted: counted).to_pylist():
        groups[(row["area"], row["month_end"])].append(row)
    return {key: interval(rows) for key, rows in groups.items()}


def _average(months: list[Interval]) -> Interval:
    return Interval(*(mean(values) for values in zip(
        *((month.cohort, month.neet, month.not_known, month.expected) for month in months), strict=True)))


def _row(measure: Measure, area: str, made: Made, found: Interval) -> dict:
    return {"measure": measure.id, "area": area, "period": made.period.label, "period_start": made.period.start,
            "period_end": made.period.end, "low": found.low, "estimate": found.estimate, "high": found.high}
