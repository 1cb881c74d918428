"""What is to be done about a learner, and by when: lapse, review, an agreed start, a contact with somebody who is NEET.

What rooms above keep is due too: each says so through tell_due, when Django starts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.models import User
from throughline.apps.learners.codes import cohort
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import Outside
from throughline.apps.learners.standings import Now
from throughline.core.ages import days_after

SOON = timedelta(days=28)
_FIND_OUT = "Find out what they are doing"


@dataclass(frozen=True)
class Due:
    """One thing that is due, on which day at the latest, why, and the address at which it is done, where it has one.

    day is None where nobody has set one.
    """

    what: str
    day: date | None
    so_that: str
    link: str = ""

    def state(self, today: date) -> str:
        """Overdue, Soon or Later."""
        if self.day is None:
            return "Later"
        if self.day < today:
            return "Overdue"
        return "Soon" if self.day - today <= SOON else "Later"


Told = Callable[[User, Learner], Iterable[Due]]
_above: list[Told] = []


def tell_due(told: Told) -> None:
    """Let a room above say what of its own is due of a learner, as far as a reader may be told; it says nothing otherwise."""
    if told not in _above:
        _above.append(told)


def due_above(reader: User, learner: Learner) -> list[Due]:
    """What rooms above say is due of a learner, for one reader."""
    return [due for told in _above for due in told(reader, learner)]


def in_order(due: Iterable[Due]) -> list[Due]:
    """The earliest first; what has no day last."""
    return sorted(due, key=lambda one: one.day or date.max)


def due_of(
    now: Now, today: date, answered: date | None = None, above: Iterable[Due] = (), gone: Outside | None = None,
) -> list[Due]:
    """What is due of a learner who counts as now says, the earliest first: nothing, whoever says so, of one who is gone from
    the cohort. answered is the last day that they answered on, above what rooms above say is due.
    """
    return [] if gone else in_order([*_due_by_activity(now, today, answered), *above])


def _due_by_activity(now: Now, today: date, answered: date | None) -> list[Due]:
    activity, found, rules = now.stood.activity, [], cohort()
    if now.stood.standing is Standing.NOT_KNOWN:
        since = now.lapses if now.stood.lapsed and now.lapses else activity.start if activity else today
        found.append(Due(_FIND_OUT, since, "They count as not known until somebody does"))
    elif now.left:
        found.append(Due(_FIND_OUT, today, "They left what we hold of them"))
    if activity is None:
        return found
    if now.stood.standing is Standing.NEET:
        heard = max(activity.assured, answered or activity.assured)
        found += [
            Due("Speak to them", days_after(heard, rules.priority_days),
                f"Somebody who is NEET is spoken to every {rules.priority_days} days"),
            Due("Speak to them at the latest", days_after(heard, rules.overdue_days),
                f"After {rules.overdue_days} days nothing we say of them is sure"),
        ]
    elif now.lapses and not now.left and now.stood.standing not in (Standing.EXCLUDED, Standing.NOT_KNOWN):
        found.append(Due("Confirm what they are doing", now.lapses, "After this day they count as not known"))
    if now.guarded or now.left:
        return found
    if activity.review:
        agreed = activity.code in rules.agreed_starts
        found.append(Due("Find out whether they started" if agreed else "Review what they are doing", activity.review,
                         "A start was agreed for this day" if agreed else "It was to be looked at again"))
    if activity.predicted_end:
        found.append(Due("Ask what comes next", activity.predicted_end, "The programme is to end"))
    return found
