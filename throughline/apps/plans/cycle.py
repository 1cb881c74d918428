"""The annual planning cycle: an authority's key dates by month of the academic year, and next year's made from this year's.

An entry belongs to the academic year in which it starts, and stands in every year that it runs into. One that comes every
month, term or half term stands in each from its first to the end of its own year; one that comes every year is copied into
the next year's cycle, where its day can be put right.
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

from throughline.apps.plans.models import CalendarEntry, Campaign
from throughline.apps.plans.terms import same_days
from throughline.core.problems import Problem, RefusedFileError
from throughline.ui.downloads import Column
from throughline.ui.formats import month

FILE = "rules/planning_cycle.toml"
MONTHLY, YEARLY, TERMLY, HALF_TERMLY = "monthly", "yearly", "termly", "half-termly"
PLAUSIBLE = range(1990, 2100)  # years that somebody may mean; a date far beyond them would break the pages that lay years out
WITHIN_A_YEAR = (MONTHLY, TERMLY, HALF_TERMLY)
RECURRENCES = {"": "Once", YEARLY: "Every year", TERMLY: "Every term", HALF_TERMLY: "Every half term", MONTHLY: "Every month"}
COLUMNS = [
    Column("title", "What"), Column("kind", "What sort of date"), Column("starts", "From"), Column("ends", "To"),
    Column("recurrence", "How often"), Column("owner", "Who"), Column("plan", "Plan"), Column("board", "Board"),
    Column("note", "Note"),
]
NOTES = ["Each entry stands once, by the day on which it first falls; “How often” says whether it comes again.",
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
    """An entry on one of its days; again says that it is a later one of an entry that comes again within its year.

    campaign is the one of which it is a message: its entry is then made for the page, and kept nowhere.
    """

    entry: CalendarEntry
    starts_on: date
    ends_on: date
    again: bool = False
    campaign: Campaign | None = None

    def touches(self, day: date) -> bool:
        """Whether it falls on a day."""
        return self.starts_on <= day <= self.ends_on


def year_of(day: date) -> Year:
    """The academic year of a day."""
    return Year(day.year if day.month >= cycle_rules().first_month else day.year - 1)


def asked_year(asked: str, today: date) -> Year:
    """The year that somebody asked for; the one we are in where it is none that can be meant."""
    plausible = asked.isdecimal() and len(asked) == 4 and int(asked) in PLAUSIBLE
    return Year(int(asked)) if plausible else year_of(today)


def entries_of(area: str, year: Year) -> QuerySet[CalendarEntry]:
    """The entries of an authority that start in a year."""
    return _in_sight(area).filter(starts_on__range=(year.first, year.last))


def standing_in(area: str, year: Year) -> list[CalendarEntry]:
    """The entries of an authority that start in a year or run into it, those of before it first."""
    before = Q(starts_on__lt=year.first, ends_on__isnull=False)
    runs_in = before & (Q(ends_on__gte=year.first) | Q(recurrence__in=WITHIN_A_YEAR, starts_on__gte=Year(year.begins - 1).first))
    held = _in_sight(area).filter(Q(starts_on__range=(year.first, year.last)) | runs_in)
    return [entry for entry in held if occurrences([entry], year)]


def removed_entries(area: str, year: Year) -> QuerySet[CalendarEntry]:
    """The entries of a year that were taken away, the latest first."""
    held = CalendarEntry.objects.filter(area=area, starts_on__range=(year.first, year.last))
    return held.exclude(removed_at=None).order_by("-removed_at")


def years_with_entries(area: str) -> list[Year]:
    """The years in which an entry stands, earliest first."""
    held = [each for entry in _in_sight(area) for each in days_of(entry)]
    spans = [range(year_of(each.starts_on).begins, year_of(each.ends_on).begins + 1) for each in held]
    return [Year(begins) for begins in sorted({begins for span in spans for begins in span})]


def occurrences(entries: Iterable[CalendarEntry], year: Year) -> list[Occurrence]:
    """Every time that the entries stand in a year, in order; one that began before the year is the first of them."""
    held = [each for entry in entries for each in days_of(entry)]
    there = [each for each in held if each.starts_on <= year.last and each.ends_on >= year.first]
    return in_order(there)


def in_order(found: Iterable[Occurrence]) -> list[Occurrence]:
    """By day; of one day what is kept in the cycle first, in the order in which it was entered."""
    return sorted(found, key=lambda each: (each.starts_on, each.entry.pk is None, each.entry.pk or 0))


def days_of(entry: CalendarEntry) -> list[Occurrence]:
    """An entry each time that it comes within the year in which it starts."""
    length = (entry.ends_on or entry.starts_on) - entry.starts_on
    return [Occurrence(entry, starts, starts + length, again=starts != entry.starts_on) for starts in _starts_of(entry)]


def _starts_of(entry: CalendarEntry) -> list[date]:
    starts, year = entry.starts_on, year_of(entry.starts_on)
    if entry.recurrence == MONTHLY:
        return [day for n in range(12) if (day := starts + relativedelta(months=n)) <= year.last]
    if entry.recurrence in (TERMLY, HALF_TERMLY):
        return same_days(starts, year.first, year.last, halves=entry.recurrence == HALF_TERMLY)
    return [starts]


def by_month(found: Iterable[Occurrence], year: Year) -> list[tuple[str, str, list[Occurrence]]]:
    """The occurrences under each month of the year, as (2026-09, September 2026, occurrences); months with none too.

    One stands under the month in which it starts, or the first of the year where it started before.
    """
    held = [(max(each.starts_on, year.first), each) for each in found]
    return [
        (f"{first:%Y-%m}", month(first), [each for day, each in held if _same_month(day, first)]) for first in year.months
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

    What comes within a year ends with its own, and what comes every year with the year before its own later copy.
    """
    own = year_of(entry.starts_on)
    if entry.recurrence in WITHIN_A_YEAR:
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
    return list(_in_sight(area))


def _in_sight(area: str) -> QuerySet[CalendarEntry]:
    """Those that are not taken away, nor of a plan that is."""
    held = CalendarEntry.objects.filter(area=area, removed_at=None).filter(Q(plan=None) | Q(plan__removed_at=None))
    return held.select_related("owner", "plan", "board")


def _name(entry: CalendarEntry) -> tuple[str, str]:
    return entry.title.casefold(), entry.kind


def _same_month(day: date, first: date) -> bool:
    return (day.year, day.month) == (first.year, first.month)


def _said(kept: Any) -> str:
    return str(kept) if kept else ""
