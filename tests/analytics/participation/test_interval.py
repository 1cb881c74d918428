"""NEET as an interval: finding somebody never widens it, and never takes the estimate out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.interval import interval

PERSON = st.fixed_dictionaries({
    "academic_age": st.sampled_from([16, 17]), "send": st.sampled_from(["none", "ehc_plan"]), "any_vulnerable": st.booleans(),
    "district": st.sampled_from([None, "E07999901"]), "excluded": st.sampled_from([False] * 5 + [True]),
    "standing": st.sampled_from(["neet", "participating", "other", "not_known"]),
})


def people(**counts: int) -> list[dict]:
    """So many of each standing, alike in everything else."""
    alike = {"academic_age": 16, "send": "none", "any_vulnerable": False, "district": None, "excluded": False}
    return [{**alike, "standing": standing}
            for standing, count in counts.items() for _ in range(count)]


def test_from_none_of_the_not_known_to_all_of_them():
    found = interval(people(neet=5, participating=85, not_known=10))
    assert (found.low, found.high) == (5.0, 15.0)
    assert (found.cohort, found.neet, found.not_known) == (100, 5, 10)
    assert found.estimate == pytest.approx(5 + 10 * 5 / 90)  # all alike: the rate of those who are known


def test_nobody_is_an_interval_of_nothing():
    found = interval([])
    assert (found.low, found.estimate, found.high) == (None, None, None)


def test_people_like_those_who_are_known_to_be_neet_are_likelier_to_be():
    known = people(participating=200)
    likely = [row | {"send": "ehc_plan"} for row in people(neet=100, participating=100)]
    alike = interval([*known, *likely, *([row | {"send": "ehc_plan"} for row in people(not_known=10)])])
    unlike = interval([*known, *likely, *people(not_known=10)])
    assert alike.expected > 4
    assert unlike.expected < 2


def test_a_handful_do_not_speak_for_many():
    rows = [*people(participating=400, neet=20), *([row | {"district": "E07999901"} for row in people(neet=2, not_known=10)])]
    assert interval(rows).expected < 2


@given(st.lists(PERSON, max_size=40), PERSON, st.sampled_from(["neet", "participating", "other"]))
def test_finding_somebody_never_widens_it_nor_leaves_it(rows, somebody, turns_out):
    lost = somebody | {"standing": "not_known", "excluded": False}
    before, after = interval([*rows, lost]), interval([*rows, lost | {"standing": turns_out}])
    assert after.high - after.low <= before.high - before.low
    assert before.low <= after.low <= after.estimate <= after.high <= before.high
    assert before.low <= before.estimate <= before.high
    assert after.not_known == before.not_known - 1
