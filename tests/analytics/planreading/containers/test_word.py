"""A Word document is read as Word prints it: its marks and numbers, merged cells, changes, boxes and frames."""

import pytest

from tests.analytics.planreading.containers.written import cells, outline, tables, word_body, word_file, xml
from throughline.analytics.planreading.containers.word import read
from throughline.analytics.planreading.document import Heading, Paragraph, Source, Table


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def cell(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def test_headings_paragraphs_and_tables_in_order(tmp_path):
    def fill(document):
        document.core_properties.title = "Marlshire plan"
        document.add_heading("Plan for 14 to 19", 0)
        document.add_heading("Priority 1", 1)
        document.add_paragraph("Why this matters.")
        rows = document.add_table(1, 2).rows
        rows[0].cells[0].text, rows[0].cells[1].text = "Action", "Who"
        document.add_paragraph().add_run("How will we know?").bold = True
        document.add_heading("Ways", 2)

    read_back = read(word_file(tmp_path / "plan.docx", fill))
    assert read_back.title == "Marlshire plan"
    assert read_back.blocks == (
        Heading("Plan for 14 to 19", 1, Source(line=1)),
        Heading("Priority 1", 1, Source(line=2)),
        Paragraph("Why this matters.", Source(line=3)),
        Table(read_back.blocks[3].rows, Source(table=1)),
        Paragraph("How will we know?", Source(line=4), bold=True),
        Heading("Ways", 2, Source(line=5)),
    )
    assert cells(read_back.blocks[3]) == [("Action", "Who")]
    assert read_back.blocks[3].rows[0].source == Source(table=1, row=1)


NUMBERING = """<w:abstractNum w:abstractNumId="90">
    <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
    <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
  </w:abstractNum>"""


def test_numbers_and_bullets_that_word_counts_itself(tmp_path):
    def fill(document):
        numbering = document.part.numbering_part.element
        numbering.insert(0, xml(NUMBERING))
        numbering.append(xml('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        numbering.append(xml('<w:num w:numId="91"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0">'
                             '<w:startOverride w:val="9"/></w:lvlOverride></w:num>'))
        for text, number, level in [("a", 90, 0), ("b", 90, 1), ("c", 90, 1), ("d", 90, 2), ("e", 90, 3), ("f", 90, 0),
                                    ("g", 90, 1), ("h", 91, 0), ("i", 0, 0)]:
            line = document.add_paragraph(text)
            line._p.get_or_add_pPr().append(
                xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
        document.add_paragraph("by its style", style="List Bullet")

    read_back = read(word_file(tmp_path / "plan.docx", fill))
    assert outline(read_back) == [
        ("III.", "a"), ("a)", "b"), ("b)", "c"), ("3.2.1", "d"), ("•", "e"), ("IV.", "f"), ("a)", "g"), ("IX.", "h"),
        ("", "i"), ("•", "by its style"),
    ]
    assert [block.depth for block in read_back.blocks][:5] == [0, 1, 1, 2, 3]


def test_a_column_that_word_numbers_by_itself(tmp_path):
    def fill(document):
        rows = document.add_table(2, 2).rows
        for row, text in zip(rows, ("Visit", "Report"), strict=True):
            row.cells[0].paragraphs[0].style = "List Number"
            row.cells[1].text = text

    assert tables(read(word_file(tmp_path / "plan.docx", fill))) == [[("1.", "Visit"), ("2.", "Report")]]


def test_merged_cells_say_their_words_once(tmp_path):
    body = table(
        [cell(paragraph("Num"), '<w:vMerge w:val="restart"/>'), cell(paragraph("What"), '<w:gridSpan w:val="2"/>')],
        [cell("<w:p/>", "<w:vMerge/>"), cell(paragraph("Action")), cell(paragraph("Who"))],
    ) + paragraph("") + "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell(paragraph("late")) + "</w:tr></w:tbl>"
    assert tables(read(word_body(tmp_path / "plan.docx", body))) == [
        [("Num", "What", ""), ("", "Action", "Who")], [("", "late")]]


def test_a_cell_is_its_paragraphs_and_line_breaks_one_a_line(tmp_path):
    def fill(document):
        held = document.add_table(1, 1).rows[0].cells[0]
        held.text = "By Sept\u00a02016\nTermly"
        held.add_paragraph("Train par\u00adtners", style="List Bullet")
        held.add_paragraph("o\tVisit")
        held.add_paragraph("")
        document.add_paragraph("after")

    assert tables(read(word_file(tmp_path / "plan.docx", fill))) == [[("By Sept 2016\nTermly\n• Train partners\n• Visit",)]]


def test_tracked_changes_are_read_as_accepted_and_deletions_named(tmp_path):
    change = 'w:id="1" w:author="A" w:date="2016-09-01T00:00:00Z"'
    body = (
        f"<w:p><w:r><w:t xml:space='preserve'>By </w:t></w:r><w:del {change}><w:r><w:delText>May</w:delText></w:r></w:del>"
        f"<w:ins {change}><w:r><w:t>September</w:t></w:r></w:ins></w:p>"
        f"<w:tbl><w:tr>{cell(paragraph('kept'))}</w:tr>"
        f"<w:tr><w:trPr><w:del {change}/></w:trPr>{cell(paragraph('dropped row'))}</w:tr></w:tbl>"
    )
    read_back = read(word_body(tmp_path / "plan.docx", body))
    assert outline(read_back) == [("", "By September"), ("table", [("kept",)])]
    assert read_back.unread == (
        (Source(line=1), "“May” is marked as deleted and was left out"),
        (Source(table=1, row=2), "the row “dropped row” is marked as deleted and was left out"),
    )


def test_hidden_text_field_codes_and_the_table_of_contents_are_left_out(tmp_path):
    def fill(document):
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("Priority 1 ........ 3", style="toc 1")
        line = document.add_paragraph("See ")
        line._p.append(xml("<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"))
        line._p.append(xml("<w:hyperlink><w:r><w:t>page 3</w:t></w:r></w:hyperlink>"))
        line._p.append(xml("<w:r><w:rPr><w:vanish/></w:rPr><w:t>draft note</w:t></w:r>"))

    read_back = read(word_file(tmp_path / "plan.docx", fill))
    assert outline(read_back) == [("", "See page 3")]
    assert [why for _, why in read_back.unread] == [
        "the table of contents is left out; it repeats the headings", "“draft note” is hidden text and was left out"]


NESTED = table([cell(paragraph("Visit schools")), cell(paragraph("Sept 2016"))], [cell(paragraph("Report")), cell("<w:p/>")])


def test_a_table_inside_a_cell_is_read_into_its_lines(tmp_path):
    body = table([cell(paragraph("1.1")), cell(paragraph("Milestones") + NESTED + paragraph("end"))])
    lines = "Milestones\nVisit schools Sept 2016\nReport\nend"
    assert tables(read(word_body(tmp_path / "plan.docx", body))) == [[("1.1", lines)]]


def test_a_frame_of_one_cell_is_no_table(tmp_path):
    body = table([cell(paragraph("Priority 1") + NESTED + "<w:p/>")])
    assert outline(read(word_body(tmp_path / "plan.docx", body))) == [
        ("", "Priority 1"), ("table", [("Visit schools", "Sept 2016"), ("Report", "")])]


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on(tmp_path):
    content = f"<w:txbxContent>{paragraph('Vision: every learner')}</w:txbxContent>"
    body = (
        "<w:p xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:r><w:t>Before</w:t></w:r><w:r>"
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{content}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" + paragraph("After")
    )
    read_back = read(word_body(tmp_path / "plan.docx", body))
    assert outline(read_back) == [("", "Before"), ("", "Vision: every learner"), ("", "After")]


def test_content_controls_are_looked_into(tmp_path):
    body = f"<w:sdt><w:sdtContent>{paragraph('Chosen')}</w:sdtContent></w:sdt>" + (
        f"<w:tbl><w:tr><w:sdt><w:sdtContent>{cell(paragraph('G'))}</w:sdtContent></w:sdt></w:tr></w:tbl>")
    assert outline(read(word_body(tmp_path / "plan.docx", body))) == [("", "Chosen"), ("table", [("G",)])]


@pytest.mark.parametrize(("words", "expected"), [("", [("h1", "Marlshire plan"), ("table", [("Action",)])]),
                                                 ("An opening.", [("", "An opening."), ("table", [("Action",)])])])
def test_the_header_is_read_only_where_it_holds_the_only_title(tmp_path, words, expected):
    def fill(document):
        document.sections[0].header.paragraphs[0].text = "Marlshire plan"
        if words:
            document.add_paragraph(words)
        document.add_table(1, 1).rows[0].cells[0].text = "Action"

    assert outline(read(word_file(tmp_path / "plan.docx", fill))) == expected


def test_pictures_are_named_as_unread(tmp_path):
    body = ("<w:p><w:r><w:drawing><a:graphic><a:graphicData><pic:pic "
            "xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/></a:graphicData></a:graphic></w:drawing>"
            "</w:r></w:p>")
    assert read(word_body(tmp_path / "plan.docx", body)).unread == (
        (Source(line=1), "a picture stands here; words in it are not read"),)
