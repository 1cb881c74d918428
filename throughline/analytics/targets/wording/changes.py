"""How plans put a change: "reduce by 4,000", "a 10% increase", "below 2008 levels", "two year trend improving"."""

import re

from throughline.analytics.targets.language import (
    Aim,
    Change,
    Direction,
    Origin,
    OriginKind,
    TargetUnit,
    Trend,
)
from throughline.analytics.targets.wording.numbers import WORDS, is_year, quantity, read_quantity
from throughline.analytics.targets.wording.phrases import (
    ORIGIN,
    PERIOD,
    STATED_ORIGIN,
    Pieces,
    Reader,
    compiled,
    origin,
    squeezed,
)

_SOME = r"(?:at least |a minimum of |a further |another |some |around |about |up to |more than |over )?"
_YEARLY = r"(?P<yearly> (?:a|per|each|every) year| year[- ]on[- ]year| annually)?"
_SHARED = rf"[^;]{{0,60}}?{ORIGIN}(?=$|[ ,.;)])"
_YEARS = r"(?P<years>[0-9]{1,2}|" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"


def readers(pieces: Pieces) -> list[Reader]:
    """The ways of putting a change or a trend, the most particular first."""
    verb = rf"(?P<verb>{pieces.verbs(Direction.INCREASE, Direction.REDUCE, Direction.IMPROVE)})"
    keep = pieces.verbs(Direction.KEEP)
    return [
        *_trends(pieces, verb),
        Reader(compiled(rf"\b{verb}\b[^;]{{0,100}}?\bby {_SOME}{quantity('n')}{ORIGIN}{_YEARLY}"), lambda m: _by(pieces, m)),
        Reader(compiled(rf"{quantity('n')}(?:[- ]| more | fewer )(?:point )?{verb}\b{ORIGIN}"), lambda m: _by(pieces, m)),
        Reader(compiled(rf"\b{verb} of {_SOME}{quantity('n')}{ORIGIN}{_YEARLY}"), lambda m: _by(pieces, m)),
        Reader(compiled(rf"{quantity('n')} (?P<verb>more|fewer)\b"), lambda m: _by(pieces, m)),
        Reader(compiled(rf"\bhalv(?:e|es|ed|ing)\b{_SHARED}"), lambda m: _share(Direction.REDUCE, 50.0, m)),
        Reader(compiled(rf"\bdoubl(?:e|es|ed|ing)\b{_SHARED}"), lambda m: _share(Direction.INCREASE, 100.0, m)),
        Reader(compiled(rf"\b(?:to )?(?P<way>below|lower than|less than|fewer than|under|above|higher than|more than) (?:the )?"
                        rf"(?P<period>{PERIOD}) (?:levels?|figures?|numbers?|baseline)\b"), _than_then),
        Reader(compiled(rf"(?:\b{keep} )?\b(?:at )?no worse than (?:in |at )?(?:the )?(?:(?P<previous>previous year|last year)"
                        rf"|(?P<since>{PERIOD})|(?P<base>baseline|present|now|current levels?))\b"),
               lambda m: Change(Direction.KEEP, since=origin(m))),
        Reader(compiled(rf"\b{verb}{STATED_ORIGIN}"), lambda m: Change(pieces.direction(m["verb"]), since=origin(m))),
    ]


def _trends(pieces: Pieces, verb: str) -> list[Reader]:
    each = r"(?:in )?(?:each|every) year(?: since the baseline)?|year[- ]on[- ]year|year after year"
    return [
        Reader(compiled(rf"\b(?:year[- ]on[- ]year|annual) {verb}\b(?! (?:of|by) [0-9])"), lambda m: _trend(pieces, m, None)),
        Reader(compiled(rf"\b{verb}(?: (?:{each}))(?! by)"), lambda m: _trend(pieces, m, None)),
        Reader(compiled(rf"\b{_YEARS}[- ]years? (?:(?:running|of) )?(?:trend (?:of |is )?)?{verb}(?: trend)?\b"),
               lambda m: _trend(pieces, m, _years(m))),
        Reader(compiled(rf"\b{verb} (?:(?:trend )?(?:for|over|in) )(?:the next )?{_YEARS} (?:consecutive |successive )?"
                        r"years(?: running| in a row)?"), lambda m: _trend(pieces, m, _years(m))),
    ]


def _trend(pieces: Pieces, match: re.Match[str], years: int | None) -> Aim | None:
    return Trend(pieces.direction(match["verb"]), years) if years is None or years > 0 else None


def _years(match: re.Match[str]) -> int:
    return int(WORDS.get(match["years"].lower()) or match["years"])


def _by(pieces: Pieces, match: re.Match[str]) -> Aim | None:
    if is_year(match, "n"):
        return None
    amount, unit = read_quantity(match, "n")
    if unit is TargetUnit.RATIO or amount < 0:
        return None
    since = origin(match) if "since" in match.re.groupindex else Origin()
    if match.groupdict().get("yearly"):
        since = Origin(OriginKind.PREVIOUS)
    return Change(pieces.direction(match["verb"]), amount, unit or TargetUnit.NUMBER, since)


def _share(direction: Direction, amount: float, match: re.Match[str]) -> Aim:
    return Change(direction, amount, TargetUnit.PERCENT, origin(match))


def _than_then(match: re.Match[str]) -> Aim:
    up = match["way"].lower() in ("above", "higher than", "more than")
    since = Origin(OriginKind.PERIOD, squeezed(match["period"]))
    return Change(Direction.INCREASE if up else Direction.REDUCE, since=since)
