"""Who left education or training of years 12 and 13 early, and what became of them: sums on the register held in memory.

Whoever goes on in education or training at the same place, or at a place that we do not know, has not left.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.places import school_names
from throughline.apps.followup.register import Register
from throughline.apps.followup.standing import Person, Row, Rules, family
from throughline.core.ages import FIRST_MONTH, academic_age, academic_year, year_group

_NOWHERE = ("", "", "")
FILTERS = ("place", "group", "now")
NOW = (Standing.PARTICIPATING, Standing.NEET, Standing.NOT_KNOWN)  # the rest is counted as anything else


@dataclass(frozen=True)
class Leaver:
    """Somebody who left early: on is the last day there, planned what was to be the last, then what was recorded next."""

    row: Row
    left: Activity
    on: date
    then: Activity

    @property
    def pk(self) -> int:
        """The learner's number in the database."""
        return self.row.person.pk

    @property
    def planned(self) -> date | None:
        """The day on which what they left was to end, where anybody said so."""
        return self.left.predicted_end

    @property
    def year_group(self) -> int:
        """The year group they were in on leaving."""
        return year_group(self.row.person.born, self.on)

    @property
    def place(self) -> tuple[str, str, str]:
        """Establishment, provider and name of where they left, each empty where it is not known."""
        return self.row.person.places.get(self.left.start, _NOWHERE)

    @property
    def number(self) -> str:
        """The establishment number of where they left, its provider number where it has none, or nothing."""
        return self.place[0] or self.place[1]

    @property
    def place_after(self) -> tuple[str, str, str]:
        """The same of what was recorded next."""
        return self.row.person.places.get(self.then.start, _NOWHERE)


@dataclass(frozen=True)
class Place:
    """How many left one place early, and how they count now."""

    number: str
    left: int
    now: Counter[Standing]

    @property
    def otherwise(self) -> int:
        """How many count as none of NOW."""
        return self.left - sum(self.now[one] for one in NOW)


def early_leavers(held: Register, year: int) -> list[Leaver]:
    """Whoever left early within an academic year (the calendar year it began in), each once, the latest to leave first."""
    found = (_last_leaving(row, held.rules, year) for row in held.rows.values())
    return sorted((one for one in found if one), key=lambda one: (-one.on.toordinal(), one.row.person.number))


def narrowed(leavers: Iterable[Leaver], asked: Mapping[str, Any]) -> list[Leaver]:
    """Those whom what was asked leaves: place (a number), group (a year group) and now (a standing), each as text."""
    def fits(one: Leaver) -> bool:
        held = {"place": one.number, "group": str(one.year_group), "now": one.row.standing.value}
        return all(held[name] == asked[name] for name in FILTERS if asked.get(name))

    return [one for one in leavers if fits(one)]


def by_place(leavers: Iterable[Leaver]) -> list[Place]:
    """How many left each place, the most first."""
    at: dict[str, Counter[Standing]] = {}
    for one in leavers:
        at.setdefault(one.number, Counter())[one.row.standing] += 1
    return sorted((Place(number, now.total(), now) for number, now in at.items()), key=lambda one: (-one.left, one.number))


def names_of_places(leavers: Iterable[Leaver]) -> Callable[[tuple[str, str, str]], str]:
    """What a place of these leavers is called, as a function of it: by the directory, then as it was written, then by number."""
    known = school_names(number for one in leavers for place in (one.place, one.place_after) for number in place[:2])
    return lambda place: known.get(place[0]) or known.get(place[1]) or place[2] or place[0] or place[1]


def _last_leaving(row: Row, rules: Rules, year: int) -> Leaver | None:
    told = sorted((one for one in row.person.activities if one.start <= rules.day), key=lambda one: one.start)
    for left, then in reversed(list(pairwise(told))):
        on = then.start - timedelta(days=1)
        if academic_year(on) == year and _early(row.person, left, on, rules) and not _goes_on(row.person, left, then, rules):
            return Leaver(row, left, on, then)
    return None


def _early(person: Person, left: Activity, on: date, rules: Rules) -> bool:
    """Whether they left education or training of these years before its end: the planned one, or that of the teaching year."""
    rule = rules.worklists.early_leavers
    if academic_age(person.born, on) not in rule.ages or family(left, on, rules) not in rule.families:
        return False
    return on < left.predicted_end if left.predicted_end else not rule.courses_end <= on.month < FIRST_MONTH


def _goes_on(person: Person, left: Activity, then: Activity, rules: Rules) -> bool:
    if family(then, then.start, rules) not in rules.worklists.early_leavers.families:
        return False
    before, after = (person.places.get(one.start, _NOWHERE)[:2] for one in (left, then))
    return not any(before) or not any(after) or any(one and one == other for one, other in zip(before, after, strict=True))
