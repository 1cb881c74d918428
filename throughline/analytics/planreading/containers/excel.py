"""Reads a workbook: each visible sheet as a heading and its tables, which wholly empty rows part."""

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

from throughline.analytics.planreading.containers.excel_numbers import printed
from throughline.analytics.planreading.containers.marks import clean, split_mark
from throughline.analytics.planreading.containers.refusal import check_package, check_size, refusal, refusing_damage
from throughline.analytics.planreading.document import Block, Document, Heading, Paragraph, Row, Source, Table

MOST_CELLS = 300_000  # filled, in all sheets together
MOST_MERGED = 100_000  # squares under merged cells, each of which takes a place in memory


@dataclass
class _Line:
    """A row of a sheet: its number in the sheet, and its cells as printed."""

    number: int
    cells: list[str]
    bold: bool = False
    points: float = 0  # the size of its letters
    reached: frozenset[int] = frozenset()  # the places that a cell above reaches down into


@dataclass
class _Sheet:
    """A visible sheet: its rows with anything in them and the rows that merged cells join to the one above."""

    title: str
    lines: list[_Line] = field(default_factory=list)
    joined: set[int] = field(default_factory=set)


def read(path: Path) -> Document:
    """The document in an .xlsx or .xlsm file.

    Rows are counted as the spreadsheet counts them, tables in each sheet. Hidden sheets, rows and columns are left
    out and named in unread, as are formulas never worked out. Raises RefusedFileError when the file is damaged, no
    workbook, or holds more than MOST_CELLS.
    """
    check_size(path)
    check_package(path, "xl/workbook.xml", "an Excel workbook (.xlsx)")
    remedy = "open the file in Excel and save it again as .xlsx; it is damaged"
    with refusing_damage(path, "an Excel workbook", remedy), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on drop-down lists and the like, which hold no words
        unfinished = _check_extent(path)
        with closing(openpyxl.load_workbook(path, data_only=True)) as workbook:
            blocks: list[Block] = []
            unread: list[tuple[Source, str]] = []
            for sheet in workbook.worksheets:
                if sheet.sheet_state != "visible":
                    unread.append((Source(sheet=sheet.title), f"the sheet “{sheet.title}” is hidden and was left out"))
                    continue
                blocks += _sheet_blocks(_lines(sheet, unread))
            unread += [(Source(sheet=sheet.title), f"the sheet “{sheet.title}” is a chart and is not read")
                       for sheet in workbook.chartsheets]
            title = clean(workbook.properties.title or "")
        if unfinished:
            unread += _without_result(path, unfinished)
        return Document(tuple(blocks), title, None, tuple(unread))


def _check_extent(path: Path) -> set[str]:
    """Where, on one sheet or another, a formula was saved without its result; asked before openpyxl makes room for all.

    Raises RefusedFileError when the sheets hold too much.
    """
    cells = merged = 0
    unfinished: set[str] = set()
    with zipfile.ZipFile(path) as packed:
        for name in _sheet_files(packed):
            with packed.open(name) as sheet:
                for _, element in etree.iterparse(sheet, tag=("{*}c", "{*}mergeCell"), resolve_entities=False):
                    cells += 1
                    merged += _squares(element.get("ref")) if element.tag.endswith("mergeCell") else 0
                    if element.find("{*}f") is not None and not element.findtext("{*}v") and element.get("t") != "str":
                        unfinished.add(element.get("r") or "")
                    element.clear()
                    if cells > MOST_CELLS or merged > MOST_MERGED:
                        raise refusal(path, "a reasonable size", "give the plan's own sheets alone; this workbook has "
                                      f"more than {MOST_CELLS:,} cells, or very large merged ones")
    return unfinished


def _squares(reference: str | None) -> int:
    left, top, right, bottom = (edge or 1 for edge in range_boundaries(reference or "A1"))
    return (right - left + 1) * (bottom - top + 1)


def _sheet_files(packed: zipfile.ZipFile) -> list[str]:
    return [name for name in packed.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]


def _without_result(path: Path, places: set[str]) -> Iterator[tuple[Source, str]]:
    """Formulas that were saved without their result, as other programs than Excel leave them."""
    with closing(openpyxl.load_workbook(path)) as workbook:
        for sheet in workbook.worksheets:
            for place in sorted(places if sheet.sheet_state == "visible" else ()):
                cell = sheet[place]
                if cell.data_type == "f":
                    yield (Source(sheet=sheet.title, row=cell.row),
                           f"cell {place} holds a formula whose result was not saved; open the file in Excel and save it")


def _lines(sheet: Any, unread: list[tuple[Source, str]]) -> _Sheet:
    """The rows of a sheet that have anything in them, hidden rows and columns left out."""
    found = _Sheet(sheet.title)
    hidden = _hidden_columns(sheet)
    reached: dict[int, set[int]] = {}
    for merged in sheet.merged_cells.ranges:
        place = sum(column not in hidden for column in range(1, merged.min_col))
        for below in range(merged.min_row + 1, merged.max_row + 1):
            found.joined.add(below)
            reached.setdefault(below, set()).add(place)
    lost_rows, lost_columns = [], set()
    for number, row in _filled_rows(sheet):
        cells = {cell.column: clean(printed(cell.value, cell.number_format)) for cell in row}
        filled = {column for column, text in cells.items() if text}
        if sheet.row_dimensions[number].hidden and filled:
            lost_rows.append(number)
            continue
        lost_columns |= filled & hidden
        shown = [column for column in range(1, max(filled, default=0) + 1) if column not in hidden]
        if filled - hidden:
            bold = all(cell.font is not None and cell.font.b for cell in row if cells[cell.column])
            points = max(float(cell.font.sz or 0) for cell in row if cell.font is not None and cells[cell.column])
            held = [cells.get(column, "") for column in shown]
            found.lines.append(_Line(number, held, bold, points, frozenset(reached.get(number, ()))))
    if lost_rows:
        unread.append((Source(sheet=sheet.title, row=lost_rows[0]),
                       f"{_listed('row', [str(number) for number in lost_rows])} hidden and left out; unhide to have them read"))
    if lost_columns:
        letters = [get_column_letter(column) for column in sorted(lost_columns)]
        unread.append((Source(sheet=sheet.title), f"{_listed('column', letters)} hidden and left out; unhide to have them read"))
    return found


def _filled_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row with cells in it and those cells; a sheet may have one at its far end, and nothing between."""
    rows: dict[int, list[Any]] = {}
    # Not iter_rows(), which makes every cell between the first and that last one.
    for (row, _), cell in sorted(sheet._cells.items()):
        if cell.value is not None:
            rows.setdefault(row, []).append(cell)
    yield from rows.items()


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min, min(dimension.max, 16_384) + 1))
    return hidden


def _listed(what: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{what} {names[0]} is"
    shown = f"{', '.join(names[:20])} and {len(names) - 20} more" if len(names) > 21 else \
        f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{what}s {shown} are"


def _sheet_blocks(sheet: _Sheet) -> Iterator[Block]:
    yield Heading(sheet.title, 1, Source(sheet=sheet.title))
    levels = _levels(sheet)
    number = 0
    for lines in _parted(sheet):
        first = next((index for index, line in enumerate(lines) if _filled(line) > 1), len(lines))
        yield from (_words(line, sheet.title, levels) for line in lines[:first])
        if lines[first:]:
            number += 1
            yield _table(lines[first:], sheet.title, number)


def _parted(sheet: _Sheet) -> Iterator[list[_Line]]:
    """Runs of rows with no wholly empty row between them; a merged cell reaches across empty rows."""
    run: list[_Line] = []
    for line in sheet.lines:
        if run and not all(row in sheet.joined for row in range(run[-1].number + 1, line.number)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _filled(line: _Line) -> int:
    return sum(map(bool, line.cells))


def _levels(sheet: _Sheet) -> dict[float, int]:
    """The level of a heading by its size, where bold lines of one cell are set larger than the sheet's other words.

    The sheet's own title, the one line that is larger than all, has none.
    """
    alone = [line for line in sheet.lines if line.bold and _filled(line) == 1]
    running = min((line.points for line in sheet.lines), default=0)
    sizes = sorted({line.points for line in alone if line.points > running}, reverse=True)
    title = bool(sizes) and [line.points for line in alone].count(sizes[0]) == 1
    return {size: place if title else place + 1 for place, size in enumerate(sizes)}


def _words(line: _Line, sheet: str, levels: Mapping[float, int]) -> Heading | Paragraph:
    mark, words = split_mark(next(text for text in line.cells if text))
    if line.bold and line.points in levels and not mark:
        return Heading(words, levels[line.points], Source(sheet=sheet, row=line.number))
    return Paragraph(words, Source(sheet=sheet, row=line.number), mark, bold=line.bold)


def _table(lines: Sequence[_Line], sheet: str, number: int) -> Table:
    """Rows of one width, less the columns at the left that are empty in all of them."""
    width = max(len(line.cells) for line in lines)
    left = min(next(index for index, text in enumerate(line.cells) if text) for line in lines)
    rows = [
        Row((*line.cells[left:], *[""] * (width - len(line.cells))), Source(sheet=sheet, table=number, row=line.number),
            frozenset(place - left for place in line.reached if place >= left))
        for line in lines
    ]
    return Table(tuple(rows), Source(sheet=sheet, table=number))
