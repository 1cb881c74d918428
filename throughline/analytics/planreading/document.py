"""A document as its container holds it, before anybody asks what it means: headings, paragraphs and tables, in order."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Source:
    """Where something was read: lines of a text, or page, table and row of a document.

    Counted from 1 as a person counts; None where the container has no such thing. line is also a Word
    document's or web page's paragraph, sheet a workbook's sheet by name.
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    line: int | None = None
    last_line: int | None = None

    def __str__(self) -> str:
        """In words: "lines 12-14", or "page 3, table 1, row 4"."""
        named = [("page", self.page), ("sheet", self.sheet), ("table", self.table), ("row", self.row)]
        parts = [f"{word} {value}" for word, value in named if value is not None]
        if self.line is not None and self.row is None:
            several = self.last_line is not None and self.last_line > self.line
            parts.append(f"lines {self.line}-{self.last_line}" if several else f"line {self.line}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Heading:
    """A line that opens a part. level is 1 for the outermost, 0 where the container gives none."""

    text: str
    level: int
    source: Source


@dataclass(frozen=True)
class Paragraph:
    """Running text; bullet is the mark it was listed under, as printed ("•", "IV.", "(a)"), depth its indent."""

    text: str
    source: Source
    bullet: str = ""
    depth: int = 0
    bold: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table. A cell is its paragraphs, one a line, bullets still in front; "" for an empty cell.

    reached are the places, counted from 0, that a cell of a row above reaches down into; they are empty here.
    """

    cells: tuple[str, ...]
    source: Source
    reached: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """Rows as they lie in the container, heading rows among them, cut by page breaks where they were cut."""

    rows: tuple[Row, ...]
    source: Source


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    """What a container holds, in reading order; pages is how many it has where it has pages.

    title is what the container's own properties say, "" where nothing. unread is what could not be taken out:
    a picture of text, a damaged part; pairs of where and why.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    pages: int | None = None
    unread: tuple[tuple[Source, str], ...] = field(default=())
