"""Which figures of an authority may be told: those that are tied are hidden together, and what others give away with them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.disclosure import Cell, GroupRule, hidden_groups
from throughline.analytics.measures.headlines import Made
from throughline.analytics.measures.subtraction import counts_of, made_of, worked_out
from throughline.analytics.participation.breakdowns import ANY_VULNERABLE, BREAKDOWNS, EVERYONE, KINDS, VULNERABLE

Hidden = Mapping[str, frozenset[str]]  # the groups that may not be told, by breakdown
Parts = Mapping[str, Collection[str]]  # vulnerable groups that are part of others: those that hold all of each, taken together
_NOBODY = Cell(0, 0)


@dataclass(frozen=True, eq=False)
class Figure:
    """What is told of a period: how many a measure counts, or how many are of one value of KINDS.

    numerator and denominator name the counts. who are the kinds of people in the numerator, out of everyone; beyond is what the
    numerator asks beside what people do and the denominator asks not, empty for nothing.
    """

    measure: Measure
    made: Made
    numerator: str
    denominator: str
    who: frozenset
    everyone: frozenset
    beyond: str = ""
    value: str = ""


@dataclass(frozen=True, eq=False)
class Tie:
    """Figures that are hidden together, since one can be worked out from another; of_kinds are parts of them, by breakdown.

    whole is the tie, told before, of those whom these are parts of: a group hidden of it is hidden of them, who add up to it.
    """

    figures: tuple[Figure, ...]
    of_kinds: Mapping[str, tuple[Figure, ...]]
    whole: "Tie | None" = None


Cells = Callable[[Figure, str], Mapping[str, Cell]]  # the cells of a figure's groups in a breakdown, by group
Nobody = Callable[[Figure], frozenset]  # the kinds of which it is known that there is nobody at a figure's month ends


@dataclass(frozen=True, eq=False)
class _Worked:
    """Counts that nobody prints: the figures they can be worked out from, and how, each by a row of sums."""

    of: tuple[Figure, ...]
    sums: np.ndarray
    nobody: frozenset = frozenset()  # the kinds of which there is nobody, which the sums leave aside

    def are_of(self, kinds: frozenset) -> list[bool]:
        """Of each count whether whoever it counts, or whoever it leaves, is of these kinds, each of them."""
        everyone = list(self.of[0].everyone - self.nobody)
        inside = np.array([kind in kinds for kind in everyone])
        counted = counts_of(self.sums, [*([kind in figure.who for kind in everyone] for figure in self.of), [1] * len(everyone)])
        return [any(who.any() and inside[who].all() for who in (row > 0, row == 0)) for row in counted]

    def tables(self, cells: Cells, breakdown: str) -> list[dict[str, Cell]]:
        """Each count of each group of which all those figures are."""
        parts = [cells(figure, breakdown) for figure in self.of]
        groups = list(set.intersection(*map(set, parts)))
        counted = self.cells([[part[group] for group in groups] for part in parts])
        return [dict(zip(groups, row, strict=True)) for row in counted]

    def cells(self, parts: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
        """The cells of each count, a row each, of rows of those figures' cells."""
        among = [cell.denominator for cell in parts[0]]
        counts = counts_of(self.sums, [*([cell.numerator for cell in row] for row in parts), among]).tolist()
        return [[Cell(count, whole) for count, whole in zip(row, among, strict=True)] for row in counts]


def hidden_of(ties: Sequence[Tie], cells: Cells, rule: GroupRule, of_others: Parts) -> list[Hidden]:
    """What may not be told of each tie, in order: the later loses where two tell too much together.

    Groups of KINDS come after everything else, so that no measure is hidden for their sake.
    """
    found: list[dict[str, frozenset[str]]] = []
    measures = [figure for tie in ties for figure in tie.figures]
    kinds = [part for tie in ties for parts in tie.of_kinds.values() for part in parts]
    nobody = _nobody_of(measures, cells), _nobody_of(measures + kinds, cells)
    for place, tie in enumerate(ties):
        found.append(_hidden(tie, list(zip(ties[:place], found, strict=True)), cells, rule, of_others, *nobody))
    told = [figure for tie, hidden in zip(ties, found, strict=True) if not hidden[EVERYONE] for figure in tie.figures]
    special = frozenset().union(*(part.who for part in kinds if part.value in rule.special_values))
    for breakdown in KINDS:
        for tie, hidden in zip(ties, found, strict=True):
            if parts := tie.of_kinds.get(breakdown):
                hidden[breakdown] = _hidden_kinds(breakdown, tie, told, cells, rule, special, nobody[1])
                told += [part for part in parts if part.value not in hidden[breakdown]]
    return list(found)


def _nobody_of(figures: Iterable[Figure], cells: Cells) -> Nobody:
    """What kinds there is nobody of at a figure's month ends, as figures of everyone tell: then there is nobody in any group.

    Whether those figures are told in the end is not asked: of none, they nearly always are.
    """
    at: dict[tuple[str, tuple[date, ...]], list[Figure]] = defaultdict(list)
    for figure in figures:
        at[figure.denominator, figure.made.month_ends].append(figure)
    found: dict[tuple[str, str, date], frozenset] = defaultdict(frozenset)
    for (among, ends), held in at.items():
        for beyond in {figure.beyond for figure in held}:
            nobody = _nobody_among([figure for figure in held if figure.beyond in ("", beyond)], cells)
            for end in ends:
                found[among, beyond, end] |= nobody

    def nobody_of(figure: Figure) -> frozenset:
        return frozenset.intersection(*(found[figure.denominator, "", end] | found[figure.denominator, figure.beyond, end]
                                        for end in figure.made.month_ends))

    return nobody_of


def _nobody_among(figures: Sequence[Figure], cells: Cells) -> frozenset:
    """The kinds of which there is nobody, as figures of everyone at the same month ends tell, or sums of them."""
    totals, gone = [total_of(figure, cells) for figure in figures], frozenset[Any]()
    counts = [*([total.numerator] for total in totals), [totals[0].denominator]]
    while totals[0].denominator:
        kinds = list(figures[0].everyone - gone)
        worked = worked_out(tuple(figure.who - gone for figure in figures), frozenset(kinds), len(figures))
        sums = np.vstack([worked, np.eye(len(figures), len(figures) + 1)])  # and each figure as it is
        sums = np.vstack([sums, np.eye(1, len(figures) + 1, len(figures)) - sums])  # and everyone without those
        none = sums[counts_of(sums, counts)[:, 0] == 0]
        who = counts_of(none, [*([kind in figure.who for kind in kinds] for figure in figures), [1] * len(kinds)]) > 0
        if not who.any():
            break
        gone |= {kinds[place] for place in np.flatnonzero(who.any(axis=0))}
    return gone


def _hidden(tie: Tie, before: Sequence[tuple[Tie, Hidden]], cells: Cells, rule: GroupRule, of_others: Parts,
            by_measures: Nobody, nobody: Nobody) -> dict[str, frozenset[str]]:
    """The groups of each breakdown that may not be told beside what was told before; EVERYONE among itself.

    by_measures is what measures alone tell that there is nobody of, since none is hidden of everyone for the sake of KINDS.
    """
    told = [figure for other, _ in before for figure in other.figures]
    of_groups = _sums(tie.figures, told, nobody)
    alone, totals = ([table.get(EVERYONE, _NOBODY) for table in _tables(tie.figures, sums, cells, EVERYONE)]
                     for sums in (_sums(tie.figures, told, by_measures), of_groups))
    given_away = _given_away(tie, before, cells, EVERYONE, rule, by_measures)
    everyone = given_away or any(rule.hides(EVERYONE, total) for total in alone)
    found = {EVERYONE: frozenset({EVERYONE} if everyone else ())}
    of_whole: Hidden = next((hidden for other, hidden in before if other is tie.whole), {})
    for breakdown in BREAKDOWNS:
        tables = _tables(tie.figures, of_groups, cells, breakdown)
        if everyone:
            found[breakdown] = frozenset(group for table in tables for group in table)
        else:
            given_away = _given_away(tie, before, cells, breakdown, rule, nobody) | _made_of_hidden(tie, before, cells, breakdown,
                                                                                                    nobody)
            given_away |= of_whole.get(breakdown, frozenset())
            found[breakdown] = _hidden_groups(breakdown, tables, totals, rule, given_away)
            if breakdown == VULNERABLE:
                found[breakdown] |= _parts_that_tell_of_the_rest(tables, rule, of_others)
    return found


def _tables(figures: Iterable[Figure], sums: Iterable[_Worked], cells: Cells, breakdown: str) -> list[Mapping[str, Cell]]:
    """Each group's cell in every figure, then in every count that can be worked out from them."""
    return [*(cells(figure, breakdown) for figure in figures),
            *(table for worked in sums for table in worked.tables(cells, breakdown))]


def _sums(newest: Sequence[Figure], told: Iterable[Figure], nobody: Nobody) -> list[_Worked]:
    """What figures of a tie tell beside those that were told before, of the same people at the same month ends."""
    found, first = [], newest[0]
    beside = [figure for figure in told if figure.denominator == first.denominator and figure.beyond in ("", first.beyond)]
    for ends in dict.fromkeys(figure.made.month_ends for figure in newest):
        new = _of_months(newest, ends)
        of, gone = (*_of_months(beside, ends), *new), nobody(new[0])
        found.append(_Worked(of, worked_out(tuple(each.who - gone for each in of), new[0].everyone - gone, len(new)), gone))
    return found


def _of_months(figures: Iterable[Figure], ends: Sequence) -> list[Figure]:
    return [figure for figure in figures if figure.made.month_ends == ends]


def _given_away(tie: Tie, before: Sequence[tuple[Tie, Hidden]], cells: Cells, breakdown: str, rule: GroupRule,
                nobody: Nobody) -> set[str]:
    """The groups of which a tie tells too much beside what is really told of them.

    All that may be told is looked at for every group alike; this is for those of which some is hidden already, so that what is
    hidden is not given away by what comes after it.
    """
    ends = {figure.made.month_ends for figure in tie.figures}
    beside = [(figure, hidden[breakdown]) for other, hidden in before for figure in other.figures
              if figure.made.month_ends in ends]
    known: dict[tuple[Figure, ...], list[_Worked]] = {}
    found = set()
    for group in {group for figure in tie.figures for group in cells(figure, breakdown)}:
        if not any(group in hidden for _, hidden in beside):
            continue
        told = tuple(figure for figure, hidden in beside if group not in hidden and group in cells(figure, breakdown))
        if told not in known:
            known[told] = _sums([figure for figure in tie.figures if group in cells(figure, breakdown)], told, nobody)
        if any(rule.hides(breakdown, cell) for cell in _cells_of(known[told], cells, breakdown, group)):
            found.add(group)
    return found


def _made_of_hidden(tie: Tie, before: Sequence[tuple[Tie, Hidden]], cells: Cells, breakdown: str, nobody: Nobody) -> set[str]:
    """The groups that are hidden of figures told before, of which figures of a tie are made: told here, they would be told there.

    Where nobody is of some kinds figures come to be the same, such as participation with and without those who work towards it.
    """
    found: set[str] = set()
    for figure in tie.figures:
        gone = nobody(figure)
        beside = [(other, hidden[breakdown]) for another, hidden in before if not hidden[EVERYONE] for other in another.figures
                  if other.denominator == figure.denominator and other.beyond in ("", figure.beyond)
                  and other.made.month_ends == figure.made.month_ends and cells(other, breakdown)]
        places = made_of(tuple(other.who - gone for other, _ in beside), figure.everyone - gone, figure.who - gone)
        found.update(group for place in places or () for group in beside[place][1])
    return found


def _cells_of(sums: Iterable[_Worked], cells: Cells, breakdown: str, group: str) -> Iterator[Cell]:
    for worked in sums:
        if all(group in cells(figure, breakdown) for figure in worked.of):
            yield from (cell for cell, in worked.cells([[cells(figure, breakdown)[group]] for figure in worked.of]))


def _hidden_groups(breakdown: str, tables: Sequence[Mapping[str, Cell]], totals: Sequence[Cell], rule: GroupRule,
                   given_away: set[str]) -> frozenset[str]:
    hidden = hidden_groups(breakdown, tables, totals, rule, adds_up=breakdown != VULNERABLE, besides=given_away)
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


def _parts_that_tell_of_the_rest(tables: Sequence[Mapping[str, Cell]], rule: GroupRule, parts: Parts) -> frozenset[str]:
    """The groups that leave too few of those they are part of, such as young mothers, beside whom stand the few fathers."""
    def rest(table: Mapping[str, Cell], part: str) -> Cell:
        held = sum((table[group] for group in parts[part] if group in table), _NOBODY)
        return Cell(held.numerator - table[part].numerator, held.denominator - table[part].denominator)

    return frozenset(part for part in parts
                     if any(part in table and rule.hides(VULNERABLE, rest(table, part)) for table in tables))


def _hidden_kinds(breakdown: str, tie: Tie, told: Sequence[Figure], cells: Cells, rule: GroupRule,
                  special: frozenset, nobody: Nobody) -> frozenset[str]:
    """The groups of a breakdown of KINDS that may not be told: those of few, and others until what is left tells of no few.

    One after another it is the smallest that is enough, or else the smallest. special are the kinds of special values.
    """
    parts = tie.of_kinds[breakdown]
    size = {one.value: sum(total_of(part, cells).numerator for part in parts if part.value == one.value) for one in parts}
    hidden = frozenset(part.value for part in parts
                       if rule.hides(breakdown, total_of(part, cells), part.value in rule.special_values))

    def safe(without: frozenset[str]) -> bool:
        left = [part for part in parts if part.value not in without]
        return not any(tells_of_few(worked) for worked in (_sums(left, told, nobody) if left else []))

    def tells_of_few(worked: _Worked) -> bool:
        counted = [cell for cell, in worked.cells([[total_of(figure, cells)] for figure in worked.of])]
        if any(rule.hides(breakdown, cell) for cell in set(counted)):
            return True
        few = {cell for cell in set(counted) if rule.hides(breakdown, cell, special=True)}
        return any(cell in few for cell, told in zip(counted, worked.are_of(special), strict=True) if told) if few else False

    while not safe(hidden):
        others = sorted(size.keys() - hidden, key=lambda value: (size[value], value))
        hidden |= {next((value for value in others if safe(hidden | {value})), others[0])}
    return hidden


def total_of(figure: Figure, cells: Cells) -> Cell:
    """Everyone's cell of a figure."""
    return cells(figure, EVERYONE).get(EVERYONE, _NOBODY)
