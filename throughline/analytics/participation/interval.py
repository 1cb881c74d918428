"""The NEET interval: how many are NEET, between none and all of those not known, with an estimate by likeness in between.

Whoever is not known is taken to be NEET as often as known people like them are: of the same academic age, then SEND, then
whether of a vulnerable group, then district. Each step's rate is drawn towards that of the step before as though STRENGTH
more people had been seen there, so that a handful of known people do not speak for many. Ours; no national rule does this,
and the department's own adjustment, dropped in 2016, was of another kind. It is shown beside the headline, never instead.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from throughline.analytics.participation.standing import Standing

LIKENESS = ("academic_age", "send", "any_vulnerable", "district")
STRENGTH = 20  # people
_NOBODY_KNOWN = 0.5  # where nobody at all is known, nothing speaks for either


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
    known, neet = _seen(row for row in counted if row["standing"] != Standing.NOT_KNOWN)
    # No more than there are: sums of rates near one may come out a hair above.
    expected = min(sum(_likely(row, known, neet) for row in unknown), len(unknown))
    return Interval(len(counted), neet[()], len(unknown), expected)


def _seen(rows: Iterable[Mapping[str, Any]]) -> tuple[Counter[tuple], Counter[tuple]]:
    """Of each likeness, from none to all of it: how many are known, and how many of them are NEET."""
    known: Counter[tuple] = Counter()
    neet: Counter[tuple] = Counter()
    for row in rows:
        for steps in range(len(LIKENESS) + 1):
            alike = tuple(row[name] for name in LIKENESS[:steps])
            known[alike] += 1
            neet[alike] += row["standing"] == Standing.NEET
    return known, neet


def _likely(row: Mapping[str, Any], known: Counter[tuple], neet: Counter[tuple]) -> float:
    """How likely somebody like this is NEET, from everyone down to those most like them."""
    rate = neet[()] / known[()] if known[()] else _NOBODY_KNOWN
    for steps in range(1, len(LIKENESS) + 1):
        alike = tuple(row[name] for name in LIKENESS[:steps])
        rate = (neet[alike] + STRENGTH * rate) / (known[alike] + STRENGTH)
    return rate
