"""What the headline of a return's own records is, counted while it is read, and how far it could fall were they put right."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from throughline.analytics.intake.said import Doing, Said
from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.falling import Falling
from throughline.analytics.participation.standing import Standing, stood
from throughline.apps.learners.codes import codeset, cohort, currency
from throughline.core.ages import academic_age


class HeadlineOfFile:
    """Records let through one by one, each as the last day of the file's month has it. A record is a person: of somebody who has
    several, each counts.
    """

    def __init__(self, month_end: date) -> None:
        self._end, self._ages = month_end, frozenset(cohort().on(month_end).headline_ages)
        self._codes, self._currency = codeset("activity"), currency().on(month_end)
        self._in_cohort = codeset("cohort_status").where(month_end, "in_cohort", "yes")
        self._cohort = 0
        self._falling = Falling(cohort().decided_by)

    def record(self, said: Said, errors: Iterable[tuple[str, str, bool]]) -> None:
        """What a record says, and what is wrong in it, as Falling takes it."""
        standing = self._standing(said)
        among = standing not in (None, Standing.EXCLUDED)
        self._cohort += among
        self._falling.person(errors, unknown=standing is Standing.NOT_KNOWN)

    @property
    def could_fall(self) -> dict[str, Any]:
        """Among how many the headline counts, and by how many points it could fall at most, by who can put errors right."""
        return {"cohort": self._cohort, "points": self._falling.points(self._cohort)}

    def _standing(self, said: Said) -> Standing | None:
        """What somebody counts as; None for whoever the headline does not count."""
        if said.born is None or academic_age(said.born, self._end) not in self._ages:
            return None
        if said.status and said.status not in self._in_cohort:
            return None
        return stood(_held(said.doing), self._end, self._codes, self._currency).standing


def _held(doing: Doing | None) -> list[Activity]:
    if doing is None or doing.start is None:
        return []
    return [Activity(doing.code, doing.start, doing.ascertained, doing.verified, doing.review, doing.predicted_end)]
