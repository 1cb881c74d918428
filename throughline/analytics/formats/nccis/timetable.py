"""By when the department expects a month's return: the rules of definitions/rules/upload_timetable.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from throughline.analytics.participation.stated import Amended, stated_editions, whole
from throughline.core.editions import held_on

_MOST_DAYS = 92  # a return that is later is one of another month


@dataclass(frozen=True)
class Edition:
    """The return is expected within so many days after its month has ended."""

    starts: date
    days: int
    confidence: str
    source: str

    def expected_by(self, month_end: date) -> date:
        """The last day on which the return of a month is expected."""
        return month_end + timedelta(days=self.days)


@dataclass(frozen=True)
class Timetable:
    """Every edition, the oldest first."""

    editions: tuple[Edition, ...]

    def on(self, month_end: date) -> Edition:
        """The edition that holds for a month; the oldest for a month before any."""
        return held_on(self.editions, month_end)


def load_timetable(definitions: Path, amended: tuple[Amended, ...] = ()) -> Timetable:
    """The rules of definitions/rules/upload_timetable.toml, some amended. Raises RefusedFileError, saying what is wrong."""
    return Timetable(stated_editions(definitions / "rules" / "upload_timetable.toml", amended, _edition,
                                     "give each edition from, days, confidence and source"))


def _edition(given: Mapping[str, Any]) -> Edition:
    return Edition(given["from"], whole(given["days"], "The days", 1, _MOST_DAYS), given["confidence"], given["source"])
