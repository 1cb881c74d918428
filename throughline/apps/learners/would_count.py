"""How many young people would count as something else, were a code or a rule said otherwise: asked before it is saved."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import belongs, seen_by
from throughline.apps.learners.sight import opened_by
from throughline.apps.learners.standings import WORDS, by_what_holds, standings_by, told_standing

_FIELDS = {"activity": "codes", "currency": "currency"}  # what each is of all that a day is judged by
_ALWAYS_SAID = (Standing.PARTICIPATING, Standing.OTHER, Standing.NEET, Standing.NOT_KNOWN)  # though nobody is


@dataclass(frozen=True)
class Effect:
    """How many count as what on a day, in words, by what holds and by what would; and how many of all count otherwise by it.

    ahead says that the day is to come, and so is judged by what is known today.
    """

    day: date
    ahead: bool
    rows: list[tuple[str, int, int]]
    moved: int
    of: int


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
    learners = may_count(user).filter(belongs())
    ways = [holds, holds._replace(**{_FIELDS[name]: then})]
    now, after = ([told_standing(each.standing, sensitive) for each in found.values()]
                  for found in standings_by(ways, learners, day))
    if not now:
        return None
    before, since_then = Counter(now), Counter(after)
    rows = [(WORDS[each], before[each], since_then[each]) for each in Standing
            if each in _ALWAYS_SAID or before[each] or since_then[each]]
    return Effect(day, day > today, rows, sum(one is not other for one, other in zip(now, after, strict=True)), len(now))
