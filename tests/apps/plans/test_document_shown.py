"""A document beside its result: an anchor for every place, used once, and the nearest for a source that has none."""

import pytest

from throughline.analytics.planreading.document import Document, Heading, Paragraph, Row, Source, Table
from throughline.apps.plans.document_shown import Anchors, blocks_of


def _table(**where) -> Table:
    rows = tuple(Row((f"cell {n}",), Source(table=1, row=n, **where)) for n in (1, 2))
    return Table(rows, Source(table=1, **where))


@pytest.mark.parametrize(("block", "anchors"), [
    (Heading("Aims", 1, Source(line=12)), {"line 12": "line-12"}),
    (Paragraph("Words", Source(line=12, last_line=14)), {"lines 12-14": "line-12"}),
    (Paragraph("Words", Source(page=3, line=2)), {"page 3, line 2": "p3-line-2"}),
    (_table(page=3), {"page 3, table 1": "p3-t1", "page 3, table 1, row 2": "p3-t1-r2"}),
    (_table(sheet="Costs & funds"), {"sheet Costs & funds, table 1, row 1": "sheet-costs-funds-t1-r1"}),
    (_table(sheet="££"), {"sheet ££, table 1, row 1": "sheet-sheet1-t1-r1"}),
])
def test_each_place_has_its_anchor(block, anchors):
    found = Anchors(blocks_of(Document((block,))))
    assert {words: found.of(words) for words in anchors} == anchors


def test_two_places_never_share_an_anchor():
    document = Document((Paragraph("a", Source(line=3)), Paragraph("b", Source(line=3, last_line=4)), _table(sheet="A-b"),
                         _table(sheet="A b")))
    blocks = blocks_of(document)
    anchors = Anchors(blocks)
    sources = [block["source"] for block in blocks] + [row["source"] for block in blocks for row in block.get("rows", [])]
    assert len({anchors.of(words) for words in sources}) == len(sources)


@pytest.mark.parametrize(("words", "anchor"), [
    ("line 13", "line-12"), ("line 1", "line-12"), ("line 99", "line-20"), ("", ""),
])
def test_a_source_inside_another_leads_to_the_nearest_before_it(words, anchor):
    blocks = blocks_of(Document((Paragraph("a", Source(line=12, last_line=15)), Paragraph("b", Source(line=20)))))
    assert Anchors(blocks).of(words) == anchor


def test_a_whole_page_leads_to_where_it_begins():
    blocks = blocks_of(Document((Paragraph("a", Source(page=1, line=1)), Paragraph("b", Source(page=2, line=1)))))
    assert Anchors(blocks).of("page 2") == "p2-line-1"


def test_a_document_without_words_has_no_anchor():
    assert Anchors([]).of("line 3") == ""
