"""A PDF is read as it is laid out: ruled and plain tables, columns, headings, bullets, and what every page repeats."""

import pypdfium2 as pdfium
import pytest

from tests.analytics.planreading.containers.written import STYLE, outline, pdf_bytes, pdf_file, tables
from throughline.analytics.planreading.containers import pdf
from throughline.analytics.planreading.document import Heading, Source, Table
from throughline.core.problems import RefusedFileError

SENTENCE = ("Every provider in Marlshire agrees what it offers each young person and says so in one prospectus that is "
            "published in September. Schools and colleges share what they know about progress. ")
HEAD = """<thead><tr><th rowspan=2>Num<th colspan=2>What<th rowspan=2>Milestones<th rowspan=2>RAG</tr>
    <tr><th>Actions<th style="width: 3cm">Who</tr></thead>"""
HEAD_ROWS = [("Num", "What", "", "Milestones", "RAG"), ("", "Actions", "Who", "", "")]


def row(number):
    return (f"<tr><td>1.{number}<td><p>Establish a partnership {number} of schools, colleges and training providers that "
            f"agrees its aims</p><p>Publish them</p><td>DCS<br>HSI<td><ul><li>Terms of reference and protocols in place by "
            f"the end of the spring term</li><li>Board met</li></ul><td>G</tr>")


def expected(number):
    return (f"1.{number}",
            f"Establish a partnership {number} of schools, colleges and training providers that agrees its aims\nPublish them",
            "DCS\nHSI", "• Terms of reference and protocols in place by the end of the spring term\n• Board met", "G")


def test_a_ruled_table_with_merged_headings(tmp_path):
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", f"{STYLE}<table>{HEAD}{row(1)}{row(2)}</table>"))
    assert tables(read_back) == [[*HEAD_ROWS, expected(1), expected(2)]]
    assert read_back.blocks[0].rows[2].source == Source(page=1, table=1, row=3)
    assert read_back.pages == 1


def test_a_table_over_pages_is_a_table_a_page_with_its_repeated_heading(tmp_path):
    body = "".join(map(row, range(1, 25)))
    keep = "<style>tr { break-inside: avoid }</style>"
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", f"{STYLE}{keep}<h1>Plan</h1><table>{HEAD}{body}</table>"))
    found = tables(read_back)
    assert read_back.pages == len(found) > 1
    assert [each[:2] for each in found] == [HEAD_ROWS] * len(found)
    assert [each for table in found for each in table[2:]] == [expected(number) for number in range(1, 25)]
    assert [block.source for block in read_back.blocks if isinstance(block, Table)] == [
        Source(page=page, table=1) for page in range(1, len(found) + 1)]


def test_no_word_of_a_row_cut_by_a_page_break_is_lost(tmp_path):
    words = [f"word{number}" for number in range(900)]
    html = f"{STYLE}<table>{HEAD}<tr><td>1.1<td>{' '.join(words)}<td>JL<td>{' '.join(words[:9])}<td>R</tr></table>"
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", html))
    assert read_back.pages > 1
    assert " ".join(each[1] for table in tables(read_back) for each in table[2:]).split() == words


def test_headings_bullets_and_wrapped_paragraphs(tmp_path):
    html = f"""{STYLE}<h1>Marlshire plan</h1><p>{SENTENCE * 4}</p><p>{SENTENCE}</p><h2>Priority one</h2>
        <ul><li>{SENTENCE * 2}</li><li>Visit schools</li></ul><p><b>How will we know?</b></p><p>{SENTENCE}</p>"""
    assert outline(pdf.read(pdf_file(tmp_path / "plan.pdf", html))) == [
        ("h1", "Marlshire plan"), ("", (SENTENCE * 4).strip()), ("", SENTENCE.strip()), ("h2", "Priority one"),
        ("•", (SENTENCE * 2).strip()), ("•", "Visit schools"), ("h3", "How will we know?"), ("", SENTENCE.strip()),
    ]


def test_what_every_page_repeats_is_left_out_and_named(tmp_path):
    margins = """<style>@page { @top-left { content: "Marlshire 14-19 plan" }
        @bottom-right { content: "Page " counter(page) " of " counter(pages) } } p { break-after: page }</style>"""
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", f"{STYLE}{margins}<p>First</p><p>Second</p><div>Third</div>"))
    assert outline(read_back) == [("", "First"), ("", "Second"), ("", "Third")]
    (where, why), = read_back.unread
    assert where == Source(page=1)
    assert why.startswith("“Marlshire 14-19 plan” is printed at the edge of 3 pages")


def test_a_sentence_cut_by_a_page_break_is_one_paragraph(tmp_path):
    html = f"{STYLE}<p>{SENTENCE * 60}</p>"
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", html))
    assert read_back.pages > 1
    assert outline(read_back) == [("", (SENTENCE * 60).strip())]


def test_columns_of_text_are_read_one_after_the_other(tmp_path):
    html = f"""{STYLE}<h1>Strategy</h1><div style="column-count: 2; column-gap: 1cm"><p>{SENTENCE * 5}</p>
        <p>Second. {SENTENCE * 4}</p></div><p>Below both columns.</p>"""
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", html))
    said = " ".join(block.text for block in read_back.blocks)
    assert said == f"Strategy {SENTENCE * 5}Second. {SENTENCE * 4}Below both columns."


PLAIN = "<style>td, th { border: 0; padding: 2pt 8pt }</style>"
FIGURES = [("Measure", "Baseline", "Target"), ("Participation of all aged 16 and 17", "91.36%", "98%"),
           ("NEET or not known", "6.14%", "5.5%"), ("Apprenticeships started", "252", "300")]


@pytest.mark.parametrize("ruled", ["", "<style>tr { border-bottom: 0.5pt solid grey }</style>"])
def test_a_table_without_upright_lines(tmp_path, ruled):
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in FIGURES)
    html = f"{STYLE}{PLAIN}{ruled}<p>{SENTENCE}</p><table>{body}</table><p>{SENTENCE * 3}</p>"
    assert outline(pdf.read(pdf_file(tmp_path / "plan.pdf", html))) == [
        ("", SENTENCE.strip()), ("table", FIGURES), ("", (SENTENCE * 3).strip())]


def test_cells_whose_words_touch_the_line_between_them(tmp_path):
    close = "<style>table { width: auto } td { padding: 0 }</style>"
    html = f"{STYLE}{close}<table><tr><td>1.1<td>Visit<td>JL</tr><tr><td>1.2<td>Write<td>HS</tr></table>"
    assert tables(pdf.read(pdf_file(tmp_path / "plan.pdf", html))) == [[("1.1", "Visit", "JL"), ("1.2", "Write", "HS")]]


def test_a_page_turned_on_its_side_is_read_as_it_is_held(tmp_path):
    turned = """<style>@page { size: A4 portrait; margin: 0 }
        div { width: 27cm; position: absolute; left: 1cm; top: 1cm; transform-origin: 0 0;
              transform: translate(0, 27cm) rotate(-90deg) }</style>"""
    source = pdfium.PdfDocument(pdf_bytes(f"{STYLE}{turned}<div><h1>Plan</h1><table>{HEAD}{row(1)}{row(2)}</table></div>"))
    source[0].set_rotation(90)
    source.save(tmp_path / "plan.pdf")
    read_back = pdf.read(tmp_path / "plan.pdf")
    assert outline(read_back) == [("h1", "Plan"), ("table", [*HEAD_ROWS, expected(1), expected(2)])]


def test_a_heading_cell_set_sideways_keeps_its_words_together(tmp_path):
    sideways = "<div style='transform: rotate(-90deg); width: 3cm; height: 3cm'>Ofsted area one</div>"
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", f"{STYLE}<table><tr><td>{sideways}<td>Visit schools</table>"))
    assert tables(read_back) == [[("Ofsted area one", "Visit schools")]]


def test_a_page_that_is_only_a_picture_is_named(tmp_path):
    drawn = "<svg width=300 height=200><rect width=300 height=200 fill=grey /></svg>"
    pixel = ("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Erk"
             "Jggg==")
    apart = "<p style='break-before: page'>"
    html = f"{STYLE}<p>Words</p>{apart}{drawn}</p>{apart}<img style='width: 90%' src='{pixel}'>"
    assert pdf.read(pdf_file(tmp_path / "plan.pdf", html)).unread == (
        (Source(page=2), "page 2 holds a drawing and no text"), (Source(page=3), "page 3 holds a picture and no text"))


def test_the_title_is_that_of_the_files_own_properties(tmp_path):
    read_back = pdf.read(pdf_file(tmp_path / "plan.pdf", f"<title>Marlshire plan</title>{STYLE}<p>Words"))
    assert read_back.title == "Marlshire plan"


def test_a_long_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    html = f"{STYLE}<p>One</p><p style='break-before: page'>Two</p>"
    with pytest.raises(RefusedFileError, match="this file has 2 pages"):
        pdf.read(pdf_file(tmp_path / "plan.pdf", html))


@pytest.fixture(scope="module")
def inspections(sources):
    """The inspection reports that come with the sources, read."""
    files = sorted((sources / "ofsted_plans").glob("*.pdf"))
    if not files:
        pytest.skip("needs the inspection reports in the folder ofsted_plans of the publishers' own files")
    return {path.name.split("_")[0]: pdf.read(path) for path in files}


@pytest.mark.sources
def test_inspection_reports_keep_their_headings_and_tables(inspections):
    bury = inspections["80443"]
    headings = [block.text for block in bury.blocks if isinstance(block, Heading)]
    assert headings[:3] == ["Area SEND inspection of Bury Local Area Partnership", "Inspection outcome",
                            "Information about the local area partnership"]
    assert "Areas for priority action" in headings
    actions = [block for block in bury.blocks if isinstance(block, Table) and block.source.page in (8, 9)]
    assert [len(row.cells) for table in actions for row in table.rows] == [2] * sum(len(table.rows) for table in actions)
    assert actions[0].rows[0].cells == ("Responsible body", "Areas for priority action")


@pytest.mark.sources
def test_running_footers_of_inspection_reports_are_not_in_their_text(inspections):
    for document in inspections.values():
        said = [block.text for block in document.blocks if not isinstance(block, Table)]
        assert not [text for text in said if text.endswith("Local Area Partnership") and "report" in text.lower()[:30]]
