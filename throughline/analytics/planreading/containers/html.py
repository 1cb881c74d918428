"""Reads a web page, or a document saved as one: headings, paragraphs, lists and tables as a browser shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import html5lib

from throughline.analytics.planreading.containers.html_tables import is_layout, placed, rows_of
from throughline.analytics.planreading.containers.html_text import HEADINGS, LISTS, list_mark, pieces, tag_of, whole_text
from throughline.analytics.planreading.containers.marks import clean, marked, split_mark, typed_items
from throughline.analytics.planreading.containers.refusal import LARGEST_MARKUP, check_size, refusal, refusing_damage
from throughline.analytics.planreading.document import Block, Document, Heading, Paragraph, Row, Source, Table

DEEPEST = 2_000  # open elements within one another; the parser takes ever longer over more
_NESTED = "save the page again from the program it came from; its parts are nested beyond reading"
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)[^<>]*?(?P<alone>/?)>", re.IGNORECASE)
_NEED_NO_CLOSE = {"p", "li", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot", "option", "br", "img", "hr", "input",
                  "meta", "link", "col", "colgroup", "wbr", "source", "area", "base"}
LINE = "data-throughline-line"  # where Markdown says which lines of its file an element was made of: "12-14"


def read(path: Path) -> Document:
    """The document in a web page, in whatever character set it says it is written.

    Paragraphs are counted as lines, tables through the document, rows in each table. Menus and hidden parts are left
    out and named in unread. Raises RefusedFileError when the file is empty, too large, or nested beyond reading.
    """
    check_size(path, LARGEST_MARKUP)
    content = path.read_bytes()
    return document_of(path, _decoded(content))


def _decoded(content: bytes) -> bytes | str:
    """The page as UTF-8 where it names no character set and is that; otherwise its bytes, for the parser to find out."""
    if b"charset" not in content[:4096].lower() and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return content


def document_of(path: Path, content: bytes | str) -> Document:
    """The document in the source of a web page; path is the file to name in a refusal."""
    _check_depth(path, content if isinstance(content, str) else content.decode("latin-1"))
    with refusing_damage(path, "a web page", _NESTED):
        root = html5lib.parse(content, treebuilder="etree", namespaceHTMLElements=False)
        reader = _Reader()
        blocks = [block for part in root if tag_of(part) != "head" for block in reader.flow(part)]
        title = root.find("head/title")
        unread = [(Source(), f"“{words}” is a menu or a hidden part of the page and was left out")
                  for words in map(clean, reader.hidden) if words]
        return Document(tuple(blocks), clean(whole_text(title)) if title is not None else "", None, tuple(unread))


def _check_depth(path: Path, source: str) -> None:
    """Raise RefusedFileError when elements are opened within one another without end."""
    depth = 0
    for tag in _TAG.finditer(source):
        if not tag["alone"] and tag["name"].lower() not in _NEED_NO_CLOSE:
            depth = max(0, depth - 1) if tag["close"] else depth + 1
        if depth > DEEPEST:
            raise refusal(path, "a web page", _NESTED)


@dataclass
class _Reader:
    """Walks through a page, counting its paragraphs and tables; mark waits for the paragraph it stands in front of."""

    paragraphs: int = 0
    tables: int = 0
    mark: str = ""
    depth: int = 0
    hidden: list[str] = field(default_factory=list)
    at: tuple[int, int] | None = None

    def flow(self, element: Any, exact: bool = False) -> Iterator[Block]:
        """What an element holds, paragraph by paragraph."""
        self._take_place(element)
        run: list[tuple[str, bool]] = []
        for piece in pieces(element, self.hidden, exact=exact):
            if isinstance(piece, tuple):
                run.append(piece)
            else:
                yield from self._paragraph(run)
                run = []
                yield from self._block(piece)
        yield from self._paragraph(run)

    def _take_place(self, element: Any) -> None:
        first, dash, last = (element.get(LINE) or "").partition("-")
        if dash and first.isdecimal() and last.isdecimal():
            self.at = (int(first), int(last))

    def _source(self) -> Source:
        return Source(line=self.at[0], last_line=self.at[1]) if self.at else Source(line=self.paragraphs)

    def _paragraph(self, run: list[tuple[str, bool]]) -> Iterator[Paragraph]:
        words = clean("".join(text for text, _ in run))
        if not words:
            return
        bold = all(heavy for text, heavy in run if text.strip())
        for item in typed_items(words):
            self.paragraphs += 1
            mark, text = (self.mark, item) if self.mark else split_mark(item)
            self.mark = ""
            yield Paragraph(text, self._source(), mark, max(0, self.depth - 1), bold)

    def _block(self, element: Any) -> Iterator[Block]:
        tag = tag_of(element)
        self._take_place(element)
        if tag in HEADINGS:
            words = " ".join(_lines(element))
            if words:
                self.paragraphs += 1
                yield Heading(marked(self.mark, words), HEADINGS[tag], self._source())
                self.mark = ""
        elif tag in LISTS:
            yield from self._list(element)
        elif tag == "table" and not is_layout(element):
            yield from self._table(element)
        elif tag == "table":
            for row in rows_of(element):
                yield from self.flow(row)
        else:
            yield from self.flow(element, exact=tag == "pre")

    def _list(self, element: Any) -> Iterator[Block]:
        self.depth += 1
        place = 0
        for child in element:
            if tag_of(child) == "li":
                self.mark = list_mark(child, element, place)
                place += 1
                yield from self.flow(child)
                self.mark = ""
            elif tag_of(child):
                yield from self._block(child)
        self.depth -= 1

    def _table(self, element: Any) -> Iterator[Block]:
        for caption in element.findall("caption"):
            yield from self.flow(caption)
        self.tables += 1
        rows = []
        for number, (row, cells, reached) in enumerate(placed(element), 1):
            self._take_place(row)
            texts = tuple("" if cell is None else "\n".join(_lines(cell, self.hidden)) for cell in cells)
            line = self.at[0] if self.at else None
            if any(texts):
                rows.append(Row(texts, Source(table=self.tables, row=number, line=line), reached))
        if rows:
            yield Table(tuple(rows), Source(table=self.tables, line=rows[0].source.line))


def _lines(cell: Any, hidden: list[str] | None = None) -> list[str]:
    """The paragraphs of a cell one a line, bullets in front, rows of tables inside it among them."""
    lines: list[str] = []
    for block in _Reader(hidden=[] if hidden is None else hidden).flow(cell):
        if isinstance(block, Table):
            lines += [" ".join(" ".join(row.cells).split()) for row in block.rows]
        elif isinstance(block, Paragraph):
            lines += marked(block.bullet, block.text).split("\n")
        else:
            lines.append(block.text)
    return lines
