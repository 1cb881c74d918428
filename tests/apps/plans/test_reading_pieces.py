"""A reading in pieces: nothing is lost on the way there and back, and corrections find their piece whatever came before."""

import pytest

from tests.apps.plans.marlshire import marlshire
from throughline.analytics.planreading.asjson import as_json
from throughline.apps.plans import reading_corrections as corrections
from throughline.apps.plans.reading_pieces import as_tree, in_tree, pieces_of


@pytest.fixture
def read():
    """The tree of Marlshire as reading gives it, with something unread."""
    return as_json(marlshire()) | {"unread": [{"source": "page 1, table 1, row 4", "text": "HIS", "why": "a code"}]}


def _after(read, *operations):
    """The tree after these corrections, one upon the other."""
    kept = []
    for operation, given in operations:
        kept.append({"changes": operation(pieces_of(read, kept), **given)})
    return as_tree(pieces_of(read, kept))


def _all_actions(sections):
    for section in sections:
        yield from section["actions"]
        yield from _all_actions(section["sections"])


def test_what_nobody_corrected_comes_back_as_it_was_read(read):
    assert as_tree(pieces_of(read)) == read


def test_the_tree_as_read_never_changes(read):
    before = repr(read)
    pieces_of(read, [{"changes": corrections.edited(pieces_of(read), "a1", {"text": "Other"})}])
    assert repr(read) == before


@pytest.mark.parametrize("undone", [{}, {"undone_at": "2026-09-01T00:00:00"}])
def test_only_what_was_not_undone_counts(read, undone):
    change = corrections.edited(pieces_of(read), "a2", {"text": "Visit every family"})
    tree = as_tree(pieces_of(read, [{"changes": change, **undone}]))
    second = list(_all_actions(tree["sections"]))[1]
    assert second["text"] == ("Ring every family" if undone else "Visit every family")


def test_a_correction_finds_its_action_after_others_were_moved_and_taken_out(read):
    tree = _after(read, (corrections.removed, {"key": "a1"}), (corrections.edited, {"key": "a2", "texts": {"under": "s3"}}),
                  (corrections.edited, {"key": "a2", "texts": {"number": "7.7"}}))
    actions = list(_all_actions(tree["sections"]))
    assert [each["number"] for each in actions if each["text"] == "Ring every family"] == ["7.7"]
    assert "1.1.1" not in [each["number"] for each in actions]


def test_what_stands_in_a_section_goes_and_comes_back_with_it(read):
    pieces = pieces_of(read, [{"changes": corrections.removed(pieces_of(read), "s1")}])
    assert [key for key in pieces.held if key[0] in "sa" and in_tree(pieces, key)] == ["s4"]
    kept = [{"changes": corrections.removed(pieces_of(read), "s1")}]
    kept.append({"changes": corrections.restored(pieces_of(read, kept), "s1")})
    assert as_tree(pieces_of(read, kept)) == read


def test_a_measure_names_its_section_as_that_is_called_now(read):
    tree = _after(read, (corrections.edited, {"key": "s2", "texts": {"number": "5.5"}}))
    assert tree["measures"][0]["section"] == "5.5"


def test_a_reference_is_found_or_broken_by_the_tree_as_it_is_now(read):
    tree = _after(read, (corrections.edited, {"key": "a2", "texts": {"number": "9.9.9"}}))
    assert {each["target"]: each["found"] for each in tree["sections"][0]["sections"][0]["actions"][0]["cross_references"]} == {
        "1.2.1": True, "9.9.9": True, "Skills plan": False}
