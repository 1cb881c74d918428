"""How long a young person's record is kept: the rules of definitions/rules/retention.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from throughline.analytics.participation.stated import Amended, stated_editions, whole
from throughline.core.ages import academic_age, academic_year, months_after
from throughline.core.editions import held_on

_MONTHS = 12
_AGES = 16, 25  # the last academic age of a cohort
_YEARS = 1, 30  # a record that is taken away for good is kept for a year at least


@dataclass(frozen=True)
class Edition:
    """last_age is the academic age with whose year tracking ends; years_after how long a record is kept after leaving."""

    starts: date
    last_age: int
    years_after: int
    confidence: str
    source: str

    def after_leaving(self, left: date) -> date:
        """The last day on which the record of somebody who left on a day is kept."""
        return months_after(left, _MONTHS * self.years_after)

    def left_by(self, day: date) -> date:
        """The last day of leaving of those whose record is kept no longer on a day."""
        since = months_after(day, -_MONTHS * self.years_after)
        return since if self.after_leaving(since) < day else since - timedelta(days=1)

    def after_growing_up(self, born: date) -> date:
        """The last day on which the record of somebody is kept of whom nobody ever said that they left."""
        year = academic_year(born) + self.last_age + 1  # in which their academic age is last_age
        year += academic_age(born, date(year, 9, 1)) < self.last_age
        return self.after_leaving(date(year + 1, 8, 31))

    def born_by(self, day: date) -> date:
        """The last day of birth of those whose record is kept no longer on a day, although nobody said that they left."""
        return date(academic_year(months_after(day, -_MONTHS * self.years_after)) - self.last_age - 1, 8, 31)


@dataclass(frozen=True)
class Retention:
    """Every edition, the oldest first."""

    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition that holds on a day; the oldest for a day before any."""
        return held_on(self.editions, day)


def load_retention(definitions: Path, amended: tuple[Amended, ...] = ()) -> Retention:
    """The rules of definitions/rules/retention.toml, some numbers amended. Raises RefusedFileError, saying what is wrong."""
    return Retention(stated_editions(definitions / "rules" / "retention.toml", amended, _edition,
                                     "give each edition from, last_age, years_after, confidence and source"))


def _edition(given: Mapping[str, Any]) -> Edition:
    return Edition(given["from"], whole(given["last_age"], "The age", *_AGES), whole(given["years_after"], "The years", *_YEARS),
                   given["confidence"], given["source"])
