"""A printed cell is a number or says why there is none; nothing else is let through."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.statuses import RELEASE_STATUSES, SYMBOLS, Status, read_value

SYMBOL_TABLE = [
    ("c", "suppressed"), ("C", "suppressed"), ("SUPP", "suppressed"), ("Supp", "suppressed"),
    ("z", "not_applicable"), (".", "not_applicable"), ("NA", "not_applicable"), ("n/a", "not_applicable"),
    ("x", "not_available"), ("-", "not_available"), ("..", "not_available"), (":", "not_available"),
    ("", "not_available"), ("   ", "not_available"), (None, "not_available"),
    ("low", "rounds_to_zero"), ("k", "rounds_to_zero"), ("~", "rounds_to_zero"),
    ("u", "low_reliability"), ("NE", "no_entries"), ("LOWCOV", "low_coverage"), ("NP", "not_published"),
    ("DNS", "not_collected"), ("NEW", "new_institution"), (" c ", "suppressed"),
]
NUMBERS = [
    ("0", 0.0), ("0.0", 0.0), ("5.3", 5.3), ("-0.32", -0.32), ("+3", 3.0), (".5", 0.5), ("1.", 1.0), (" 5 ", 5.0),
    ("7.0000000000000007E-2", 0.07), ("1e3", 1000.0), ("1,234", 1234.0), ("12,345,678.9", 12345678.9),
    ("£1,234.50", 1234.5), ("£-3", -3.0), ("12%", 12.0), ("5 %", 5.0), ("34.987300000000005", 34.9873),
]
REFUSED = ["n.a.", "none", "null", "nan", "NaN", "inf", "-inf", "1 234", "--", "£", "%", "5.3.1", "1-2", "0x10", "1_000",
           "5*", "c5", "1e400", "-1e400", "12,5", "1,2,3", "1,", ",5"]


@pytest.mark.parametrize(("printed", "status"), SYMBOL_TABLE)
def test_a_symbol_is_a_reason_and_never_a_number(printed, status):
    assert read_value(printed) == (None, Status(status))


def test_the_table_has_every_symbol_we_know():
    assert {(printed or "").strip().lower() for printed, _ in SYMBOL_TABLE} == set(SYMBOLS)


@pytest.mark.parametrize(("printed", "value"), NUMBERS)
def test_a_number_is_read_as_printed(printed, value):
    assert read_value(printed) == (value, None)


@pytest.mark.parametrize("printed", REFUSED)
def test_anything_else_is_refused_and_quoted(printed):
    with pytest.raises(ValueError, match="neither a number nor") as refusal:
        read_value(printed)
    assert printed in str(refusal.value)


def test_only_a_release_status_stands_with_a_value():
    assert {status for status in Status if status.has_value} == {Status.FINAL, Status.REVISED, Status.PROVISIONAL}
    assert set(RELEASE_STATUSES) == {status for status in Status if status.has_value}


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_words_of_its_own(status):
    assert status.words
    assert "_" not in status.words
    assert [other for other in Status if other.words == status.words] == [status]


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 9)))
def test_a_number_survives_being_printed(value):
    assert read_value(repr(value)) == (value, None)


@given(st.integers(-10**9, 10**9), st.sampled_from(["{:,}", "{}", " {} ", "{:,}%", "£{:,}"]))
def test_a_whole_number_survives_any_way_of_printing_it(value, printed):
    assert read_value(printed.format(value)) == (value, None)


@given(st.text())
def test_any_text_is_a_finite_number_or_a_reason_or_is_refused(printed):
    try:
        value, status = read_value(printed)
    except ValueError:
        return
    assert (value is None) != (status is None)
    assert value is None or math.isfinite(value)
