"""Who left education or training of years 12 and 13 early, and what became of them: sums on the register held in memory.

Whoever goes on in education or training at the same place, or at a place that we do not know, has not left; nor has somebody
of whom nothing is known any more but that nobody knows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.standing import Standing, group_on
from throughline.analytics.participation.worklists import AGREED_START_PASSED
from throughline.apps.accounts.places import named_at, only_establishments, school_names
from throughline.apps.followup.on_leaving import NOBODY_SAID, OnLeaving, came_of
from throughline.apps.followup.queries import ends_said_before, said_on_leaving
from throughline.apps.followup.register import Register
from throughline.apps.followup.standing import Person, Row, Rules, family
from throughline.core.ages import FIRST_MONTH, academic_age, academic_year, year_group

_NOWHERE = ("", "", "")
FILTERS = ("place", "group", "now", "reason")
NOW = (Standing.PARTICIPATING, Standing.NEET, Standing.NOT_KNOWN)  # the rest is counted as anything else


@dataclass(frozen=True)
class Leaver:
    """Somebody who left early: on is the last day there, planned what was to be the last where anybody said so, then what is
    known to have come next, if anything is. number is the establishment number of where they left, its provider number where
    it has none or several, or nothing. said is what was said on leaving, came_of whether they do as they intended.
    """

    row: Row
    left: Activity
    on: date
    then: Activity | None
    number: str
    planned: date | None
    said: OnLeaving = OnLeaving()
    came_of: str = ""

    @property
    def pk(self) -> int:
        """The learner's number in the database."""
        return self.row.person.pk

    @property
    def year_group(self) -> int:
        """The year group they were in on leaving."""
        return year_group(self.row.person.born, self.on)

    @property
    def place(self) -> tuple[str, str, str]:
        """Establishment, provider and name of where they left, each empty where it is not known."""
        return self.row.person.places.get(self.left.start, _NOWHERE)

    @property
    def place_after(self) -> tuple[str, str, str]:
        """The same of what is known to have come next."""
        return self.row.person.places.get(self.then.start, _NOWHERE) if self.then else _NOWHERE


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
    """Whoever left early within an academic year (the calendar year it began in), each once, the latest to leave first; worked
    out once for as long as the register stays as it is.
    """
    found = held.once(("early leavers", year, named_at()), lambda: _left_early(held, year))
    return [replace(one, row=held.rows[one.pk]) for one in found]  # who answered since stands elsewhere


def _left_early(held: Register, year: int) -> list[Leaver]:
    """Whoever left early within an academic year (the calendar year it began in), each once, the latest to leave first."""
    ages, begins = held.rules.worklists.early_leavers.ages, date(year, FIRST_MONTH, 1)
    rows = [row for row in held.rows.values() if academic_age(row.person.born, begins) in ages]
    only = only_establishments({place[1] for row in rows for place in row.person.places.values() if not place[0]})
    ended = [one for row in rows for one in _ended_early(row, held.rules, year, only)]
    before = ends_said_before({one.pk for one in ended if one.planned == one.on})
    found: dict[int, Leaver] = {}
    for one in ended:  # of each learner the latest first
        if one.pk not in found and (early := _as_planned_before(one, before.get((one.pk, one.left.start), set()))):
            found[one.pk] = early
    said = said_on_leaving(found)
    told = (_with(one, said.get((one.pk, one.left.start), OnLeaving()), held.rules) for one in found.values())
    return sorted(told, key=lambda one: (-one.on.toordinal(), one.row.person.number))


def _with(one: Leaver, said: OnLeaving, rules: Rules) -> Leaver:
    """Somebody with what was said on leaving, and what came of it by what is known of them since."""
    since = [each for each in one.row.person.activities if one.left.start < each.start <= rules.day
             and group_on(each.code, each.start, rules.codes) is not Standing.NOT_KNOWN]
    lists = rules.worklists
    came = came_of(said, since, lists.early_leavers.as_intended, lists.lists[AGREED_START_PASSED].codes)
    return replace(one, said=said, came_of=came)


def _as_planned_before(one: Leaver, before: set[date | None]) -> Leaver | None:
    """Somebody with the day on which what they left was to end: where it ended on the day that is said now, the one that was
    said before, and nobody where that was no other.
    """
    if one.planned != one.on:
        return one
    later = [day for day in before if day is None or day > one.on]
    return replace(one, planned=max((day for day in later if day), default=None)) if later else None


def narrowed(leavers: Iterable[Leaver], asked: Mapping[str, Any]) -> list[Leaver]:
    """Those whom what was asked leaves: place (a number), group (a year group), now (a standing) and reason (a code, or
    NOBODY_SAID), each as text.
    """
    def fits(one: Leaver) -> bool:
        held = {"place": one.number, "group": str(one.year_group), "now": one.row.standing.value,
                "reason": one.said.reason or NOBODY_SAID}
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


def _ended_early(row: Row, rules: Rules, year: int, only: Mapping[str, str]) -> Iterator[Leaver]:
    """What somebody ended in an academic year before its end, the latest first; what ended on the day that is said of it now is
    among it, since another may have been said before. only says which establishment a provider is, where it is one.
    """
    told = sorted((one for one in row.person.activities if one.start <= rules.day), key=lambda one: one.start, reverse=True)
    then, after = None, None  # what is known to have come next, and what was recorded next
    for left in told:
        is_known = group_on(left.code, left.start, rules.codes) is not Standing.NOT_KNOWN
        on = _last_day(left, then and after, rules.day) if is_known else None
        if on and academic_year(on) == year and _early(left, on, rules) and not _goes_on(row.person, left, then, rules, only):
            establishment, ukprn = _numbers(row.person, left, only)
            yield Leaver(row, left, on, then, establishment or ukprn, left.predicted_end)
        then, after = left if is_known else then, left


def _last_day(left: Activity, after: Activity | None, today: date) -> date | None:
    """The last day of something: before what was recorded after it, or the day it was to end when that is over; None else."""
    days = [after.start - timedelta(days=1)] if after else []
    if left.predicted_end and left.predicted_end < today:
        days.append(left.predicted_end)
    return max(min(days), left.start) if days else None


def _early(left: Activity, on: date, rules: Rules) -> bool:
    """Whether education or training ended before the day it is said to end, or within the teaching year."""
    rule = rules.worklists.early_leavers
    if family(left, on, rules) not in rule.families:
        return False
    return bool(left.predicted_end and on < left.predicted_end) or not rule.courses_end <= on.month < FIRST_MONTH


def _goes_on(person: Person, left: Activity, then: Activity | None, rules: Rules, only: Mapping[str, str]) -> bool:
    """Whether somebody goes on in education or training at the same place, or at one that cannot be told from it."""
    if then is None or family(then, then.start, rules) not in rules.worklists.early_leavers.families:
        return False
    both = [pair for pair in zip(_numbers(person, left, only), _numbers(person, then, only), strict=True) if all(pair)]
    return not both or any(before == after for before, after in both)


def _numbers(person: Person, activity: Activity, only: Mapping[str, str]) -> tuple[str, str]:
    """The establishment and provider number of where an activity is, each empty where it is not known."""
    establishment, ukprn, _ = person.places.get(activity.start, _NOWHERE)
    return establishment or only.get(ukprn, ""), ukprn
