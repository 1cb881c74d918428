"""A month's numbers for its close: what everybody counts as, the headline, the honest range of NEET, and what moved it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from throughline.analytics.participation.interval import LIKENESS, interval
from throughline.analytics.participation.moved import Move, moved
from throughline.analytics.participation.standing import Standing
from throughline.apps.learners.codes import cohort, rules
from throughline.apps.learners.extracts import register
from throughline.core.ages import born_of_ages

Rows = list[dict[str, Any]]
_COLUMNS = ("month_end", "learner", "standing", "excluded", *LIKENESS)
_HEADLINE = (Standing.NEET, Standing.NOT_KNOWN)
_DECIMALS = 6


@dataclass(frozen=True)
class Headline:
    """Counts and rates of a month, of the headline's ages; rates are percentages of the cohort, not rounded for print.

    The low and high of NEET are what it would be if none and if all of those not known were; the estimate takes them to be
    like known people of their kind.
    """

    cohort: int
    neet: int
    not_known: int
    participating: int
    other: int
    neet_estimate_percent: float | None

    def rate(self, count: int) -> float | None:
        """So many as a percentage of the cohort; None where there is no cohort."""
        return round(100 * count / self.cohort, _DECIMALS) if self.cohort else None

    @property
    def as_figures(self) -> dict[str, Any]:
        """Counts and rates as plain values."""
        return {
            **asdict(self), "neet_percent": self.rate(self.neet), "not_known_percent": self.rate(self.not_known),
            "neet_or_not_known_percent": self.rate(self.neet + self.not_known),
            "participation_percent": self.rate(self.participating),
            "neet_at_least_percent": self.rate(self.neet), "neet_at_most_percent": self.rate(self.neet + self.not_known),
        }


def ages_on(month_end: date) -> tuple[int, ...]:
    """The academic ages that the headline is of."""
    return cohort().on(month_end).headline_ages


def headline(rows: Rows, ages: Collection[int]) -> Headline:
    """The headline of what everybody counts as at one month end."""
    counted = _counted(rows, ages)
    found = Counter(row["standing"] for row in counted)
    estimate = interval(counted).estimate
    return Headline(
        len(counted), found[Standing.NEET], found[Standing.NOT_KNOWN], found[Standing.PARTICIPATING],
        found[Standing.OTHER] + found[Standing.BEFORE],
        None if estimate is None else round(estimate, _DECIMALS),
    )


def _counted(rows: Rows, ages: Collection[int]) -> Rows:
    return [row for row in rows if row["academic_age"] in ages and not row["excluded"]]


def moves(before: Rows, after: Rows, ages: Collection[int]) -> list[Move]:
    """Whoever came to be NEET or not known, or ceased to be, or went from one to the other, between two month ends, and why."""
    return moved(before, after, counts=lambda row: row["standing"] in _HEADLINE, ages=ages)


def counted_as(rows: Rows, ages: Collection[int]) -> dict[int, str]:
    """What those whom the headline counts count as, by the register's number."""
    return {row["learner"]: row["standing"] for row in _counted(rows, ages)}


def standings(area: str, ends: Collection[date], known: datetime) -> Mapping[date, Rows]:
    """Rows of participation_month of everybody in an authority's cohort who is of an age of the headline at any of some month
    ends, by month end, as known at a moment.
    """
    # Only a close needs Ibis, which takes longer to import than a page takes to draw.
    from throughline.analytics.participation.months import participation_month, unbound_register
    from throughline.analytics.warehouse.compiled import duckdb_sql

    stated = rules()
    born = born_of_ages({age for end in ends for age in ages_on(end)}, min(ends), max(ends))
    found: dict[date, Rows] = {end: [] for end in ends}
    with duckdb.connect() as connection:
        for name, rows in register(area, known, born).items():
            connection.register(name, rows)
        # Of rows that are as known at the moment already, so that what is compiled is the same at every moment.
        asked = participation_month(unbound_register(), stated, sorted(ends), None, wanted=("district",)).select(*_COLUMNS)
        for row in connection.execute(duckdb_sql(asked)).fetchall():
            found[row[0]].append(dict(zip(_COLUMNS, row, strict=True)))
    return found
