"""What a column of cross-references says: numbers alone are references, other plans are named, the rest is not lost."""

import pytest

from throughline.analytics.planreading.references import cell_references, mentions

CELLS = {
    "See 1.1": ["1.1"], "1.1": ["1.1"], "see 2.3A and 4.1": ["2.3A", "4.1"], "Actions 1:2:1, 1:2:3": ["1:2:1", "1:2:3"],
    "1.1; see 2.2.": ["1.1", "2.2"],
}


@pytest.mark.parametrize("cell", CELLS)
def test_numbers_with_nothing_beside_them_are_references_and_no_words_are_left(cell, templates):
    found, words = cell_references(cell, templates)
    assert [(each.printed, each.target) for each in found] == [(cell, target) for target in CELLS[cell]]
    assert words == ""


@pytest.mark.parametrize("cell", ["Rise to 2.5% as in 1.1", "2.5%", "At least 3.5 places", "10.1 per cent"])
def test_figures_and_sentences_stay_words(cell, templates):
    assert cell_references(cell, templates) == ([], cell)


@pytest.mark.parametrize(("text", "targets"), [
    ("Open it, see 1.1-1.3 and 2.2", ["1.1", "1.2", "1.3", "2.2"]), ("Refer to 1.1 to 1.2", ["1.1", "1.2"]),
    ("See 1.2-2.1", ["1.2", "2.1"]), ("See 1.1 and 1.3", ["1.1", "1.3"]), ("See 1.3A – 1.3C", ["1.3A", "1.3C"]),
])
def test_a_range_of_numbers_is_each_of_them(text, targets, templates):
    assert [each.target for each in mentions(text, templates)] == targets
