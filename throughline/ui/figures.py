"""A figure, its change and its band: in words and shape as well as colour, and missing never zero."""

from functools import lru_cache

from markupsafe import Markup, escape

from throughline.core.polarity import Polarity
from throughline.core.rounding import round_half_up
from throughline.core.statuses import Status
from throughline.ui.formats import number

# What stands in a table cell; the whole sentence of Status.words is its explanation.
_SHORT = {
    Status.SUPPRESSED: "suppressed",
    Status.NOT_APPLICABLE: "not applicable",
    Status.ROUNDS_TO_ZERO: "nearly zero",
    Status.LOW_RELIABILITY: "unreliable",
    Status.LOW_COVERAGE: "low coverage",
    Status.NEW_INSTITUTION: "new",
}
_QUARTERS = {"A": "best quarter", "B": "second quarter", "C": "third quarter", "D": "bottom quarter"}
_FIFTHS = {1: "best fifth", 2: "second fifth", 3: "middle fifth", 4: "fourth fifth", 5: "bottom fifth"}
_SHADES = {"A": 1, "B": 2, "C": 4, "D": 5}  # of the five shades of a band


@lru_cache(maxsize=20_000)
def figure(value: float | None, status: str | None = None, decimals: int = 1, suffix: str = "") -> Markup:
    """A value with its unit, marked when provisional or revised; a missing one as the words of its status.

    status is a core Status or its name; None stands for final with a value and not available without.
    """
    if value is None:
        return _missing(Status(status or Status.NOT_AVAILABLE))
    shown = f"{number(value, decimals)}{escape(suffix)}"
    if status in (Status.PROVISIONAL, Status.REVISED):
        shown += f' <span class="app-mark">{Status(status).words}</span>'
    return Markup(shown)


def _missing(status: Status) -> Markup:
    if status.has_value:  # a release status without a value says nothing of why
        status = Status.NOT_AVAILABLE
    short = _SHORT.get(status, status.words)
    if short == status.words:
        return Markup(f'<span class="app-missing">{short}</span>')
    return Markup(f'<abbr class="app-missing" title="{status.words}">{short}</abbr>')


def arrow(change: float) -> str:
    """The way a figure went, up, down or neither: whether that is good is for its colour and its words to say."""
    return "●" if change == 0 else "▲" if change > 0 else "▼"


@lru_cache(maxsize=20_000)
def change(value: float | None, polarity: str = "none", decimals: int = 1, suffix: str = "", unsure: bool = False) -> Markup:
    """A change since the period before: an arrow, up or down by how much, and better or worse where that can be said.

    A change that rounds to nothing is no change, whichever side of zero it fell. One that is unsure may be either for all that
    is known, and says so.
    """
    if value is None:
        return Markup('<span class="app-missing">no comparison</span>')
    rounded = round_half_up(value, decimals)
    if rounded == 0:
        return Markup(f'<span class="app-change"><span aria-hidden="true">{arrow(0)}</span> no change</span>')
    way = "up" if rounded > 0 else "down"
    verdict = None if unsure else Polarity(polarity).judge(rounded)
    judged, said = (f" app-change--{verdict}", f", {verdict}") if verdict else ("", "")
    apart = '<span class="app-sub">better or worse cannot be told</span>' if unsure else ""
    amount = f"{number(abs(rounded), decimals)}{escape(suffix)}"
    return Markup(
        f'<span class="app-change{judged}"><span aria-hidden="true">{arrow(rounded)}</span> {way} {amount}{said}</span>{apart}'
    )


@lru_cache(maxsize=64)
def band(value: str | int | None, reason: str = "") -> Markup:
    """A quartile band A to D or a quintile 1 to 5 with its words; reason says why there is none."""
    if value is None or value == "":
        return Markup(f'<span class="app-missing">{escape(reason or "no band")}</span>')
    words = _QUARTERS[value] if isinstance(value, str) and value in _QUARTERS else _FIFTHS[int(value)]
    shade = _SHADES.get(str(value), value)
    return Markup(f'<span class="app-band app-band--{shade}"><b>{value}</b> {words}</span>')


FILTERS = {"figure": figure, "change": change, "arrow": arrow, "band": band}
