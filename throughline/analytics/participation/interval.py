"""The NEET interval: how many are NEET, between none and all of those not known, with an estimate by likeness in between.

Whoever is not known is taken to be NEET as often as known people like them are: of the same academic age, then SEND, then
whether of a vulnerable group, then district, each drawn by STRENGTH people towards the one before. The department's own
adjustment, dropped in 2016, was of another kind. It is shown beside the headline, never instead.
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

    cohort: int
    neet: int
    not_known: int
    expected: float  # how many of those not known are NEET, by likeness

    @property
    def low(self) -> float | None:
        """Per cent NEET if none of those not known is."""
        return self._percent(self.neet)

    @property
    def estimate(self) -> float | None:
        """Per cent NEET if those not known are like known people."""
        return self._percent(self.neet + self.expected)

    @property
    def high(self) -> float | None:
        """Per cent NEET if everyone not known is."""
        return self._percent(self.neet + self.not_known)

    def _percent(self, count: float) -> float | None:
        return 100 * count / self.cohort if self.cohort else None


def interval(rows: Iterable[Mapping[str, Any]]) -> Interval:
    """The interval of some people at one month end, rows of participation_month; those who are excluded are left out."""
    counted = [row for row in rows if not row["excluded"]]
    unknown = [row for row in counted if row["standing"] == Standing.NOT_KNOWN]
    chances = Chances(STRENGTH, range(len(LIKENESS) + 1))
    for row in counted:
        if row["standing"] != Standing.NOT_KNOWN:
            chances.see(_alike(row), row["standing"] == Standing.NEET)
    # No more than there are: sums of rates near one may come out a hair above.
    expected = min(sum(chances.of(_alike(row)) for row in unknown), len(unknown))
    neet = sum(row["standing"] == Standing.NEET for row in counted)
    return Interval(len(counted), neet, len(unknown), expected)


def _alike(row: Mapping[str, Any]) -> tuple:
    return tuple(row[name] for name in LIKENESS)
