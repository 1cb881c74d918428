"""What a reader is told of an activity: all of it, or its group alone where it tells of health, family, faith or custody; and of
leaving it: the reason and what was meant to come next, for those who see what is sensitive; of a file the reason too, unless that
tells of such things.
"""

from datetime import date
from typing import NamedTuple

from django.utils import timezone

from throughline.analytics.participation.activity import Activity as Counted
from throughline.analytics.participation.standing import Standing
from throughline.apps.learners.codes import codeset, guarded_activities, guarded_reasons
from throughline.apps.learners.models import Activity
from throughline.apps.learners.places import place_name
from throughline.apps.learners.standings import WORDS, told_standing
from throughline.ui.formats import day as in_words


class Doing(NamedTuple):
    """An activity as it is told. Of one that is guarded the code, where it was, who told us, and all about leaving are empty.

    left says that they left it, where it is told, in words that go on a sentence.
    """

    code: str
    label: str
    where: str
    source: str
    reason: str = ""
    intended: str = ""
    left: str = ""

    @property
    def coded(self) -> str:
        """The code, where it is told, and what it means."""
        return f"{self.code} {self.label}".strip()

    @property
    def leaving(self) -> str:
        """Why they left and what they meant to do next, in words; empty where nobody said."""
        return "; ".join(filter(None, (self.reason and f"Left because: {self.reason}",
                                       self.intended and f"Meant to do next: {self.intended}")))


def doing(activity: Activity, day: date, sensitive: bool) -> Doing:
    """An activity as a day is told of, for somebody who may, or may not, see what is sensitive. What was said on leaving is for
    the former alone: a place sees what its own did elsewhere, and what was said there is nothing that it was told.
    """
    code, label = told_code(activity.code, day, sensitive)
    if not code:
        return Doing("", label, "", "")
    where = place_name(activity.establishment_name, activity.establishment or activity.ukprn)
    told = Doing(code, label, where, str(activity.source or ""))
    if not sensitive:
        return told
    return told._replace(reason=reason_label(activity.leaving_reason, day), intended=intended_label(activity.intended_next, day),
                         left=left(activity, day))


def left(activity: Activity, day: date) -> str:
    """That they left an activity before a day, in words that go on a sentence; nothing where they are not known to have."""
    if not activity.left_before(day):
        return ""
    return f"left on {in_words(activity.predicted_end)}" if activity.predicted_end else "left, day not known"


def begun(activity: Activity | Counted, day: date | None = None) -> str:
    """What is said, on a day (today), before the day on which an activity starts. One that nobody has confirmed was planned
    when it was recorded: whatever has started is confirmed by whoever tells of it.
    """
    if activity.confirmed:
        return "since"
    return "was to start on" if activity.start < (day or timezone.localdate()) else "planned to start on"


def from_when(activity: Activity | Counted) -> str:
    """From which day an activity is held, in words that go on a sentence."""
    return f"{begun(activity)} {in_words(activity.start)}"


def last_confirmed(activity: Activity | Counted) -> str:
    """When somebody last confirmed an activity, in words that go on a sentence; that it is or was planned, where nobody has."""
    if activity.confirmed:
        return f"last confirmed on {in_words(activity.confirmed)}"
    return f"{from_when(activity)}, not confirmed by anybody yet"


def since(activity: Activity | Counted) -> str:
    """From which day an activity is held and when somebody last confirmed it, in words that go on a sentence."""
    told = last_confirmed(activity)
    return f"{from_when(activity)}, {told}" if activity.confirmed else told


def told_reason(code: str, day: date, sensitive: bool) -> str:
    """What the code of a reason for leaving means on a day, nothing for none; nothing of one that is guarded either for whoever
    may not see what is sensitive, since few are, and that there is one would tell it.
    """
    return "" if not sensitive and code in guarded_reasons() else reason_label(code, day)


def reason_label(code: str, day: date) -> str:
    """What a reason for leaving means on a day; nothing for none."""
    return codeset("leaving_reason").label(code, day) if code else ""


def intended_label(code: str, day: date) -> str:
    """What was meant to come next, as a day understands its code; nothing for none."""
    return codeset("intended_destination").label(code, day) if code else ""


def told_code(code: str, day: date, sensitive: bool) -> tuple[str, str]:
    """A code with what it means on a day; for whoever may not see what is sensitive, no code and what its group is called."""
    codes = codeset("activity")
    if sensitive or code not in guarded_activities():
        return code, codes.label(code, day)
    return "", WORDS[told_standing(Standing(codes.as_on(day)[code].facts["group"]), sensitive)]
