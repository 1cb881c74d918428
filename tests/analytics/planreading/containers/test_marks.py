"""Printed words are kept, blanks made plain, and the mark of a list set apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.planreading.containers.marks import clean, marked, split_mark, typed_items


@pytest.mark.parametrize(("given_text", "kept"), [
    ("Train\u00a0 staff\t now", "Train staff now"),
    ("par\u00adticipation", "participation"),
    ("\uf0b7 of\ufb01cers", "• officers"),
    ("one\r\n\n  two \x0b three", "one\ntwo\nthree"),
    ("well-\u200bbeing – 14–19", "well-being – 14–19"),
    (" \u00a0 ", ""),
])
def test_words_are_kept_and_blanks_made_plain(given_text, kept):
    assert clean(given_text) == kept


@pytest.mark.parametrize(("line", "mark", "words"), [
    ("• Train staff", "•", "Train staff"),
    ("•Train staff", "•", "Train staff"),
    ("-Names of providers", "-", "Names of providers"),
    ("– publish", "–", "publish"),
    ("o Train staff", "•", "Train staff"),
    ("IV. Report to the board", "IV.", "Report to the board"),
    ("(a) Report", "(a)", "Report"),
    ("b) Report", "b)", "Report"),
    ("3. Report", "3.", "Report"),
])
def test_marks(line, mark, words):
    assert split_mark(line) == (mark, words)


@pytest.mark.parametrize("line", [
    "1.1 Establish a board", "KPI 8", "-5 points", "1:1:1 Improve", "A level results", "•", "of the plan", "14-19 strategy",
    "I will", "e.g. visits", "2016. A year", "£30k",
])
def test_names_numbers_and_words_are_not_marks(line):
    assert split_mark(line) == ("", line)


def test_a_paragraph_is_cut_before_each_mark():
    assert typed_items("Officers will\n• visit\nevery school\n• report") == ["Officers will", "• visit\nevery school", "• report"]


@given(st.text())
def test_no_word_is_lost(text):
    kept = clean(text)
    mark, words = split_mark(kept)
    assert clean(kept) == kept
    assert "".join(marked(mark, words).split())[len(mark):] == "".join(kept.split())[len(mark):]
