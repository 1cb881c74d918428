"""What was probably meant by a word that is not known."""

import pytest

from throughline.core.nearest import nearest

KNOWN = ["attainment_8", "progress_8", "neet_16_17", "not_known_16_17", "level_3_by_19", "level_2_by_19"]
FOUND = [
    ("atainment_8", ["attainment_8"]),
    ("PROGRESS_8", ["progress_8"]),
    ("neet", ["neet_16_17"]),
    ("level_4_by_19", ["level_2_by_19", "level_3_by_19"]),
    ("zzzz", []),
    ("", []),
]


@pytest.mark.parametrize(("term", "first"), FOUND)
def test_the_likest_come_first(term, first):
    assert nearest(term, KNOWN)[: len(first) or None] == first


def test_no_more_are_given_than_asked_for():
    assert len(nearest("by_19", KNOWN, limit=1)) == 1
    assert len(nearest("1", KNOWN)) == 3


def test_words_alike_in_the_same_measure_are_in_order_of_the_alphabet():
    assert nearest("by_19", reversed(KNOWN)) == ["level_2_by_19", "level_3_by_19"]
