"""NEET as the department once adjusted it: the rules of definitions/rules/neet_adjustment.toml. Historic, and indicative alone.

Of those whose record had lapsed a share was taken to be NEET, by what they did while it was current.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.standing import Standing, group_on
from throughline.analytics.participation.stated import Amended, stated_editions, whole
from throughline.core.editions import held_on

_YEARS = 2000, 2100
_HUNDRED = 100


@dataclass(frozen=True)
class Edition:
    """Of a hundred whose record lapsed, how many were taken to be NEET; until is the year in which the department ended it."""

    starts: date
    until: int
    lapsed_not_neet: int
    lapsed_neet: int
    confidence: str
    source: str


@dataclass(frozen=True)
class Adjustment:
    """Every edition, the oldest first."""

    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition that holds on a day; the oldest for a day before any."""
        return held_on(self.editions, day)


@dataclass(frozen=True)
class Lapsed:
    """How many people's records have lapsed, by what they did: whole numbers of one month, means of several."""

    not_neet: float = 0
    neet: float = 0

    @property
    def people(self) -> float:
        """All of them."""
        return self.not_neet + self.neet

    def taken_to_be_neet(self, by: Edition) -> float:
        """How many of them the adjustment takes to be NEET."""
        return (self.not_neet * by.lapsed_not_neet + self.neet * by.lapsed_neet) / _HUNDRED


def lapsed(rows: Iterable[Mapping[str, Any]], codes: CodeSet, on: date) -> Lapsed:
    """Of rows of participation_month of one month end, those whose activity has lapsed; a row may stand for several people.

    Whose activity says no more than that nobody knows is among neither.
    """
    found = {True: 0, False: 0}
    for row in rows:
        group = group_on(row["code"], on, codes)
        if row["lapsed"] and not row["excluded"] and group is not Standing.NOT_KNOWN:
            found[group is Standing.NEET] += row.get("people", 1)
    return Lapsed(found[False], found[True])


def load_adjustment(definitions: Path, amended: tuple[Amended, ...] = ()) -> Adjustment:
    """The rules of definitions/rules/neet_adjustment.toml, some amended. Raises RefusedFileError, saying what is wrong."""
    return Adjustment(stated_editions(definitions / "rules" / "neet_adjustment.toml", amended, _edition,
                                      "give each edition from, until, lapsed_not_neet, lapsed_neet, confidence and source"))


def _edition(given: Mapping[str, Any]) -> Edition:
    return Edition(given["from"], whole(given["until"], "The year", *_YEARS), _share(given["lapsed_not_neet"]),
                   _share(given["lapsed_neet"]), given["confidence"], given["source"])


def _share(given: Any) -> int:
    return whole(given, "How many of a hundred", 0, _HUNDRED)
