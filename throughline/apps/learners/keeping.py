"""Until when records are kept, month by month, and how many were forgotten on which days."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.learners.actions.believing import ROOM
from throughline.apps.learners.actions.forgetting import FORGOTTEN
from throughline.apps.learners.codes import retention
from throughline.apps.learners.models import Learner


@dataclass(frozen=True)
class Ending:
    """How many records are kept no longer once a month is over: of those who left, and of those who grew up.

    month is its first day; None stands for every day that is past, whose records are due now.
    """

    month: date | None
    left: int
    grown_up: int

    @property
    def records(self) -> int:
        """All of them."""
        return self.left + self.grown_up


@dataclass(frozen=True)
class Forgotten:
    """How many were forgotten on a day, and by whose hand where it was not the command's."""

    day: date
    who: str
    many: int


def endings(area: str) -> list[Ending]:
    """What is due, then each month in which the last day of any record lies, the earliest first."""
    today = timezone.localdate()
    rule = retention().on(today)
    found: Counter[tuple[date | None, bool]] = Counter()
    for born, kept_until in Learner.objects.filter(area=area).values_list("born", "kept_until").iterator():
        grown_up = rule.after_growing_up(born)
        last = min(grown_up, kept_until or grown_up)
        found[None if last < today else last.replace(day=1), last == kept_until] += 1
    months = sorted({month for month, _ in found}, key=lambda month: month or date.min)
    return [Ending(month, found[month, True], found[month, False]) for month in months]


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
               "records": one.records}


def forgotten_rows(found: list[Forgotten]) -> Iterator[dict[str, object]]:
    """One row a day, as a file has it."""
    for one in found:
        yield {"day": one.day, "who": one.who, "many": one.many}
