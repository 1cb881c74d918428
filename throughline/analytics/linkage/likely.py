"""How likely it is that a row is about somebody whom nothing finds for sure: for a person to choose from, never to find by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from throughline.analytics.linkage.exact import IDENTIFIERS, TITLES, Person, spelt

SAME_NAME, SAME_BIRTH = "The same name", "The same date of birth"
FORMER_NAME = "A name that they had before"
NAMES_SWAPPED = "First name and surname are the other way round"
DAY_AND_MONTH_SWAPPED = "Day and month of birth are the other way round"
_NAMES_SWAPPED, _BIRTH_SWAPPED = 0.95, 0.8  # of what the same is worth
_UNSAID = 0.3  # of what the same birth is worth, where either side says none


@dataclass(frozen=True)
class Likeness:
    """How like a row somebody is, from 0 (nothing) to 4 (names, birth and an identifier), and what of it is told beside them."""

    degree: float
    remarks: tuple[str, ...]


def likeness(row: Person, known: Person) -> Likeness:
    """How like a row somebody of the register is: names count twice what the date of birth does, and so much an identifier."""
    name, of_name = _names(row, known)
    birth, of_birth = _births(row.born, known.born)
    numbers = [f"The same {TITLES[scheme]}" for scheme in IDENTIFIERS
               if (value := (row.identifiers or {}).get(scheme)) and (known.identifiers or {}).get(scheme) == value]
    return Likeness(2 * name + birth + bool(numbers), tuple(filter(None, (of_name, of_birth, *numbers))))


def swapped_day(born: date) -> date | None:
    """A date of birth with day and month the other way round; None where that is no day, or the same."""
    if born.day > 12 or born.day == born.month:
        return None
    return born.replace(month=born.day, day=born.month)


def _names(row: Person, known: Person) -> tuple[float, str]:
    """How like the names are, from 0 to 1, and what is told of them."""
    ours = _pair((row.given_name, row.family_name))
    held = [_pair(pair) for pair in ((known.given_name, known.family_name), *known.former_names)]
    if not any(ours):
        return 0.0, ""
    if ours in held:
        return 1.0, SAME_NAME if ours == held[0] else FORMER_NAME
    if ours[::-1] in held:
        return _NAMES_SWAPPED, NAMES_SWAPPED
    return max(_alike(ours, pair) for pair in _ways(held)) * _NAMES_SWAPPED, ""


def _pair(names: tuple[str, str]) -> tuple[str, str]:
    return spelt(names[0]), spelt(names[1])


def _ways(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return (way for pair in pairs for way in (pair, pair[::-1]))


def _alike(ours: tuple[str, str], theirs: tuple[str, str]) -> float:
    return sum(SequenceMatcher(None, one, other).ratio() if one and other else 0.0
               for one, other in zip(ours, theirs, strict=True)) / 2


def _births(ours: date | None, theirs: date | None) -> tuple[float, str]:
    if ours is None or theirs is None:
        return _UNSAID, ""
    if ours == theirs:
        return 1.0, SAME_BIRTH
    return (_BIRTH_SWAPPED, DAY_AND_MONTH_SWAPPED) if swapped_day(ours) == theirs else (0.0, "")
