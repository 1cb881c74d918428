"""A document to be written, before anybody asks as what: headings, paragraphs, lists, tables and figures, in order."""

import re
from dataclasses import dataclass
from datetime import date

NO_TITLE = "Untitled"
_LONG = 6  # headings from which a list of contents is worth its room
# What XML, and so Word, Excel and a web page, cannot hold: control characters, lone surrogates, the two non-characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Cell:
    """What one cell of a table holds.

    lines are its paragraphs; listed gives each a bullet; tone is a key of style.TONES and colours the cell;
    number is the amount behind the words, which Excel keeps as a number.
    """

    lines: tuple[str, ...] = ()
    listed: bool = False
    tone: str = ""
    number: float | None = None


Value = Cell | str | int | float


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, its share of the width beside the others', and whether it holds amounts."""

    heading: str
    width: float = 1.0
    amounts: bool = False


@dataclass(frozen=True)
class Heading:
    """A line that opens a part; level 1 is the outermost. listed says whether a list of contents may name it."""

    text: str
    level: int = 1
    listed: bool = True


@dataclass(frozen=True)
class Paragraph:
    """Running text; label is printed in bold before it ("Accountable leads:"). A line break opens a new paragraph."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list, one entry a bullet."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a heading row. caption says what it holds, for its sheet in Excel and for those who cannot see it.

    note is printed beneath it. Its rows are as long as its columns are many.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    caption: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the columns: a figure under the wrong heading is worse than none."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the table {self.caption!r} is not as long as its {len(self.columns)} columns")


@dataclass(frozen=True)
class Figures:
    """A few numbers to be seen at once: pairs of what is counted and how many, as printed."""

    pairs: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Bullets | Table | Figures


@dataclass(frozen=True)
class Report:
    """A whole document. status is a sentence ("Draft"); details are pairs such as ("Period", "2026 to 2029").

    footnotes are printed at the end. as_at is the day it speaks for, and the only date that gets into the file, so
    that the same report always makes the same bytes. author is the body whose document it is.
    """

    title: str
    subtitle: str = ""
    status: str = ""
    details: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[str, ...] = ()
    author: str = ""
    as_at: date | None = None


def plain(text: str) -> str:
    """The text without the characters that no document can hold."""
    return _UNWRITABLE.sub("", text)


def lines_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: its lines, the empty ones left out."""
    return tuple(line.strip() for line in plain(text).splitlines() if line.strip())


def cell(value: Value) -> Cell:
    """What a row gave for a cell, as a cell; the characters that no document can hold are gone."""
    if isinstance(value, Cell):
        return Cell(tuple(plain(line) for line in value.lines), value.listed, value.tone, value.number)
    if isinstance(value, str):
        return Cell(lines_of(value))
    return Cell((f"{value:,}",), number=value)


def title_of(report: Report) -> str:
    """The report's title on one line, never empty: a document without a title cannot be told from another."""
    return " ".join(plain(report.title).split()) or NO_TITLE


def listed_headings(report: Report) -> list[tuple[int, Heading]]:
    """The headings that a list of contents names, each with its place among the report's blocks; none in a short report."""
    headings = [(place, block) for place, block in enumerate(report.blocks) if isinstance(block, Heading)]
    found = [(place, heading) for place, heading in headings if heading.listed and heading.level <= 2]
    return found if len(found) >= _LONG else []
