"""Reads separated values, with tabs, commas or semicolons between them: the lines of title above it, and one table."""

import csv
import io
from pathlib import Path

from throughline.analytics.planreading.containers.marks import clean, split_mark
from throughline.analytics.planreading.containers.refusal import LARGEST_MARKUP, check_size, refusal, refusing_damage
from throughline.analytics.planreading.document import Block, Document, Paragraph, Row, Source, Table

_LONGEST_CELL = 2_000_000  # letters

Line = tuple[int, list[str]]


def read(path: Path) -> Document:
    """The document in a .tsv or .csv file; rows are counted from the first line of the file, as are lines.

    Lines with one cell above the first with several are paragraphs. Raises RefusedFileError when the file is no text,
    empty or too large.
    """
    check_size(path, LARGEST_MARKUP)
    text = text_of(path)
    with refusing_damage(path, "separated values", "save the file as tab-separated text from a spreadsheet; it cannot be read"):
        lines = [(number, cells) for number, row in _rows(path, text) if any(cells := [clean(cell) for cell in row])]
        first = next((index for index, (_, cells) in enumerate(lines) if sum(map(bool, cells)) > 1), len(lines))
        blocks: list[Block] = [_paragraph(line) for line in lines[:first]]
        if lines[first:]:
            blocks.append(_table(lines[first:]))
        return Document(tuple(blocks))


def text_of(path: Path) -> str:
    """The text of a file in UTF-8 or UTF-16 with its mark, UTF-8 without, or Windows-1252 as older programs save it.

    Raises RefusedFileError when the file is not text.
    """
    content = path.read_bytes()
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise refusal(path, "a text file", "save the file as plain text in UTF-8; this one holds something else than text")


def _rows(path: Path, text: str) -> list[Line]:
    between = "\t" if path.suffix.lower() == ".tsv" else _separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, quoting=quoting, strict=True)
        rows: list[Line] = []
        begun = 1
        try:
            for row in reader:
                rows.append((begun, row))
                begun = reader.line_num + 1
            return rows
        except csv.Error:
            continue  # quotation marks that are only words: taken as they are
    raise refusal(path, "separated values", "save the file as tab-separated text from a spreadsheet; a cell is too long")


def _separator(text: str) -> str:
    """What stands between cells most often in the first lines."""
    start = "\n".join(text.split("\n")[:50])
    return max(",;\t", key=start.count)


def _paragraph(line: Line) -> Paragraph:
    number, cells = line
    mark, words = split_mark(next(cell for cell in cells if cell))
    return Paragraph(words, Source(line=number), mark)


def _table(lines: list[Line]) -> Table:
    width = max(len(cells) for _, cells in lines)
    rows = [Row((*cells, *[""] * (width - len(cells))), Source(table=1, row=number, line=number))
            for number, cells in lines]
    return Table(tuple(rows), Source(table=1))
