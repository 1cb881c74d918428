"""What one row of a file says of somebody, whatever file it was; what it does not say is empty and changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from throughline.analytics.linkage.exact import IDENTIFIERS, Person
from throughline.core.ages import YEAR_11, year_group


@dataclass(frozen=True)
class Doing:
    """An activity as a row has it. verified is the day on which the file vouches for it; start is None where it says none.

    educated_in is the authority in which they learn, neet_start the first day of the spell of being NEET. left says that they
    left it on predicted_end, leaving_reason why and intended_next what they meant to do next, by their codes. of_school_age is
    the code that its words mean of somebody in year 11 or below, where that is another; at_age takes it for them. unread_start
    is a start as it is written, where nobody can tell which day it means. onward says that it is what they go on to from what
    the row says they left, of the place of which neither row nor list says anything. written are the row's own words for it.
    of_all says that it is not the row's own, but what was said of everybody on its list.
    """

    code: str
    verified: date
    start: date | None = None
    ascertained: date | None = None
    review: date | None = None
    predicted_end: date | None = None
    establishment: str = ""
    establishment_name: str = ""
    ukprn: str = ""
    educated_in: str = ""
    neet_start: date | None = None
    leaving_reason: str = ""
    intended_next: str = ""
    left: bool = False
    of_school_age: str = ""
    unread_start: str = ""
    onward: bool = False
    written: str = ""
    of_all: bool = False

    @property
    def as_said(self) -> str:
        """The activity as the row has it: in its own words, or by its code."""
        return self.written or self.code

    def at_age(self, born: date | None, on: date) -> "Doing":
        """The activity as its words mean it of somebody of this age on a day; as it is where nobody knows the age."""
        if self.of_school_age and born and year_group(born, on) <= YEAR_11:
            return replace(self, code=self.of_school_age, of_school_age="")
        return self


@dataclass(frozen=True)
class Leaving:
    """That somebody left a place: on is their last day, None where the row says no more than what they mean to do next. reason
    and intended are codes; a place that is empty is not named. was is what they did there, where the row says that and what they
    do next; where it says that alone, it is what it has them doing, and left.
    """

    on: date | None = None
    reason: str = ""
    intended: str = ""
    establishment: str = ""
    establishment_name: str = ""
    ukprn: str = ""
    was: Doing | None = None


@dataclass(frozen=True)
class Said:
    """What a row says.

    traits are those it says hold; ended are those of which it says that they do not, which ends them where a return says so.
    guarantees are (code, area) by block. doing is what somebody does once they have left what leaving says. whole says that the
    row is of the authority's own return: such a row may add somebody, rename them in full, and end what an earlier return began.
    area is the authority that such a row is led by.
    either_way says that it has the names in one cell, so that which of them is the family name is a guess.
    keeps_name and takes_name say what a person decided who settled whom the row is about: that what is held of the name stays,
    or that it is put as the row has it.
    """

    given: str = ""
    middle: str = ""
    family: str = ""
    born: date | None = None
    gender: str = ""
    ethnic_group: str = ""
    school_at_16: str = ""
    area_at_16: str = ""
    intended_destination: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)
    doing: Doing | None = None
    leaving: Leaving | None = None
    traits: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    level_of_need: str = ""
    guarantees: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    status: str = ""
    transferred_to: str = ""
    phone: str = ""
    email: str = ""
    whole: bool = False
    area: str = ""
    either_way: bool = False
    keeps_name: bool = False
    takes_name: bool = False

    @property
    def person(self) -> Person:
        """Whom it is about, as people are found by."""
        known = {scheme: value for scheme, value in self.identifiers.items() if scheme in IDENTIFIERS}
        return Person(self.given, self.family, self.born, known, self._other_ways if self.either_way else ())

    @property
    def _other_ways(self) -> tuple[tuple[str, str], ...]:
        """Given and family name, were the names in one cell parted elsewhere, as before two family names, or the other way."""
        words = f"{self.given} {self.family}".split()
        parted = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
        ways = [*parted, *((family, given) for given, family in parted)]
        return tuple(dict.fromkeys(way for way in ways if way != (self.given, self.family)))


def as_json(said: Said) -> dict[str, Any]:
    """What a row says as plain values for JSON, without what it does not say."""
    return {name: _plain(value) for name in _FIELDS if (value := getattr(said, name))}


def from_json(plain: Mapping[str, Any]) -> Said:
    """What as_json made plain."""
    given = dict(plain)
    for name, made in _PARTS.items():
        if part := given.get(name):
            given[name] = _made(made, part)
    if "born" in given:
        given["born"] = _day(given["born"])
    for name in ("traits", "ended"):
        given[name] = frozenset(given.get(name, ()))
    given["guarantees"] = {block: (code, area) for block, (code, area) in given.get("guarantees", {}).items()}
    return Said(**given)


def _made(part: type[Doing] | type[Leaving], plain: Mapping[str, Any]) -> Doing | Leaving:
    given: dict[str, Any] = {name: _day(value) if name in _DAYS else value for name, value in plain.items()}
    if was := given.get("was"):
        given["was"] = _made(Doing, was)
    return part(**given)


def _plain(value: Any) -> Any:
    if isinstance(value, Doing | Leaving):
        return {each.name: _plain(held) for each in fields(value) if (held := getattr(value, each.name))}
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def _day(printed: str) -> date:
    return date.fromisoformat(printed)


_FIELDS = tuple(each.name for each in fields(Said))
_PARTS: Mapping[str, type[Doing] | type[Leaving]] = {"doing": Doing, "leaving": Leaving}
_DAYS = frozenset({"on", "start", "verified", "ascertained", "review", "predicted_end", "neet_start"})
