"""NEET as a range: none, all, or as many of those not known as are likely, so that losing sight of people never looks better.

Beside the range of an average stands NEET as the department once adjusted it, which is historic and indicative.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import mean
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from throughline.analytics.measures.definition import Measure, RegisterSource
from throughline.analytics.measures.disclosure import Cell, GroupRule
from throughline.analytics.measures.headlines import Made, periods_of
from throughline.analytics.participation.adjustment import Lapsed, lapsed
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

_ASKED = ("month_end", "area", "standing", "excluded", "lapsed", *LIKENESS)


@dataclass(frozen=True)
class _Month:
    """What is counted of an authority at a month end, or on the average of several."""

    between: Interval = Interval(0, 0, 0, 0.0)
    lapsed: Lapsed = Lapsed()

    def tells_of_few(self, rule: GroupRule) -> bool:
        """Whether of few it would be told whether the record that was held of them has lapsed, and what it was of."""
        parts = (self.lapsed.not_neet, self.lapsed.neet)
        return (rule.hides(EVERYONE, Cell(self.lapsed.people, self.between.not_known))
                or any(rule.small.hides(math.ceil(part)) for part in parts))


_Months = dict[tuple[str, date], _Month]  # by authority and month end


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
    def among(asked: frozenset) -> _Months:
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
          among: Callable[[frozenset], _Months]) -> Iterator[dict]:
    source = measure.register
    if source is None:
        return
    found = among(frozenset(source.denominator.items()))
    for made in periods_of(source.headline, register.month_ends, register.rules.cohort):
        for area in sorted({area for area, end in found if end in made.month_ends}):
            if all((each.id, area, made.period.label) in told for each in (measure, both)):
                months = [found.get((area, end), _Month()) for end in made.month_ends]
                yield _row(measure, area, made, months, register)


def _intervals(among: Mapping, register: "RegisterRows", engine: Engine) -> _Months:
    """What is counted of each authority at each month end, from counts of people who are alike."""
    def everyone(tables: Register) -> ir.Table:
        return people(tables, register.rules, register.month_ends, register.believed, ("district",))

    def alike(rows: ir.Table) -> ir.Table:
        kept = rows.filter(Counted("among", among).holds(rows))
        kept = kept.select(*_ASKED, code=kept.lapsed.ifelse(kept.code, ""))  # asked of those who have lapsed alone
        return kept.group_by(*_ASKED, "code").agg(people=kept.count())

    groups: dict[tuple[str, date], list[dict]] = defaultdict(list)
    for row in engine.counts(register.tables, everyone, alike, lambda counted: counted).to_pylist():
        groups[(row["area"], row["month_end"])].append(row)
    codes = register.rules.activities
    return {(area, end): _Month(interval(rows), lapsed(rows, codes, end)) for (area, end), rows in groups.items()}


def _average(months: Sequence[_Month]) -> _Month:
    between = ((month.cohort, month.neet, month.not_known, month.expected) for month in (each.between for each in months))
    gone = ((month.lapsed.not_neet, month.lapsed.neet) for month in months)
    return _Month(Interval(*map(mean, zip(*between, strict=True))), Lapsed(*map(mean, zip(*gone, strict=True))))


def _row(measure: Measure, area: str, made: Made, months: Sequence[_Month], register: "RegisterRows") -> dict:
    averaged = _average(months)
    found = averaged.between
    return {"measure": measure.id, "area": area, "period": made.period.label, "period_start": made.period.start,
            "period_end": made.period.end, "low": found.low, "estimate": found.estimate, "high": found.high,
            "adjusted": _adjusted(made, months, averaged, register)}


def _adjusted(made: Made, months: Sequence[_Month], averaged: _Month, register: "RegisterRows") -> float | None:
    """NEET as the department once adjusted it, of an average of several months alone; None where it would tell of few."""
    if len(months) == 1 or any(each.tells_of_few(register.disclosure) for each in (*months, averaged)):
        return None
    by = register.rules.adjustment.on(made.month_ends[-1])
    return averaged.between.percent(averaged.between.neet + averaged.lapsed.taken_to_be_neet(by))
