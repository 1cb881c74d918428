"""The schools register: the list behind the performance tables, and the full public register of establishments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.formats.postcodes import POSTCODE
from throughline.analytics.formats.reading import Faults, Read, Sheet, as_text, require_columns, sheet_rows
from throughline.analytics.formats.tallies import tally
from throughline.analytics.warehouse.tables import SCHOOL

# Both spellings of a school's standing: the code of the performance tables and the words of the register.
_STATUSES = {
    "1": "open", "open": "open",
    "2": "closed", "closed": "closed",
    "3": "open, proposed to close", "open, but proposed to close": "open, proposed to close",
    "4": "proposed to open", "proposed to open": "proposed to open",
}
_PHASES = {
    "nursery": "nursery", "primary": "primary", "middle deemed primary": "primary",
    "secondary": "secondary", "middle deemed secondary": "secondary", "all-through": "primary and secondary",
    "16 plus": "16 plus", "not applicable": None, "": None,
}
_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
_OLDEST = 120  # no printed age is beyond this; 99 stands for no upper limit


@dataclass
class _Row:
    """One line of a register: its cells by the column of ours they fill, and where to answer for them."""

    line: int
    cells: Mapping[str, Any]
    headings: Mapping[str, str]
    faults: Faults

    def text(self, column: str) -> str:
        return as_text(self.cells.get(column))

    def note(self, column: str, rule: str, remedy: str) -> None:
        self.faults.note(self.line, self.headings.get(column, column), self.text(column), rule, remedy)


def read(path: Path, dataset: Dataset, area_of: Mapping[str, str]) -> Read:
    """SCHOOL rows of a register, from a workbook or a CSV file, a row at a time.

    A line without a sound URN, name, authority, number or status is answered and set aside; a date, age,
    postcode or UKPRN that cannot be right is answered and left empty. Schools under codes that are no
    English authority's are set aside with one fault a code. Raises RefusedFileError when a required column
    is missing or no school can be read.
    """
    numbered = sheet_rows(path)
    _, header = next(numbered, (1, []))
    names = tuple(as_text(cell) for cell in header)
    renamed = dataset.canonical_names(names)
    sheet = Sheet(path.name, tuple(renamed.get(name, name) for name in names), [], [])
    require_columns(sheet, dataset.required())
    headings = {column.fills: column.name for column in dataset.columns if column.fills and column.name in sheet.header}
    places = {fills: sheet.header.index(name) for fills, name in headings.items()}
    faults = Faults(path.name)
    rows = list(_schools(numbered, places, headings, area_of, faults))
    if not rows:
        faults.refusing = [*faults.beside]
        faults.refuse(None, "", "", "a school in the file", "give the register as it was published")
    faults.stop_if_refused()
    return Read(SCHOOL.from_rows(rows), faults.beside)


def _schools(numbered: Iterator[tuple[int, list[Any]]], places: Mapping[str, int], headings: Mapping[str, str],
             area_of: Mapping[str, str], faults: Faults) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    elsewhere: list[tuple[str, int]] = []
    for line, cells in numbered:
        if not any(as_text(cell) for cell in cells):
            continue
        row = _Row(line, {fills: cells[p] for fills, p in places.items() if p < len(cells)}, headings, faults)
        if not _sound(row, seen):
            continue
        authority = row.text("area").zfill(3)
        if authority not in area_of:
            elsewhere.append((authority, line))
            continue
        seen[row.text("urn")] = line
        yield _school(row, authority, area_of[authority])
    codes, lines = [code for code, _ in elsewhere], [line for _, line in elsewhere]
    for code, (line, count) in tally(codes, lines).items():
        faults.note(line, headings["area"], code, "an authority of England",
                    f"only schools of English authorities are loaded ({count:,} set aside)")


def _sound(row: _Row, seen: Mapping[str, int]) -> bool:
    """Whether a line can be told from every other and placed; each fault found in it is noted."""
    before = len(row.faults.beside)
    urn, authority, number, both = (row.text(column) for column in ("urn", "area", "estab", "laestab"))
    if not _digits(urn, 6):
        row.note("urn", "six digits", "give the school's unique reference number")
    elif urn in seen:
        row.note("urn", "each school once", f"remove this line; line {seen[urn]} has this school already")
    if not row.text("name"):
        row.note("name", "a name", "give the school's name")
    if not _digits(authority.zfill(3), 3):
        row.note("area", "a three-digit code", "give the code of the authority")
    elif number and not _digits(number.zfill(4), 4):
        row.note("estab", "four digits", "give the school's number within its authority")
    elif both and both != authority.zfill(3) + number.zfill(4):
        row.note("laestab", "authority and number together", f"these are {authority} and {number}: make the three agree")
    if row.text("status").lower() not in _STATUSES:
        row.note("status", "a known status", f"use one of {', '.join(dict.fromkeys(_STATUSES.values()))}")
    return len(row.faults.beside) == before


def _digits(text: str, count: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) == count


def _school(row: _Row, authority: str, area: str) -> dict[str, Any]:
    number = row.text("estab")
    opened, closed = _days(row)
    low, high = _ages(row)
    return {
        "urn": row.text("urn"),
        "laestab": authority + number.zfill(4) if number else None,
        "ukprn": _ukprn(row),
        "name": row.text("name"),
        "area": area,
        "phase": _phase(row),
        "type": row.text("type") or None,
        "status": _STATUSES[row.text("status").lower()],
        "opened_on": opened, "closed_on": closed,
        "low_age": low, "high_age": high,
        "postcode": _postcode(row),
    }


def _phase(row: _Row) -> str | None:
    """The printed phase in our words, or the phases that the performance tables flag."""
    if "is_primary" in row.cells:
        primary, secondary, post_16 = (row.text(flag) == "1" for flag in ("is_primary", "is_secondary", "is_post_16"))
        phases = [name for name, held in (("primary", primary), ("secondary", secondary)) if held]
        return " and ".join(phases) or ("16 plus" if post_16 else None)
    printed = row.text("phase").lower()
    if printed not in _PHASES:
        row.note("phase", "a known phase", f"use one of {', '.join(phase for phase in _PHASES if phase)}; left empty")
    return _PHASES.get(printed)


def _days(row: _Row) -> tuple[date | None, date | None]:
    opened, closed = _day(row, "opened_on"), _day(row, "closed_on")
    if opened and closed and closed < opened:
        row.note("closed_on", "closed after it opened", "correct one of the two dates; both are left empty")
        return None, None
    return opened, closed


def _day(row: _Row, column: str) -> date | None:
    cell = row.cells.get(column)
    if isinstance(cell, datetime):
        return cell.date()
    printed = as_text(cell)
    for layout in _DATES if printed else ():
        try:
            return datetime.strptime(printed, layout).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    if printed:
        row.note(column, "a date", "write it as 2018-09-01 or 01-09-2018; left empty")
    return None


def _ages(row: _Row) -> tuple[int | None, int | None]:
    low, high = _age(row, "low_age"), _age(row, "high_age")
    if low is not None and high is not None and low > high:
        row.note("low_age", "lowest age below highest", "correct one of the two ages; both are left empty")
        return None, None
    return low, high


def _age(row: _Row, column: str) -> int | None:
    printed = row.text(column)
    if not printed:
        return None
    if printed.isascii() and printed.isdigit() and len(printed) <= 3 and int(printed) <= _OLDEST:
        return int(printed)
    row.note(column, "an age in years", "give a whole number; left empty")
    return None


def _postcode(row: _Row) -> str | None:
    printed = " ".join(row.text("postcode").upper().split())
    if printed and not POSTCODE.fullmatch(printed):
        row.note("postcode", "a postcode", "write it as EC3A 5DE; left empty")
        return None
    return printed or None


def _ukprn(row: _Row) -> str | None:
    printed = row.text("ukprn")
    if printed and not _digits(printed, 8):
        row.note("ukprn", "eight digits", "give the UK provider reference number; left empty")
        return None
    return printed or None
