"""Files as tests of the containers write them: Word documents, workbooks and PDFs of an invented Marlshire."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from throughline.analytics.planreading.document import Block, Document, Heading, Paragraph, Table

STYLE = """<style>
  @page { size: A4 landscape; margin: 1.5cm }
  body { font-family: 'Liberation Sans', sans-serif; font-size: 10pt }
  table { border-collapse: collapse; width: 100% }
  td, th { border: 0.5pt solid black; padding: 3pt; vertical-align: top; text-align: left }
</style>"""


def word_file(path: Path, fill: Callable[[Any], None]) -> Path:
    """A Word document that fill has written in."""
    document = docx.Document()
    fill(document)
    document.save(str(path))
    return path


def xml(text: str) -> Any:
    """An element of a Word document, its namespaces given."""
    head, _, rest = text.partition(">")
    closed = head.endswith("/")
    return parse_xml(f"{head.removesuffix('/')} {nsdecls('w', 'wp', 'a')}{'/' if closed else ''}>{rest}")


def word_body(path: Path, body: str) -> Path:
    """A Word document whose body is given as XML."""
    def fill(document: Any) -> None:
        for element in xml(f"<w:body>{body}</w:body>"):
            document.element.body.insert_element_before(element, "w:sectPr")

    return word_file(path, fill)


def workbook_file(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    """A workbook, of which fill is given the book and its first sheet."""
    book = openpyxl.Workbook()
    fill(book, book.active)
    book.save(path)
    return path


def pdf_bytes(html: str) -> bytes:
    """A PDF laid out from a page; the test is left out where WeasyPrint finds no Pango."""
    try:
        import weasyprint
    except OSError:
        pytest.skip("needs Pango, which WeasyPrint lays PDF files out with; the Debian package libpango-1.0-0 brings it in")
    held = io.BytesIO()
    weasyprint.HTML(string=html).write_pdf(held)
    return held.getvalue()


def pdf_file(path: Path, html: str) -> Path:
    """A PDF laid out from a page."""
    path.write_bytes(pdf_bytes(html))
    return path


def cells(table: Block) -> list[tuple[str, ...]]:
    """The words of a table, row by row."""
    assert isinstance(table, Table)
    return [row.cells for row in table.rows]


def tables(document: Document) -> list[list[tuple[str, ...]]]:
    """The words of every table."""
    return [cells(block) for block in document.blocks if isinstance(block, Table)]


def outline(document: Document) -> list[tuple[Any, ...]]:
    """Headings as ("h1", text), paragraphs as (mark, text), tables as ("table", rows)."""
    shown: list[tuple[Any, ...]] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            shown.append((f"h{block.level}", block.text))
        elif isinstance(block, Paragraph):
            shown.append((block.bullet, block.text))
        else:
            shown.append(("table", cells(block)))
    return shown
