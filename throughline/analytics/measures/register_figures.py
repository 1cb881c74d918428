"""Counts the measures of the register: people once at the finest grain, then figures, hidden where they would tell of few."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow as pa

from throughline.analytics.measures.definition import Kind, Measure, RegisterSource, Unit
from throughline.analytics.measures.disclosure import Cell, GroupRule, hidden_groups
from throughline.analytics.measures.headlines import Made, periods_of, tied
from throughline.analytics.measures.subtraction import Sums, count_of, worked_out
from throughline.analytics.participation.breakdowns import (
    ANY_VULNERABLE,
    BREAKDOWNS,
    EVERYONE,
    KINDS,
    PLACES,
    VULNERABLE,
)
from throughline.analytics.participation.months import Register, people
from throughline.analytics.participation.rates import Counted, grain, kinds_of, rolled_up
from throughline.analytics.participation.rules import Rules
from throughline.analytics.warehouse.engines import Engine, OnDuckDB
from throughline.analytics.warehouse.tables import FIGURE
from throughline.core.statuses import Status

if TYPE_CHECKING:
    from throughline.analytics.warehouse.inputs import RegisterRows

DATASET = "register"
Counts = Mapping[tuple[date, str, str, str], Mapping[str, int]]  # month end, area, breakdown, group: the counts by name


@dataclass(frozen=True)
class _Worked:
    """A count that nobody prints: the figures it can be worked out from, and how."""

    of: tuple[tuple[Measure, Made], ...]
    sums: Sums


def register_figures(register: "RegisterRows | None", measures: Mapping[str, Measure], engine: Engine | None = None) -> pa.Table:
    """FIGURE rows of every measure of the kind register; none where there is no register. Counted on DuckDB unless told."""
    held = {id: measure for id, measure in measures.items() if measure.kind is Kind.REGISTER}
    if register is None or not held or not register.month_ends:
        return FIGURE.empty()
    return figures_of(counted_people(register, held, engine or OnDuckDB()), register, held)


def figures_of(counts: Counts, register: "RegisterRows", held: Mapping[str, Measure]) -> pa.Table:
    """FIGURE rows of measures of the kind register from what counted_people gives, hidden where they would tell of few."""
    areas = sorted({area for _, area, _, _ in counts})
    release = f"as known on {register.known:%d %B %Y}".replace(" 0", " ")
    rows = [row for area in areas for row in _area_rows(area, counts, held, register, release)]
    return FIGURE.from_rows(rows)


def counted_people(register: "RegisterRows", measures: Mapping[str, Measure], engine: Engine) -> Counts:
    """Every count that the measures need, for everyone and each group."""
    rules, ends = register.rules, register.month_ends
    counted = _counted(measures.values(), rules)
    asked = {name for measure in measures.values() if measure.register for name in measure.register.breakdowns}
    breakdowns = [name for name in BREAKDOWNS if name in asked]
    wanted = [name for name in PLACES if name in asked]

    def finest(tables: Register) -> ir.Table:
        return grain(people(tables, rules, ends, register.known, wanted), counted, breakdowns)

    def totals(held: ir.Table) -> ir.Table:
        return rolled_up(held, counted, breakdowns, rules, ends)

    names = [each.name for each in counted]
    return {
        (row["month_end"], row["area"], row["breakdown"], row["group"]): {name: int(row[name]) for name in names}
        for row in engine.counts(register.tables, finest, totals).to_pylist()
    }


def _counted(measures: Iterable[Measure], rules: Rules) -> list[Counted]:
    """What is to be counted, each once however many measures ask for it."""
    asked: dict[str, Counted] = {}
    for measure in measures:
        source = _source(measure)
        wheres = [source.numerator, source.denominator]
        wheres += [where for kind in KINDS if kind in source.breakdowns for _, where in _kinds(source, kind, rules)]
        for where in wheres:
            asked.setdefault(_name(where), Counted(_name(where), where))
    return list(asked.values())


def _name(where: Mapping[str, Sequence]) -> str:
    """A name for a count that says what it asks."""
    said = "__".join(f"{column}_{'_'.join(str(value) for value in sorted(values, key=str))}"
                     for column, values in sorted(where.items()))
    return f"count__{said}".lower()


def _kinds(source: RegisterSource, kind: str, rules: Rules) -> list[tuple[str, dict[str, tuple]]]:
    """The values of a kind of activity, each with what counts those of the numerator who are of it."""
    values = sorted({code.facts[kind] for code in rules.activities.lines} - {"", "not_applicable", "excluded"})
    allowed = source.numerator.get(kind, values)
    return [(value, {**source.numerator, kind: (value,)}) for value in values if value in allowed]


def _area_rows(area: str, counts: Counts, measures: Mapping[str, Measure], register: "RegisterRows",
               release: str) -> Iterator[dict]:
    """The figures of one authority: those that are tied to one another are hidden together."""
    ties: dict[tuple, list[tuple[Measure, Made]]] = defaultdict(list)
    for measure in measures.values():
        source = _source(measure)
        for made in periods_of(source.headline, register.month_ends, register.rules.cohort):
            ties[(*_family(measure, measures), tied(made.month_ends[0], register.rules.cohort))].append((measure, made))
    before: list[tuple[Measure, Made]] = []
    for held in ties.values():
        yield from _tied_rows(area, counts, held, before, register, release)
        before += held


def _source(measure: Measure) -> RegisterSource:
    if measure.register is None:
        raise ValueError(f"{measure.id} is not counted from the register")
    return measure.register


def _family(measure: Measure, measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """The measures whose counts can be worked out from one another's: NEET, not known, and the two together.

    They are counted among the same people and differ in standing alone, and their standings meet, or meet another's that does.
    """
    kin = {measure.id}
    grown = True
    while grown:
        more = {id for id, other in measures.items() for held in kin if _meets(_source(measures[held]), _source(other))}
        grown = not more <= kin
        kin |= more
    return tuple(sorted(kin))


def _meets(one: RegisterSource, other: RegisterSource) -> bool:
    if one.denominator != other.denominator:
        return False
    if one.numerator == other.numerator:
        return True
    standings = [set(source.numerator.get("standing", ())) for source in (one, other)]
    rest = [{column: values for column, values in source.numerator.items() if column != "standing"} for source in (one, other)]
    return rest[0] == rest[1] and bool(standings[0] & standings[1])


def _tied_rows(area: str, counts: Counts, held: Sequence[tuple[Measure, Made]], before: Sequence[tuple[Measure, Made]],
               register: "RegisterRows", release: str) -> Iterator[dict]:
    """Rows of measures that are hidden together; before are those that were told first, from which more could be worked out."""
    rule, rules = register.disclosure, register.rules
    sums = [each for measure, made in held for each in _sums(measure, made, before, rules)]
    totals = _tables(area, counts, held, sums, EVERYONE, rules)
    alone = [table.get(EVERYONE, Cell(0, 0)) for table in totals]
    hides_all = any(rule.hides(EVERYONE, total) for total in alone)
    for (measure, made), total in zip(held, alone, strict=False):
        yield _row(measure, area, made, "", "", total, hides_all, release)
    for breakdown in (*BREAKDOWNS, *KINDS):
        tables = _tables(area, counts, held, [] if breakdown in KINDS else sums, breakdown, rules)
        hidden = _hidden(breakdown, tables, alone[:len(tables)], rule)
        for (measure, made), table in zip(held, tables, strict=False):
            for group, cell in sorted(table.items()):
                yield _row(measure, area, made, breakdown, group, cell, group in hidden, release)


def _tables(area: str, counts: Counts, held: Sequence[tuple[Measure, Made]], sums: Sequence[_Worked], breakdown: str,
            rules: Rules) -> list[dict[str, Cell]]:
    """Each group's cell in every figure of held, then in every count that can be worked out from them."""
    def table(measure: Measure, made: Made) -> dict[str, Cell]:
        asked = breakdown == EVERYONE or breakdown in _source(measure).breakdowns
        return _cells(area, counts, measure, made, breakdown, rules) if asked else {}

    found = [table(measure, made) for measure, made in held]
    for worked in sums:
        parts = [table(measure, made) for measure, made in worked.of]
        groups = set.intersection(*(set(part) for part in parts))
        found.append({group: _worked_cell(worked, [part[group] for part in parts]) for group in groups})
    return found


def _worked_cell(worked: _Worked, cells: Sequence[Cell]) -> Cell:
    among = cells[0].denominator
    return Cell(count_of(worked.sums, [*(cell.numerator for cell in cells), among]), among)


def _sums(measure: Measure, made: Made, before: Sequence[tuple[Measure, Made]], rules: Rules) -> list[_Worked]:
    """What a measure tells beside those that were told before it, of the same people at the same month ends."""
    everyone = kinds_of(_source(measure).denominator, rules, made.month_ends)
    beside = [(other, at) for other, at in before
              if at.month_ends == made.month_ends and _source(other).denominator == _source(measure).denominator]
    of = (*beside, (measure, made))
    told = tuple(kinds_of(_source(each).numerator, rules, made.month_ends) & everyone for each, _ in of)
    return [_Worked(of, sums) for sums in worked_out(told, everyone)]


def _hidden(breakdown: str, tables: Sequence[Mapping[str, Cell]], totals: Sequence[Cell], rule: GroupRule) -> frozenset[str]:
    hidden = hidden_groups(breakdown, tables, totals, rule, adds_up=breakdown != VULNERABLE)
    if breakdown != VULNERABLE:
        return hidden
    # Whoever is in no vulnerable group has no line, and could be worked out from everyone and those in any.
    parts = [(table[ANY_VULNERABLE], total) for table, total in zip(tables, totals, strict=True) if ANY_VULNERABLE in table]
    parted = [{ANY_VULNERABLE: any_of, "none": Cell(total.numerator - any_of.numerator, total.denominator - any_of.denominator)}
              for any_of, total in parts]
    by_total = hidden_groups(breakdown, parted, [total for _, total in parts], rule, adds_up=True) & {ANY_VULNERABLE}
    return hidden | by_total | _any_that_tells_of_each(tables, rule)


def _any_that_tells_of_each(tables: Sequence[Mapping[str, Cell]], rule: GroupRule) -> frozenset[str]:
    """Those in any vulnerable group, where all or none of them are counted, and so of a group that may not be told."""
    tells = any(ANY_VULNERABLE in table and table[ANY_VULNERABLE].is_whole
                and any(rule.hides(VULNERABLE, cell) for cell in table.values()) for table in tables)
    return frozenset({ANY_VULNERABLE} if tells else ())


def _cells(area: str, counts: Counts, measure: Measure, made: Made, breakdown: str, rules: Rules) -> dict[str, Cell]:
    """The counts of each group, averaged over the period's month ends; a month in which nobody is in a group counts as none."""
    source = _source(measure)
    if breakdown in KINDS:
        among = _average(counts, made, area, EVERYONE, EVERYONE, _name(source.denominator))
        return {group: Cell(_average(counts, made, area, EVERYONE, EVERYONE, _name(where)), among)
                for group, where in _kinds(source, breakdown, rules)}
    groups = {group for end, where, by, group in counts if where == area and by == breakdown and end in made.month_ends}
    found = {group: Cell(*(_average(counts, made, area, breakdown, group, _name(where))
                           for where in (source.numerator, source.denominator))) for group in groups}
    return {group: cell for group, cell in found.items() if cell.denominator}


def _average(counts: Counts, made: Made, area: str, breakdown: str, group: str, name: str) -> float:
    return sum(counts.get((end, area, breakdown, group), {}).get(name, 0) for end in made.month_ends) / len(made.month_ends)


def _row(measure: Measure, area: str, made: Made, breakdown: str, group: str, cell: Cell, hidden: bool, release: str) -> dict:
    status = Status.SUPPRESSED if hidden else Status.FINAL if cell.denominator else Status.NOT_APPLICABLE
    told = status is Status.FINAL
    rate = 100 * cell.numerator / cell.denominator if told and measure.unit is Unit.PERCENT else cell.numerator
    return {
        "measure": measure.id, "area": area, "period": made.period.label, "period_kind": made.period.kind.value,
        "period_start": made.period.start, "period_end": made.period.end, "breakdown": breakdown, "group": group,
        "numerator": cell.numerator if told else None, "denominator": cell.denominator if told else None,
        "value": rate if told else None, "status": status.value, "vintage": Status.FINAL.value, "release": release,
        "dataset": DATASET,
    }
