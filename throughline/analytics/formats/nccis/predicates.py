"""What the rules of a return test, by the names that definitions/rules/returns calls them: tests of one field alone.

Each function here makes a test from what a rule is given. What a test says depends on the field's value and nothing
else, so that it is worked out once for each value that a file holds.
"""

import re
from collections.abc import Callable
from typing import Any

from throughline.analytics.formats.nccis.known import Given

OfValue = Callable[[Any], bool]  # whether a field's value fails


def empty(_: Given) -> OfValue:
    """Nothing was given."""
    return lambda value: not value


def empty_or_no_day(given: Given) -> OfValue:
    """Nothing was given that can be read as a day."""
    return lambda value: given.days[value] is None


def no_day(given: Given) -> OfValue:
    """Something was given that cannot be read as a day."""
    return lambda value: bool(value) and given.days[value] is None


def unknown_code(given: Given) -> OfValue:
    """Something was given that is not one of the rule's codes."""
    codes = given.codes()
    return lambda value: bool(value) and value not in codes


def known_code(given: Given) -> OfValue:
    """One of the rule's codes was given."""
    codes = given.codes()
    return lambda value: value in codes


def unknown_characteristic(given: Given) -> OfValue:
    """Any of a person's characteristics is not one of the rule's codes: one error a person."""
    codes = given.codes()
    return lambda values: not codes.issuperset(values)


def other_length(given: Given) -> OfValue:
    """Something of another length than the rule's was given; nothing at all fails too where the rule says so."""
    length, empty_fails = given["length"], given.get("empty_fails", False)
    return lambda value: len(value) != length and (bool(value) or empty_fails)


def not_written_as(given: Given) -> OfValue:
    """Something was given that the rule's pattern does not match from end to end."""
    match = re.compile(given["pattern"], re.ASCII).fullmatch
    return lambda value: bool(value) and match(value) is None


def holds(given: Given) -> OfValue:
    """The rule's pattern is found somewhere in it."""
    search = re.compile(given["pattern"], re.ASCII).search
    return lambda value: search(value) is not None


def no_establishment(given: Given) -> OfValue:
    """Something was given that is not seven digits beginning with the number of an authority."""
    authorities, match = given.codes(), re.compile("[0-9]{7}").fullmatch
    return lambda value: bool(value) and (match(value) is None or value[:3] not in authorities)


def not_of_this_file(given: Given) -> OfValue:
    """An authority that the file's header does not name."""
    authorities = given.setting.authorities
    if authorities is None:
        return lambda _: False
    return lambda value: bool(value) and value not in authorities


def other_database(given: Given) -> OfValue:
    """An identifier that does not begin with the number of the file's database."""
    databases = given.setting.database_ids
    if databases is None:
        return lambda _: False
    starts = tuple(database.zfill(3) for database in databases)
    return lambda value: bool(value) and not value.startswith(starts)


def after_period(given: Given) -> OfValue:
    """A day after the end of the period."""
    end = given.setting.period_end

    def fails(value: str) -> bool:
        day = given.days[value]
        return day is not None and day > end

    return fails


OF_VALUE: dict[str, Callable[[Given], OfValue]] = {
    test.__name__: test
    for test in (
        empty, empty_or_no_day, no_day, unknown_code, known_code, unknown_characteristic, other_length, not_written_as, holds,
        no_establishment, not_of_this_file, other_database, after_period,
    )
}
