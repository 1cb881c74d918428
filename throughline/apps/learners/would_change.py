"""What a code or a rule said otherwise would change, asked before it is saved: whom it moves, whom an authority tracks, and what
rooms above count by it, each of which says so through tell_effect, when Django starts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from throughline.analytics.participation.groupnames import BREAKDOWN_NAMES, DUTY
from throughline.analytics.participation.tables import EHC_PLAN
from throughline.apps.accounts.models import User
from throughline.apps.learners.codes import cohort
from throughline.apps.learners.models import Learner, Trait
from throughline.apps.learners.queries import belongs
from throughline.apps.learners.would_count import Effect, Row, may_count, would_count
from throughline.ui.formats import day as in_words
from throughline.ui.formats import number


@dataclass(frozen=True)
class Change:
    """A list or a file of rules by its name as it would be, who asks, the day it is asked of, and the learners it is asked of.

    ahead says that the day is to come, and so is judged by what is known today.
    """

    user: User
    name: str
    then: Any
    day: date
    ahead: bool
    learners: QuerySet[Learner]

    @property
    def when(self) -> str:
        """The day, as it stands in a sentence."""
        return f"on {in_words(self.day)}, by what is known today" if self.ahead else "today"


@dataclass(frozen=True)
class Table:
    """How many there are of some things by what holds and by what would; told says in whole sentences what the rows do not."""

    id: str
    title: str
    heading: str
    rows: list[Row]
    told: str = ""


@dataclass(frozen=True)
class Overview:
    """All that a change would do: whom it moves, what else it changes, and what was not tried since it does not go by it."""

    effect: Effect | None
    tables: list[Table] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)


# What a room answers of a change: a table, or the words for what was not counted anew since it does not go by what changes.
Told = Callable[[Change], Table | str]
_above: list[Told] = []


def tell_effect(told: Told) -> None:
    """Let a room above say what a change would do to what it counts."""
    if told not in _above:
        _above.append(told)


def would_change(user: User, name: str, then: Any, since: date | None) -> Overview | None:
    """What the list or the rules of a name, as they would be, change of the young people of a user's authority.

    It is asked of today or, of what is to hold from a later day on, of that day. Restricted records count for whoever has opened
    them. None for whoever may see no young people.
    """
    learners, today = may_count(user), timezone.localdate()
    if not learners.exists():
        return None
    day = max(since or today, today)
    change, effect = Change(user, name, then, day, day > today, learners), would_count(user, name, then, since)
    told: list[Table | str] = [*_classed(effect, change), _tracked(change), *(each(change) for each in _above)]
    untried = [*([] if effect else ["what your young people count as"]), *(each for each in told if isinstance(each, str))]
    return Overview(effect, [each for each in told if isinstance(each, Table)], untried)


def _classed(effect: Effect | None, change: Change) -> list[Table]:
    """How many are of each class under the duty to take part; no table where they are not told."""
    if effect is None or not effect.classes:
        return []
    return [Table("duty", f"{BREAKDOWN_NAMES[DUTY]} {change.when}", "Class", effect.classes,
                  f"{number(effect.reclassed)} of {number(effect.of)} would be of another class.")]


def _tracked(change: Change) -> Table | str:
    """How many of the cohort are of an age to be tracked; who no longer would be, and who would come in."""
    if change.name != "cohort":
        return "who is tracked"
    day, now, then = change.day, cohort().on(change.day), change.then.on(change.day)
    plans = set(Trait.objects.known().on(day).filter(trait=EHC_PLAN).values_list("learner_id", flat=True))
    people = change.learners.filter(belongs()).values_list("pk", "born")
    both = [(now.tracks(born, pk in plans, day), then.tracks(born, pk in plans, day)) for pk, born in people]
    out, into = both.count((True, False)), both.count((False, True))
    return Table("tracked", f"Who would be tracked {change.when}", "Of your authority’s cohort",
                 [("Tracked", sum(before for before, _ in both), sum(after for _, after in both))],
                 f"{number(out)} would be tracked no more, and {number(into)} would come in. Whoever is not tracked is "
                 "returned as none of the cohort, and is on no worklist and in no headline.")
