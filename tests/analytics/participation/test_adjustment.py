"""NEET as the department once adjusted it, by sums worked by hand."""

from datetime import date

import pytest

from throughline.analytics.participation.adjustment import Lapsed, lapsed, load_adjustment
from throughline.analytics.participation.codesets import load_codeset
from throughline.analytics.participation.stated import Amended, Place
from throughline.core.problems import RefusedFileError

END = date(2026, 12, 31)
EDITION = date(2011, 4, 1)


def rows(*counts: tuple[str, int], is_lapsed: bool = True, excluded: bool = False) -> list[dict]:
    """So many people of each code, in one row."""
    return [{"code": code, "people": people, "lapsed": is_lapsed, "excluded": excluded} for code, people in counts]


@pytest.mark.parametrize(("people", "not_neet", "neet"), [
    ([], 0, 0),
    (rows(("310", 30), ("110", 12), ("330", 5), ("260", 3)), 50, 0),  # whatever they did but for being NEET, school too
    (rows(("619", 4), ("540", 1)), 0, 5),
    (rows(("810", 7), ("999", 2), ("", 9)), 0, 0),  # recorded as not known, of no list, nothing held
    (rows(("310", 40), ("619", 6), is_lapsed=False), 0, 0),
    (rows(("720", 3), excluded=True), 0, 0),
    (rows(("310", 30), ("619", 5)) + [{"code": "320", "lapsed": True, "excluded": False}], 31, 5),
])
def test_who_has_lapsed_from_what(definitions, people, not_neet, neet):
    assert lapsed(people, load_codeset(definitions, "activity"), END) == Lapsed(not_neet, neet)


@pytest.mark.parametrize(("gone", "taken"), [
    (Lapsed(), 0), (Lapsed(100, 0), 8), (Lapsed(0, 100), 58), (Lapsed(50, 10), 9.8), (Lapsed(12.5, 0.5), 1.29)])
def test_eight_in_a_hundred_of_the_one_and_58_of_the_other(definitions, gone, taken):
    """50 who were at school or work and 10 who were NEET: 4 and 5.8."""
    assert gone.taken_to_be_neet(load_adjustment(definitions).on(END)) == pytest.approx(taken)


@pytest.mark.parametrize(("name", "was", "value"), [("lapsed_neet", 58, 101), ("lapsed_not_neet", 8, -1), ("until", 2016, 16)])
def test_a_number_that_cannot_be_is_refused(definitions, name, was, value):
    with pytest.raises(RefusedFileError, match="must be a whole number from"):
        load_adjustment(definitions, (Amended(Place(EDITION, (name,)), was, value),))
