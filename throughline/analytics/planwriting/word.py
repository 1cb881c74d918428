"""A report as a Word document: real headings and lists, heading rows flagged and repeated, in British English."""

import io
import zipfile
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from throughline.analytics.planreading.tree import Plan
from throughline.analytics.planwriting import style
from throughline.analytics.planwriting.composition import plan_report
from throughline.analytics.planwriting.facts import Facts, day
from throughline.analytics.planwriting.report import (
    Block,
    Bullets,
    Cell,
    Figures,
    Heading,
    Paragraph,
    Report,
    Table,
    cell,
    lines_of,
    plain,
    title_of,
)
from throughline.analytics.planwriting.wordcontents import mark_heading, write_contents
from throughline.analytics.planwriting.wordstyles import TABLE_BULLET, TABLE_HEADING, TABLE_TEXT, set_styles, shade

_OLDEST = date(1980, 1, 1)  # the first day a zip file can name, for a report that speaks for none
_TWIPS_A_MM = 1440 / 25.4


def write_word(plan: Plan, facts: Facts) -> bytes:
    """The plan as a Word document (.docx)."""
    return report_word(plan_report(plan, facts))


def report_word(report: Report) -> bytes:
    """The report as a Word document (.docx), the same bytes every time."""
    document = Document()
    set_styles(document)
    _set_properties(document, report)
    _set_page(document, report)
    _write_front(document, report)
    write_contents(document, report)
    for place, block in enumerate(report.blocks):
        _write_block(document, block, place)
    if report.footnotes:
        document.add_heading("Notes", 1)
        for note in report.footnotes:
            document.add_paragraph(plain(note), "List Number")
    written = io.BytesIO()
    document.save(written)
    return _dateless(written.getvalue())


def _set_properties(document: Any, report: Report) -> None:
    said = document.core_properties
    moment = datetime.combine(report.as_at or _OLDEST, datetime.min.time(), UTC)
    said.title, said.author, said.subject = title_of(report)[:255], plain(report.author)[:255], plain(report.status)[:255]
    said.language, said.comments, said.last_modified_by, said.revision = "en-GB", "", plain(report.author)[:255], 1
    said.created = said.modified = moment


def _set_page(document: Any, report: Report) -> None:
    """A4 on its side, with the title and the page's number at the foot."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(style.PAGE_MM[0]), Mm(style.PAGE_MM[1])
    page.left_margin = page.right_margin = page.top_margin = Mm(style.MARGIN_MM)
    page.bottom_margin, page.footer_distance = Mm(18), Mm(9)
    foot = page.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(style.WIDTH_MM), WD_ALIGN_PARAGRAPH.RIGHT)
    as_at = f", as at {day(report.as_at)}" if report.as_at else ""
    foot.add_run(f"{title_of(report)}{as_at}\tPage ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: Any, code: str) -> None:
    """A field that Word works out when it lays the page out."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        if kind == "separate":
            named = OxmlElement("w:instrText")
            named.set(qn("xml:space"), "preserve")
            named.text = f" {code} "
            run._r.append(named)
            run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "separate":
            paragraph.add_run("1")


def _write_front(document: Any, report: Report) -> None:
    if report.subtitle:
        document.add_paragraph(" ".join(lines_of(report.subtitle)), "Subtitle")
    document.add_paragraph(title_of(report), "Title")
    if report.status:
        document.add_paragraph().add_run(" ".join(lines_of(report.status))).bold = True
    for label, words in report.details:
        _write_paragraph(document, " ".join(lines_of(words)), f"{label}:")


def _write_block(document: Any, block: Block, place: int) -> None:
    match block:
        case Heading(text, level):
            mark_heading(document.add_heading(" ".join(lines_of(text)), min(level, 9)), place)
        case Paragraph(text, label):
            _write_paragraph(document, text, label)
        case Bullets(items):
            for item in items:
                document.add_paragraph(" ".join(lines_of(item)), "List Bullet")
        case Figures(pairs):
            _write_figures(document, pairs)
        case Table():
            _write_table(document, block)


def _write_paragraph(document: Any, text: str, label: str) -> None:
    first, *rest = lines_of(text) or ("",)
    opened = document.add_paragraph()
    if label:
        opened.add_run(f"{label} ").bold = True
    opened.add_run(first)
    for line in rest:
        document.add_paragraph(line)


def _write_figures(document: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    """One line: Actions: 12 | Green: 3. A table of them would have no heading row to flag."""
    paragraph = document.add_paragraph()
    for place, (label, value) in enumerate(pairs):
        paragraph.add_run(f"{'   |   ' if place else ''}{plain(label)}: ")
        paragraph.add_run(plain(value)).bold = True


def _write_table(document: Any, table: Table) -> None:
    drawn = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    _describe(drawn, table.caption)
    widths = [Mm(width) for width in style.shares([column.width for column in table.columns], style.WIDTH_MM)]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    _write_row(drawn, [Cell((plain(column.heading),)) for column in table.columns], table, heads=True)
    for row in table.rows:
        _write_row(drawn, [cell(value) for value in row], table)
    after = document.add_paragraph(plain(table.note), "Table note")
    after.paragraph_format.space_after = Pt(6)


def _describe(drawn: Any, caption: str) -> None:
    """What a screen reader says of the table, and that its first row heads its columns."""
    properties = drawn._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for name, value in (("val", "0620"), ("firstRow", "1"), ("firstColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    whole = properties.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(round(style.WIDTH_MM * _TWIPS_A_MM)))
    if caption:
        named = OxmlElement("w:tblCaption")
        named.set(qn("w:val"), plain(caption))
        properties.append(named)


def _write_row(drawn: Any, cells: list[Cell], table: Table, heads: bool = False) -> None:
    """A row that stays on one page where a page can hold it; the heading row is repeated on each."""
    row = drawn.add_row()
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if heads else ())):
        properties.append(OxmlElement(name))
    for box, held, column in zip(row.cells, cells, table.columns, strict=True):
        write = partial(_write_cell, box, held, right=column.amounts)
        if heads:
            write(kind=TABLE_HEADING)
            shade(box, style.BAND)
        else:
            write(kind=TABLE_BULLET if held.listed else TABLE_TEXT)


def _write_cell(box: Any, held: Cell, kind: str, right: bool) -> None:
    tone = style.TONES.get(held.tone)
    if tone:
        shade(box, tone.paper)
    for place, line in enumerate(held.lines or ("",)):
        paragraph = box.paragraphs[0] if place == 0 else box.add_paragraph()
        paragraph._p.style = kind  # by its id: looking a style up by name, cell by cell, takes most of a long plan's time
        run = paragraph.add_run(line)
        if tone:
            run.font.color.rgb = RGBColor.from_string(tone.ink)
            run.bold = True
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _dateless(document: bytes) -> bytes:
    """The same package with every part dated alike: the clock would make two copies of one report differ."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as made, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, made.read(part))
    return settled.getvalue()
