"""What a reader is told of an activity: all of it, or its group alone where it tells of health, family, faith or custody."""

from datetime import date
from typing import NamedTuple

from throughline.analytics.participation.standing import Standing
from throughline.apps.learners.codes import codeset, guarded_activities
from throughline.apps.learners.models import Activity
from throughline.apps.learners.places import place_name
from throughline.apps.learners.standings import WORDS, told_standing


class Doing(NamedTuple):
    """An activity as it is told. Of one that is guarded the code, where it was and who told us are empty."""

    code: str
    label: str
    where: str
    source: str

    @property
    def coded(self) -> str:
        """The code, where it is told, and what it means."""
        return f"{self.code} {self.label}".strip()


def doing(activity: Activity, day: date, sensitive: bool) -> Doing:
    """An activity as a day is told of, for somebody who may, or may not, see what is sensitive."""
    code, label = told_code(activity.code, day, sensitive)
    if not code:
        return Doing("", label, "", "")
    where = place_name(activity.establishment_name, activity.establishment or activity.ukprn)
    return Doing(code, label, where, str(activity.source or ""))


def told_code(code: str, day: date, sensitive: bool) -> tuple[str, str]:
    """A code with what it means on a day; for whoever may not see what is sensitive, no code and what its group is called."""
    codes = codeset("activity")
    if sensitive or code not in guarded_activities():
        return code, codes.label(code, day)
    return "", WORDS[told_standing(Standing(codes.as_on(day)[code].facts["group"]), sensitive)]
