"""Every ink is legible on what it is printed on: contrast of 4.5 to 1 or better, as WCAG reckons it."""

import pytest

from throughline.analytics.planwriting import style

PAIRS = [(tone.ink, tone.paper) for tone in style.TONES.values()]
PAIRS += [(ink, paper) for ink in (style.INK, style.BAND) for paper in (style.PAPER, style.TINT)]
PAIRS += [(style.PAPER, style.BAND), (style.QUIET, style.PAPER)]


def luminance(colour: str) -> float:
    """The relative luminance of a colour of six hexadecimal digits, from 0 to 1."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_contrast(ink, paper):
    darker, lighter = sorted([luminance(ink), luminance(paper)])
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_shares_keep_their_proportion_and_fill_the_whole():
    assert style.shares([1, 3], 200) == [50, 150]
