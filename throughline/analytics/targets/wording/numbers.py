"""Numbers as plans print them: "4,000", "ten", "two thirds of", "1 in 5", "5 percentage points", and how to print one."""

import re
from decimal import Decimal

from throughline.analytics.targets.language import TargetUnit
from throughline.analytics.targets.wording.dues import MONTH

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100,
}
_SHARES = {"half of": 50.0, "a third of": 100 / 3, "two thirds of": 200 / 3, "a quarter of": 25.0, "three quarters of": 75.0}
# A number before the name of a month is a day.
_DIGITS = (
    r"(?<![\w.,])-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}(?:\.[0-9]{1,6})?|[0-9]{1,9}(?:\.[0-9]{1,9})?)(?![0-9])"
    rf"(?!(?:st|nd|rd|th)? {MONTH}\b)"
)
_IN = r"\b(?:one|1) in (?:[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten)\b"
_WORDED = r"\b(?:" + "|".join([*sorted(_SHARES, key=len, reverse=True), *sorted(WORDS, key=len, reverse=True)]) + r")\b"
_UNIT = r"%|per cent\b|percent\b|percentage points?\b|ppts?\b|pp\b|% ?points?\b|points?\b|:1\b|per 100,000\b|per 10,000\b"
_UNIT_OF = {":1": TargetUnit.RATIO, "per 100,000": TargetUnit.PER_100_000, "per 10,000": TargetUnit.PER_10_000}
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])[0-9]")


def quantity(name: str) -> str:
    """A pattern for an amount with its unit; the groups are name and name_unit."""
    return rf"(?P<{name}>{_IN}|{_WORDED}|{_DIGITS})(?:\s*-?(?P<{name}_unit>{_UNIT}))?"


def read_quantity(match: re.Match[str], name: str) -> tuple[float, TargetUnit | None]:
    """The amount and unit of a match of quantity(name); the unit is None where none is printed."""
    printed, unit = match[name].lower(), match[f"{name}_unit"]
    if " in " in printed:
        among = printed.split(" in ")[1]
        return _share(100 / max(1.0, float(WORDS.get(among) or among))), TargetUnit.PERCENT
    if printed in _SHARES:
        return _share(_SHARES[printed]), TargetUnit.PERCENT
    value = float(WORDS.get(printed) or printed.replace(",", ""))
    return value, None if unit is None else _unit(unit.lower())


def is_year(match: re.Match[str], name: str) -> bool:
    """Whether what looks like an amount is a year: four plain digits from 1950 to 2099 and no unit."""
    return match[f"{name}_unit"] is None and bool(_YEAR.fullmatch(match[name]))


def printed(value: float, unit: TargetUnit | None = None) -> str:
    """A number and its unit as a reader sees them: 4,000; 91.36%; 5 points; 15:1."""
    plain = f"{Decimal(repr(value)).normalize():,f}"
    match unit:
        case TargetUnit.PERCENT:
            return f"{plain}%"
        case TargetUnit.POINTS:
            return f"{plain} point" if value == 1 else f"{plain} points"
        case TargetUnit.RATIO:
            return f"{plain}:1"
        case TargetUnit.PER_10_000:
            return f"{plain} per 10,000"
        case TargetUnit.PER_100_000:
            return f"{plain} per 100,000"
    return plain


def _share(value: float) -> float:
    return round(value, 1)


def _unit(word: str) -> TargetUnit:
    if word in _UNIT_OF:
        return _UNIT_OF[word]
    return TargetUnit.PERCENT if word in ("%", "per cent", "percent") else TargetUnit.POINTS
