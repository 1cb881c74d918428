"""A file of rules value by value, and numbers laid over it: those that still fit hold, and nothing else is touched."""

import tomllib
from dataclasses import dataclass
from datetime import date

import pytest

from throughline.analytics.participation.stated import Amended, Place, UnfitError, laid_over, stated_editions, values
from throughline.core.problems import RefusedFileError

FILE = """
[[edition]]
from = 2015-04-01
confidence = "medium"
ages = [16, 17]

[[edition.rule]]
codes = ["310", "320"]
months = 12

[[edition.rule]]
codes = ["530"]
lapses = "never"

[[edition]]
from = 2026-04-01
confidence = "high"
ages = [16]

[worth]
not_known = 0.5
source = "ours"
shown = true
"""
OLD, NEW = date(2015, 4, 1), date(2026, 4, 1)


def stated(file: str = FILE) -> dict[Place, object]:
    return {one.place: one.value for one in values(tomllib.loads(file))}


def with_numbers(*amended: tuple[date | None, str, float, float], file: str = FILE) -> dict[Place, object]:
    laid = laid_over(tomllib.loads(file), tuple(Amended(Place(day, tuple(path.split("."))), was, now)
                                                for day, path, was, now in amended))
    return {one.place: one.value for one in values(laid)}


def changed(*amended: tuple[date | None, str, float, float], file: str = FILE) -> dict[tuple[date | None, str], object]:
    before, after = stated(file), with_numbers(*amended, file=file)
    assert before.keys() == after.keys()
    return {(place.edition, place.dotted): value for place, value in after.items() if before[place] != value}


def test_every_value_has_a_place_of_its_own():
    assert [(place.edition, place.dotted, value) for place, value in stated().items()] == [
        (OLD, "from", OLD), (OLD, "confidence", "medium"), (OLD, "ages.0", 16), (OLD, "ages.1", 17),
        (OLD, "rule.310.codes", ["310", "320"]), (OLD, "rule.310.months", 12),
        (OLD, "rule.530.codes", ["530"]), (OLD, "rule.530.lapses", "never"),
        (NEW, "from", NEW), (NEW, "confidence", "high"), (NEW, "ages.0", 16),
        (None, "worth.not_known", 0.5), (None, "worth.source", "ours"), (None, "worth.shown", True),
    ]


def test_confidence_and_source_are_those_of_the_innermost_table():
    said = {one.place.dotted: (one.nearest("confidence"), one.nearest("source")) for one in values(tomllib.loads(FILE))
            if one.place.edition != NEW}
    assert (said["rule.310.months"], said["worth.not_known"]) == (("medium", ""), ("", "ours"))


@pytest.mark.parametrize(("day", "path", "was", "now"), [
    (OLD, "rule.310.months", 12, 9), (OLD, "ages.1", 17, 18), (NEW, "ages.0", 16, 15), (None, "worth.not_known", 0.5, 0.75),
])
def test_a_number_is_said_otherwise_where_it_stands_and_nowhere_else(day, path, was, now):
    assert changed((day, path, was, now)) == {(day, path): now}


@pytest.mark.parametrize(("day", "path", "was", "now"), [
    (OLD, "rule.310.months", 6, 9), (OLD, "rule.999.months", 12, 9), (date(2020, 1, 1), "rule.310.months", 12, 9),
    (None, "rule.310.months", 12, 9), (OLD, "rule.530.lapses", 1, 2), (None, "worth.shown", 1, 2), (OLD, "ages.2", 17, 18),
])
def test_what_the_file_no_longer_says_is_void(day, path, was, now):
    assert changed((day, path, was, now)) == {}


def test_a_rule_put_before_it_leaves_an_amendment_where_it_was():
    rule = '[[edition.rule]]\ncodes = ["310"'
    file = FILE.replace(rule, f'[[edition.rule]]\ncodes = ["260"]\nmonths = 12\n\n{rule}')
    assert changed((OLD, "rule.310.months", 12, 9), file=file) == {(OLD, "rule.310.months"): 9}


@dataclass(frozen=True)
class Edition:
    """The first day of an edition, and the first of its ages."""

    starts: date
    age: int


def unfit(given):
    raise UnfitError("The age must be another")


def test_editions_are_read_the_oldest_first_with_what_is_said_otherwise(tmp_path):
    path = tmp_path / "ages.toml"
    path.write_text(FILE.replace("2026-04-01", "2014-04-01"), encoding="utf-8")
    amended = (Amended(Place(OLD, ("ages", "0")), 16, 15),)
    found = stated_editions(path, amended, lambda given: Edition(given["from"], given["ages"][0]), "give each its ages")
    assert found == (Edition(date(2014, 4, 1), 16), Edition(OLD, 15))


@pytest.mark.parametrize(("make", "told"), [
    (lambda given: Edition(given["from"], given["age"]), "give each its ages: 'age'"), (unfit, "The age must be another"),
    (lambda given: Edition(given["from"], int(given["confidence"])), "give each its ages: invalid literal"),
    (lambda given: Edition(given["from"], given["ages"]["first"]), "give each its ages: list indices"),
    (lambda given: Edition(given["from"], given["ages"].first), "give each its ages: 'list' object has no attribute"),
])
def test_a_file_that_is_not_of_that_shape_is_refused_with_what_would_be_right(make, told, tmp_path):
    path = tmp_path / "ages.toml"
    path.write_text(FILE, encoding="utf-8")
    with pytest.raises(RefusedFileError) as refused:
        stated_editions(path, (), make, "give each its ages")
    assert refused.value.problems[0].remedy.startswith(told)
