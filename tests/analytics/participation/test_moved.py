"""What moved a count is told person by person, and adds up to the change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.moved import moved

AGES = (16, 17)
NEET = {"neet"}
BOTH = {"neet", "not_known"}


def row(told: str) -> dict | None:
    """“16 neet” as a row; nothing where somebody is not of the cohort."""
    if not told:
        return None
    age, standing = told.split()
    return {"learner": 7, "academic_age": int(age), "standing": standing}


MOVES = [  # then, now, whom the headline counts: why, and by how many
    ("16 participating", "16 neet", NEET, "joined", 1),
    ("16 neet", "16 participating", NEET, "left", -1),
    ("16 neet", "16 excluded", NEET, "left", -1),
    ("16 neet", "16 not_known", NEET, "newly_not_known", -1),
    ("16 not_known", "16 neet", NEET, "found", 1),
    ("16 participating", "16 not_known", BOTH, "newly_not_known", 1),
    ("16 not_known", "16 participating", BOTH, "found", -1),
    ("15 neet", "16 neet", NEET, "aged_in", 1),
    ("17 neet", "18 neet", NEET, "aged_out", -1),
    ("", "16 neet", NEET, "moved_in", 1),
    ("16 neet", "", NEET, "moved_out", -1),
    ("16 not_known", "16 neet", BOTH, "found_within", 0),
    ("16 neet", "16 not_known", BOTH, "lost_within", 0),
]


@pytest.mark.parametrize(("then", "now", "counted", "reason", "change"), MOVES)
def test_why_somebody_moved_the_count(then, now, counted, reason, change):
    before, after = ([each] if (each := row(told)) else [] for told in (then, now))
    [move] = moved(before, after, counts=lambda held: held["standing"] in counted, ages=AGES)
    assert (move.learner, move.reason, move.change) == (7, reason, change)


@pytest.mark.parametrize(("then", "now"), [
    ("16 neet", "16 neet"), ("16 not_known", "17 not_known"), ("15 not_known", "15 neet"), ("16 excluded", "16 other"), ("", "")])
def test_whoever_is_counted_as_before_is_not_named(then, now):
    before, after = ([each] if (each := row(told)) else [] for told in (then, now))
    assert moved(before, after, counts=lambda held: held["standing"] in BOTH, ages=AGES) == []


ROWS = st.dictionaries(st.integers(1, 9), st.tuples(st.integers(15, 18), st.sampled_from(
    ["neet", "not_known", "participating", "other", "excluded", "before"])), max_size=9)


@given(ROWS, ROWS, st.sampled_from([NEET, BOTH, {"not_known"}, {"participating"}]))
def test_the_moves_add_up_to_the_change(then, now, counted):
    before, after = ([{"learner": learner, "academic_age": age, "standing": standing}
                      for learner, (age, standing) in held.items()] for held in (then, now))
    moves = moved(before, after, counts=lambda held: held["standing"] in counted, ages=AGES)
    counts = [sum(each["standing"] in counted and each["academic_age"] in AGES for each in rows) for rows in (before, after)]
    assert sum(move.change for move in moves) == counts[1] - counts[0]
    assert len({move.learner for move in moves}) == len(moves)
