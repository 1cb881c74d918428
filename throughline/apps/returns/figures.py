"""A month's numbers for its close: what everybody counts as, the headline, and the honest range of NEET."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import ibis

from throughline.analytics.participation.cohort import Edition
from throughline.analytics.participation.months import participation_month, unbound_register
from throughline.analytics.participation.movement import Stand, counts
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.standing import Standing
from throughline.apps.codelists.queries import codesets
from throughline.apps.learners.codes import cohort, currency
from throughline.apps.learners.extracts import register

_COLUMNS = ("month_end", "learner", "academic_age", "standing")
_DECIMALS = 6


@dataclass(frozen=True)
class Headline:
    """Counts and rates of a month, of the headline's ages; rates are percentages of the cohort, unrounded.

    neet_at_least and neet_at_most are NEET if none and if all of those not known were.
    """

    cohort: int
    neet: int
    not_known: int
    participating: int
    other: int

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


def headline(stands: Mapping[int, Stand]) -> Headline:
    """The headline of what everybody counts as."""
    found = counts(stands.values())
    return Headline(*(found[name] for name in ("cohort", "neet", "not_known", "participating", "other")))


def month_before(month_end: date) -> date:
    """The last day of the month before."""
    return month_end.replace(day=1) - timedelta(days=1)


def standings(area: str, ends: list[date], known: datetime) -> dict[date, dict[int, Stand]]:
    """What everybody in an authority's cohort counts as at each month end, by the register's number, as known at a moment."""
    rules = Rules(codesets(), currency(), cohort())
    found: dict[date, dict[int, Stand]] = {end: {} for end in ends}
    with duckdb.connect() as connection:
        for name, rows in register(area, known).items():
            connection.register(name, rows)
        asked = participation_month(unbound_register(), rules, ends, known, wanted=()).select(*_COLUMNS)
        for end, learner, age, standing in connection.execute(str(ibis.to_sql(asked, dialect="duckdb"))).fetchall():
            found[end][learner] = Stand(Standing(standing), _is_of_headline(age, rules.cohort.on(end)))
    return found


def _is_of_headline(age: int, edition: Edition) -> bool:
    return age in edition.headline_ages
