"""Finds young people by their identifiers and by exact details; what is in any doubt is found by nobody but a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.core.letters import plain_letters

_Whose = int | set[int]
IDENTIFIERS = ("young_persons_id", "upn", "uln")  # in the order in which they are believed


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, in the register or in a row: names as written, date of birth, identifiers by scheme; any may be missing.

    former_names are (given, family) pairs that somebody went by before.
    """

    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    identifiers: Mapping[str, str] | None = None
    former_names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Found:
    """Whom a row is about. learner is None when nobody was found; by says what found them; doubt says why nobody was.

    nobody says that nobody at all is like them, so that they are new.
    """

    learner: int | None
    by: str = ""
    doubt: str = ""
    nobody: bool = False


class Index:
    """The register's people, to be found by identifier or by exact name and date of birth."""

    def __init__(self, people: Iterable[tuple[int, Person]]) -> None:
        """people are the register's numbers with who they are."""
        self._people: dict[int, Person] = {}
        self._by_identifier: dict[tuple[str, str], _Whose] = {}
        self._by_details: dict[tuple[str, str, date], _Whose] = {}
        for learner, person in people:
            self.add(learner, person)

    def add(self, learner: int, person: Person) -> None:
        """Put somebody into the index."""
        self._people[learner] = person
        for scheme, value in (person.identifiers or {}).items():
            if value:
                _put(self._by_identifier, (scheme, value), learner)
        for key in _details(person):
            _put(self._by_details, key, learner)

    def find(self, row: Person) -> Found:
        """Whom a row is about.

        Identifiers that point at several people, or at one whose name and date of birth are both others, leave it in
        doubt. Without an identifier that is known, name and date of birth must be exactly those of one person who has
        no other identifier of a scheme that the row has.
        """
        pointed = {
            scheme: _everybody(self._by_identifier[scheme, value])
            for scheme in IDENTIFIERS
            if (value := (row.identifiers or {}).get(scheme, "")) and (scheme, value) in self._by_identifier
        }
        if pointed:
            return self._by_pointing(row, pointed)
        candidates = set[int]().union(*(_everybody(self._by_details[key]) for key in _details(row) if key in self._by_details))
        if not (row.born or row.given_name or row.family_name):
            return Found(None, doubt="nobody in the register has these identifiers", nobody=True)
        if row.born is None:
            return Found(None, doubt="it has no date of birth, and a name alone finds nobody for sure", nobody=True)
        if not candidates:
            doubt = "nobody in the register has these identifiers, or this name and date of birth"
            return Found(None, doubt=doubt, nobody=True)
        if len(candidates) > 1:
            return Found(None, doubt=f"{len(candidates)} people have this name and date of birth")
        [learner] = candidates
        if scheme := self._contradicts(row, learner):
            return Found(None, doubt=f"somebody has this name and date of birth, but another {TITLES[scheme]}")
        return Found(learner, by="name and date of birth")

    def _by_pointing(self, row: Person, pointed: Mapping[str, set[int]]) -> Found:
        everyone = set[int]().union(*pointed.values())
        schemes = " and ".join(TITLES[scheme] for scheme in pointed)
        if len(everyone) > 1:
            return Found(None, doubt=f"its {schemes} point at different people")
        [learner] = everyone
        if self._is_somebody_else(row, self._people[learner]):
            return Found(None, doubt=f"its {schemes} is that of somebody with another name and date of birth")
        return Found(learner, by=schemes)

    def _is_somebody_else(self, row: Person, known: Person) -> bool:
        """Whether neither the date of birth nor any name is theirs; what is missing on either side is no difference."""
        if not (row.born and known.born) or row.born == known.born:
            return False
        names = [(known.given_name, known.family_name), *known.former_names]
        theirs = {spelt(part) for pair in names for part in pair if part}
        own = {spelt(part) for part in (row.given_name, row.family_name) if part}
        return bool(theirs and own) and not theirs & own

    def _contradicts(self, row: Person, learner: int) -> str:
        known = self._people[learner].identifiers or {}
        return next((scheme for scheme in IDENTIFIERS if (value := (row.identifiers or {}).get(scheme))
                     and known.get(scheme) and known[scheme] != value), "")


def _put(people: dict[Any, _Whose], key: Any, learner: int) -> None:
    """Nearly every key is one person's: a set for each would be most of the index."""
    held = people.setdefault(key, learner)
    if isinstance(held, set):
        held.add(learner)
    elif held != learner:
        people[key] = {held, learner}


def _everybody(whose: _Whose) -> set[int]:
    return whose if isinstance(whose, set) else {whose}


TITLES = {"young_persons_id": "young person's identifier", "upn": "UPN", "uln": "ULN"}


def spelt(name: str) -> str:
    """A name as it is compared: small letters, accents and everything that is no letter left out."""
    return "".join(letter for letter in plain_letters(name) if letter.isalpha())


def _details(person: Person) -> list[tuple[str, str, date]]:
    if person.born is None:
        return []
    names = [(person.given_name, person.family_name), *person.former_names]
    keys = [(spelt(given), spelt(family), person.born) for given, family in names]
    return [key for key in dict.fromkeys(keys) if key[0] and key[1]]
