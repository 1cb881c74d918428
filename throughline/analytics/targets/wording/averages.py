"""An average a target is held of, as plans name it: "rolling average for Nov, Dec, Jan", "three-month rolling average"."""

import re
from dataclasses import dataclass

from throughline.analytics.targets.language import Span
from throughline.analytics.targets.wording.draft import Draft
from throughline.analytics.targets.wording.dues import MONTH, MONTHS, month_number
from throughline.analytics.targets.wording.numbers import WORDS
from throughline.analytics.targets.wording.phrases import MONTH_LIST, compiled

_COUNT = r"(?P<n>[0-9]{1,2}|" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
_THE = r"(?:as )?\b(?:an? |the )?"
_PATTERNS = (
    compiled(rf"{_THE}(?:[0-9a-z]{{1,6}}[- ]month )?(?:rolling |moving |mean )*average (?:for|of|over|across) (?:the )?"
             rf"(?P<months>{MONTH_LIST})\b"),
    compiled(rf"{_THE}(?P<months>{MONTH_LIST}) (?:rolling |moving )?average\b"),
    compiled(rf"{_THE}(?:rolling |moving )?{_COUNT}[- ](?P<span>month|term|year)s? (?:rolling |moving )?average\b"),
    compiled(rf"{_THE}(?:rolling |moving )?average over {_COUNT} (?P<span>month|term|year)s?\b"),
)
_ONE_MONTH = compiled(MONTH)
_RANGE = compiled(rf"(?P<first>{MONTH}) ?(?:-|–|to) ?(?P<last>{MONTH})")


@dataclass(frozen=True)
class AveragePhrase:
    """The months named, in order, or how many of what span."""

    months: tuple[str, ...] = ()
    periods: int | None = None
    span: Span | None = None


def take_average(draft: Draft, start: int, end: int) -> AveragePhrase | None:
    """The average named in a sentence, struck out of it; None where none is."""
    for pattern in _PATTERNS:
        if match := pattern.search(draft.left, start, end):
            draft.strike(*match.span())
            return _phrase(match)
    return None


def _phrase(match: re.Match[str]) -> AveragePhrase:
    groups = match.groupdict()
    if groups.get("months"):
        return AveragePhrase(months=_months(groups["months"]))
    count = groups["n"].lower()
    return AveragePhrase(periods=int(WORDS.get(count) or count) or 1, span=Span(groups["span"].lower() + "s"))


def _months(printed: str) -> tuple[str, ...]:
    if reach := _RANGE.fullmatch(printed):
        first, last = month_number(reach["first"]), month_number(reach["last"])
        return tuple(MONTHS[(first - 1 + step) % 12] for step in range((last - first) % 12 + 1))
    return tuple(MONTHS[month_number(name) - 1] for name in _ONE_MONTH.findall(printed))
