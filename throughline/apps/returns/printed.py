"""The figures of a closed month as they are printed: the headline beside the month before, and the range of NEET."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from throughline.ui.formats import NONE, number, points, signed

RATES = {"neet_or_not_known_percent": "NEET or not known", "neet_percent": "NEET", "not_known_percent": "Not known",
         "participation_percent": "Participating"}
_COUNTS = (("cohort", "Young people counted"), ("neet", "NEET, people"), ("not_known", "Not known, people"))


@dataclass(frozen=True)
class Row:
    """One figure of the headline, as it is printed."""

    title: str
    now: str
    before: str
    change: str


def rows(figures: Mapping[str, Any]) -> list[Row]:
    """The headline's rates and counts beside those of the month before, at the moment of closing."""
    now, before = figures["now"], figures["before"]
    return [
        *(Row(title, percent(now[name]), percent(before[name]), _points(now[name], before[name]))
          for name, title in RATES.items()),
        *(Row(title, number(now[name]), number(before[name]), signed(now[name] - before[name])) for name, title in _COUNTS),
    ]


def ages(figures: Mapping[str, Any]) -> str:
    """The academic ages that the headline is of, in words; empty for a month that was closed before they were kept with it."""
    *firsts, last = figures.get("ages") or [""]
    if not firsts:
        return f"academic age {last}" if last else ""
    return f"academic ages {', '.join(map(str, firsts))} and {last}"


def neet_range(figures: Mapping[str, Any]) -> str:
    """Between what NEET lies, whatever those not known do, in a sentence."""
    now = figures["now"]
    if now["neet_at_least_percent"] is None:
        return "Nobody of the ages that the headline counts is in the register."
    return (f"NEET is at least {now['neet_at_least_percent']:.1f}% and at most {now['neet_at_most_percent']:.1f}%: that "
            "is the range between none and all of those not known. If they are like known people of their age, support, "
            f"vulnerability and district, it is {now['neet_estimate_percent']:.1f}%.")


def falls(figures: Mapping[str, Any]) -> dict[str, str]:
    """By how much NEET or not known could fall at most, by who can put errors right."""
    return {who: points(value) for who, value in figures.get("could_fall", {}).items()}


def rises(figures: Mapping[str, Any]) -> dict[str, str]:
    """By how much it could rise at most, likewise; of nobody for a month that was closed before that was kept with it."""
    return {who: points(value) for who, value in figures.get("could_rise", {}).items()}


def percent(value: float | None) -> str:
    """A percentage, to one decimal."""
    return NONE if value is None else f"{value:.1f}%"


def _points(now: float | None, before: float | None) -> str:
    return NONE if now is None or before is None else f"{signed(now - before, 1)} points"
