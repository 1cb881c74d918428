"""Writes a list as its sender would: as a workbook or as text, with titles, totals, blank rows and another alphabet."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

WINDOWS = "cp1252"
_MADE = datetime(2026, 11, 1)  # noqa: DTZ001 - a workbook's own date has no zone; a fixed one keeps the bytes the same


@dataclass
class Sheet:
    """A list to write. rows are cells as text; serials are the columns whose days a workbook holds as days.

    alphabet is None for a workbook, else utf-8, utf-8-sig or cp1252.
    """

    titles: list[str]
    headings: list[str]
    alphabet: str | None
    trailing_comma: bool = False
    serials: Sequence[int] = ()
    rows: list[list[str]] = field(default_factory=list)

    @property
    def headings_row(self) -> int:
        """The row of the headings: a title stands above them with a blank row between."""
        return len(self.titles) + (2 if self.titles else 1)

    @property
    def next_row(self) -> int:
        """The row that is written next, as an editor counts them."""
        return self.headings_row + 1 + len(self.rows)

    def as_held(self, text: str) -> str:
        """Text as the file can hold it: letters that its alphabet has not become question marks."""
        return text.encode(WINDOWS, "replace").decode(WINDOWS) if self.alphabet == WINDOWS else text


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write it, in the form that the ending of path says."""
    lines = [*([title] for title in sheet.titles), *([[]] if sheet.titles else []), sheet.headings, *sheet.rows]
    if sheet.alphabet is None:
        _workbook(sheet, lines, path)
        return
    with path.open("w", encoding=sheet.alphabet, errors="replace", newline="") as file:
        writer = csv.writer(file)
        for line in lines:
            writer.writerow([*line, ""] if sheet.trailing_comma and line else line)


def _workbook(sheet: Sheet, lines: list[list[str]], path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _MADE})
        page = book.add_worksheet()
        as_day = book.add_format({"num_format": "dd/mm/yyyy"})
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                if column in sheet.serials and text.isdigit():
                    page.write_number(at, column, int(text), as_day)
                elif text:
                    page.write_string(at, column, text)


def day_of(until: date) -> str:
    """A day as titles print it."""
    return f"{until.day:02}.{until.month:02}.{until.year}"
