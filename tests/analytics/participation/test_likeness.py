"""What known people say of others like them, against the sums written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.likeness import Chances

SEEN = st.lists(st.tuples(st.tuples(st.sampled_from([16, 17]), st.sampled_from("ab"), st.sampled_from("xy")), st.booleans()))


def slowly(seen, alike, drawn_by, steps):
    """The share of everybody, then of each narrower likeness, drawn towards the one before."""
    rate = 0.5
    for step in steps:
        like = [neet for one, neet in seen if one[:step] == alike[:step]]
        drawn = drawn_by if step else 0  # everybody's share is drawn towards nothing
        rate = (sum(like) + drawn * rate) / (len(like) + drawn) if like or drawn else rate
    return rate


@given(SEEN, st.integers(1, 30), st.sampled_from([(0, 3), (0, 1, 2, 3), (0,)]))
def test_each_likeness_is_drawn_towards_the_wider_one(seen, drawn_by, steps):
    chances = Chances(drawn_by, steps)
    for alike, neet in seen:
        chances.see(alike, neet)
    for alike in [(16, "a", "x"), (17, "b", "y")]:
        assert chances.of(alike) == pytest.approx(slowly(seen, alike, drawn_by, steps))
        assert 0 <= chances.of(alike) <= 1
