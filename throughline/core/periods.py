"""Periods of time as publishers spell them, read once into a start, an end and a kind.

Seventy-odd spellings are in use for a dozen ideas: 2025, 2025 (Rev), 2024/25, 2024-25 (OT), 202425,
2014-16 (three years together), 2013/14-15/16 (three split years together), and, with a separate time
identifier, terms, months, weeks and quarters.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from throughline.core.statuses import Status


class PeriodKind(StrEnum):
    """What kind of stretch of time a period is."""

    ACADEMIC_YEAR = "academic_year"  # 1 September to 31 August
    FINANCIAL_YEAR = "financial_year"  # 1 April to 31 March
    CALENDAR_YEAR = "calendar_year"  # 1 January to 31 December, and any year with no other convention
    SPAN = "span"  # several years taken together
    TERM = "term"
    MONTH = "month"
    WEEK = "week"
    QUARTER = "quarter"
    HALF = "half"


@dataclass(frozen=True)
class Period:
    """A stretch of time, first day to last day inclusive, with the label its publisher prints."""

    label: str
    kind: PeriodKind
    start: date
    end: date

    def same_time_as(self, other: "Period") -> bool:
        """Whether two labels name the same stretch of time."""
        return (self.start, self.end) == (other.start, other.end)

    def follows(self, earlier: "Period") -> bool:
        """Whether this is the period one year after earlier, with none left out between them."""
        return self.kind == earlier.kind and (_year_on(earlier.start), _year_on(earlier.end)) == (self.start, self.end)

    @property
    def explained(self) -> str:
        """The label with what it stands for, for a reader who does not know the convention."""
        if self.kind is PeriodKind.ACADEMIC_YEAR:
            return f"{self.label} (academic year {self.start.year}/{self.end.year % 100:02d})"
        if self.kind is PeriodKind.FINANCIAL_YEAR:
            return f"{self.label} (financial year {self.start.year}/{self.end.year % 100:02d})"
        if self.kind is PeriodKind.SPAN:
            return f"{self.label} (years {self.start.year} to {self.end.year} together)"
        return self.label


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month."""
    return day == month_end(day)


def month_before(day: date) -> date:
    """The last day of the month before that of a day."""
    return day.replace(day=1) - timedelta(days=1)


class UnreadablePeriodError(ValueError):
    """Raised when a text names no period we know how to read."""


_TAG = re.compile(r"\((prov|provisional|rev|revised|final|ot)\)\s*$", re.IGNORECASE)
_TAG_STATUS = {
    "prov": Status.PROVISIONAL, "provisional": Status.PROVISIONAL,
    "rev": Status.REVISED, "revised": Status.REVISED,
    "final": Status.FINAL, "ot": Status.FINAL,  # OT: outturn, the settled figure of a year's spending
}
_ONE_YEAR = re.compile(r"(\d{4})")
_SIX_DIGITS = re.compile(r"(\d{4})(\d{2})")
_TWO_YEARS = re.compile(r"(\d{4})\s*[/\-–]\s*(\d{2}|\d{4})")
_SPLIT_YEARS = re.compile(r"(\d{4})/(\d{2})\s*[-–]\s*(\d{2}|\d{4})/(\d{2})")
_IDENTIFIER_AFTER = re.compile(r"(.*\d)\s+([A-Za-z].*)")
_IDENTIFIER_BEFORE = re.compile(r"([A-Za-z][A-Za-z ]*?)\s*(\d.*)")

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
           "september", "october", "november", "december")

# Publishers' names for a year, and the convention each follows. The interactive tool's dictionary
# and the Explore Education Statistics time identifiers share this table.
YEAR_CONVENTIONS: dict[str, PeriodKind] = {
    "academic year": PeriodKind.ACADEMIC_YEAR,
    "ay": PeriodKind.ACADEMIC_YEAR,
    "financial year": PeriodKind.FINANCIAL_YEAR,
    "tax year": PeriodKind.FINANCIAL_YEAR,
    "fy": PeriodKind.FINANCIAL_YEAR,
    "calendar year": PeriodKind.CALENDAR_YEAR,
    "reporting year": PeriodKind.CALENDAR_YEAR,
    "cy": PeriodKind.CALENDAR_YEAR,
    "annual": PeriodKind.CALENDAR_YEAR,
    "annual (end of sept)": PeriodKind.CALENDAR_YEAR,
    "annual - january": PeriodKind.CALENDAR_YEAR,
}
# (first month, first day) to (last month, last day), within the split year that starts in autumn.
_TERMS = {
    "autumn term": ((9, 1), (12, 31)),
    "spring term": ((1, 1), (4, 15)),
    "summer term": ((4, 16), (8, 31)),
    "autumn and spring term": ((9, 1), (4, 15)),
}
_QUARTERS = {f"financial year q{n}": month for n, month in ((1, 4), (2, 7), (3, 10), (4, 1))}
_HALVES = {"part 1 (april to september)": 4, "part 2 (october to march)": 10}


def parse_period(text: str, convention: str = "calendar year") -> tuple[Period, Status | None]:
    """Read a printed period.

    convention is what the publisher says a bare year means: a year type of the interactive tool's
    dictionary or a time identifier of Explore Education Statistics; case does not matter. Returns the
    period, its label without the release mark, and the release status that mark gave, or None.
    Raises UnreadablePeriodError.
    """
    printed = text.strip()
    mark = _TAG.search(printed)
    status = _TAG_STATUS[mark.group(1).lower()] if mark else None
    label = _TAG.sub("", printed).strip()
    bare, convention = _split_identifier(label, convention)
    return _read(bare, label, " ".join(convention.lower().split())), status


def _split_identifier(label: str, convention: str) -> tuple[str, str]:
    """Part “2024/25 Autumn term” or “AY 2024/25” into the year and the words that say what year it is."""
    for pattern, year, words in ((_IDENTIFIER_AFTER, 1, 2), (_IDENTIFIER_BEFORE, 2, 1)):
        match = pattern.fullmatch(label)
        if match and _is_identifier(match.group(words)):
            return match.group(year), match.group(words)
    return label, convention


def _is_identifier(words: str) -> bool:
    word = words.strip().lower()
    return word in YEAR_CONVENTIONS or word in _TERMS or word in _QUARTERS or word in _HALVES or word in _MONTHS


def _read(bare: str, label: str, convention: str) -> Period:
    if convention in YEAR_CONVENTIONS:
        return _read_years(bare, label, YEAR_CONVENTIONS[convention])
    if convention in _TERMS:
        return _read_term(_split_start(bare, label), label, *_TERMS[convention])
    if convention in _QUARTERS:
        return _read_months(_split_start(bare, label), label, _QUARTERS[convention], 3, PeriodKind.QUARTER)
    if convention in _HALVES:
        return _read_months(_split_start(bare, label), label, _HALVES[convention], 6, PeriodKind.HALF)
    if convention in _MONTHS:
        year, month = _only_year(bare, label), _MONTHS.index(convention) + 1
        return Period(label, PeriodKind.MONTH, date(year, month, 1), month_end(date(year, month, 1)))
    if match := re.fullmatch(r"week (\d{1,2})", convention):
        return _read_week(_only_year(bare, label), int(match.group(1)), label)
    raise UnreadablePeriodError(f"“{convention}” is not a kind of period we know")


def _read_years(bare: str, label: str, kind: PeriodKind) -> Period:
    if match := _ONE_YEAR.fullmatch(bare):
        return _one_year(label, kind, _plausible(int(match.group(1)), label), ends=True)
    if match := _SIX_DIGITS.fullmatch(bare):
        start = _plausible(int(match.group(1)), label)
        if int(match.group(2)) != (start + 1) % 100:
            raise UnreadablePeriodError(f"“{label}”: the second year must follow the first, as in 202425")
        return _one_year(label, _split_kind(kind), start, ends=False)
    if match := _SPLIT_YEARS.fullmatch(bare):
        return _read_split_years(match, label, _split_kind(kind))
    if match := _TWO_YEARS.fullmatch(bare):
        first = _plausible(int(match.group(1)), label)
        last = _later(first, match.group(2), label)
        if last == first + 1:
            return _one_year(label, _split_kind(kind), first, ends=False)
        return _span(label, PeriodKind.CALENDAR_YEAR, first, last)
    raise UnreadablePeriodError(f"“{label}” is not a year we can read; 2025, 2024/25 and 202425 are")


def _read_split_years(match: re.Match[str], label: str, kind: PeriodKind) -> Period:
    """Several split years together, 2013/14-15/16; each must end the year after it starts, and the last come later."""
    first, first_end, last, last_end = match.groups()
    start = _plausible(int(first), label)
    final = _later(start, last, label)
    if (int(first_end), int(last_end)) != ((start + 1) % 100, (final + 1) % 100):
        raise UnreadablePeriodError(f"“{label}”: each year must end in the year after it starts, as in 2013/14-15/16")
    return _span(label, kind, start, final + 1)


def _split_kind(kind: PeriodKind) -> PeriodKind:
    """A year written across two is academic unless its publisher says financial."""
    return PeriodKind.FINANCIAL_YEAR if kind is PeriodKind.FINANCIAL_YEAR else PeriodKind.ACADEMIC_YEAR


def _one_year(label: str, kind: PeriodKind, year: int, *, ends: bool) -> Period:
    """One year; ends says whether the printed year is the one it ends in (2025 for 2024/25)."""
    start_year = year - 1 if ends and kind is not PeriodKind.CALENDAR_YEAR else year
    return Period(label, kind, _first_day(kind, start_year), _last_day(kind, start_year))


def _span(label: str, kind: PeriodKind, first: int, last: int) -> Period:
    """Several years together; of split years, last is the year in which the last one ends."""
    final_start = last if kind is PeriodKind.CALENDAR_YEAR else last - 1
    return Period(label, PeriodKind.SPAN, _first_day(kind, first), _last_day(kind, final_start))


def _first_day(kind: PeriodKind, year: int) -> date:
    month = {PeriodKind.ACADEMIC_YEAR: 9, PeriodKind.FINANCIAL_YEAR: 4}.get(kind, 1)
    return date(year, month, 1)


def _last_day(kind: PeriodKind, year: int) -> date:
    return _first_day(kind, year + 1) - timedelta(days=1)


def _read_term(start: int, label: str, first: tuple[int, int], last: tuple[int, int]) -> Period:
    return Period(label, PeriodKind.TERM, date(_school_year(start, first[0]), *first),
                  date(_school_year(start, last[0]), *last))


def _school_year(start: int, month: int) -> int:
    return start if month >= 9 else start + 1


def _read_months(start: int, label: str, month: int, months: int, kind: PeriodKind) -> Period:
    year = start if month >= 4 else start + 1
    last_month = (month + months - 2) % 12 + 1
    last = date(year if last_month >= month else year + 1, last_month, 1)
    return Period(label, kind, date(year, month, 1), month_end(last))


def _read_week(year: int, week: int, label: str) -> Period:
    try:
        return Period(label, PeriodKind.WEEK, date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))
    except ValueError as error:
        raise UnreadablePeriodError(f"“{label}”: {year} has no week {week}") from error


def _split_start(bare: str, label: str) -> int:
    """The first year of a split year written 202425, 2024/25 or 2024-25."""
    match = _SIX_DIGITS.fullmatch(bare) or _TWO_YEARS.fullmatch(bare)
    if not match:
        raise UnreadablePeriodError(f"“{label}”: a term, quarter or half needs a year such as 202425")
    start = _plausible(int(match.group(1)), label)
    if int(match.group(2)) % 100 != (start + 1) % 100:
        raise UnreadablePeriodError(f"“{label}”: the second year must follow the first, as in 202425")
    return start


def _only_year(bare: str, label: str) -> int:
    if not _ONE_YEAR.fullmatch(bare):
        raise UnreadablePeriodError(f"“{label}”: a month or week needs a year of four digits")
    return _plausible(int(bare), label)


def _plausible(year: int, label: str) -> int:
    if not 1900 <= year <= 2100:
        raise UnreadablePeriodError(f"“{label}” is outside the years 1900 to 2100")
    return year


def _later(first: int, printed: str, label: str) -> int:
    """The last year of a pair, in full, which must come after the first."""
    last = int(printed) if len(printed) == 4 else first - first % 100 + int(printed)
    if last < first and len(printed) == 2:
        last += 100
    if not first < last <= first + 10:
        raise UnreadablePeriodError(f"“{label}”: the second year must come after the first, within ten years")
    return last


def _year_on(day: date) -> date:
    """The same day a year later; the last day of February stays the last."""
    if is_month_end(day):
        return month_end(date(day.year + 1, day.month, 1))
    return day.replace(year=day.year + 1)
