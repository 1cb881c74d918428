"""A web page is read as a browser shows it: lists with their marks, merged cells in place, menus and scripts left out."""

import pytest

from tests.analytics.planreading.containers.written import outline, tables
from throughline.analytics.planreading.containers.html import read
from throughline.analytics.planreading.document import Paragraph, Source


@pytest.fixture
def read_html(tmp_path):
    """Reads a page given as text."""
    def read_page(text):
        path = tmp_path / "plan.html"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path)

    return read_page


def test_headings_paragraphs_and_lists(read_html):
    read_back = read_html("""<title>Marlshire plan</title><style>p {}</style><h1>Plan</h1><p>One<br>two <b>three</b><p><b>Bold</b>
        <ol type=I start=3><li>Nominate<ul><li>staff</ul><li><p>Report</p><p>yearly</p></ol>
        <ul style="list-style-type: none"><li>i. Typed</ul>tail<script>x</script>""")
    assert read_back.title == "Marlshire plan"
    assert outline(read_back) == [
        ("h1", "Plan"), ("", "One\ntwo three"), ("", "Bold"), ("III.", "Nominate"), ("•", "staff"), ("IV.", "Report"),
        ("", "yearly"), ("i.", "Typed"), ("", "tail"),
    ]
    assert read_back.blocks[2] == Paragraph("Bold", Source(line=3), bold=True)
    assert [block.depth for block in read_back.blocks[3:5]] == [0, 1]


def test_merged_cells_stand_in_their_columns(read_html):
    assert tables(read_html("""<table><thead><tr><th rowspan=2>Num<th colspan=2>What<tr><th>Action<th>Who</thead>
        <tr><td rowspan=0>1<td>Visit<td>JL<tr><td>Report<td></table>""")) == [
        [("Num", "What", ""), ("", "Action", "Who"), ("1", "Visit", "JL"), ("", "Report", "")]]


def test_a_cell_is_its_paragraphs_and_items_one_a_line(read_html):
    cell = "<p>Officers will</p><ul><li>visit</li><li>report<br>yearly</li></ul>by 2016 <table><tr><td>a<td>b</table>"
    assert tables(read_html(f"<table><tr><th>What<th>Who<tr><td>{cell}<td>JL</table>"))[0][1] == (
        "Officers will\n• visit\n• report\nyearly\nby 2016\na b", "JL")


def test_tables_that_lay_out_the_page_are_read_through(read_html):
    inner = "<table><tr><td>1<td>Visit</table>"
    read_back = read_html(f"<table><tr><td><h2>Priority 1</h2><td>{inner}</table><table role=presentation><tr><td>x<td>y</table>")
    assert outline(read_back) == [("h2", "Priority 1"), ("table", [("1", "Visit")]), ("", "x"), ("", "y")]


def test_menus_and_hidden_parts_are_named(read_html):
    read_back = read_html("<nav>Home</nav><p>Plan<span style='display: none'>draft</span><p hidden>old")
    assert outline(read_back) == [("", "Plan")]
    assert [why.split("”")[0] for _, why in read_back.unread] == ["“Home", "“draft", "“old"]


@pytest.mark.parametrize("content", [
    "<p>£30k – schools’</p>".encode(),
    "<meta charset=windows-1252><p>£30k – schools’</p>".encode("cp1252"),
    "<p>£30k – schools’</p>".encode("cp1252"),
    "<p>£30k – schools’</p>".encode("utf-16"),
    "\ufeff<p>£30k – schools’</p>".encode(),
])
def test_character_sets(read_html, content):
    assert outline(read_html(content)) == [("", "£30k – schools’")]


def test_lists_typed_with_line_breaks(read_html):
    read_back = read_html("<p>Officers will<br>• visit<br>• report</p>")
    assert outline(read_back) == [("", "Officers will"), ("•", "visit"), ("•", "report")]
