"""Whom to contact next: worth for time, with what we have to reach them by."""

from dataclasses import replace
from math import log2

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.contacting import (
    Case,
    best_next,
    certainty,
    load_contacting,
    next_for,
    oldest_first,
)
from throughline.core.problems import RefusedFileError

RULES = load_contacting(settings.DEFINITIONS)
MEANS = ["phone", "email", "parent", "address", "provider"]
EVEN = Case(1, "not_known", 30, 0.5, has=frozenset({"phone"}))
CASES = st.builds(
    Case, st.integers(1, 10**6), st.sampled_from(["not_known", "about_to_lapse", "neet_overdue"]), st.integers(0, 400),
    st.floats(0, 1), st.none() | st.integers(-10, 90),
    st.dictionaries(st.sampled_from(sorted(RULES.channels)), st.integers(0, 4)),
    st.frozensets(st.sampled_from(MEANS)),
)


@pytest.mark.parametrize(("case", "bits"), [
    (EVEN, 1.0),
    (replace(EVEN, neet_chance=0.25), -(0.25 * log2(0.25) + 0.75 * log2(0.75))),
    (replace(EVEN, neet_chance=0.0), 0.5),
    (replace(EVEN, why="neet_overdue"), 0.5),
    (replace(EVEN, why="about_to_lapse", lapses_in=0), 0.8),
    (replace(EVEN, why="about_to_lapse", lapses_in=30), 0.4),
    (replace(EVEN, why="about_to_lapse", lapses_in=60), 0.0),
    (replace(EVEN, why="about_to_lapse", lapses_in=-5), 0.8),
])
def test_what_an_answer_is_worth(case, bits):
    assert certainty(case, RULES) == pytest.approx(bits)


def test_a_text_comes_before_a_call_and_tires_sooner():
    assert next_for(EVEN, RULES).channel.id == "text_message"
    assert next_for(replace(EVEN, tried={"text_message": 3}), RULES).channel.id == "telephone"


def test_nobody_is_tried_by_what_we_have_not_got():
    assert next_for(replace(EVEN, has=frozenset()), RULES).channel is None
    assert next_for(replace(EVEN, has=frozenset({"address"})), RULES).channel.needs == "address"


@given(st.lists(CASES, max_size=20, unique_by=lambda case: case.learner))
def test_both_orders_hold_everybody_once_and_are_what_they_say(cases):
    best, oldest = best_next(cases, RULES), oldest_first(cases, RULES)
    assert {one.case.learner for one in best} == {one.case.learner for one in oldest} == {case.learner for case in cases}
    assert [one.rate for one in best] == sorted((one.rate for one in best), reverse=True)
    assert [one.case.waiting for one in oldest] == sorted((one.case.waiting for one in oldest), reverse=True)


def test_of_those_whom_a_try_gains_as_much_the_vulnerable_come_first_and_then_the_likelier_to_be_neet():
    said = ((1, 0.02, 90, False), (2, 0.08, 30, False), (3, 0.02, 120, False), (4, 0.01, 9, True))
    cases = [replace(EVEN, learner=learner, neet_chance=chance, waiting=days, vulnerable=vulnerable)
             for learner, chance, days, vulnerable in said]
    assert [one.case.learner for one in best_next(cases, RULES)] == [4, 2, 3, 1]


@given(CASES)
def test_the_channel_is_the_best_of_those_open(case):
    chosen = next_for(case, RULES)
    worth = certainty(case, RULES)
    rates = [60 * worth * one.reached * one.tiring ** (case.tried or {}).get(one.id, 0) / one.minutes
             for one in RULES.channels.values() if one.needs in case.has]
    assert chosen.rate == pytest.approx(max(rates, default=0))


def test_rules_that_cannot_be_are_refused(tmp_path):
    stated = (settings.DEFINITIONS / "rules" / "contacting.toml").read_text(encoding="utf-8")
    written = stated.replace("minutes = 2", "minutes = 0")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "contacting.toml").write_text(written, encoding="utf-8")
    with pytest.raises(RefusedFileError, match="text_message"):
        load_contacting(tmp_path)
