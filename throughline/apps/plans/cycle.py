"""The annual planning cycle: an authority's key dates by month of the academic year, and next year's made from this year's.

An entry belongs to the academic year in which it starts. One that comes every month stands in each month from its first to
the end of that year; one that comes every year is copied into the next year's cycle, where its day can be put right.
"""

import calendar
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Q, QuerySet

from throughline.apps.plans.models import CalendarEntry
from throughline.core.problems import Problem, RefusedFileError
from throughline.ui.downloads import Column
from throughline.ui.formats import month

FILE = "rules/planning_cycle.toml"
MONTHLY, YEARLY = "monthly", "yearly"
RECURRENCES = {"": "Once", YEARLY: "Every year", "termly": "Every term", "half-termly": "Every half term", MONTHLY: "Every month"}
COLUMNS = [
    Column("title", "What"), Column("kind", "What sort of date"), Column("starts", "From"), Column("ends", "To"),
    Column("recurrence", "How often"), Column("owner", "Who"), Column("plan", "Plan"), Column("board", "Board"),
    Column("note", "Note"),
]
NOTES = ["Each entry stands once, by the day on which it first falls in the year; “How often” says whether it comes again.",
         "Who may be a person: pass the file to nobody who may not see the calendar."]


@dataclass(frozen=True)
class CycleRules:
    """What definitions/rules/planning_cycle.toml states."""

    kinds: tuple[str, ...]
    first_month: int


def cycle_rules() -> CycleRules:
    """The rules, read again when the file changes. Raises RefusedFileError."""
    path = settings.DEFINITIONS / FILE
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> CycleRules:
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = CycleRules(tuple(str(kind) for kind in stated["kinds"]), int(stated["first_month"]))
        if not 1 <= rules.first_month <= 12:
            raise ValueError(f"{rules.first_month} is no month")
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        remedy = "state kinds as a list of words and first_month from 1 to 12"
        raise RefusedFileError([Problem(FILE, None, "", str(error), "planning cycle", remedy)]) from error
    return rules


@dataclass(frozen=True)
class Year:
    """One academic year, known by the calendar year in which it begins."""

    begins: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.begins, cycle_rules().first_month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + relativedelta(years=1, days=-1)

    @property
    def label(self) -> str:
        """2026/27."""
        return f"{self.begins}/{(self.begins + 1) % 100:02d}" if cycle_rules().first_month > 1 else str(self.begins)

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        return [self.first + relativedelta(months=n) for n in range(12)]


@dataclass(frozen=True)
class Occurrence:
    """An entry on one of its days; again says that it is a later one of an entry that comes every month."""

    entry: CalendarEntry
    starts_on: date
    ends_on: date
    again: bool = False

    def touches(self, day: date) -> bool:
        """Whether it falls on a day."""
        return self.starts_on <= day <= self.ends_on


def year_of(day: date) -> Year:
    """The academic year of a day."""
    return Year(day.year if day.month >= cycle_rules().first_month else day.year - 1)


def entries_of(area: str, year: Year) -> QuerySet[CalendarEntry]:
    """The entries of an authority that start in a year."""
    held = CalendarEntry.objects.filter(area=area, removed_at=None, starts_on__range=(year.first, year.last))
    return held.filter(_plan_in_sight()).select_related("owner", "plan", "board")


def removed_entries(area: str, year: Year) -> QuerySet[CalendarEntry]:
    """The entries of a year that were taken away, the latest first."""
    held = CalendarEntry.objects.filter(area=area, starts_on__range=(year.first, year.last))
    return held.exclude(removed_at=None).order_by("-removed_at")


def years_with_entries(area: str) -> list[Year]:
    """The years that have an entry, earliest first."""
    days = CalendarEntry.objects.filter(area=area, removed_at=None).values_list("starts_on", flat=True)
    return sorted({year_of(day) for day in days}, key=lambda year: year.begins)


def occurrences(entries: Iterable[CalendarEntry], year: Year) -> list[Occurrence]:
    """Every day on which the entries fall in a year, in order."""
    return sorted((each for entry in entries for each in _days_of(entry, year)), key=lambda each: (each.starts_on, each.entry.pk))


def _days_of(entry: CalendarEntry, year: Year) -> Iterator[Occurrence]:
    length = (entry.ends_on or entry.starts_on) - entry.starts_on
    months = 12 if entry.recurrence == MONTHLY else 1
    for n in range(months):
        starts = entry.starts_on + relativedelta(months=n)
        if starts > year.last:
            return
        yield Occurrence(entry, starts, starts + length, again=n > 0)


def by_month(found: Iterable[Occurrence], year: Year) -> list[tuple[str, str, list[Occurrence]]]:
    """The occurrences under each month of the year, as (2026-09, September 2026, occurrences); months with none too."""
    held = list(found)
    return [
        (f"{first:%Y-%m}", month(first), [each for each in held if _same_month(each.starts_on, first)]) for first in year.months
    ]


def weeks(first: date, found: Iterable[Occurrence]) -> list[list[tuple[date, list[Occurrence]]]]:
    """A month as weeks of seven days from Monday, each day with what falls on it; days of the months beside it are empty."""
    held = list(found)
    return [
        [(day, [each for each in held if each.touches(day)] if _same_month(day, first) else []) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


@dataclass(frozen=True)
class Copy:
    """An entry of this year as it would stand in the next; there says that the next year has one of that name already."""

    entry: CalendarEntry
    starts_on: date
    ends_on: date | None
    there: bool


def next_year(area: str, year: Year) -> list[Copy]:
    """What next year's cycle would take from this year's: every entry that comes again, on the same day of the next year."""
    there = {_name(entry) for entry in entries_of(area, Year(year.begins + 1))}
    on = relativedelta(years=1)
    return [
        Copy(entry, entry.starts_on + on, entry.ends_on + on if entry.ends_on else None, _name(entry) in there)
        for entry in entries_of(area, year).exclude(recurrence="")
    ]


def goes_on_until(entry: CalendarEntry, others: Iterable[CalendarEntry]) -> date | None:
    """The last day on which a recurrent entry may come again; None without end.

    What comes every month ends with its own year, and what comes every year with the year before its own later copy.
    """
    own = year_of(entry.starts_on)
    if entry.recurrence == MONTHLY:
        return own.last
    later = [year_of(each.starts_on).begins for each in others if _name(each) == _name(entry)]
    after = min((begins for begins in later if begins > own.begins), default=None)
    return None if after is None else Year(after - 1).last


def cycle_rows(entries: Iterable[CalendarEntry]) -> Iterator[dict[str, Any]]:
    """One row an entry."""
    for entry in entries:
        yield {
            "title": entry.title, "kind": entry.kind, "starts": entry.starts_on, "ends": entry.ends_on,
            "recurrence": RECURRENCES.get(entry.recurrence, entry.recurrence), "owner": _said(entry.owner),
            "plan": _said(entry.plan), "board": _said(entry.board), "note": entry.note,
        }


def all_entries(area: str) -> list[CalendarEntry]:
    """Every entry of an authority, of whatever year."""
    return list(CalendarEntry.objects.filter(area=area, removed_at=None).filter(_plan_in_sight()))


def _plan_in_sight() -> Q:
    return Q(plan=None) | Q(plan__removed_at=None)


def _name(entry: CalendarEntry) -> tuple[str, str]:
    return entry.title.casefold(), entry.kind


def _same_month(day: date, first: date) -> bool:
    return (day.year, day.month) == (first.year, first.month)


def _said(kept: Any) -> str:
    return str(kept) if kept else ""
