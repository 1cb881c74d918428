"""Plain text, as typed or as a converter made it of a PDF: lines, tabs between cells, marks in front of lists."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from throughline.analytics.planreading.containers.marks import clean, split_mark
from throughline.analytics.planreading.containers.refusal import LARGEST_MARKUP, check_size, refusal
from throughline.analytics.planreading.document import Block, Document, Heading, Paragraph, Row, Source, Table

_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE)
_HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_ENTRY = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:ul|ol|li|p|br|div|tr|td)\b[^>]*>|(?<=\S)\s{2,}(?=\S)", re.IGNORECASE)
_TAG = re.compile(r"</?(?:u|i|b|em|strong|sup|sub|span|a)\b[^>]*>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_OPEN_ENDED = re.compile(r"[.:;!,–—-]\s*$")
_LONGEST_HEADING = 30  # words
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(path: Path) -> Document:
    """A text file as headings, paragraphs and tables, each with its lines.

    A line with a tab is a row; rows that follow one another are a table. A page number alone on a line is left out.
    Raises RefusedFileError when the file is empty, too large or not text.
    """
    check_size(path, LARGEST_MARKUP)
    return document_of(_decoded(path))


def document_of(text: str) -> Document:
    """A text that is already in hand, read as read_text reads a file. Form feeds part its pages."""
    return Document(blocks=tuple(_blocks(_joined(list(_lines(text))))))


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    named = next((encoding for mark, encoding in _ENCODINGS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(named)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what Windows programs still write
    if len(_CONTROL.findall(text)) * 50 > len(text):
        raise refusal(path, "text", "give a text file; this one holds bytes that are no text")
    return text


@dataclass
class _Line:
    """One line that holds something, or several once they are found to be one paragraph."""

    text: str
    first: int
    last: int
    alone: bool = False
    cells: tuple[str, ...] = ()
    level: int | None = None
    mark: str = ""
    depth: int = 0
    bold: bool = False
    open_bold: bool = False
    after_blank: bool = True


def _lines(text: str) -> Iterator[_Line]:
    printed = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    blank = [True, *(not line.strip() for line in printed), True]
    for number, line in enumerate(printed, 1):
        if blank[number] or _PAGE_NUMBER.fullmatch(line):
            continue
        read = _row(line, number) if "\t" in line.strip("\r\n ") else _paragraph(line, number)
        if read is not None:
            read.after_blank = blank[number - 1]
            read.alone = blank[number - 1] and blank[number + 1]
            yield read


def _row(line: str, number: int) -> _Line | None:
    cells = tuple(_cell(cell) for cell in line.rstrip("\r\n").split("\t"))
    if not any(any(mark.isalnum() for mark in cell) for cell in cells):
        return None  # a rule drawn in dashes, or the empty rows a converter leaves
    return _Line("", number, number, cells=cells)


def _cell(printed: str) -> str:
    return clean(_unmarked(_BREAK.sub("\n", _ENTRY.sub("\n• ", printed))))


def _unmarked(printed: str) -> str:
    """Words without the marks of bold, slanted and raised type."""
    return html.unescape(_TAG.sub("", _SLANTED.sub(r"\1", _BOLD.sub(r"\1", printed)))).replace("**", "")


def _paragraph(line: str, number: int) -> _Line | None:
    depth = len(line) - len(line.lstrip())
    hashes = _HASHES.fullmatch(line.strip())
    level = len(hashes.group(1)) if hashes else None
    words = hashes.group(2) if hashes else line.strip()
    bold = words.startswith("**") and words.find("**", 2) in (-1, len(words) - 2)
    mark, text = ("", clean(_unmarked(words))) if hashes else split_mark(clean(_unmarked(_ENTRY.sub("• ", words))))
    text = " ".join(text.split())
    if not text:
        return None
    odd = words.count("**") % 2 == 1
    return _Line(text, number, number, level=level, mark=mark, depth=(depth + 1) // 2, bold=bold, open_bold=odd)


def _joined(found: list[_Line]) -> list[_Line]:
    """Lines of one paragraph put together: those hard-wrapped, and those parted by the end of a page."""
    joined: list[_Line] = []
    for line in found:
        if joined and _continues(line, joined[-1]):
            before = joined[-1]
            before.text, before.last = f"{before.text} {line.text}", line.last
            before.open_bold = before.open_bold and not line.open_bold
        else:
            joined.append(line)
    return joined


def _continues(line: _Line, before: _Line) -> bool:
    if line.cells or before.cells or line.mark or line.level is not None or before.level is not None:
        return False
    if before.open_bold:
        return True
    unfinished = not re.search(r"[.:;!?]\s*$", before.text)
    if before.mark and not line.after_blank and line.depth > 0 and unfinished:
        return True
    return unfinished and line.text[:1].islower() and len(before.text) > 40


def _blocks(found: list[_Line]) -> Iterator[Block]:
    rows: list[_Line] = []
    for place, line in enumerate(found):
        if line.cells and not (rows and line.after_blank):
            rows.append(line)
            continue
        if rows:
            yield _table(rows)
            rows = [line] if line.cells else []
            if rows:
                continue
        following = found[place + 1] if place + 1 < len(found) else None
        yield _words(line, following)
    if rows:
        yield _table(rows)


def _table(rows: list[_Line]) -> Table:
    read = tuple(Row(row.cells, _source(row.first, row.last)) for row in rows)
    return Table(read, _source(rows[0].first, rows[-1].last))


def _source(first: int, last: int) -> Source:
    return Source(line=first, last_line=last if last > first else None)


def _words(line: _Line, following: _Line | None) -> Block:
    source = _source(line.first, line.last)
    if line.level is not None:
        return Heading(line.text, line.level, source)
    if _is_heading(line, following):
        return Heading(f"{line.mark} {line.text}".strip(), 0, source)
    return Paragraph(line.text, source, line.mark, line.depth, line.bold)


def _is_heading(line: _Line, following: _Line | None) -> bool:
    """A line on its own, short, begun like a sentence and not ended like one; what follows does not run on from it."""
    if line.mark and not re.fullmatch(r"\d{1,2}\.", line.mark):
        return False
    if not line.alone or line.first != line.last or _OPEN_ENDED.search(line.text):
        return False
    runs_on = following is not None and not (following.cells or following.mark) and following.text[:1].islower()
    return not runs_on and not line.text[:1].islower() and len(line.text.split()) <= _LONGEST_HEADING
