"""What a young person counts as at a month end: participating, NEET, not known and so on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.currency import Edition


class Standing(StrEnum):
    """The groups of the department's statistics."""

    PARTICIPATING = "participating"
    OTHER = "other"  # in work without study, on a gap year, in re-engagement: neither NEET nor participating
    NEET = "neet"
    NOT_KNOWN = "not_known"
    EXCLUDED = "excluded"  # in adult custody: counted nowhere
    BEFORE = "before"  # of compulsory school age


@dataclass(frozen=True)
class Stood:
    """What somebody counts as at a month end, by which activity; lapsed says that the activity was no longer current."""

    standing: Standing
    activity: Activity | None
    lapsed: bool = False


class Begun(Protocol):
    """What is told apart from another activity by: an Activity, or a row of the register that is counted as one."""

    @property
    def code(self) -> str: ...

    @property
    def start(self) -> date: ...

    @property
    def assured(self) -> date: ...


AnyActivity = TypeVar("AnyActivity", bound=Begun)


def current(activities: Iterable[AnyActivity], on: date) -> AnyActivity | None:
    """The activity that somebody is in on a day: the one that started last.

    Of two that started on one day it is the one confirmed last, and of those the one whose code sorts last.
    """
    begun = [activity for activity in activities if activity.start <= on]
    return max(begun, key=_in_order, default=None)


def stood(activities: Iterable[Activity], on: date, codes: CodeSet, currency: Edition) -> Stood:
    """What somebody counts as on a day, their activity as the list of codes has it on that day.

    Whoever is in adult custody stays so, current or not, since they are counted nowhere. Somebody of whom we hold no activity
    is not known, as is somebody whose activity has lapsed, whatever its code, or has a code of no list: a school leaver of
    whom nobody has heard since is not known from 1 September on.
    """
    activity = current(activities, on)
    if activity is None:
        return Stood(Standing.NOT_KNOWN, None)
    group = group_on(activity.code, on, codes)
    if group is not Standing.EXCLUDED and currency.has_lapsed(activity, on):
        return Stood(Standing.NOT_KNOWN, activity, lapsed=True)
    return Stood(group, activity)


def duty_class(counts: Stood, on: date, codes: CodeSet) -> str:
    """The class under the duty to participate that somebody is of on a day, by what they count as then: not known where no
    activity is known, or it has lapsed, or its code is of no list.
    """
    known = codes.as_on(on).get(counts.activity.code) if counts.activity and not counts.lapsed else None
    return known.facts["duty_class"] if known else Standing.NOT_KNOWN.value


def neet_since(activities: Sequence[Activity], on: date, codes: CodeSet) -> date | None:
    """The first day of the continuous spell of NEET activities that somebody is in on a day; None when in none.

    activities may come in any order. A spell goes on through activities while their codes count as NEET; anything else
    ends it, not known included, and so does a day from which a code no longer counts so. It began on the earliest day that
    any of its activities says, by its own start or by the start of the spell that was told with it; what we hold goes before
    what we were told, so that nothing told reaches back to what broke the spell, or beyond it.
    """
    since, broken = None, date.min
    for start, is_neet, told in _stretches(activities, on, codes):
        if not is_neet:
            since, broken = None, start
            continue
        first = min(told, start) if told and told > broken else start
        since = min(since or first, first)
    return since


def _stretches(activities: Sequence[Activity], on: date, codes: CodeSet) -> Iterator[tuple[date, bool, date | None]]:
    """The times through which somebody was in one activity, NEET or not, up to a day: the first day, whether it was NEET, and
    the start of the spell that was told with it; nothing was told with a time that began because its code turned.
    """
    begun = sorted((activity for activity in activities if activity.start <= on), key=_in_order)
    turns = codes.turns("group")
    for activity, following in zip(begun, [*begun[1:], None], strict=False):
        until = following.start - timedelta(days=1) if following else on
        was_neet = group_on(activity.code, activity.start, codes) is Standing.NEET
        yield activity.start, was_neet, activity.neet_start
        for day in turns.get(activity.code, ()):
            is_neet = group_on(activity.code, day, codes) is Standing.NEET
            if activity.start < day <= until and is_neet != was_neet:
                yield day, is_neet, None
                was_neet = is_neet


def group_on(code: str, day: date, codes: CodeSet) -> Standing:
    """The group that a code of the list activity counts in on a day, current or not; a code of no list is not known."""
    known = codes.as_on(day).get(code)
    return Standing(known.facts["group"]) if known else Standing.NOT_KNOWN


def _in_order(activity: Begun) -> tuple[date, date, str]:
    """What decides which activity is the later: its start, then the day it was confirmed, then its code."""
    return activity.start, activity.assured, activity.code
