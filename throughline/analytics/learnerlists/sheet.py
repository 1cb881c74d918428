"""A list as a sheet: the heading row found under whatever stands above it, and the rows that are people."""

import csv
import io
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from throughline.analytics.formats.reading import as_text, is_workbook, refused, workbook_sheets
from throughline.analytics.learnerlists.cells import as_date
from throughline.analytics.learnerlists.days import file_in_words, name_in_words, said_by_name, said_by_titles
from throughline.analytics.learnerlists.sheets import Numbered, Place, Together, line_in_words, together
from throughline.analytics.learnerlists.totals import begins, is_count, miscount
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain, plain_heading

_HEADING_WITHIN = 25  # rows: titles, dates of printing and the like stand above the headings
_FEWEST_HEADINGS = 2
_ENCODINGS = ("utf-8-sig", "cp1252")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ONES_NUMBER = re.compile(r"\d{10}|[A-Za-z]\d{11}[\dA-Za-z]")  # a ULN or a UPN
_COUNT = re.compile(r"\d+(\.0+)?")
_DELIMITERS = ",;\t|"
_ABOVE = ("it stands above the headings, so it was taken for no young person: if it is one, put it below them in the file, and "
          "give the file again")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # signs of a picture or a program, and of no list


@dataclass(frozen=True)
class ListSheet:
    """A list's headings and rows, all cells as text; lines are counted as an editor or a spreadsheet counts.

    passed_over has the lines that were not taken for people, with why; above what each row over the headings says; miscounted
    is told of each total that is not the number of rows above it. sure says that the headings are known for such by two of them
    at least; no_headings that there are none, so that the columns are called Column 1, Column 2 and so on. names, sheets and
    unread are of a workbook, as Together has them: lines go on counting from sheet to sheet.
    """

    file: str
    headings: tuple[str, ...]
    heading_line: int
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    passed_over: tuple[tuple[int, str], ...]
    above: tuple[str, ...] = ()
    miscounted: tuple[str, ...] = ()
    sure: bool = True
    no_headings: bool = False
    names: tuple[str, ...] = ()
    sheets: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()

    def cells(self, column: int) -> list[str]:
        """The cells of a column."""
        return [row[column] for row in self.rows]

    def samples(self, column: int, many: int = 3) -> list[str]:
        """The first cells of a column that say something, each once."""
        return list(islice(dict.fromkeys(filter(None, self.cells(column))), many))

    def without(self, lines: Collection[int]) -> "ListSheet":
        """The same list without the rows of some lines."""
        kept = [(row, line) for row, line in zip(self.rows, self.lines, strict=True) if line not in lines]
        return replace(self, rows=tuple(row for row, _ in kept), lines=tuple(line for _, line in kept))


def read_sheet(
    path: Path, vocabulary: Vocabulary, name: str = "", is_person: Callable[[Sequence[str]], bool] = lambda cells: False,
    no_headings: bool | None = None,
) -> ListSheet:
    """The sheets of a workbook that are one list, or a CSV file in UTF-8, UTF-16 or as Excel saves it, whatever parts its cells.

    name is what the file is called where that differs from the path's. is_person says of cells that they can only be somebody's.
    Where no row holds two headings that we know, the first that is as wide as the table is taken for them, unless no_headings
    says that it is somebody; None leaves that to is_person. As nobody knows then whether it is all of them, there are as many
    columns as the widest row has cells. Raises RefusedFileError when there is nothing to read or no table.
    """
    file = name or path.name
    whole = _workbook(path, file, vocabulary, is_person) if is_workbook(path) else Together(_text_rows(path, file))
    numbered = whole.numbered
    not_seen = "; ".join(whole.unread)  # the tables of sheets that are hidden, where no other has one
    if not any(any(row) for _, row in numbered):
        raise refused(file, "something in the file",
                      not_seen or "give a list with a row of headings and a row for each young person")
    known = _heading_place(numbered[:_HEADING_WITHIN], vocabulary, is_person)
    place = _first_of_table(numbered, is_person) if known is None else known
    if place is None:
        raise refused(file, "a table of two columns or more", not_seen or
                      "give the list as a table, with a row of headings, such as Forename, Surname and Date of birth, and a row "
                      "for each young person")
    heading_line, headings = numbered[place]
    without = known is None and (is_person(headings) if no_headings is None else no_headings)
    below = numbered[place + (not without):]
    width = _width(headings) if known is not None else max(_width(cells) for _, cells in numbered[place:])
    named = [f"Column {number}" for number in range(1, width + 1)] if without else (headings + [""] * width)[:width]
    sheet = _people(file, tuple(named), heading_line, below, vocabulary, whole)
    above = (*numbered[:place], *whole.above)
    titles = tuple(" ".join(filter(None, cells)) for _, cells in above)
    lost = tuple((line, _ABOVE) for line, cells in above if _may_be_somebody(cells, headings, is_person))
    return replace(sheet, above=titles, passed_over=lost + sheet.passed_over, sure=known is not None, no_headings=without)


def _may_be_somebody(cells: Sequence[str], headings: Sequence[str], is_person: Callable[[Sequence[str]], bool]) -> bool:
    """Whether a row above the headings has to be told of: it is no title, which fills few of the cells that there are."""
    return is_person(cells) or sum(map(bool, cells)) > max(1, _width(headings) / 2)


def _width(cells: Sequence[str]) -> int:
    """How many cells a row has up to the last that says something."""
    return max((place for place, cell in enumerate(cells, 1) if cell), default=0)


def _workbook(path: Path, file: str, vocabulary: Vocabulary, is_person: Callable[[Sequence[str]], bool]) -> Together:
    """The rows of the sheets that are one list."""

    def table_in(numbered: Numbered) -> Place | None:
        known = _heading_place(numbered[:_HEADING_WITHIN], vocabulary, is_person)
        if known is not None:
            return Place(known, sure=True, headed=True)
        place = _first_of_table(numbered, is_person)
        return None if place is None else Place(place, sure=any(is_person(cells) for _, cells in numbered[place:]),
                                                headed=not is_person(numbered[place][1]))

    def place_in(name: str, numbered: Numbered) -> Place | None:
        place = table_in(numbered)
        if place is None:
            return None
        titles = [" ".join(filter(None, cells)) for _, cells in numbered[:place.row] if not is_person(cells)]
        by_titles, planned = said_by_titles(titles, vocabulary)
        return replace(place, name=said_by_name(name_in_words(name), vocabulary), titles=by_titles, planned=planned)

    hidden: set[str] = set()
    book = []
    for name, is_hidden, rows in workbook_sheets(path):
        book.append((name, [(line, [_cell(cell) for cell in cells]) for line, cells in rows]))
        hidden.update([name] * is_hidden)
    return together(book, place_in, hidden, said_by_name(file_in_words(file), vocabulary))


def _cell(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else as_text(cell)


def _text_rows(path: Path, file: str) -> list[tuple[int, list[str]]]:
    text = _decoded(path.read_bytes(), file)
    delimiter = max(_DELIMITERS, key=text[:5000].count) if text else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, [cell.strip() for cell in row]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise refused(file, "readable CSV", f"save the list again as CSV: {error}", reader.line_num) from error
    return rows


def _decoded(content: bytes, file: str) -> str:
    encodings: Sequence[str] = ("utf-16",) if content.startswith(_UTF_16_MARKS) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refused(file, "a text file or a workbook", "save the list as CSV or as an Excel workbook; its letters cannot be read")


def _heading_place(
    numbered: Sequence[tuple[int, list[str]]], vocabulary: Vocabulary, is_person: Callable[[Sequence[str]], bool],
) -> int | None:
    """The row with the most headings that we know, the first of several alike; None where none has two, one of them no word that
    a cell may hold too, as School and LAC are: those count for nothing in a row that may be somebody's, and elsewhere tell rows
    apart that have as many others. Rows up to the first that may be somebody's go before those below it.
    """
    all_known = vocabulary.restricted.union(vocabulary.by_heading)

    def known(row: Sequence[str]) -> tuple[int, int]:
        words = [word for word in map(plain_heading, filter(None, row)) if word in all_known]
        alone = sum(word not in vocabulary.said_in_cells for word in words)
        many = alone if is_person(row) else len(words)
        return (alone, many) if alone and many >= _FEWEST_HEADINGS else (0, 0)

    found = [known(row) for _, row in numbered]
    above = next((place for place, (_, row) in enumerate(numbered, 1) if is_person(row)), len(found))
    best = max(found[:above] if any(map(any, found[:above])) else found)
    return found.index(best) if any(best) else None


def _first_of_table(numbered: Sequence[tuple[int, list[str]]], is_person: Callable[[Sequence[str]], bool]) -> int | None:
    """The first row that fills more than half as many cells as the fullest one, two at least, and is no title with a day beside
    it; None where most of the rows, as those of a letter, fill fewer than two, and for what is no text.
    """
    first = numbered[:_HEADING_WITHIN]
    filled = [sum(map(bool, cells)) for _, cells in numbered]
    several = sum(many > 1 for many in filled)
    if several * 2 <= sum(map(bool, filled)) or any(_NO_TEXT.search(cell) for _, cells in first for cell in cells):
        return None
    most = max(filled[:_HEADING_WITHIN])
    return next((place for place in range(len(first)) if filled[place] > max(1, most / 2)
                 and (filled[place] == most or not _is_title(first[place:], is_person))), None)


def _is_title(numbered: Sequence[tuple[int, list[str]]], is_person: Callable[[Sequence[str]], bool]) -> bool:
    """Whether the first of some rows has what can only be somebody's where none of the others has it, as a title has a day."""
    (_, cells), *others = numbered
    told = [column for column, cell in enumerate(cells) if is_person([cell])]
    return bool(told) and not any(is_person(row[column:column + 1]) for _, row in others for column in told)


def _people(file: str, headings: tuple[str, ...], heading_line: int, below: Sequence[tuple[int, list[str]]],
            vocabulary: Vocabulary, whole: Together) -> ListSheet:
    rows: list[tuple[str, ...]] = []
    lines, passed_over, miscounted, counted = list[int](), list[tuple[int, str]](), list[str](), [0]
    for line, cells in below:
        row = tuple((cells + [""] * len(headings))[:len(headings)])
        if not any(row):
            continue
        if why := _why_no_person(row, headings, vocabulary):
            counts = is_count(row, vocabulary)
            if wrong := miscount(row, len(rows), counted, vocabulary) if counts else "":
                miscounted.append(f"{line_in_words(line, whole.sheets)}: {wrong}")
            counted += [len(rows)] if counts else []
            passed_over.append((line, f"{why}. {wrong}" if wrong else why))
            continue
        if any(cells[len(headings):]):
            passed_over.append((line, "it has more cells than there are headings; the cells beyond them were not read"))
        rows.append(row)
        lines.append(line)
    return ListSheet(file, headings, heading_line, tuple(rows), tuple(lines), tuple(passed_over), miscounted=tuple(miscounted),
                     names=whole.names, sheets=whole.sheets, unread=whole.unread)


def _why_no_person(row: Sequence[str], headings: Sequence[str], vocabulary: Vocabulary) -> str:
    if tuple(map(plain, row)) == tuple(map(plain, headings)):
        return "the headings stand here again"
    first, *others = (cell for cell in row if cell)
    counts = is_count(row, vocabulary)
    if counts and any(map(_is_ones_own, others)):
        return ""  # somebody called “Total Mary”; “Report printed” may have a day beside it
    told = counts or begins(first, vocabulary.not_people)
    if told and (len(others) < max(2, len(row) // 2) or not any(sign.isalpha() for cell in others for sign in cell)):
        return f"it begins with “{first[:40]}”, so it is no young person"
    return ""


def _is_ones_own(cell: str) -> bool:
    """Whether a cell holds what no total does: a date, or a number that a young person has."""
    joined = "".join(cell.split())
    return bool(_ONES_NUMBER.fullmatch(joined)) or (not _COUNT.fullmatch(joined) and as_date(cell) is not None)
