"""A worklist as it is shown: who stands on it, why, whom to try first and how."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.contacting import Case, Contacting, Next, best_next, oldest_first
from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.worklists import (
    ABOUT_TO_LAPSE,
    AGREED_START_PASSED,
    LISTS,
    NEET_OVERDUE,
    WITHOUT_NEXT_PLACE,
    Worklist,
)
from throughline.apps.accounts.places import school_names
from throughline.apps.followup import rules as stated
from throughline.apps.followup.models import Following
from throughline.apps.followup.register import Register
from throughline.apps.followup.standing import Row, alike
from throughline.apps.learners.doing import last_confirmed
from throughline.ui.formats import count, day

BEST, WAITING = "best", "waiting"
ORDERS = ((BEST, "Best next contact"), (WAITING, "Longest waiting first"))
NOBODY = "nobody"
_FILTERS = ("district", "age", "school", "provider", "officer", "vulnerable")


@dataclass(frozen=True)
class Entry:
    """Somebody on a list: where they stand, the next try that gains most, who follows them, and the next day set.

    before is what they were last known to do, where nothing has been known since.
    """

    row: Row
    next: Next
    officer: int | None
    next_contact: date | None
    reason: str
    tries: int
    before: Activity | None = None

    @property
    def pk(self) -> int:
        """The learner's number in the database."""
        return self.row.person.pk

    @property
    def channel(self) -> str:
        """The channel suggested, in words."""
        return self.next.channel.title if self.next.channel else "No way of reaching them is recorded"

    @property
    def likely(self) -> str:
        """How many of a hundred people like them are NEET; nothing of somebody who is."""
        return "" if self.of_100 is None else f"{self.of_100} in 100"

    @property
    def of_100(self) -> int | None:
        """The same as a number."""
        return None if self.row.standing is Standing.NEET else round(100 * self.next.case.neet_chance)

    @property
    def way(self) -> tuple[str, str]:
        """The channel suggested, and why."""
        return self.channel, channel_reason(self.next)

    @property
    def place_before(self) -> tuple[str, str, str]:
        """Establishment, provider and name of where they were last known to be."""
        return self.row.person.places.get(self.before.start, ("", "", "")) if self.before else ("", "", "")


def counts(held: Register) -> dict[str, int]:
    """How many stand on each list."""
    tally = dict.fromkeys(LISTS, 0)
    for row in held.rows.values():
        for name in row.lists:
            tally[name] += 1
    return tally


@dataclass(frozen=True)
class Listing(Sequence[Entry]):
    """A list in its order. Its entries are made when they are asked for, since a page shows few of many."""

    rule: Worklist
    held: Register
    followed: Mapping[int, Following]
    tries: Sequence[Next]

    def __len__(self) -> int:
        return len(self.tries)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self._entry(one) for one in self.tries[at]]
        return self._entry(self.tries[at])

    def without(self, shut: Collection[int]) -> "Listing":
        """The list without these learners."""
        return replace(self, tries=[one for one in self.tries if one.case.learner not in shut])

    def _entry(self, one: Next) -> Entry:
        row, following = self.held.rows[one.case.learner], self.followed.get(one.case.learner)
        return Entry(row, one, following.officer_id if following else None, following.next_contact if following else None,
                     why(row, self.rule, self.held.rules.day), sum(self.held.tries(row.person.pk).tried.values()),
                     known_before(row, self.held.rules.codes, self.held.rules.day))


def entries(held: Register, name: str, asked: Mapping[str, Any]) -> Listing:
    """Everybody on a list whom the filters leave, in the order asked for.

    asked may hold district, age, school, provider, officer (a number, or nobody), vulnerable (yes or no) and order.
    """
    rule, contacting = held.rules.worklists.lists[name], stated.contacting()
    followed = {one.learner_id: one for one in Following.objects.filter(learner__area=held.area)}
    rows = (row for row in held.rows.values() if name in row.lists and fits(row, followed.get(row.person.pk), asked))
    cases = [case(row, rule, held, contacting) for row in rows]
    return Listing(rule, held, followed, (oldest_first if asked.get("order") == WAITING else best_next)(cases, contacting))


def places_on(held: Register, name: str, shut: Collection[int]) -> tuple[dict[str, str], dict[str, str]]:
    """The schools that those on a list were at when 16, and where they are or were last; each by number with its name.

    Those whose records are shut are left out: a place that is theirs alone would tell where they are.
    """
    listed = [row for row in held.rows.values() if name in row.lists and row.person.pk not in shut]
    named = {number_of(row): row.place[2] for row in listed}
    schools, places = {row.person.school_at_16 for row in listed} - {""}, named.keys() - {""}
    called = school_names(schools | places)
    return ({number: called.get(number, f"Number {number}") for number in schools},
            {number: called.get(number) or named[number] or f"Number {number}" for number in places})


def number_of(row: Row) -> str:
    """The establishment number of where somebody is or was last, its provider number where it has none, or nothing."""
    return row.place[0] or row.place[1]


def numbers_of(entries: Iterable[Entry]) -> set[str]:
    """The numbers of all places that are told of these on a list."""
    return {number for entry in entries for number in (number_of(entry.row), *entry.place_before[:2])}


def fits(row: Row, following: Following | None, asked: Mapping[str, Any]) -> bool:
    """Whether the filters leave somebody in."""
    given = {name: str(asked[name]) for name in _FILTERS if asked.get(name)}
    if not given:
        return True
    person, officer = row.person, following.officer_id if following else None
    held = {
        "district": (person.lives_in,), "age": (str(row.age),), "school": (person.school_at_16,), "provider": row.place[:2],
        "officer": (str(officer) if officer else NOBODY,), "vulnerable": ("yes" if person.vulnerable else "no",),
    }
    return all(wanted in held[name] for name, wanted in given.items())


def case(row: Row, rule: Worklist, held: Register, contacting: Contacting) -> Case:
    """Somebody on a list as the order takes them; means that turned out to be no good are left out until others are told."""
    person, tried = row.person, held.tries(row.person.pk)
    channels = contacting.channels
    no_good = {channels[name].needs for name, at in tried.failed.items()
               if name in channels and (person.told_contacts_at is None or person.told_contacts_at <= at)}
    lapses_in = (row.lapses_on - held.rules.day).days if row.lapses_on and rule.id == ABOUT_TO_LAPSE else None
    return Case(person.pk, rule.why, max((held.rules.day - row.heard).days, 0), held.chances[alike(row)], lapses_in, tried.tried,
                person.has - no_good, person.vulnerable)


def why(row: Row, rule: Worklist, today: date) -> str:
    """Why somebody stands on a list, in a few words of their own."""
    heard = _last_heard(row, today)
    if rule.id == ABOUT_TO_LAPSE and row.lapses_on:
        return f"Lapses after {day(row.lapses_on)}"
    if rule.id == NEET_OVERDUE:
        since = f" since {day(row.neet_since)}" if row.neet_since else ""
        return f"NEET{since}; {heard}"
    if rule.id == AGREED_START_PASSED:
        return f"Was to start on {day(row.start_agreed)}"
    if row.left_on and rule.id == WITHOUT_NEXT_PLACE:
        return f"Left on {day(row.left_on)}"
    if row.lapsed:
        return f"What we knew lapsed after {day(row.lapses_on)}; {heard}"
    return f"{heard[:1].upper()}{heard[1:]}" if row.activity else "Nothing has been recorded since they joined"


def _last_heard(row: Row, today: date) -> str:
    """How long ago somebody was last heard of; of a planned start, after which nobody was, that it is one."""
    if row.activity and row.is_only_planned:
        return last_confirmed(row.activity)
    ago = (today - (row.told or row.heard)).days
    return f"last heard of {count(ago, 'day')} ago" if ago > 0 else "last heard of today"


def known_before(row: Row, codes: CodeSet, day: date) -> Activity | None:
    """What somebody was last known to do, where all that is recorded since is that nobody knows."""
    if row.activity is None or row.activity.code not in (unknown := codes.where(day, "group", Standing.NOT_KNOWN)):
        return None
    earlier = [one for one in row.person.activities if one.start < row.activity.start and one.code not in unknown]
    return max(earlier, key=lambda one: one.start, default=None)


def way_of_all(entries: Iterable[Entry]) -> tuple[str, str] | None:
    """The channel suggested for everybody on a page, and why, where it is the same for all of several; otherwise None."""
    ways = [entry.way for entry in entries]
    return ways[0] if len(ways) > 1 and len(set(ways)) == 1 else None


def channel_reason(one: Next) -> str:
    """Why this channel, now: what a try is likely to bring."""
    if one.channel is None:
        return "Find a number, an address or somebody to ask first"
    tried = (one.case.tried or {}).get(one.channel.id, 0)
    said = f"about {round(100 * one.chance)} in 100 answer"
    return f"{said} after {count(tried, 'try', 'tries')} in vain" if tried else said
