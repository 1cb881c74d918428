"""Disclosure control: what may leave, and what is suppressed so that nobody can be picked out.

Groups that are counted from the register also have secondary suppression: hidden_groups.
"""

import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


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


@dataclass(frozen=True)
class Cell:
    """Counts that a figure would tell: how many are counted, among how many."""

    numerator: float
    denominator: float

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True)
class GroupRule:
    """When a group's figure may not leave: it tells of too few, of too few who are left over, or of all of a small group.

    small holds for most breakdowns, special for those that the law calls special; whole_under is the size from which a group
    may be known to have all or none of its members counted.
    """

    small: SmallNumbers
    special: SmallNumbers
    whole_under: int
    special_breakdowns: frozenset[str]

    def hides(self, breakdown: str, cell: Cell) -> bool:
        """Whether a group's own counts may not be told; a group of nobody tells nothing."""
        if cell.denominator == 0:
            return False
        small = self.special if breakdown in self.special_breakdowns else self.small
        left = cell.denominator - cell.numerator
        if min(cell.numerator, left) == 0:
            return cell.denominator < self.whole_under
        return any(small.hides(math.ceil(count)) for count in (cell.numerator, left))


def load_group_rule(definitions: Path) -> GroupRule:
    """The rule for figures counted from the register, of definitions/rules/disclosure.toml."""
    with (definitions / "rules" / "disclosure.toml").open("rb") as file:
        stated = tomllib.load(file)["register"]
    small = load_small_numbers(definitions)
    return GroupRule(small, SmallNumbers(small.least, stated["special_most"]), stated["whole_under"],
                     frozenset(stated["special"]))


def hidden_groups(breakdown: str, tables: Sequence[Mapping[str, Cell]], totals: Sequence[Cell], rule: GroupRule, *,
                  adds_up: bool, besides: Collection[str] = ()) -> frozenset[str]:
    """The groups of a breakdown that may not be told, in tables from which one another's counts can be worked out.

    tables hold each group's cell in figures that are tied to one another, such as NEET, not known and the two together, or
    three months and their average; totals are everyone's cells in each. A group that may not be told in one is told in none.
    Where the groups add up to everyone, what is hidden is hidden in company: the hidden groups taken together are a group
    too, so one more is hidden, the smallest, until together they could be told. Where they overlap, never one alone. besides are
    groups that may not be told for a reason of somebody else's.
    """
    groups = sorted({group for table in tables for group in table})
    nobody = Cell(0, 0)
    cells = {group: [table.get(group, nobody) for table in tables] for group in groups}
    if any(rule.hides("", total) for total in totals):
        return frozenset(groups)
    hidden = {group for group in groups if group in besides or any(rule.hides(breakdown, cell) for cell in cells[group])}
    together = [sum((cells[group][place] for group in hidden), nobody) for place in range(len(tables))]
    for group in sorted(set(groups) - hidden, key=lambda group: _size(cells[group], group)):
        in_company = len(hidden) > 1 and not (adds_up and any(rule.hides(breakdown, cell) for cell in together))
        if in_company or not hidden:
            break
        hidden.add(group)
        together = [sums + cell for sums, cell in zip(together, cells[group], strict=True)]
    return frozenset(hidden)


def _size(cells: Sequence[Cell], group: str) -> tuple[bool, float, str]:
    """Groups of nobody go last: hiding one hides nothing."""
    size = sum(cell.denominator for cell in cells)
    return size == 0, size, group
