"""No count that is hidden can be worked out from what is told: an attacker tries, with everything told in the same tables."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.measures.disclosure import Cell, GroupRule, SmallNumbers, hidden_groups, load_group_rule

RULE = GroupRule(SmallNumbers(1, 5), SmallNumbers(1, 9), 20, frozenset({"ethnic_group"}))

HIDDEN = [
    ("sex", (10, 100), False), ("sex", (5, 100), True), ("sex", (96, 100), True), ("sex", (0, 100), False),
    ("sex", (0, 19), True), ("sex", (19, 19), True), ("sex", (20, 20), False), ("sex", (0, 0), False),
    ("sex", (5.3, 100), False), ("sex", (0.3, 100), True), ("sex", (179 / 3, 194 / 3), True),  # which leave 5.000000000000007
    ("ethnic_group", (9, 100), True), ("ethnic_group", (10, 100), False),
]


@pytest.mark.parametrize(("breakdown", "counts", "hidden"), HIDDEN)
def test_what_a_group_may_not_tell(breakdown, counts, hidden):
    assert RULE.hides(breakdown, Cell(*counts)) is hidden


ONE_TABLE = [  # group: counted of how many; and the groups hidden
    ({"a": (30, 100), "b": (40, 100)}, ""),
    ({"a": (3, 100), "b": (40, 100), "c": (50, 200)}, "ab"),  # the smallest of the others keeps it company
    ({"a": (3, 100), "b": (2, 90), "c": (50, 200)}, "abc"),  # five together would still be few
    ({"a": (3, 100), "b": (2, 90), "c": (50, 200), "d": (60, 300)}, "abc"),
    ({"a": (0, 10), "b": (40, 100), "c": (50, 200)}, "ab"),  # nobody of ten would tell of each of them
    ({"a": (12, 12), "b": (40, 100), "c": (50, 200)}, "ab"),
    ({"a": (3, 100)}, "a"),
    ({"a": (0, 10), "b": (0, 50), "c": (40, 70), "d": (60, 90)}, "ac"),  # none of a and b together would tell of each of a
    ({"a": (0, 10), "b": (0, 12), "c": (0, 50), "d": (40, 70)}, "abd"),
    ({"a": (10, 10), "b": (12, 12), "c": (50, 50), "d": (40, 70)}, "abd"),
    ({"a": (0, 10), "b": (2, 30), "c": (3, 40), "d": (40, 70)}, "abcd"),
]


@pytest.mark.parametrize(("groups", "hidden"), ONE_TABLE)
def test_which_groups_are_hidden(groups, hidden):
    table = {group: Cell(*counts) for group, counts in groups.items()}
    total = sum(table.values(), Cell(0, 0))
    if not RULE.hides("", total):
        assert hidden_groups("sex", [table], [total], RULE, adds_up=True) == frozenset(hidden)


def test_a_group_hidden_in_one_table_is_hidden_in_those_tied_to_it():
    neet = {"a": Cell(3, 100), "b": Cell(40, 200), "c": Cell(90, 400)}
    both = {"a": Cell(23, 100), "b": Cell(60, 200), "c": Cell(110, 400)}
    totals = [sum(table.values(), Cell(0, 0)) for table in (neet, both)]
    assert hidden_groups("sex", [neet, both], totals, RULE, adds_up=True) == {"a", "b"}


def test_the_rule_that_ships_is_stricter_with_special_breakdowns(definitions):
    rule = load_group_rule(definitions)
    for special in ("ethnic_group", "send", "vulnerable_group"):
        assert rule.hides(special, Cell(rule.special.most, 1000))
    assert not rule.hides("district", Cell(rule.special.most, 1000))
    assert rule.special_values == {"temporary_break"}
    assert [rule.hides("duty_class", Cell(rule.special.most, 1000), special) for special in (False, True)] == [False, True]


COUNTS = st.integers(0, 40).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))) | st.tuples(
    st.integers(0, 300), st.just(400))
GROUPS = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6)


@given(GROUPS)
def test_nobody_can_work_out_what_is_hidden(given_groups):
    """Two tied tables, NEET and not known, with their sum published as a third."""
    neet, unknown = {}, {}
    for number, ((few, size), (more, _)) in enumerate(given_groups):
        neet[f"{number}"], unknown[f"{number}"] = Cell(few, size), Cell(min(more, size - few), size)
    both = {group: Cell(neet[group].numerator + unknown[group].numerator, neet[group].denominator) for group in neet}
    tables = [neet, unknown, both]
    totals = [sum(table.values(), Cell(0, 0)) for table in tables]
    hidden = hidden_groups("sex", tables, totals, RULE, adds_up=True)
    if any(RULE.hides("", total) for total in totals):
        assert hidden == neet.keys()
        return
    for table, total in zip(tables, totals, strict=True):
        told = {group: cell for group, cell in table.items() if group not in hidden}
        assert not any(RULE.hides("sex", cell) for cell in told.values())
        assert not hidden or not RULE.hides("sex", left_over(told.values(), total))
    held = sorted(group for group in hidden if neet[group].denominator)
    assert not told_of_each([{group: table[group] for group in held} for table, total in zip(tables, totals, strict=True)
                             if not total.is_whole])  # that everyone is counted, or nobody, is told by everyone's figure
    assert not pinned(len(held), [left_over([table[each] for each in table if each not in hidden], total).numerator
                                  for table, total in zip(tables, totals, strict=True)])


def left_over(told: Iterable[Cell], total: Cell) -> Cell:
    """What the cells that are not told come to, which anybody can work out."""
    known = sum(told, Cell(0, 0))
    return Cell(total.numerator - known.numerator, total.denominator - known.denominator)


def told_of_each(hidden: Sequence[dict[str, Cell]]) -> list[str]:
    """The small groups of whom all or none are counted, and of whom that is known: no count is less than none, so where the
    hidden ones come to none or to all of them, each does."""
    return [group for table in hidden for group, cell in table.items()
            if RULE.hides("sex", cell) and sum(table.values(), Cell(0, 0)).is_whole]


def pinned(groups: int, left: Sequence[float]) -> list[int]:
    """The hidden counts that subtraction gives away, by their place: NEET of each group, then not known, then both.

    An attacker knows what each table's hidden counts come to, and that both is NEET and not known. A count is given away where
    those equations have one answer for it; its own row then adds nothing to them.
    """
    width = 3 * groups
    equations = [[float(place // groups == table) for place in range(width)] for table in range(len(left))] if groups else []
    for group in range(groups):
        row = [0.0] * width
        row[group] = row[groups + group] = 1.0
        row[2 * groups + group] = -1.0
        equations.append(row)
    rank = np.linalg.matrix_rank(np.array(equations)) if equations else 0
    return [place for place in range(width)
            if np.linalg.matrix_rank(np.array([*equations, np.eye(width)[place]])) == rank]


def test_the_attacker_finds_what_is_left_alone():
    assert told_of_each([{"a": Cell(0, 10), "b": Cell(0, 50)}, {"a": Cell(3, 10), "b": Cell(9, 50)}]) == ["a"]
    assert pinned(1, [3, 4, 7]) == [0, 1, 2]
    assert pinned(2, [3, 4, 7]) == []
