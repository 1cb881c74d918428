"""The terms and half terms of an academic year, and when they begin, by the dated rules of definitions/rules/terms.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.core.editions import held_on
from throughline.core.problems import Problem, RefusedFileError

FILE = "rules/terms.toml"
_REMEDY = ('state from = 2026-09-01 and three terms, each with begins = "09-01" and half = "11-01" (and ends = "12-20"), '
           "in the order of the year")


@dataclass(frozen=True)
class Edition:
    """The first days of half terms, as (month, day) in the order of the academic year, two for each term; the terms' names.

    ends are the terms' last school days, None where that is not stated.
    """

    starts: date
    halves: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    ends: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True)
class Term:
    """One term of an academic year; the holiday after it is counted to it, so that every day of the year is of one term.

    school_ends is its last school day; its last day where that is not stated.
    """

    name: str
    first: date
    last: date
    school_ends: date

    def holds(self, day: date) -> bool:
        """Whether a day is of the term."""
        return self.first <= day <= self.last


def first_days(first: date, last: date, *, halves: bool) -> list[date]:
    """The first days of the terms in the academic year from first to last; of its half terms where halves is true."""
    return sorted(_in_year(each, first, last) for each in _edition(first).halves[:: 1 if halves else 2])


def terms_of(first: date, last: date) -> list[Term]:
    """The terms of the academic year from first to last, in order; together they are the whole of it."""
    begin = first_days(first, last, halves=False)
    begin[0] = first
    ends = [*(day - timedelta(days=1) for day in begin[1:]), last]
    held = _edition(first)
    school = [_in_year(day, first, last) if day else end for day, end in zip(held.ends, ends, strict=True)]
    return [Term(*each) for each in zip(held.names, begin, ends, school, strict=True)]


def same_days(day: date, first: date, last: date, *, halves: bool) -> list[date]:
    """A day and the same day of the same week of each later term of the academic year from first to last.

    A term whose first week begins after that weekday has it a week later; one that is too short has it in its last week.
    """
    begin = first_days(first, last, halves=halves)
    spans = list(pairwise([*begin, last + timedelta(days=1)]))
    own = max((begins for begins in begin if begins <= day), default=begin[0])
    weeks = (_monday(day) - _monday(own)).days // 7
    later = [_in_week(begins, ends, weeks, day.weekday()) for begins, ends in spans if begins > max(own, day)]
    return [day, *later]


def _in_week(begins: date, ends: date, weeks: int, weekday: int) -> date:
    found = _monday(begins) + timedelta(weeks=weeks, days=weekday)
    while found >= ends:
        found -= timedelta(weeks=1)
    return found if found >= begins else found + timedelta(weeks=1)


def _in_year(day: tuple[int, int], first: date, last: date) -> date:
    """The day of the academic year from first to last that has a month and a day."""
    found = date(first.year, *day)
    return found if found >= first else date(last.year, *day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _edition(first: date) -> Edition:
    """The edition for the academic year that begins on a day; the oldest for one before any. Raises RefusedFileError."""
    path = settings.DEFINITIONS / FILE
    return held_on(_load(path, path.stat().st_mtime_ns), first)


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> tuple[Edition, ...]:
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(sorted((_read(given) for given in stated["edition"]), key=lambda edition: edition.starts))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise RefusedFileError([Problem(FILE, None, "", str(error), "term dates", _REMEDY)]) from error


def _read(given: dict[str, Any]) -> Edition:
    """One edition as stated. Raises ValueError for days that are none, or out of the order of an academic year."""
    days = [day for term in given["term"] for day in (term["begins"], term["half"])]
    halves = tuple(_month_day(day) for day in days)
    ends = tuple(_month_day(term["ends"]) if "ends" in term else None for term in given["term"])
    if not halves or not isinstance(given["from"], date):
        raise ValueError("an edition with no terms, or from no day")
    start = given["from"].month
    stated = [each for term, end in enumerate(ends) for each in (*halves[2 * term:2 * term + 2], end) if each]
    in_year = [date(2001 if month >= start else 2002, month, day) for month, day in stated]
    if in_year != sorted(set(in_year)):
        said = ", ".join(f"{month:02d}-{day:02d}" for month, day in stated)
        raise ValueError(f"{said} are not in the order of the year")
    names = tuple(str(term.get("name") or f"term {number}") for number, term in enumerate(given["term"], 1))
    return Edition(given["from"], halves, names, ends)


def _month_day(stated: str) -> tuple[int, int]:
    return int(stated[:2]), int(stated[3:])
