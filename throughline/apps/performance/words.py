"""Figures in words: how a value, a change, a rank and a band are written, on a page and in a terminal alike."""

from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.figures import Figure
from throughline.core.statuses import Status
from throughline.ui.formats import number, signed

NOTHING = "–"


def value(measure: Measure, amount: float | None, status: Status | None = None) -> str:
    """A value with its unit's mark, or why there is none."""
    if amount is None:
        return status.words if status is not None else NOTHING
    return f"{number(amount, measure.decimals)}{measure.unit.suffix}"


def change(figure: Figure) -> str:
    """The change since the period before as it is printed, and whether that is better or worse."""
    if figure.change is None:
        return NOTHING
    judged = "better or worse cannot be told" if figure.unsure else figure.judged
    return " ".join(filter(None, (signed(figure.change, figure.definition.decimals), judged)))


def ordinal_of(rank: int | None, ranked: int | None) -> str:
    """A place among so many."""
    return NOTHING if rank is None else f"{rank} of {ranked}"

