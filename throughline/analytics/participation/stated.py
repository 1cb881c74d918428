"""What a file of rules states, value by value, with the numbers, codes and words that an officer says otherwise laid over it."""

import copy
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from throughline.core.editions import Edition
from throughline.core.problems import Problem, RefusedFileError

Number = int | float
Said = Number | str | list[str]  # what can be said otherwise: a number, one of some words, or the codes of a list
# By which a table in a list is known, so that one put before it leaves its address alone.
_NAMES = ("id", "name", "number", "codes")
_EDITIONS = "edition"


@dataclass(frozen=True)
class Place:
    """Where a value stands: the first day of its edition, None for what holds whatever the day, and the keys that lead there.

    A table in a list is known by its id, its name, its number or the first of its codes; anything else in a list by its place
    from 0.
    """

    edition: date | None
    path: tuple[str, ...]

    @property
    def dotted(self) -> str:
        """The path as it is written in addresses and kept, such as rule.310.months."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Amended:
    """A number, a word or codes said otherwise, from a day on or, without one, for all days; instead_of is what the file said
    when they were.
    """

    place: Place
    instead_of: Said
    value: Said
    since: date | None = None


@dataclass(frozen=True)
class Stated:
    """One value of a file, with the tables that it stands in, the innermost first."""

    place: Place
    value: Any
    within: tuple[Mapping[str, Any], ...]

    @property
    def is_number(self) -> bool:
        """Whether it is a whole or decimal number."""
        return isinstance(self.value, Number) and not isinstance(self.value, bool)

    @property
    def is_codes(self) -> bool:
        """Whether it is a list of codes or other words."""
        return isinstance(self.value, list)

    @property
    def is_word(self) -> bool:
        """Whether it is one word, or a text."""
        return isinstance(self.value, str)

    def is_of_a_kind_with(self, value: Said) -> bool:
        """Whether something could be said instead of it: a number of a number, a word of a word, codes of codes."""
        if isinstance(value, str):
            return self.is_word
        return self.is_codes if isinstance(value, list) else self.is_number

    def nearest(self, key: str) -> str:
        """What the innermost table that has a key says there, such as its confidence or source; nothing where none has."""
        return next((str(table[key]) for table in self.within if key in table), "")


class UnfitError(ValueError):
    """Raised for a number that a rule cannot have; what it says is a whole sentence for whoever typed it."""


def read_stated(path: Path, amended: tuple[Amended, ...] = ()) -> dict[str, Any]:
    """A file of rules as parsed, with those amendments laid over it that still fit; the others change nothing."""
    return laid_over(as_parsed(path), amended)


def stated_editions(
    path: Path, amended: tuple[Amended, ...], make: Callable[[Mapping[str, Any]], Edition], remedy: str,
) -> tuple[Edition, ...]:
    """The editions of a file of dated rules, the oldest first, each as make has it from its table, with those amendments laid
    over the file that still fit. Raises RefusedFileError, saying what is wrong: remedy, where the file is not of that shape.
    """
    stated = read_stated(path, amended)
    try:
        return tuple(sorted((make(given) for given in stated[_EDITIONS]), key=lambda edition: edition.starts))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise refused(path, remedy, error) from error


def as_parsed(path: Path) -> Mapping[str, Any]:
    """A file of rules as parsed, once for as long as it says the same: many read it, and nobody writes into it."""
    return _as_parsed(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _as_parsed(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


def laid_over(parsed: Mapping[str, Any], amended: tuple[Amended, ...]) -> dict[str, Any]:
    """A copy of what was parsed in which each amendment that fits holds."""
    changed = copy.deepcopy(dict(parsed))
    standing = {one.place: one for one in values(changed)}
    # Where each stands is found before any is put there: the first of a table's codes, by which it is known, may change.
    places = [(each, _holder(changed, each.place)) for each in amended if fits(each, standing)]
    for each, held in places:
        key = each.place.path[-1]
        held[int(key) if isinstance(held, list) else key] = each.value
    return changed


def fits(amended: Amended, standing: Mapping[Place, Stated]) -> bool:
    """Whether the file still has the very value that was said otherwise; if not, the amendment is void."""
    held = standing.get(amended.place)
    return held is not None and held.is_of_a_kind_with(amended.instead_of) and held.value == amended.instead_of


def values(parsed: Mapping[str, Any]) -> Iterator[Stated]:
    """Every value of a file, in its order: of each edition, then of what holds whatever the day."""
    whole = {key: value for key, value in parsed.items() if key != _EDITIONS}
    for edition in parsed.get(_EDITIONS, ()):
        yield from _within(edition, (), edition.get("from"), (edition, whole))
    yield from _within(whole, (), None, (whole,))


def _within(held: Any, path: tuple[str, ...], edition: date | None, tables: tuple[Mapping[str, Any], ...]) -> Iterator[Stated]:
    for key, value in _items(held):
        if isinstance(value, dict):
            yield from _within(value, (*path, key), edition, (value, *tables))
        elif isinstance(value, list) and not all(isinstance(each, str) for each in value):
            yield from _within(value, (*path, key), edition, tables)
        else:
            yield Stated(Place(edition, (*path, key)), value, tables)


def _items(held: Any) -> list[tuple[str, Any]]:
    if isinstance(held, dict):
        return list(held.items())
    return [(_named(each, at), each) for at, each in enumerate(held)]


def _named(each: Any, at: int) -> str:
    for name in _NAMES if isinstance(each, dict) else ():
        if name in each:
            return str(each[name][0] if isinstance(each[name], list) else each[name])
    return str(at)


def _holder(parsed: dict[str, Any], place: Place) -> Any:
    """The table or list that a value stands in."""
    held: Any = parsed if place.edition is None else next(each for each in parsed[_EDITIONS] if each.get("from") == place.edition)
    for key in place.path[:-1]:
        held = dict(_items(held))[key]
    return held


def whole(value: Any, called: str, least: int, most: int) -> int:
    """A whole number between two others. Raises UnfitError, which calls it as given."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise UnfitError(f"{called} must be a whole number from {least} to {most}")
    return value


def refused(path: Path, remedy: str, error: Exception) -> RefusedFileError:
    """What a file is refused with: a number that cannot be says so itself, anything else what would be right."""
    said = str(error) if isinstance(error, UnfitError) else f"{remedy}: {error}"
    return RefusedFileError([Problem(path.name, None, _EDITIONS, "", "readable rules", said)])
