"""Numbers of rules said otherwise from a day on: the days before keep what they had, as reckoned anew for each day alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.formats.nccis.edition import load_editions
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.participation.rulechanges import editions_of, held_day_by_day
from throughline.analytics.participation.stated import Amended, Place, laid_over

APRIL = date(2020, 4, 1)
FILE = {"edition": [{"from": date(2020, 1, 1), "a": 1, "b": 1}, {"from": APRIL, "a": 2, "b": 2}]}


@dataclass(frozen=True)
class Edition:
    starts: date
    a: int
    b: int


@dataclass(frozen=True)
class Rules:
    editions: tuple[Edition, ...]
    undated: str = "kept"


def load(amended: tuple[Amended, ...]) -> Rules:
    return Rules(tuple(Edition(each["from"], each["a"], each["b"]) for each in laid_over(FILE, amended)["edition"]))


def said(edition: int, key: str, value: int, since: date | None) -> Amended:
    held = FILE["edition"][edition]
    return Amended(Place(held["from"], (key,)), held[key], value, since)


def in_force(rules: Any, day: date) -> tuple[int, int]:
    edition = [each for each in rules.editions if each.starts <= day][-1]
    return edition.a, edition.b


DAYS = st.integers(1, 200).map(lambda days: date(2020, 1, 1) + timedelta(days=days))
SAID = st.builds(said, st.integers(0, 1), st.sampled_from("ab"), st.integers(1, 3), st.none() | DAYS)


@given(st.lists(SAID, max_size=6), DAYS)
def test_each_day_has_what_was_said_last_of_it_and_no_other(amended, day):
    """The slow way: of each value, the amendment of the latest day up to this one; of two of one day the later."""
    edition = 0 if day < APRIL else 1
    expected = []
    for key in "ab":
        value, latest = FILE["edition"][edition][key], date.min
        for each in amended:
            since = each.since or date.min
            if each.place == said(edition, key, 0, None).place and latest <= since <= day:
                value, latest = each.value, since
        expected.append(value)
    assert in_force(held_day_by_day(load, amended), day) == tuple(expected)


@pytest.mark.parametrize(("amended", "editions"), [
    ([], [(1, 1), (2, 2)]), ([said(0, "a", 1, date(2020, 2, 1))], [(1, 1), (2, 2)]),
    ([said(0, "a", 3, date(2020, 2, 1))], [(1, 1), (3, 1), (2, 2)]),
    ([said(0, "a", 3, date(2020, 5, 1))], [(1, 1), (2, 2)]),  # an edition that holds no more by then
    ([said(1, "a", 3, APRIL)], [(1, 1), (3, 2)]),  # on the day on which an edition begins anyway
    ([said(1, "b", 3, date(2020, 5, 1)), said(0, "a", 3, None)], [(3, 1), (2, 2), (2, 3)]),
])
def test_an_edition_is_parted_where_something_is_otherwise_and_nowhere_else(amended, editions):
    rules = held_day_by_day(load, amended)
    assert [(each.a, each.b) for each in editions_of(rules)] == editions
    assert rules.undated == "kept"


def test_a_currency_period_is_another_from_a_day_on():
    place, since = Place(date(2015, 4, 1), ("rule", "310", "months")), date(2026, 11, 1)
    rules = held_day_by_day(lambda said: load_currency(settings.DEFINITIONS, said), [Amended(place, 12, 9, since)])
    assert [rules.on(day).rules["310"].months for day in (date(2016, 4, 30), date(2026, 10, 31), since)] == [12, 12, 9]


def test_a_rule_of_the_return_is_another_from_a_day_on_in_every_edition_that_has_it():
    """And what is said of an edition that is known in full stays so through all of its year, and no longer."""
    place, since = Place(date(2019, 4, 1), ("rule", "9", "priority")), date(2020, 2, 29)
    rules = held_day_by_day(lambda said: load_editions(settings.DEFINITIONS, said), [Amended(place, 2, 1, since)])
    days = (date(2016, 4, 30), date(2020, 1, 31), since, date(2020, 4, 30), date(2026, 10, 31))
    told = [next(rule for rule in rules.on(day).rules if rule.number == 9) for day in days]
    assert [(rule.priority, rule.stated) for rule in told] == [(n, date(2019, 4, 1)) for n in (2, 2, 1, 1, 1)]
    plain = load_editions(settings.DEFINITIONS)
    assert [rules.caution(day) for day in days] == [plain.caution(day) for day in days]
