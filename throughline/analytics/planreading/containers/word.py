"""Reads a Word document: headings, paragraphs with the marks Word prints, and tables, in the order of the document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from throughline.analytics.planreading.containers.marks import BULLET, clean, marked, split_mark
from throughline.analytics.planreading.containers.refusal import check_package, check_size, refusing_damage
from throughline.analytics.planreading.containers.word_lists import Lists
from throughline.analytics.planreading.containers.word_styles import Styles, W, value
from throughline.analytics.planreading.containers.word_text import Inline, blocks_in, inline
from throughline.analytics.planreading.document import Block, Document, Heading, Paragraph, Row, Source, Table

DEEPEST_TABLE = 12  # tables within tables
WIDEST_SPAN = 200  # columns that one cell may cover


def read(path: Path) -> Document:
    """The document in a .docx file.

    Paragraphs outside tables are counted as lines, tables through the document, rows in each table. Tracked changes
    are read as accepted. Headers and footers are left out unless nothing in the document stands before its first
    table. Raises RefusedFileError when the file is damaged or is no Word document.
    """
    check_size(path)
    check_package(path, "word/document.xml", "a Word document (.docx)")
    with refusing_damage(path, "a Word document", "open the file in Word and save it again as .docx; it is damaged"):
        held = docx.Document(str(path))
        styles = Styles.of(_part(held, "styles"))
        reader = _Reader(styles, Lists.of(_part(held, "numbering"), styles))
        blocks = list(reader.blocks(held.element.body))
        if not blocks or isinstance(blocks[0], Table):
            blocks = [*_header(held), *blocks]
        blocks += reader.footnotes(_part(held, "footnotes"))
        return Document(tuple(blocks), clean(held.core_properties.title or ""), None, tuple(reader.unread))


def _part(held: Any, called: str) -> Any:
    """The root of the part of a document that is called so, None where it has none."""
    for relation in held.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == called and not relation.is_external:
            return etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
    return None


def _header(held: Any) -> list[Block]:
    """The running header as a heading: in a document that is one table it holds the only title."""
    words = clean(" ".join(paragraph.text for paragraph in held.sections[0].header.paragraphs)) if held.sections else ""
    return [Heading(words, 1, Source(line=1))] if words else []


@dataclass
class _Reader:
    """Walks through a document, counting its paragraphs, tables and lists, and noting what it leaves out."""

    styles: Styles
    lists: Lists
    unread: list[tuple[Source, str]] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    contents_noted: bool = False

    def blocks(self, element: Any, depth: int = 0) -> Iterator[Block]:
        """What stands in the body, a text box or a frame of one cell."""
        for child in blocks_in(element):
            if child.tag == W + "p":
                yield from self._paragraph(child, depth)
            elif depth < DEEPEST_TABLE and _is_frame(child):
                for cell in child.iter(W + "tc"):
                    yield from self.blocks(cell, depth + 1)
                    break
            else:
                yield from self._table(child)

    def _paragraph(self, element: Any, depth: int) -> Iterator[Block]:
        held = inline(element, self.styles)
        mark, level = self._mark(element)
        words = clean(held.text)
        if words:
            self.paragraphs += 1
        source = Source(line=max(self.paragraphs, 1))
        self._note(held, source)
        if words and not self._is_contents(element, source):
            yield self._as_block(element, held, words, mark, level, source)
        for box in held.boxes if depth < DEEPEST_TABLE else ():
            yield from self.blocks(box, depth + 1)

    def _as_block(self, element: Any, held: Inline, words: str, mark: str, level: int, source: Source) -> Block:
        heading = self.styles.heading_level(element)
        if heading is not None:
            return Heading(marked(mark, words.replace("\n", " ")), heading, source)
        if not mark:
            mark, words = split_mark(words)
        return Paragraph(words, source, mark, level if mark else 0, held.all_bold)

    def _mark(self, element: Any) -> tuple[str, int]:
        place = self.styles.list_place(element)
        return self.lists.mark(place, self.styles.of_paragraph(element)) if place else ("", 0)

    def _is_contents(self, element: Any, source: Source) -> bool:
        """Whether a paragraph belongs to the table of contents, which says each heading once more."""
        name = self.styles.name(self.styles.of_paragraph(element))
        if not (name.startswith("toc ") and name[4:].isdecimal()):
            return False
        if not self.contents_noted:
            self.unread.append((source, "the table of contents is left out; it repeats the headings"))
            self.contents_noted = True
        return True

    def _note(self, held: Inline, source: Source) -> None:
        deleted, hidden = clean("".join(held.deleted)), clean("".join(held.hidden))
        if deleted:
            self.unread.append((source, f"“{deleted}” is marked as deleted and was left out"))
        if hidden:
            self.unread.append((source, f"“{hidden}” is hidden text and was left out"))
        self.unread += [(source, f"{picture} stands here; words in it are not read") for picture in held.pictures]

    def _table(self, element: Any) -> Iterator[Table]:
        self.tables += 1
        whole = Source(table=self.tables)
        rows = []
        for number, row in enumerate(_rows(element), 1):
            source = Source(table=self.tables, row=number)
            held = list(self._cells(row, source))
            cells = tuple(text for text, _ in held)
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.unread.append((source, f"the row “{clean(' '.join(cells))}” is marked as deleted and was left out"))
            elif any(cells):
                rows.append(Row(cells, source, frozenset(place for place, (_, reached) in enumerate(held) if reached)))
        if rows:
            yield Table(tuple(rows), whole)

    def _cells(self, row: Any, source: Source) -> Iterator[tuple[str, bool]]:
        """Each place of a row: what stands in it, and whether a cell above reaches down into it."""
        yield from [("", False)] * _count(value(row.find(W + "trPr"), "gridBefore"), 0)
        for cell in _children(row, "tc"):
            properties = cell.find(W + "tcPr")
            down, along = (_goes_on(properties, name) for name in ("vMerge", "hMerge"))
            text = "\n".join(self._lines(cell, source))
            # A cell that only carries on one above holds an empty paragraph; words in it would be lost in Word too.
            yield text, down and not along and not text
            yield from [("", False)] * (_count(value(properties, "gridSpan"), 1) - 1)

    def _lines(self, cell: Any, source: Source, depth: int = 0) -> Iterator[str]:
        """The paragraphs of a cell one a line, those of tables and boxes inside it among them."""
        for child in blocks_in(cell):
            if child.tag == W + "tbl":
                if depth < DEEPEST_TABLE:
                    yield from self._inner_rows(child, source, depth)
                continue
            held = inline(child, self.styles)
            mark, _ = self._mark(child)
            self._note(held, source)
            words = clean(held.text)
            if words:
                yield marked(mark, words) if mark else _retyped(words)
            elif mark and mark != BULLET:
                yield mark  # a column of numbers that Word counts by itself
            for box in held.boxes if depth < DEEPEST_TABLE else ():
                yield from self._lines(box, source, depth + 1)

    def _inner_rows(self, table: Any, source: Source, depth: int) -> Iterator[str]:
        """The rows of a table inside a cell: one line where each of its cells is one, otherwise every line by itself."""
        for row in _rows(table):
            cells = [list(self._lines(cell, source, depth + 1)) for cell in _children(row, "tc")]
            if all(len(lines) <= 1 for lines in cells):
                cells = [[" ".join(line for lines in cells for line in lines)]]
            yield from (line for lines in cells for line in lines if line)

    def footnotes(self, root: Any) -> list[Block]:
        """The footnotes, listed under their numbers, after everything else."""
        notes: list[Block] = []
        for note in () if root is None else root.findall(W + "footnote"):
            if note.get(W + "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            words = " ".join(self._lines(note, Source(line=self.paragraphs + 1)))
            if words:
                self.paragraphs += 1
                notes.append(Paragraph(clean(words), Source(line=self.paragraphs), str(len(notes) + 1)))
        return notes


def _retyped(words: str) -> str:
    """Lines typed with a letter for a bullet ("o ", "§ ") given the bullet that is printed."""
    lines = []
    for line in words.split("\n"):
        mark, rest = split_mark(line)
        lines.append(marked(mark, rest) if mark == BULLET else line)
    return "\n".join(lines)


def _is_frame(table: Any) -> bool:
    """Whether a table is one cell around others: a frame drawn about part of the page, not a table of things."""
    rows = _rows(table)
    cells: Sequence[Any] = _children(rows[0], "tc") if len(rows) == 1 else ()
    return len(cells) == 1 and any(child.tag == W + "tbl" for child in blocks_in(cells[0]))


def _rows(table: Any) -> list[Any]:
    return _children(table, "tr")


def _children(element: Any, name: str) -> list[Any]:
    """The rows of a table or cells of a row, through content controls and accepted insertions."""
    found: list[Any] = []
    for child in element:
        if child.tag == W + name:
            found.append(child)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"):
            found += _children(child, name)
    return found


def _goes_on(properties: Any, merge: str) -> bool:
    """Whether a cell only goes on with the one above it or beside it."""
    found = None if properties is None else properties.find(W + merge)
    return found is not None and found.get(W + "val") != "restart"


def _count(printed: str | None, otherwise: int) -> int:
    return min(int(printed), WIDEST_SPAN) if printed is not None and printed.isdecimal() and len(printed) < 6 else otherwise
