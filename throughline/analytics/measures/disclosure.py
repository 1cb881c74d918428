"""Disclosure control: what may leave, and what is suppressed so that nobody can be picked out.

Groups that are counted from the register also have secondary suppression: hidden_groups.
"""

import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True)
class SmallNumbers:
    """Counts of people from least to most, both inclusive, are not shown."""

    least: int
    most: int

    def hides(self, count: float | None) -> bool:
        """Whether a count of people is too small to show; zero and unknown are not hidden."""
        return count is not None and self.least <= count <= self.most


def load_small_numbers(definitions: Path) -> SmallNumbers:
    """The rule of definitions/rules/disclosure.toml."""
    with (definitions / "rules" / "disclosure.toml").open("rb") as file:
        rule = tomllib.load(file)["small_numbers"]
    return SmallNumbers(rule["least"], rule["most"])


class Cell(NamedTuple):
    """Counts that a figure would tell: how many are counted, among how many. A named tuple, since a register's figures give away
    a hundred thousand.
    """

    numerator: float
    denominator: float

    def __add__(self, other: "Cell") -> "Cell":  # type: ignore[override]  # of counts, not of tuples
        return Cell(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def left(self) -> float:
        """How many are not counted; what averages leave of nothing is nothing."""
        return round(self.denominator - self.numerator, 6)

    @property
    def is_whole(self) -> bool:
        """Whether all of them are counted, or none: then the same is so of each."""
        return min(round(self.numerator, 6), self.left) == 0


@dataclass(frozen=True)
class GroupRule:
    """When a group's figure may not leave: it tells of too few, of too few who are left over, or of all of a small group.

    small holds for most breakdowns, special for those that the law calls special and for the values of a kind that tell of such a
    thing, special_values; whole_under is the size from which a group may be known to have all or none of its members counted.
    """

    small: SmallNumbers
    special: SmallNumbers
    whole_under: int
    special_breakdowns: frozenset[str]
    special_values: frozenset[str] = frozenset()

    def hides(self, breakdown: str, cell: Cell, special: bool = False) -> bool:
        """Whether a group's own counts may not be told; a group of nobody tells nothing. special: it is of such a value."""
        if cell.denominator == 0:
            return False
        small = self.special if special or breakdown in self.special_breakdowns else self.small
        if min(cell.numerator, cell.denominator - cell.numerator) > small.most + 1:  # as nearly all are
            return False
        if cell.is_whole:
            return cell.denominator < self.whole_under
        return any(small.hides(math.ceil(count)) for count in (cell.numerator, cell.left))


def load_group_rule(definitions: Path) -> GroupRule:
    """The rule for figures counted from the register, of definitions/rules/disclosure.toml."""
    with (definitions / "rules" / "disclosure.toml").open("rb") as file:
        stated = tomllib.load(file)["register"]
    small = load_small_numbers(definitions)
    return GroupRule(small, SmallNumbers(small.least, stated["special_most"]), stated["whole_under"],
                     frozenset(stated["special"]), frozenset(stated["special_values"]))


def hidden_groups(breakdown: str, tables: Sequence[Mapping[str, Cell]], totals: Sequence[Cell], rule: GroupRule, *,
                  adds_up: bool, besides: Collection[str] = ()) -> frozenset[str]:
    """The groups of a breakdown that may not be told, in tables from which one another's counts can be worked out.

    tables hold each group's cell in figures that are tied to one another, such as NEET, not known and the two together, or
    three months and their average; totals are everyone's cells in each. A group that may not be told in one is told in none.
    Where the groups add up to everyone, what is hidden is hidden in company: the hidden groups taken together are a group
    too, so one more is hidden until together they could be told, and until they are not all or none of them counted, since
    then the same would be known of each. It is the smallest that is enough, or else the smallest. Where they overlap, never
    one alone. besides are groups that may not be told for a reason of somebody else's.
    """
    groups = sorted({group for table in tables for group in table})
    nobody = Cell(0, 0)
    cells = {group: [table.get(group, nobody) for table in tables] for group in groups}
    if any(rule.hides("", total) for total in totals):
        return frozenset(groups)
    hidden = {group for group in groups if group in besides or any(rule.hides(breakdown, cell) for cell in cells[group])}
    # Where all of everyone are counted, or none, each group's counts are known as it is.
    small = [not total.is_whole and any(rule.hides(breakdown, cells[group][place]) for group in hidden)
             for place, total in enumerate(totals)]
    together = [sum((cells[group][place] for group in hidden), nobody) for place in range(len(tables))]

    def kept(with_more: Sequence[Cell]) -> bool:
        sums = zip(together, with_more, small, strict=True)
        return not adds_up or not any(_given_away(rule, breakdown, held + more, few) for held, more, few in sums)

    others = sorted(set(groups) - hidden, key=lambda group: _size(cells[group], group))
    while hidden and others and not (len(hidden) > 1 and kept([nobody] * len(tables))):
        company = next((group for group in others if kept(cells[group])), others[0])
        others.remove(company)
        hidden.add(company)
        together = [sums + cell for sums, cell in zip(together, cells[company], strict=True)]
    return frozenset(hidden)


def _given_away(rule: GroupRule, breakdown: str, together: Cell, small: bool) -> bool:
    """Whether what hidden groups come to may not be told, or tells of each of them; small, whether one of them is."""
    return rule.hides(breakdown, together) or (small and together.is_whole)


def _size(cells: Sequence[Cell], group: str) -> tuple[bool, float, str]:
    """Groups of nobody go last: hiding one hides nothing."""
    size = sum(cell.denominator for cell in cells)
    return size == 0, size, group
