"""Counts the measures of the register: people once at the finest grain, then figures, hidden where they would tell of few."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any

import ibis.expr.types as ir
import pyarrow as pa

from throughline.analytics.measures.definition import Kind, Measure, RegisterSource, Unit
from throughline.analytics.measures.disclosure import Cell, GroupRule
from throughline.analytics.measures.headlines import Made, periods_of, tied
from throughline.analytics.measures.telling import Cells, Figure, Parts, Tie, hidden_of, total_of
from throughline.analytics.participation.breakdowns import BREAKDOWNS, EVERYONE, KINDS, PLACES, YOUNG_MOTHER
from throughline.analytics.participation.months import Register, people
from throughline.analytics.participation.rates import (
    Counted,
    Kinds,
    Where,
    beyond_activity,
    grain,
    kinds_at,
    kinds_of,
    rolled_up,
    values_of,
)
from throughline.analytics.participation.rules import Rules
from throughline.analytics.warehouse.engines import Engine, OnDuckDB
from throughline.analytics.warehouse.tables import FIGURE
from throughline.core.statuses import Status

if TYPE_CHECKING:
    from throughline.analytics.warehouse.inputs import RegisterRows

DATASET = "register"
Counts = Mapping[tuple[date, str, str, str], Mapping[str, int]]  # month end, area, breakdown, group: the counts by name
KindsAt = Callable[[tuple[date, ...]], Kinds]  # the kinds of people that there may be at some month ends
Grouped = Mapping[str, Mapping[str, Mapping[date, Mapping[str, int]]]]  # of one area: breakdown, group, month end


def register_figures(register: "RegisterRows | None", measures: Mapping[str, Measure], engine: Engine | None = None) -> pa.Table:
    """FIGURE rows of every measure of the kind register; none where there is no register. Counted on DuckDB unless told."""
    held = {id: measure for id, measure in measures.items() if measure.kind is Kind.REGISTER}
    if register is None or not held or not register.month_ends:
        return FIGURE.empty()
    return figures_of(counted_people(register, held, engine or OnDuckDB()), register, held)


def figures_of(counts: Counts, register: "RegisterRows", held: Mapping[str, Measure]) -> pa.Table:
    """FIGURE rows of measures of the kind register from what counted_people gives, hidden where they would tell of few."""
    ties = _ties(held, register)
    release = f"as known on {register.known:%d %B %Y}".replace(" 0", " ")
    of_others = {YOUNG_MOTHER: register.rules.ever_of_young_mothers}
    rows = [row for area, grouped in sorted(_by_area(counts).items())
            for row in _area_rows(area, ties, _cells_of(grouped), register.disclosure, of_others, release)]
    return FIGURE.from_rows(rows)


def counted_people(register: "RegisterRows", measures: Mapping[str, Measure], engine: Engine) -> Counts:
    """Every count that the measures need, for everyone and each group."""
    rules, ends = register.rules, register.month_ends
    counted = _counted(measures.values(), rules)
    asked = {name for measure in measures.values() if measure.register for name in measure.register.breakdowns}
    breakdowns = [name for name in BREAKDOWNS if name in asked]
    wanted = [name for name in PLACES if name in asked]

    def everyone(tables: Register) -> ir.Table:
        return people(tables, rules, ends, register.believed, wanted)

    def finest(rows: ir.Table) -> ir.Table:
        return grain(rows, counted, breakdowns)

    def totals(held: ir.Table) -> ir.Table:
        return rolled_up(held, counted, breakdowns, rules, ends)

    names = [each.name for each in counted]
    return {
        (row["month_end"], row["area"], row["breakdown"], row["group"]): {name: int(row[name]) for name in names}
        for row in engine.counts(register.tables, everyone, finest, totals).to_pylist()
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


def _name(where: Where) -> str:
    """A name for a count that says what it asks."""
    said = "__".join(f"{column}_{'_'.join(str(value) for value in sorted(values, key=str))}"
                     for column, values in sorted(where.items()))
    return f"count__{said}".lower()


def _kinds(source: RegisterSource, kind: str, rules: Rules) -> list[tuple[str, dict[str, tuple]]]:
    """The values of a kind of activity, each with what counts those who are of it."""
    return [(value, source.of_kind(kind, value)) for value in values_of(kind, rules)]


def _ties(measures: Mapping[str, Measure], register: "RegisterRows") -> list[Tie]:
    """What is told of every measure and period, tied where one figure can be worked out from another.

    Whole families go one after another, so that the first are hidden for nobody's sake; those that ask of more than what people
    do go last. Of a family the measure goes first that counts whomever the others do: NEET and not known together are the
    headline, and stay told where one of the two has to be hidden.
    """
    families = list(dict.fromkeys(_family(measure, measures) for measure in measures.values()))
    kinds: KindsAt = cache(partial(kinds_at, register.rules))
    ties: list[Tie] = []
    for family in sorted(families, key=lambda family: _beyond(_source(measures[family[0]])) != ""):
        wholes, parts = _parted([measure for id, measure in measures.items() if id in family])
        first = {year: Tie(held, _of_kinds(held, register.rules, kinds))
                 for year, held in _by_year(wholes, register, kinds).items()}
        then = [Tie(held, _of_kinds(held, register.rules, kinds), first.get(year))
                for year, held in _by_year(parts, register, kinds).items()]
        ties += [*first.values(), *then]
    return ties


def _parted(family: Sequence[Measure]) -> tuple[list[Measure], list[Measure]]:
    """The measures of a family that count whomever any of it does, and the others; all of them first where none does."""
    standings = [set(_source(measure).numerator.get("standing", ())) for measure in family]
    wholes = [measure for measure, own in zip(family, standings, strict=True) if own == set().union(*standings)]
    return (wholes, [measure for measure in family if measure not in wholes]) if wholes else (list(family), [])


def _by_year(measures: Iterable[Measure], register: "RegisterRows", kinds: KindsAt) -> dict[date, tuple[Figure, ...]]:
    """What is told of measures in every period, by what ties months to their average."""
    cohort = register.rules.cohort
    found: dict[date, list[Figure]] = defaultdict(list)
    for measure in measures:
        for made in periods_of(_source(measure).headline, register.month_ends, cohort):
            found[tied(made.month_ends[0], cohort)].append(_figure(measure, made, kinds))
    return {year: tuple(held) for year, held in found.items()}


def _figure(measure: Measure, made: Made, kinds: KindsAt, kind: str = "", value: str = "") -> Figure:
    """What a measure tells of a period: how many it counts, or how many are of one value of a kind."""
    source = _source(measure)
    numerator = source.of_kind(kind, value) if kind else source.numerator
    beyond, there_are = _beyond(source), kinds(made.month_ends)
    everyone = kinds_of(source.denominator, there_are)
    # Whether somebody meets what is asked beyond halves every kind.
    who = frozenset(product(kinds_of(numerator, there_are) & everyone, (True,) if beyond else (True, False)))
    return Figure(measure, made, _name(numerator), _name(source.denominator), who, frozenset(product(everyone, (True, False))),
                  beyond, value)


def _of_kinds(held: Sequence[Figure], rules: Rules, kinds: KindsAt) -> dict[str, tuple[Figure, ...]]:
    return {kind: tuple(_figure(each.measure, each.made, kinds, kind, value) for each in held
                        if kind in _source(each.measure).breakdowns for value, _ in _kinds(_source(each.measure), kind, rules))
            for kind in KINDS}


def _beyond(source: RegisterSource) -> str:
    """What a numerator asks beside what people do, and the denominator does not ask; empty for nothing."""
    among, asked = beyond_activity(source.denominator), beyond_activity(source.numerator)
    more = {column: values for column, values in asked.items() if among.get(column) != values}
    return _name(more) if more else ""


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


def _by_area(counts: Counts) -> dict[str, Grouped]:
    """The counts of each authority, by breakdown, group and month end."""
    found: dict[str, Any] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for (end, area, breakdown, group), numbers in counts.items():
        found[area][breakdown][group][end] = numbers
    return found


def _cells_of(grouped: Grouped) -> Cells:
    """The cells of one authority's figures: averaged over the period's month ends, each worked out once.

    A month in which nobody is in a group counts as none; a group of nobody at all has no cell.
    """
    @cache
    def cells(figure: Figure, breakdown: str) -> dict[str, Cell]:
        asked = breakdown == EVERYONE or breakdown in _source(figure.measure).breakdowns
        groups = grouped.get(breakdown, {}) if asked else {}
        found = {group: Cell(*(_average(months, figure.made, name) for name in (figure.numerator, figure.denominator)))
                 for group, months in groups.items()}
        return {group: cell for group, cell in found.items() if cell.denominator}

    return cells


def _average(months: Mapping[date, Mapping[str, int]], made: Made, name: str) -> float:
    return sum(months[end][name] for end in made.month_ends if end in months) / len(made.month_ends)


def _area_rows(area: str, ties: Sequence[Tie], cells: Cells, rule: GroupRule, of_others: Parts, release: str) -> Iterator[dict]:
    """The figures of one authority."""
    for tie, hidden in zip(ties, hidden_of(ties, cells, rule, of_others), strict=True):
        for figure in tie.figures:
            yield _row(figure, area, EVERYONE, EVERYONE, total_of(figure, cells), bool(hidden[EVERYONE]), release)
            for breakdown in BREAKDOWNS:
                for group, cell in sorted(cells(figure, breakdown).items()):
                    yield _row(figure, area, breakdown, group, cell, group in hidden[breakdown], release)
        for kind, parts in tie.of_kinds.items():
            for part in parts:
                yield _row(part, area, kind, part.value, total_of(part, cells), part.value in hidden[kind], release)


def _row(figure: Figure, area: str, breakdown: str, group: str, cell: Cell, hidden: bool, release: str) -> dict:
    measure, made = figure.measure, figure.made
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
