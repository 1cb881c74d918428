"""A Word document of ours opens, is laid out for a committee, and can be followed by ear."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from tests.analytics.planwriting.marlshire import facts, plan
from throughline.analytics.planwriting.facts import Facts
from throughline.analytics.planwriting.report import Bullets, Column, Figures, Heading, Paragraph, Report, Table
from throughline.analytics.planwriting.word import report_word, write_word


@pytest.fixture(scope="module")
def written() -> bytes:
    """The plan as monitored."""
    return write_word(plan(), facts())


@pytest.fixture(scope="module")
def document(written: bytes) -> docx.document.Document:
    """The same, opened."""
    return docx.Document(io.BytesIO(written))


def styled(document: docx.document.Document, style: str) -> list[str]:
    """The texts of the paragraphs in a style."""
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_the_front_says_what_it_is_and_how_far_it_is_approved(document):
    assert styled(document, "Title") == ["Marlshire 14-24 plan"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[2:7] == ["Approved by Cabinet on 3 March 2026", "Period: 2026 to 2029",
                          "Organisations: Marlshire County Council; Marlshire Partnership",
                          "Issued by: Education", "As at: 1 November 2026"]
    assert "Actions: 4   |   Amber: 1   |   Red: 1   |   Not rated: 2" in texts


def test_headings_are_headings(document):
    assert styled(document, "Heading 1") == [
        "Recommendation 1: Set clear priorities", "Recommendation 2: Review planning", "Measures", "Cross references", "Glossary"]
    assert styled(document, "Heading 2")[:2] == ["Priority One: Know how well young people do", "Priority Two: Publish"]
    assert styled(document, "Heading 3") == ["What difference will this make?", "How will we know?"]
    assert styled(document, "List Bullet") == ["Participation rises to 98%", "NEET falls to 5.5%"]
    assert "Accountable leads: Director of Education; HSI" in [paragraph.text for paragraph in document.paragraphs]


def test_contents_lead_to_the_headings(document):
    entries = [paragraph for paragraph in document.paragraphs if paragraph.style.name.startswith("toc ")]
    names = {mark.get(qn("w:name")): mark.getparent() for mark in document.element.iter(qn("w:bookmarkStart"))}
    shown = [(entry.text, entry.style.name[-1], names[link.get(qn("w:anchor"))])
             for entry in entries for link in entry._p.iter(qn("w:hyperlink"))]
    assert len(shown) == len(entries) == 8
    for text, level, heading in shown:
        assert (heading.style, heading.text) == (f"Heading{level}", text)


def test_a_field_is_closed_for_each_that_is_opened(document):
    for part in (document.element, document.sections[0].footer.paragraphs[0]._p):
        marks = [mark.get(qn("w:fldCharType")) for mark in part.iter(qn("w:fldChar"))]
        assert marks == ["begin", "separate", "end"] * (len(marks) // 3) and marks


def test_each_table_has_a_heading_row_that_repeats_and_rows_that_stay_whole(document):
    assert len(document.tables) == 6
    for table in document.tables:
        rows = [row._tr.trPr for row in table.rows]
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_a_table_is_as_wide_as_the_page_between_its_margins(document):
    page = document.sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)
    room = page.page_width - page.left_margin - page.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.001)


def test_an_action_is_told_whole_with_its_rating_in_words_and_in_colour(document):
    cells = document.tables[0].rows[1].cells
    assert [cell.text for cell in cells[:6]] == [
        "1:1:1", "Improve the analysis of results", "So that the council knows where it stands",
        "Name who does it\nReport to the board each year", "Head of Data; DCS",
        "By Sept 2026"]
    assert {paragraph.style.name for paragraph in cells[3].paragraphs} == {"Table bullet"}
    assert {paragraph.style.name for paragraph in cells[6].paragraphs} == {"Table text"}
    shading = cells[10]._tc.tcPr.find(qn("w:shd")).get(qn("w:fill"))
    assert (cells[10].text, shading) == ("Amber", "FCE3BF")


def test_the_foot_counts_the_pages(document):
    foot = document.sections[0].footer.paragraphs[0]
    codes = [element.text.strip() for element in foot._p.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert foot.text == "Marlshire 14-24 plan, as at 1 November 2026\tPage 1 of 1"


def test_it_is_in_british_english_and_has_its_properties(written, document):
    said = document.core_properties
    assert (said.title, said.author, said.language) == ("Marlshire 14-24 plan", "Marlshire County Council", "en-GB")
    assert said.created == datetime(2026, 11, 1, tzinfo=UTC)
    assert {spoken.get(qn("w:val")) for spoken in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert "docProps/thumbnail.jpeg" not in zipfile.ZipFile(io.BytesIO(written)).namelist()


def test_the_clock_does_not_get_into_the_file(written):
    dates = {part.date_time for part in zipfile.ZipFile(io.BytesIO(written)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert write_word(plan(), facts()) == written


def test_a_plan_that_says_nothing_is_still_a_document():
    bare = docx.Document(io.BytesIO(write_word(type(plan())(), Facts())))
    assert styled(bare, "Title") == ["Untitled"]
    assert bare.tables == []


def test_a_report_is_written_in_the_same_styles():
    table = Table((Column("Measure"), Column("Value", amounts=True)), (("NEET", 1204),), "Figures", "Provisional.")
    blocks = (Figures((("Overdue", "4"),)), Heading("News", 2), Paragraph("one\ntwo", "Judgement:"), Bullets(("a\x00b",)), table)
    document = docx.Document(io.BytesIO(report_word(Report("Highlights", blocks=blocks, footnotes=("Counted at 16.",)))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == ["Highlights", "Overdue: 4", "News", "Judgement: one", "two", "ab", "Provisional.", "Notes", "Counted at 16."]
    assert document.tables[0].rows[1].cells[1].text == "1,204"
