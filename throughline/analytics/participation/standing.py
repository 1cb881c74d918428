"""What a young person counts as at a month end: participating, NEET, not known and so on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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
    def confirmed(self) -> date: ...


AnyActivity = TypeVar("AnyActivity", bound=Begun)


def current(activities: Iterable[AnyActivity], on: date) -> AnyActivity | None:
    """The activity that somebody is in on a day: the one that started last.

    Of two that started on one day it is the one confirmed last, and of those the one whose code sorts last.
    """
    begun = [activity for activity in activities if activity.start <= on]
    return max(begun, key=_in_order, default=None)


def stood(activities: Iterable[Activity], on: date, codes: CodeSet, currency: Edition) -> Stood:
    """What somebody counts as on a day.

    Whoever is in adult custody stays so, current or not, since they are counted nowhere. Somebody of whom we hold no activity
    is not known, as is somebody whose activity has lapsed, whatever its code, or has a code of no list: a school leaver of
    whom nobody has heard since is not known from 1 September on.
    """
    activity = current(activities, on)
    if activity is None:
        return Stood(Standing.NOT_KNOWN, None)
    known = codes.by_code.get(activity.code)
    group = Standing(known.facts["group"]) if known else Standing.NOT_KNOWN
    if group is not Standing.EXCLUDED and currency.has_lapsed(activity, on):
        return Stood(Standing.NOT_KNOWN, activity, lapsed=True)
    return Stood(group, activity)


def neet_since(activities: Sequence[Activity], on: date, neet: frozenset[str]) -> date | None:
    """The first day of the continuous spell of NEET activities that somebody is in on a day; None when in none.

    activities may come in any order. A spell goes on through activities whose codes are all of neet; anything else
    ends it, not known included. It began on the earliest day that any of its activities says, by its own start or by the
    start of the spell that was told with it; what we hold goes before what we were told, so that nothing told reaches back
    to an activity that broke the spell, or beyond it.
    """
    begun = sorted((activity for activity in activities if activity.start <= on), key=_in_order)
    since, broken = None, date.min
    for activity in begun:
        if activity.code not in neet:
            since, broken = None, activity.start
            continue
        told = activity.neet_start
        first = min(told, activity.start) if told and told > broken else activity.start
        since = min(since or first, first)
    return since


def _in_order(activity: Begun) -> tuple[date, date, str]:
    """What decides which activity is the later: its start, then the day it was confirmed, then its code."""
    return activity.start, activity.confirmed, activity.code
