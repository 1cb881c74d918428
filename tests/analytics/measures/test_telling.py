"""What is told later loses where it would give away what is hidden, alone or with others, and nothing else does."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from throughline.analytics.measures.disclosure import Cell, GroupRule, SmallNumbers
from throughline.analytics.measures.headlines import Made
from throughline.analytics.measures.subtraction import made_of
from throughline.analytics.measures.telling import Figure, Tie, hidden_of
from throughline.core.periods import parse_period

RULE = GroupRule(SmallNumbers(1, 5), SmallNumbers(1, 9), 20, frozenset())
MADE = Made(parse_period("2026", "calendar year"), (date(2026, 12, 31),))
EVERYONE = "abcde"


def hidden(numbers: dict[str, int], *asked: str, kinds: dict[int, tuple[str, ...]] | None = None,
           rule: GroupRule = RULE) -> list[str]:
    """Which of the counts that are asked for, each the kinds it is of, are hidden; those of kinds by their breakdown's parts.

    An asked count with a star is of those alone who meet something that half of every kind does. Two with a comma between them
    are tied, and parts of the one before.
    """
    def figure(of: str, value: str = "") -> Figure:
        met = (True,) if of.endswith("*") else (True, False)
        who, everyone = (frozenset(product(kinds, met)) for kinds, met in ((of.rstrip("*"), met), (EVERYONE, (True, False))))
        return Figure(None, MADE, of, EVERYONE, who, everyone, of if of.endswith("*") else "", value)

    def cells(held: Figure, breakdown: str) -> dict[str, Cell]:
        if breakdown:
            return {}
        count = sum(numbers[kind] for kind in held.numerator.rstrip("*")) / (2 if held.beyond else 1)
        return {"": Cell(count, sum(numbers.values()))}

    ties: list[Tie] = []
    for place, of in enumerate(asked):
        parts = {"participation_type": tuple(figure(part, part) for part in (kinds or {}).get(place, ()))}
        ties.append(Tie(tuple(map(figure, of.split(","))), parts, ties[-1] if "," in of else None))
    found = hidden_of(ties, cells, rule, {})
    said = [of for of, groups in zip(asked, found, strict=True) if groups[""]]
    return said + [part for groups in found for part in sorted(groups.get("participation_type", ()))]


MANY = dict.fromkeys(EVERYONE, 100)


@pytest.mark.parametrize(("told", "newest", "places"), [
    ("ab bc", "c", None), ("ab b", "a", (0, 1)), ("ab", "cde", (0,)), ("ab", "ab", (0,)), ("", "abcde", ()),
    ("ab bc c", "a", (0, 1, 2)),
    ("ab a b", "b", (0, 1)),  # the third says nothing more
])
def test_which_counts_a_count_is_made_of(told, newest, places):
    assert made_of(tuple(map(frozenset, told.split())), frozenset(EVERYONE), frozenset(newest)) == places


@pytest.mark.parametrize(("few", "asked", "expected"), [
    ("", ("ab", "bc", "cd"), []),
    ("c", ("ab", "d"), []),  # c and e together are many
    ("b", ("ab", "a"), ["a"]),  # the second is b fewer
    ("e", ("a", "b", "cd"), ["cd"]),  # everybody but them are few
    ("e", ("a", "b", "cd", "c", "d"), ["cd", "d"]),  # so are everybody but a, b, c and d; what is hidden is not given away
    ("a", ("a", "ab"), ["a"]),  # nobody knows how many b are, since a is hidden
])
def test_later_figures_lose(few, asked, expected):
    assert hidden({**MANY, **dict.fromkeys(few, 3)}, *asked) == expected


@pytest.mark.parametrize(("few", "asked", "kinds", "expected"), [
    ("", ("ab", "abc"), {0: ("a", "b")}, []),
    ("c", ("ab",), {0: ("a", "b")}, []),
    ("b", ("ab", "acd"), {0: ("a", "b")}, ["a", "b"]),
    ("b", ("abc", "acd"), {1: ("ac", "d")}, ["ac", "d"]),  # the first less the parts of the second
    ("e", ("a", "b", "cd"), {2: ("c", "d")}, ["cd", "c"]),  # which add up to what is hidden
    ("c", ("ab", "e"), {0: tuple(EVERYONE)}, ["c", "d"]),  # c and d are whoever is in no other part
    ("a", ("ab", "e"), {0: tuple(EVERYONE)}, ["a", "b"]),  # a and b are what the whole tells already
    ("a", ("ab",), {0: ("a", "c")}, ["a"]),
    ("ac", ("ab", "e"), {0: tuple(EVERYONE)}, ["a", "b", "c", "d"]),
    ("c", ("ab", "d", "e"), {0: tuple(EVERYONE)}, ["e", "c", "e"]),  # what is hidden as a whole is so as a part
])
def test_kinds_are_hidden_until_the_rest_tells_of_no_few(few, asked, kinds, expected):
    assert hidden({**MANY, **dict.fromkeys(few, 3)}, *asked, kinds=kinds) == expected


def test_kinds_that_are_special_are_hidden_up_to_the_limit_of_these_also_where_they_can_be_worked_out():
    asked = {**MANY, "a": 7}, "ab", "abcd"
    assert hidden(*asked, kinds={0: ("a", "b")}) == []
    special = replace(RULE, special_values=frozenset({"a"}))
    assert hidden(*asked, kinds={0: ("a", "b")}, rule=special) == ["a", "b"]
    assert hidden(*asked, kinds={0: ("b",), 1: ("a",)}, rule=special) == ["b", "a"]  # the rest of the first is a
    assert hidden({**MANY, "b": 7}, *asked[1:], kinds={0: ("b", "c"), 1: ("a",)}, rule=special) == []  # of b seven may be told


def test_what_is_hidden_in_company_of_a_kind_is_the_smallest_that_is_enough():
    assert hidden({**MANY, "c": 3, "d": 50}, "e", kinds={0: tuple(EVERYONE)}) == ["c", "d"]
    assert hidden({**MANY, "a": 3, "c": 3, "d": 0}, "ab", kinds={0: ("a", "c", "d")}) == ["a", "c"]  # nobody is d, and it is told


@pytest.mark.parametrize(("few", "expected"), [
    ("", []),
    ("a", ["a,b"]),  # and the two together stay told
    ("ab", ["a,b"]),  # six together
    ("cde", ["ab", "a,b"]),  # three are in neither: the two would add up to what is hidden
])
def test_what_is_told_of_two_together_outlasts_what_is_told_of_each(few, expected):
    assert hidden({**MANY, **dict.fromkeys(few, 3 if few < "c" else 1)}, "ab", "a,b") == expected


def test_what_is_asked_beyond_what_people_do_is_set_beside_those_who_do_the_same():
    assert hidden({**MANY, "a": 6, "b": 2}, "ab", "ab*") == ["ab*"]  # four do and four do not
    assert hidden({**MANY, "a": 12, "b": 4}, "ab", "ab*") == []


@pytest.mark.parametrize(("asked", "few", "nobody", "expected"), [
    ("ab a bcd", "e", "b", ["", "", "xy"]),  # as many are a as a or b, so nobody is b: what is left of a group are the few e
    ("ab bcd", "e", "b", ["", ""]),  # nobody knows that none is b, so they may be counted twice
    ("ab b bcd", "e", "b", ["", "", "xy"]),  # it is told that none is b
    ("ab e a", "e", "b", ["", "xy", ""]),  # a is what ab is, and told where that is
])
def test_groups_tell_what_they_do_where_nobody_is_of_some_kinds(asked, few, nobody, expected):
    """Groups x, y and z of 100 of each kind, but for the few, of whom three are in x."""
    def count(kind: str, group: str) -> int:
        return 0 if kind in nobody else 3 if kind in few and group == "x" else 100

    def cells(held: Figure, breakdown: str) -> dict[str, Cell]:
        groups = {group: Cell(sum(count(kind, group) for kind in held.numerator), sum(count(kind, group) for kind in EVERYONE))
                  for group in "xyz"}
        return groups if breakdown == "sex" else {} if breakdown else {"": sum(groups.values(), Cell(0, 0))}

    everyone = frozenset(EVERYONE)
    ties = [Tie((Figure(None, MADE, of, EVERYONE, frozenset(of), everyone),), {}) for of in asked.split()]
    assert ["".join(sorted(groups["sex"])) for groups in hidden_of(ties, cells, RULE, {})] == expected
