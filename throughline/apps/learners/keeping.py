"""Until when records are kept, month by month, and how many were forgotten on which days."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from throughline.analytics.participation.retention import Edition
from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.learners.actions.believing import ROOM
from throughline.apps.learners.actions.forgetting import FORGOTTEN
from throughline.apps.learners.codes import retention
from throughline.apps.learners.models import KeptLonger, Learner
from throughline.apps.learners.queries import kept_longer_until, kept_no_longer, with_longer

_OF_ONE = ("born", "left_on", "kept_until", "longer")  # what says how long a record is kept, beside the rule
LEFT, GROWN_UP, LONGER = "left", "grown_up", "longer"
WHY = {LEFT: "the term after leaving the cohort", GROWN_UP: "the term after growing up", LONGER: "as somebody decided"}


@dataclass(frozen=True)
class Ending:
    """How many records are kept no longer once a month is over: of those who left, of those who grew up, and of those whom
    somebody decided to keep that long.

    month is its first day; None stands for every day that is past, whose records are due now.
    """

    month: date | None
    left: int
    grown_up: int
    longer: int

    @property
    def records(self) -> int:
        """All of them."""
        return self.left + self.grown_up + self.longer


class Last(NamedTuple):
    """The last day on which a record is kept, and why it is that one: LEFT, GROWN_UP or LONGER."""

    day: date
    why: str


@dataclass(frozen=True)
class Forgotten:
    """How many were forgotten on a day, and by whose hand where it was not the command's."""

    day: date
    who: str
    many: int


def last_day(rule: Edition, born: date, left_on: date | None, kept_until: date | None, longer: date | None) -> Last:
    """The last day on which a record is kept: the earliest of the days that end it, or the one that somebody decided on."""
    left = [day for day in (rule.after_leaving(left_on) if left_on else None, kept_until) if day]
    held = min([*(Last(day, LEFT) for day in left), Last(rule.after_growing_up(born), GROWN_UP)], key=lambda last: last.day)
    return Last(longer, LONGER) if longer and longer > held.day else held


def last_day_of(learner: Learner) -> Last:
    """The last day on which a learner's record is kept."""
    held = kept_longer_until(learner)
    return last_day(retention().on(timezone.localdate()), learner.born, learner.left_on, learner.kept_until,
                    held.until if held else None)


def endings(area: str) -> list[Ending]:
    """What is due, then each month in which the last day of any record lies, the earliest first."""
    today = timezone.localdate()
    rule = retention().on(today)
    found: Counter[tuple[date | None, str]] = Counter()
    held = with_longer(Learner.objects.filter(area=area)).order_by()
    for of_one in held.values_list(*_OF_ONE).iterator():
        last = last_day(rule, *of_one)
        found[None if last.day < today else last.day.replace(day=1), last.why] += 1
    months = sorted({month for month, _ in found}, key=lambda month: month or date.min)
    return [Ending(month, *(found[month, why] for why in (LEFT, GROWN_UP, LONGER))) for month in months]


def over(area: str) -> list[tuple[int, Last]]:
    """Whose records are kept no longer today, by their number in the database, each with its last day, the longest over first."""
    today = timezone.localdate()
    rule = retention().on(today)
    found = [(pk, last_day(rule, *of_one)) for pk, *of_one in kept_no_longer(area, today).values_list("pk", *_OF_ONE)]
    return sorted(found, key=lambda one: (one[1].day, one[0]))


def kept_longer(area: str) -> list[KeptLonger]:
    """The decisions by which records of an authority are kept longer today, those that end first first."""
    today = timezone.localdate()
    held = with_longer(Learner.objects.filter(area=area)).filter(longer__gte=today)
    decided = KeptLonger.objects.filter(learner__in=held.values("pk")).select_related("learner", "by").order_by("-at", "-pk")
    latest: dict[int, KeptLonger] = {}
    for one in decided:
        latest.setdefault(one.learner_id, one)
    return sorted(latest.values(), key=lambda one: (one.until or date.max, one.pk))


def forgotten(area: str) -> list[Forgotten]:
    """What was forgotten, the latest day first, as the audit says."""
    days: Counter[tuple[date, str]] = Counter()
    entries = AuditEntry.objects.filter(room=ROOM, verb=Verb.REMOVED, subject_kind="learners", subject_id=area)
    for entry in entries.only("at", "who_email", "detail"):
        days[timezone.localdate(entry.at), entry.who_email] += len(entry.detail.get(FORGOTTEN, ()))
    return [Forgotten(day, who, many) for (day, who), many in sorted(days.items(), reverse=True)]


def ending_rows(found: list[Ending]) -> Iterator[dict[str, object]]:
    """One row a month, as a file has it."""
    for one in found:
        yield {"month": f"{one.month:%Y-%m}" if one.month else "due now", "left": one.left, "grown_up": one.grown_up,
               "longer": one.longer, "records": one.records}


def forgotten_rows(found: list[Forgotten]) -> Iterator[dict[str, object]]:
    """One row a day, as a file has it."""
    for one in found:
        yield {"day": one.day, "who": one.who, "many": one.many}


def longer_rows(found: list[KeptLonger]) -> Iterator[dict[str, object]]:
    """One row a record that is kept longer, as a file has it: by number, as the audit has young people."""
    for one in found:
        yield {"number": one.learner.number, "until": one.until, "reason": one.reason, "who": one.by.email if one.by else "",
               "at": timezone.localdate(one.at)}
