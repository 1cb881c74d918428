"""How many young people would count as something else, were a code or a rule said otherwise: asked before it is saved."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from throughline.analytics.participation.groupnames import DUTY, DUTY_CLASSES, group_name
from throughline.analytics.participation.standing import Standing, Stood, duty_class
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.codes import rules
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import belongs, seen_by
from throughline.apps.learners.sight import opened_by
from throughline.apps.learners.standings import WORDS, By, by_what_holds, standings_by, told_standing

_FIELDS = {"activity": "codes", "currency": "currency"}  # what each is of all that a day is judged by
_What = TypeVar("_What", bound=str)  # a standing or a class of the duty
_ALWAYS_SAID = (Standing.PARTICIPATING, Standing.OTHER, Standing.NEET, Standing.NOT_KNOWN)  # though nobody is

Row = tuple[str, int, int]  # what it is in words, how many by what holds, how many by what would


@dataclass(frozen=True)
class Effect:
    """How many count as what on a day, in words, by what holds and by what would; and how many of all count otherwise by it.

    ahead says that the day is to come, and so is judged by what is known today. classes are those under the duty to take part,
    and reclassed says how many would be of another one; there are none for whoever may not see what is sensitive, since some
    tell of health or family.
    """

    day: date
    ahead: bool
    rows: list[Row]
    moved: int
    of: int
    classes: list[Row]
    reclassed: int


def may_count(user: User) -> QuerySet[Learner]:
    """The learners of whom a user is told how many a change would move: restricted ones where they have opened the record."""
    return seen_by(user).filter(Q(restricted=False) | Q(pk__in=opened_by(user)))


def would_count(user: User, name: str, then: Any, since: date | None) -> Effect | None:
    """Of the young people of a user's authority's cohort, how many count as what by what holds and by what would.

    then is the list activity or the rules of currency as they would be, by their name; what else is said otherwise has nothing
    to do with what anybody counts as, and gives None. So does a user who may see no young people. It is asked of today or, of
    what is to hold from a later day on, of that day. Restricted records are counted for whoever has opened them.
    """
    if name not in _FIELDS:
        return None
    holds, today, sensitive = by_what_holds(), timezone.localdate(), may(user, Permission.SEE_SENSITIVE)
    day = max(since or today, today)
    ways = [holds, holds._replace(**{_FIELDS[name]: then})]
    found = [list(stood.values()) for stood in standings_by(ways, may_count(user).filter(belongs()), day)]
    if not found[0]:
        return None
    now, after = ([told_standing(each.standing, sensitive) for each in stood] for stood in found)
    classes, reclassed = _by_class(found, ways, day) if sensitive else ([], 0)
    return Effect(day, day > today, _counted(now, after, WORDS, _ALWAYS_SAID), _differ(now, after), len(now), classes, reclassed)


def _by_class(found: Iterable[list[Stood]], ways: Iterable[By], day: date) -> tuple[list[Row], int]:
    """How many are of each class under the duty to take part, in each of two ways, and how many of another one."""
    now, after = ([duty_class(each, day, way.codes) for each in stood] for stood, way in zip(found, ways, strict=True))
    by, classes = rules(), dict.fromkeys([*DUTY_CLASSES, *sorted({*now, *after})])
    return _counted(now, after, {each: group_name(by, DUTY, each, day) for each in classes}, DUTY_CLASSES), _differ(now, after)


def _counted(now: list[_What], after: list[_What], called: Mapping[_What, str], always: Collection[_What]) -> list[Row]:
    """How many are what, in the order in which it is called; what nobody is either way only where it is always said."""
    before, since_then = Counter(now), Counter(after)
    return [(words, before[each], since_then[each]) for each, words in called.items()
            if each in always or before[each] or since_then[each]]


def _differ(now: list[_What], after: list[_What]) -> int:
    return sum(one != other for one, other in zip(now, after, strict=True))
