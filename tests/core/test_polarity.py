"""Which way is better, and how a change is judged by it."""

import pytest

from throughline.core.polarity import Polarity

# polarity | sign | judgement of +2 | of -2 | of 0
JUDGED = [
    ("higher_is_better", 1, "better", "worse", "same"),
    ("lower_is_better", -1, "worse", "better", "same"),
    ("closer_is_better", 0, None, None, None),
    ("none", 0, None, None, None),
]


@pytest.mark.parametrize(("polarity", "sign", "up", "down", "level"), JUDGED)
def test_a_change_is_judged_by_the_way_that_is_better(polarity, sign, up, down, level):
    way = Polarity(polarity)
    assert way.sign == sign
    assert (way.judge(2.0), way.judge(-2.0), way.judge(0.0)) == (up, down, level)
    assert way.judge(None) is None


def test_every_polarity_is_said_in_its_own_words():
    words = [polarity.words for polarity in Polarity]
    assert len(set(words)) == len(words) == len(JUDGED)
    assert all("better" in said and "_" not in said for said in words)
