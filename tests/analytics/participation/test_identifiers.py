"""Numbers of people and places: known right ones, and every single slip told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.identifiers import FAULTS, tidy, uln_fault, upn_fault

NEWER = {"940": None, "943": None}
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
SAID = """
upn                       B801200005001     right
upn                       A801200005001     first letter
upn                       X80120000A001     a letter and then twelve digits
upn                       E000200005001     000 is none
upn                       B80120000500      13 characters
uln                       9276308686        right
uln                       9276308687        last digit
uln                       0276308686        begin with 0
uln                       9999999999        no number yet
uln                       927630868         ten digits
urn                       100001            right
urn                       200001            six digits
establishment             3914999           right
establishment             391/4999          right
establishment             391499            seven digits
ukprn                     10001234          right
ukprn                     20001234          eight digits
young_persons_id          4440000123456     right
young_persons_id          444000012345      thirteen digits
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_a_number_is_right_or_told_why_not(line):
    scheme, value, said = line.split(maxsplit=2)
    fault = FAULTS[scheme](value)
    assert (fault is None) if said == "right" else said in fault


def _letter_by_the_standard(rest: str) -> str:
    """Positions two to thirteen, each times the character's value, by 23: as the data standard words it."""
    values = [LETTERS.index(one) if one in LETTERS else int(one) for one in rest]
    return LETTERS[sum(position * value for position, value in enumerate(values, 2)) % 23]


@given(st.sampled_from(("801", "940", "943", "358")), st.from_regex(r"[0-9]{8}[0-9A-HJ-NP-RT-Z]", fullmatch=True), st.data())
def test_a_pupil_number_by_the_standard_is_right_and_each_single_slip_is_found(authority, rest, data):
    number = _letter_by_the_standard(authority + rest) + authority + rest
    assert upn_fault(number, NEWER) is None
    place = data.draw(st.integers(4, 11))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    # A digit's difference times its place is no multiple of 23, which is prime.
    assert upn_fault(number[:place] + other + number[place + 1:], NEWER) is not None


def test_a_new_authoritys_pupil_numbers_are_right_only_where_it_is_known():
    number = _letter_by_the_standard("94020000500" + "1") + "940200005001"
    assert upn_fault(number, NEWER) is None
    assert "940 is none" in upn_fault(number)


@pytest.mark.parametrize(("year", "last", "right"), [
    ("25", None, True), ("25", date(2025, 3, 31), True), ("26", date(2025, 3, 31), False), ("98", date(2025, 3, 31), True),
    ("05", date(2004, 12, 31), False), ("05", date(2005, 1, 1), True),
])
def test_an_authority_that_is_no_more_gave_out_numbers_until_its_last_day(year, last, right):
    rest = f"9402000{year}001"
    fault = upn_fault(_letter_by_the_standard(rest) + rest, {"940": last})
    assert (fault is None) if right else "when it was no more" in fault


@given(st.integers(10**8, 10**9 - 1), st.integers(0, 9))
def test_a_learner_number_has_at_most_one_last_digit(nine, last):
    number = f"{nine}{last}"
    whole = sum(int(digit) * (11 - place) for place, digit in enumerate(number, 1))
    if number != "9999999999":
        assert (uln_fault(number) is None) == (whole % 11 == 10)


@given(st.text(max_size=20))
def test_any_text_is_answered(value):
    for scheme, fault in FAULTS.items():
        assert {type(fault(value)), type(fault(tidy(scheme, value)))} <= {str, type(None)}
