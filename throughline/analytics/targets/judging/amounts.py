"""Figures in the sentences of a judgement: a value, a rank or a gap, with its unit."""

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.evidence import Evidence
from throughline.analytics.targets.judging.spots import Spot

_RANK_ENDS = {1: "st", 2: "nd", 3: "rd"}


def value_words(value: float, evidence: Evidence) -> str:
    """A value of the measure: "92.1%", "1,234", "46.5 points", "12.0 per 10,000"; with more decimals where it has them."""
    plain = f"{value:,.{_decimals(value, evidence.decimals)}f}"
    match evidence.unit:
        case Unit.PERCENT:
            return f"{plain}%"
        case Unit.NUMBER | Unit.SCORE:
            return plain
    return f"{plain} {evidence.unit.words}"


def gap_words(value: float, evidence: Evidence) -> str:
    """A difference between two values of the measure: "0.4 points", "12"."""
    plain = f"{value:,.{_decimals(value, evidence.decimals)}f}"
    return plain if evidence.unit is Unit.NUMBER else f"{plain} points"


def rank_words(rank: float) -> str:
    """A place: "1st", "12th", "23rd"; a place worked out between two is said with its decimals."""
    if rank != int(rank):
        return f"place {rank:.1f}"
    whole = int(rank)
    end = "th" if 10 <= whole % 100 <= 20 else _RANK_ENDS.get(whole % 10, "th")
    return f"{whole}{end}"


def spot_words(actual: float, spot: Spot, evidence: Evidence) -> str:
    """What a spot is about, for any number of its kind."""
    if spot.what == "rank":
        return rank_words(actual)
    return gap_words(actual, evidence) if spot.what == "gap" else value_words(actual, evidence)


def apart_words(difference: float, spot: Spot, evidence: Evidence) -> str:
    """How far two numbers of a spot's kind are apart."""
    if spot.what == "rank":
        return f"{difference:g} {'place' if difference == 1 else 'places'}"
    return gap_words(difference, evidence)


def _decimals(value: float, usual: int) -> int:
    return next((places for places in range(usual, 7) if round(value, places) == round(value, 6)), 6)
