"""A new code is written as the codes of its list are, and fits where the register keeps one."""

import pytest

from throughline.analytics.participation.codesets import NAMES, load_codesets
from throughline.analytics.participation.newcodes import LONGEST_WORD, fault_of_code

LISTS = {
    "activity": (["465", "000"], ["46", "4650", "46A", "", "٤٦٥", "465 "], "3 digits, such as 110"),
    "ethnic_group": (["WNEW"], ["wnew", "WNEWS", "WN1W"], "4 capital letters, such as WBRI"),
    "level_of_need": (["4", "0"], ["A", "10"], "1 digit, such as 1"),
    "leaving_reason": (["5", "99"], ["100", "x"], "1 or 2 digits, such as 2"),
    "own_trait": (["young_carer", "a", "a" * LONGEST_WORD],
                  ["a" * (LONGEST_WORD + 1), "Carer", "young-carer", "_carer", "a__b", "9"],
                  "small letters with _ between words"),
    "upn_authority": (["950"], ["66", "upn"], "3 digits, such as 001"),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_a_new_code_may_be(definitions, name):
    right, wrong, told = LISTS[name]
    listed = load_codesets(definitions)[name]
    assert [fault_of_code(listed, code) for code in right] == [None] * len(right)
    assert [told in (fault_of_code(listed, code) or "") for code in wrong] == [True] * len(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_every_code_of_a_list_is_written_as_its_codes_are(definitions, name):
    listed = load_codesets(definitions)[name]
    assert [code for code in listed.by_code if fault_of_code(listed, code)] == []
