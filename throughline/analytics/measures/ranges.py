"""NEET as a range: none, all, or as many of those not known as are likely, so that losing sight of people never looks better."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from statistics import mean
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow as pa

from throughline.analytics.measures.definition import Kind, Measure
from throughline.analytics.measures.disclosure import Cell
from throughline.analytics.measures.headlines import Made, periods_of
from throughline.analytics.participation.interval import LIKENESS, Interval, interval
from throughline.analytics.participation.months import Register, people
from throughline.analytics.participation.rates import Counted
from throughline.analytics.participation.standing import Standing
from throughline.analytics.warehouse.engines import Engine, OnDuckDB
from throughline.analytics.warehouse.tables import NEET_RANGE

if TYPE_CHECKING:
    from throughline.analytics.warehouse.inputs import RegisterRows

_ASKED = ("month_end", "area", "standing", "excluded", *LIKENESS)


def neet_ranges(register: "RegisterRows | None", measures: Mapping[str, Measure], engine: Engine | None = None) -> pa.Table:
    """NEET_RANGE rows of every measure that counts those who are NEET, and them alone, of the register.

    An authority has no row for a period of which its NEET figure, or that of NEET and not known together, may not be told.
    """
    held = {id: measure for id, measure in measures.items() if _counts_neet(measure)}
    if register is None or not held or not register.month_ends:
        return NEET_RANGE.empty()
    found = [row for measure in held.values() for row in _rows(measure, register, engine or OnDuckDB())]
    return NEET_RANGE.from_rows(found)


def _counts_neet(measure: Measure) -> bool:
    return measure.kind is Kind.REGISTER and measure.register is not None and (
        tuple(measure.register.numerator.get("standing", ())) == (Standing.NEET.value,))


def _rows(measure: Measure, register: "RegisterRows", engine: Engine) -> Iterator[dict]:
    source = measure.register
    if source is None:
        return
    found = _intervals(source.denominator, register, engine)
    for made in periods_of(source.headline, register.month_ends, register.rules.cohort):
        for area in sorted({area for area, end in found if end in made.month_ends}):
            averaged = _average([found.get((area, end), Interval(0, 0, 0, 0.0)) for end in made.month_ends])
            if averaged.cohort and not _hidden(averaged, register):
                yield _row(measure, area, made, averaged)


def _intervals(among: Mapping, register: "RegisterRows", engine: Engine) -> dict[tuple[str, date], Interval]:
    """The interval of each authority at each month end, from counts of people who are alike."""
    def alike(tables: Register) -> ir.Table:
        rows = people(tables, register.rules, register.month_ends, register.known, ("district",))
        kept = rows.filter(Counted("among", among).holds(rows)).select(*_ASKED)
        return kept.group_by(*_ASKED).agg(people=kept.count())

    groups: dict[tuple[str, date], list[dict]] = defaultdict(list)
    for row in engine.counts(register.tables, alike, lambda counted: counted).to_pylist():
        groups[(row["area"], row["month_end"])].append(row)
    return {key: interval(rows) for key, rows in groups.items()}


def _average(months: list[Interval]) -> Interval:
    return Interval(*(mean(values) for values in zip(
        *((month.cohort, month.neet, month.not_known, month.expected) for month in months), strict=True)))


def _hidden(found: Interval, register: "RegisterRows") -> bool:
    counts = (found.neet, found.not_known, found.neet + found.not_known)
    return any(register.disclosure.hides("", Cell(count, found.cohort)) for count in counts)


def _row(measure: Measure, area: str, made: Made, found: Interval) -> dict:
    return {"measure": measure.id, "area": area, "period": made.period.label, "period_start": made.period.start,
            "period_end": made.period.end, "low": found.low, "estimate": found.estimate, "high": found.high}
