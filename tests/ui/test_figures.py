"""Good and bad are said in words and shape, and a missing figure is never a number."""

import re

import pytest

from throughline.core.statuses import RELEASE_STATUSES, Status
from throughline.ui.figures import band, change, figure


def words(markup):
    """What is left for a reader who sees neither colour nor shape."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r'<span aria-hidden="true">.</span>', "", markup)).split())


@pytest.mark.parametrize(
    ("value", "status", "decimals", "suffix", "shown"),
    [
        (5.84, "final", 1, "%", "5.8%"),
        (46.2, None, 1, "", "46.2"),
        (1234, "final", 0, "", "1,234"),
        (-0.16, "final", 2, "", "−0.16"),
        (0, "final", 1, "%", "0.0%"),
        (5.84, "provisional", 1, "%", "5.8% provisional"),
        (5.84, "revised", 1, "%", "5.8% revised"),
        (None, "suppressed", 1, "%", "suppressed"),
        (None, None, 1, "%", "not available"),
        (None, "final", 1, "%", "not available"),
    ],
)
def test_a_figure_in_a_cell(value, status, decimals, suffix, shown):
    assert words(figure(value, status, decimals, suffix)) == shown


@pytest.mark.parametrize("status", [s for s in Status if s not in RELEASE_STATUSES])
def test_a_missing_figure_is_words_and_never_a_digit(status):
    shown = figure(None, status)
    assert re.fullmatch(r"[a-z][a-z ,]+", words(shown))
    assert status.words in shown


@pytest.mark.parametrize(
    ("value", "polarity", "arrow", "said"),
    [
        (1.24, "higher_is_better", "▲", "up 1.2, better"),
        (-0.4, "higher_is_better", "▼", "down 0.4, worse"),
        (-0.4, "lower_is_better", "▼", "down 0.4, better"),
        (0.4, "lower_is_better", "▲", "up 0.4, worse"),
        (0.4, "none", "▲", "up 0.4"),
        (0.4, "closer_is_better", "▲", "up 0.4"),
        (-0.04, "higher_is_better", "●", "no change"),
    ],
)
def test_a_change_says_which_way_and_whether_that_is_good(value, polarity, arrow, said):
    shown = change(value, polarity)
    assert words(shown) == said
    assert arrow in shown


def test_better_and_worse_differ_in_colour_too():
    assert "app-change--better" in change(1, "higher_is_better")
    assert "app-change--worse" in change(-1, "higher_is_better")


def test_a_change_of_which_neither_can_be_told_says_so_and_has_no_colour():
    shown = change(-2.4, "lower_is_better", unsure=True)
    assert words(shown) == "down 2.4 better or worse cannot be told"
    assert "app-change--" not in shown
    assert words(change(0, "lower_is_better", unsure=True)) == "no change"


def test_no_comparison_is_said_and_is_not_no_change():
    assert words(change(None)) == "no comparison"


@pytest.mark.parametrize(
    ("given", "said"),
    [("A", "A best quarter"), ("D", "D bottom quarter"), (1, "1 best fifth"), (5, "5 bottom fifth"),
     (None, "no band"), ("", "no band")],
)
def test_a_band_has_its_words(given, said):
    assert words(band(given)) == said


def test_no_band_can_say_why():
    assert words(band(None, "range too small")) == "range too small"


def test_what_is_shown_cannot_carry_markup():
    shown = figure(1, "final", 0, "<script>") + change(1, "none", 0, "<script>") + band(None, "<script>")
    assert "<script" not in shown
