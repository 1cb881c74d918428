"""How every document of ours looks: one typeface, its sizes, and colours that are legible and never the only sign."""

from dataclasses import dataclass

FONTS = ("Liberation Sans", "Arial", "sans-serif")
WORD_FONT = "Arial"  # on every council's machines, and Liberation Sans is drawn to its widths

INK = "0B0C0C"
QUIET = "505A5F"
RULE = "8A9299"
BAND = "1D3A5F"
PAPER = "FFFFFF"
TINT = "EEF2F6"

BODY_POINTS = 10.5
TABLE_POINTS = 9
TITLE_POINTS = 24
HEADING_POINTS = (17, 14, 12, 11, 10.5, 10.5)  # by level, outermost first

PAGE_MM = (297, 210)  # A4, on its side
MARGIN_MM = 15
WIDTH_MM = PAGE_MM[0] - 2 * MARGIN_MM


@dataclass(frozen=True)
class Tone:
    """A background and the ink that is legible on it, as six hexadecimal digits."""

    paper: str
    ink: str


TONES = {
    "red": Tone("F6D0CB", "6E1510"),
    "amber": Tone("FCE3BF", "5F3A06"),
    "green": Tone("CFE6D6", "0B4A28"),
    "blue": Tone("D3E3F3", "0F3B66"),
    "unrated": Tone("ECEDEE", "383F43"),
}


def shares(widths: list[float], whole: float) -> list[float]:
    """Widths in proportion to those given, adding up to the whole."""
    total = sum(widths) or 1
    return [whole * width / total for width in widths]
