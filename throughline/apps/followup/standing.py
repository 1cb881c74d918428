"""Where each young person stands on a day, and on which lists: sums on plain values, without a database.

Spans and days are whole days. Whoever is not tracked on the day stands on no list.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from throughline.analytics.participation import breakdowns
from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.currency import Edition
from throughline.analytics.participation.likeness import Chances
from throughline.analytics.participation.standing import Standing, Stood, current, group_on, neet_since, stood
from throughline.analytics.participation.worklists import (
    ABOUT_TO_LAPSE,
    AGREED_START_PASSED,
    NEET_OVERDUE,
    NOT_KNOWN,
    WITHOUT_NEXT_PLACE,
    Worklists,
)
from throughline.core.ages import academic_age, days_after

Likeness = tuple[int, str, str]
_EVERYBODY_OR_ALIKE = (0, 3)  # parts of a likeness: its share is drawn towards everybody's at once
_KNOWN = (Standing.PARTICIPATING, Standing.OTHER, Standing.NEET)
_AT_A_LOSS = (Standing.NEET, Standing.NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Person:
    """What the lists need of one learner of the register.

    protected says that nobody is told where they live who has not opened it; district is empty then.
    activities are those believed now, in any order; places says of each start day where it was: establishment, provider,
    name. traits hold on the day; told_contacts_at is when we were last told how to reach them.
    """

    pk: int
    number: int
    born: date
    tracked: bool
    joined: date
    district: str = ""
    school_at_16: str = ""
    restricted: bool = False
    vulnerable: bool = False
    traits: frozenset[str] = frozenset()
    activities: Sequence[Activity] = ()
    places: Mapping[date, tuple[str, str, str]] = field(default_factory=dict)
    has: frozenset[str] = frozenset()
    told_contacts_at: datetime | None = None
    protected: bool = False

    @property
    def lives_in(self) -> str:
        """The district as lists and meetings are chosen by it: NOT_KNOWN where none is, nothing where nobody is told."""
        return "" if self.protected else self.district or breakdowns.NOT_KNOWN


class Contacted(NamedTuple):
    """What was tried of late: the last day of an answer, tries in vain since by channel, and channels found to be no good."""

    answered: date | None = None
    tried: Mapping[str, int] = {}
    failed: Mapping[str, datetime] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One learner as the lists show them; told is the last day on which anybody told us something of them, None where nobody
    has, and heard the day from which they have waited: that day, or the start of what was planned, or the day they joined, where
    nobody has told us anything since.
    """

    person: Person
    age: int
    standing: Standing
    activity: Activity | None
    lapsed: bool
    lapses_on: date | None
    neet_since: date | None
    start_agreed: date | None
    left_on: date | None
    heard: date
    told: date | None
    lists: tuple[str, ...] = ()

    @property
    def is_only_planned(self) -> bool:
        """Whether nobody has confirmed what they are taken to do, or told us anything since it was to start."""
        if self.activity is None or self.activity.confirmed:
            return False
        return self.told is None or self.told < self.activity.start

    @property
    def place(self) -> tuple[str, str, str]:
        """Establishment, provider and name of where they are, each empty where it is not known."""
        return self.person.places.get(self.activity.start, ("", "", "")) if self.activity else ("", "", "")


class Rules(NamedTuple):
    """All that a day is worked out by."""

    day: date
    codes: CodeSet
    currency: Edition
    worklists: Worklists


def rows(people: Iterable[Person], rules: Rules) -> list[Row]:
    """Everybody with where they stand and on which lists, in the order of people, as if nobody had answered lately."""
    return [_row(person, rules) for person in people]


def answered_on(row: Row, day: date, rules: Rules) -> Row:
    """A row with the last answer from them taken in."""
    heard = max(row.heard, day)
    return replace(row, heard=heard, told=max(row.told or day, day), lists=_lists(row, heard, rules))


def _row(person: Person, rules: Rules) -> Row:
    where = stood(person.activities, rules.day, rules.codes, rules.currency)
    activity = where.activity
    lapses = rules.currency.lapse_date(activity) if activity else None
    row = Row(
        person, academic_age(person.born, rules.day), where.standing, activity, where.lapsed, lapses,
        neet_since(person.activities, rules.day, rules.codes) if where.standing is Standing.NEET else None,
        _start_agreed(activity, rules), _left_on(person.activities, where, rules),
        activity.assured if activity else person.joined,
        _told(activity, person.activities, rules.day),
    )
    return replace(row, lists=found) if (found := _lists(row, row.heard, rules)) else row


def _told(now: Activity | None, activities: Sequence[Activity], day: date) -> date | None:
    """The last day on which anybody confirmed what somebody does or, of what is only planned, what they did before."""
    if now and now.confirmed:
        return now.confirmed
    return max((one.confirmed for one in activities if one.confirmed and one.start <= day), default=None)


def _start_agreed(activity: Activity | None, rules: Rules) -> date | None:
    """The day on which somebody with an agreed start was to start."""
    rule = rules.worklists.lists[AGREED_START_PASSED]
    if activity is None or activity.code not in rule.codes:
        return None
    return activity.predicted_end or activity.review or days_after(activity.assured, rule.days)


def _left_on(activities: Sequence[Activity], where: Stood, rules: Rules) -> date | None:
    """The day on which somebody who is NEET or not known since was last in education or training, if that has ended."""
    if where.standing not in _AT_A_LOSS or where.activity is None or any(one.start > rules.day for one in activities):
        return None
    families, now = rules.worklists.lists[WITHOUT_NEXT_PLACE].families, where.activity
    if family(now, rules.day, rules) in families:
        return now.predicted_end if now.predicted_end and now.predicted_end < rules.day else None
    since = before = now
    last = rules.day  # on which before was what they were doing
    while before and group_on(before.code, last, rules.codes) in _AT_A_LOSS:
        since, last = before, before.start - timedelta(days=1)
        before = current([one for one in activities if one.start < since.start], rules.day)
    if before is None or family(before, last, rules) not in families:
        return None
    return min(last, before.predicted_end or date.max)


def _lists(row: Row, heard: date, rules: Rules) -> tuple[str, ...]:
    if not row.person.tracked:
        return ()
    lists, day = rules.worklists.lists, rules.day
    ago = timedelta(days=lists[WITHOUT_NEXT_PLACE].days)
    on = {
        NOT_KNOWN: row.standing is Standing.NOT_KNOWN,
        ABOUT_TO_LAPSE: row.standing in (Standing.PARTICIPATING, Standing.OTHER) and row.lapses_on is not None
        and row.lapses_on <= day + timedelta(days=lists[ABOUT_TO_LAPSE].days),
        NEET_OVERDUE: row.standing is Standing.NEET and (day - heard).days > lists[NEET_OVERDUE].days,
        AGREED_START_PASSED: row.start_agreed is not None and row.start_agreed < day,
        WITHOUT_NEXT_PLACE: row.left_on is not None and row.left_on >= day - ago,
    }
    return tuple(name for name, stands in on.items() if stands)


def family(activity: Activity, day: date, rules: Rules) -> str:
    """The family of an activity's code, such as education, as a day is judged; empty where the code is in no list we have."""
    known = rules.codes.as_on(day).get(activity.code)
    return known.facts["family"] if known else ""


def alike(row: Row) -> Likeness:
    """People are alike who are of one academic age, support and district. A simple likeness, and open to all."""
    traits: Collection[str] = row.person.traits
    support = "ehc_plan" if "ehc_plan" in traits else "sen_support" if "sen_support" in traits else ""
    return row.age, support, row.person.district


def chances(found: Iterable[Row], drawn_by: int) -> dict[Likeness, float]:
    """How likely those alike are to be NEET: the share of those of whom we know, drawn towards everybody's share."""
    seen, every = Chances(drawn_by, _EVERYBODY_OR_ALIKE), set[Likeness]()
    for row in found:
        every.add(key := alike(row))
        if row.person.tracked and row.standing in _KNOWN:
            seen.see(key, row.standing is Standing.NEET)
    return {key: seen.of(key) for key in every}
