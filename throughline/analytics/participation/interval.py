"""The NEET range: how many are NEET, between none and all of those not known, with an estimate by likeness in between.

Whoever is not known is taken to be NEET as often as known people like them are: of the same academic age, then SEND, then
whether of a vulnerable group, then district, each drawn by STRENGTH people towards the one before. The department's own
adjustment, dropped in 2016, was of another kind: adjustment.py has it. The range is shown beside the headline, never instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from throughline.analytics.participation.likeness import Chances
from throughline.analytics.participation.standing import Standing

LIKENESS = ("academic_age", "send", "any_vulnerable", "district")
STRENGTH = 20  # people


@dataclass(frozen=True)
class Interval:
    """Counts, and per cent of the cohort: low if none of the not known is NEET, high if all are. None where nobody is counted."""

    cohort: float  # whole numbers of one month, means of several
    neet: float
    not_known: float
    expected: float  # how many of those not known are NEET, by likeness

    @property
    def low(self) -> float | None:
        """Per cent NEET if none of those not known is."""
        return self.percent(self.neet)

    @property
    def estimate(self) -> float | None:
        """Per cent NEET if those not known are like known people."""
        return self.percent(self.neet + self.expected)

    @property
    def high(self) -> float | None:
        """Per cent NEET if everyone not known is."""
        return self.percent(self.neet + self.not_known)

    def percent(self, count: float) -> float | None:
        """So many of the cohort, per cent; None where nobody is counted."""
        return 100 * count / self.cohort if self.cohort else None


def interval(rows: Iterable[Mapping[str, Any]]) -> Interval:
    """The range of some people at one month end, rows of participation_month; those who are excluded are left out.

    A row may stand for several people who are alike: people says for how many, one without it.
    """
    counted = [(row, row.get("people", 1)) for row in rows if not row["excluded"]]
    unknown = [(row, people) for row, people in counted if row["standing"] == Standing.NOT_KNOWN]
    chances = Chances(STRENGTH, range(len(LIKENESS) + 1))
    for row, people in counted:
        if row["standing"] != Standing.NOT_KNOWN:
            chances.see(_alike(row), row["standing"] == Standing.NEET, people)
    lost = sum(people for _, people in unknown)
    # No more than there are: sums of rates near one may come out a hair above.
    expected = min(sum(people * chances.of(_alike(row)) for row, people in unknown), lost)
    neet = sum(people for row, people in counted if row["standing"] == Standing.NEET)
    return Interval(sum(people for _, people in counted), neet, lost, expected)


def _alike(row: Mapping[str, Any]) -> tuple:
    return tuple(row[name] for name in LIKENESS)
