"""What the headline of a return's own records is, counted while it is read, and how far it could move were they put right."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from throughline.analytics.formats.nccis.checking import Error
from throughline.analytics.formats.nccis.days import as_day
from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.intake.records import doing_by_days
from throughline.analytics.intake.said import Doing
from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.standing import Standing, stood
from throughline.analytics.participation.swing import ALL, Swing
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
        self._swing = Swing(cohort())

    def record(self, record: Record, errors: Iterable[Error]) -> None:
        """A record, of which the headline takes three things and no more is read, and what is wrong in it."""
        doing = doing_by_days(record, self._end, self._activities)
        standing = self._headline.standing(as_day(record.dob), record.cohort_status, _held(doing))
        among = standing not in (None, Standing.EXCLUDED)
        self._cohort += among
        wrong = [(str(error.rule.who), error.rule.element, error.is_warning) for error in errors]
        self._swing.person(wrong, standing)

    @property
    def could_fall(self) -> dict[str, Any]:
        """How far it could fall, and rise, as a delivery keeps it."""
        return could_move(self._swing, self._cohort)


def could_move(swing: Swing, cohort: int) -> dict[str, Any]:
    """Among how many the headline counts, and by how many points it could fall and rise at most, by who can put errors right."""
    return {"cohort": cohort, "points": swing.falls(cohort), "rises": swing.rises(cohort)}


class Move(NamedTuple):
    """By how many points at most the headline of a file could fall and rise were put right what somebody can; None where that
    was not counted, they can put nothing right, or the headline counts nobody.
    """

    fall: float | None
    rise: float | None

    @property
    def in_words(self) -> str:
        """How far NEET or not known could move, to stand after it; empty where nothing of it is known."""
        if self.fall is None:
            return ""
        rise = "" if self.rise is None else f" and rise by at most {self.rise:.1f}"
        return f"could fall by at most {points(self.fall)}{rise}"


def move_of(could_fall: Mapping[str, Any], who: str = ALL) -> Move:
    """How far the headline could move of what a delivery keeps, were put right what some can or all."""
    return Move(*(could_fall.get(way, {}).get(who) for way in ("points", "rises")))


def fall_in_words(could_fall: Mapping[str, Any]) -> str:
    """How far the headline of a file could move, in a sentence; empty where nothing of it breaks a rule, or it counts nobody."""
    if not (move := move_of(could_fall).in_words):
        return ""
    return (f"Among the {could_fall['cohort']:,} whom the headline counts in it, NEET or not known {move} if all that breaks a "
            "rule of the return were put right.")


def _held(doing: Doing | None) -> list[Activity]:
    if doing is None or doing.start is None:
        return []
    return [Activity(doing.code, doing.start, doing.ascertained, doing.verified, doing.review, doing.predicted_end)]
