"""The moves of a month add up to the change in every count, whatever happened."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.movement import OUTSIDE, Move, Stand, counts, moves
from throughline.analytics.participation.standing import Standing

STANDS = st.dictionaries(st.integers(1, 12), st.builds(Stand, st.sampled_from(Standing), st.booleans()))


@given(STANDS, STANDS)
def test_moves_add_up_to_the_change_in_every_count(before, after):
    found = moves(before, after)
    change = Counter(move.now for move in found)
    change.subtract(Counter(move.was for move in found))
    was, now = counts(before.values()), counts(after.values())
    assert {standing: change[standing] for standing in map(str, Standing)} == {
        standing: now[standing] - was[standing] for standing in map(str, Standing)}
    assert all(move.was != move.now for move in found)
    assert len({move.learner for move in found}) == len(found)


@pytest.mark.parametrize(("was", "now", "what"), [
    ("participating", "neet", "became NEET"), ("not_known", "participating", "found, and participating"),
    (OUTSIDE, "neet", "joined the cohort, NEET"),
    ("participating", "other", "participating, now in work without study, or on a break"),
])
def test_moves_are_said_in_words(was, now, what):
    assert Move(1, was, now).what == what


def test_whoever_is_counted_nowhere_is_not_in_the_cohort():
    of_age = [Stand(standing, True) for standing in (Standing.NEET, Standing.EXCLUDED, Standing.BEFORE)]
    stands = [*of_age, Stand(Standing.NEET, False)]
    assert counts(stands)["cohort"] == 1
    assert counts(stands)["neet"] == 1
