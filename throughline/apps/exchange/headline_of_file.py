"""What the headline of a return's own records is, counted while it is read, and how far it could fall were they put right."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from throughline.analytics.formats.nccis.checking import Error
from throughline.analytics.formats.nccis.days import as_day
from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.intake.records import doing_by_days
from throughline.analytics.intake.said import Doing
from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.falling import ALL, Falling
from throughline.analytics.participation.standing import Standing, stood
from throughline.apps.learners.codes import codeset, cohort, currency
from throughline.core.ages import academic_age
from throughline.ui.formats import points


class Headline:
    """Whom the headline of a month counts, and as what."""

    def __init__(self, month_end: date) -> None:
        self._end, self._ages = month_end, frozenset(cohort().on(month_end).headline_ages)
        self._codes, self._currency = codeset("activity"), currency().on(month_end)
        self._in_cohort = codeset("cohort_status").where(month_end, "in_cohort", "yes")

    def standing(self, born: date | None, status: str, activities: Iterable[Activity]) -> Standing | None:
        """What somebody of a cohort status, empty while nobody says one, counts as; None for whoever it does not count."""
        if born is None or academic_age(born, self._end) not in self._ages:
            return None
        if status and status not in self._in_cohort:
            return None
        return stood(activities, self._end, self._codes, self._currency).standing


class HeadlineOfFile:
    """Records let through one by one, each as the last day of the file's month has it. A record is a person: of somebody who has
    several, each counts.
    """

    def __init__(self, month_end: date) -> None:
        self._headline, self._end = Headline(month_end), month_end
        self._activities = codeset("activity").by_code
        self._cohort = 0
        self._falling = Falling(cohort().decided_by)

    def record(self, record: Record, errors: Iterable[Error]) -> None:
        """A record, of which the headline takes three things and no more is read, and what is wrong in it."""
        doing = doing_by_days(record, self._end, self._activities)
        standing = self._headline.standing(as_day(record.dob), record.cohort_status, _held(doing))
        among = standing not in (None, Standing.EXCLUDED)
        self._cohort += among
        wrong = [(str(error.rule.who), error.rule.element, error.is_warning) for error in errors]
        self._falling.person(wrong, unknown=standing is Standing.NOT_KNOWN)

    @property
    def could_fall(self) -> dict[str, Any]:
        """Among how many the headline counts, and by how many points it could fall at most, by who can put errors right."""
        return {"cohort": self._cohort, "points": self._falling.points(self._cohort)}


def fall_in_words(could_fall: Mapping[str, Any]) -> str:
    """How far the headline of a file could fall, in a sentence; empty where nothing of it breaks a rule, or it counts nobody."""
    fall = could_fall.get("points", {}).get(ALL)
    if fall is None:
        return ""
    return (f"Among the {could_fall['cohort']:,} whom the headline counts in it, NEET or not known could fall by at most "
            f"{points(fall)} if all that breaks a rule of the return were put right.")


def _held(doing: Doing | None) -> list[Activity]:
    if doing is None or doing.start is None:
        return []
    return [Activity(doing.code, doing.start, doing.ascertained, doing.verified, doing.review, doing.predicted_end)]
