"""The plan as text for a terminal: numbers, owners, times, costs, and what could not be read."""

from tests.analytics.planreading.marlshire import PRIORITIES_IN_TABLES, WHAT_WHY_HOW
from throughline.analytics.planreading.outline import as_text


def test_an_action_is_told_with_what_was_understood(reading):
    text = as_text(reading(WHAT_WHY_HOW))
    assert "  1.1 Teach the new skills  [line 13]\n" in text
    assert "    When: May 2008 onwards (from 2008-05-01)\n" in text
    assert "    Cost: £30k per school (£30,000 each)\n" in text
    assert "    Refers to: Connexions targets; 2.4 (not found)\n" in text


def test_codes_are_explained_and_what_was_not_read_comes_last(reading):
    text = as_text(reading(PRIORITIES_IN_TABLES))
    assert "Who: DCS (Director of Children's Services); HSI (Head of School Improvement)" in text
    assert text.index("Measures") < text.index("Glossary") < text.index("Not read with confidence")
    assert "206/17" in text[text.index("Not read with confidence"):]
