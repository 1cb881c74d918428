"""How plans put a level or a count: "at least 70%", "no more than 1%", "between 20 to 40", "a minimum of ten schools"."""

import re

from throughline.analytics.targets.language import Aim, Comparison, Count, Direction, Level, TargetUnit
from throughline.analytics.targets.wording.dues import MONTH
from throughline.analytics.targets.wording.numbers import is_year, quantity, read_quantity
from throughline.analytics.targets.wording.phrases import Pieces, Reader, compiled

_BEFORE = {
    Comparison.AT_LEAST: (
        r"at least|(?:a |the )?minimum(?: of)?|no (?:fewer|less|lower) than|not less than|>=|≥"
        r"|at least (?:meet|meeting|reach|reaching|achieve|achieving) [^;,0-9]{0,60}?(?:of|to)?"
    ),
    Comparison.AT_MOST: r"at most|no (?:more|higher|greater) than|not more than|(?:a |the )?maximum(?: of)?|up to|<=|≤",
    Comparison.MORE_THAN: r"(?<!no )(?<!not )(?:more|greater|higher) than|over|above|exceed(?:s|ing)?|in excess of|>",
    Comparison.LESS_THAN: r"(?<!no )(?<!not )(?:less|fewer|lower) than|below|under|<",
}
_AFTER = {
    Comparison.AT_LEAST: r" or (?:more|above|higher|over)|\+| and above",
    Comparison.AT_MOST: r" or (?:less|fewer|below|lower|under)",
}
_STOPS = (
    "by|in|into|to|from|for|each|every|per|a|an|at|with|will|are|is|be|have|has|had|or|and|who|that|which|of|as|the|than"
    "|points?|percentage|percent|ppts?|pp|taking|working|targeting|attending|achieving|participating|within|before|after|during|until|compared|against|so|on"
)
_NOUN = rf"(?!(?:{_STOPS}|{MONTH})\b)[a-z¤'’][a-z¤'’-]*"
_NOUNS = rf"(?P<of>{_NOUN}(?: (?:taken on|signed up|{_NOUN})){{0,4}}(?: (?:and|or) (?:{_NOUN})(?=$|[.,)]| (?:{_STOPS})\b))?)"
_COUNTED = r"(?:deliver(?:y)?(?: of)?|achieve|place|recruit|create|establish|provide|reach|target of|support|engage)"


def readers(pieces: Pieces) -> list[Reader]:
    """The ways of putting a level or a count, the plainest last."""
    up = pieces.verbs(Direction.INCREASE)
    down = pieces.verbs(Direction.REDUCE)
    better = pieces.verbs(Direction.IMPROVE)
    found = [Reader(compiled(rf"\bbetween {quantity('low')} (?:and|to|-) {quantity('n')}(?: {_NOUNS})?"), _between)]
    for comparison, words in _BEFORE.items():
        found.append(_reader(rf"(?<![\w]){_grouped(words)} ?{quantity('n')}(?: {_NOUNS})?", comparison))
    for comparison, words in _AFTER.items():
        found.append(_reader(rf"{quantity('n')}{_grouped(words)}(?: {_NOUNS})?", comparison))
    found += [
        _reader(rf"\b{up}\b[^;]{{0,100}}?\bto {quantity('n')}", Comparison.AT_LEAST),
        _reader(rf"\b{down}\b[^;]{{0,100}}?\bto {quantity('n')}", Comparison.AT_MOST),
        _reader(rf"\b{better}\b[^;]{{0,100}}?\bto {quantity('n')}", Comparison.REACH),
        Reader(compiled(r"\b(?:the |a )?majority of\b"), lambda _: Level(Comparison.MORE_THAN, 50.0, TargetUnit.PERCENT)),
        Reader(compiled(r"\bfull participation\b"), lambda _: Level(Comparison.AT_LEAST, 100.0, TargetUnit.PERCENT)),
        Reader(compiled(rf"(?:^|\b{_COUNTED} |\breach ){quantity('n')} {_NOUNS}"), _bare_count),
        Reader(compiled(rf"(?:\b(?:reach|achieve|target(?: of| is)?|meet) |= ?|^ ?){quantity('n')}(?= ?$|[ ,.;)])"), _bare),
        Reader(compiled(quantity("n")), _bare_with_unit),
    ]
    return found


def _grouped(words: str) -> str:
    return f"(?:{words})"


def _reader(pattern: str, comparison: Comparison) -> Reader:
    return Reader(compiled(pattern), lambda match: _compared(match, comparison))


def _compared(match: re.Match[str], comparison: Comparison) -> Aim | None:
    if is_year(match, "n"):
        return None
    value, unit = read_quantity(match, "n")
    things = match.groupdict().get("of")
    if unit is None and things:
        return Count(comparison, value, things.lower())
    return Level(comparison, value, unit or TargetUnit.NUMBER)


def _between(match: re.Match[str]) -> Aim | None:
    if is_year(match, "low") or is_year(match, "n"):
        return None
    (low, low_unit), (high, unit) = read_quantity(match, "low"), read_quantity(match, "n")
    if low > high:
        return None
    if unit is None and low_unit is None and match["of"]:
        return Count(Comparison.BETWEEN, low, match["of"].lower(), high)
    return Level(Comparison.BETWEEN, low, unit or low_unit or TargetUnit.NUMBER, high)


def _bare_count(match: re.Match[str]) -> Aim | None:
    value, unit = read_quantity(match, "n")
    if unit is not None or is_year(match, "n") or match["n"].lower() == "one":
        return None
    return Count(Comparison.REACH, value, match["of"].lower())


def _bare(match: re.Match[str]) -> Aim | None:
    return None if match["n"].lower() == "one" else _compared(match, Comparison.REACH)


def _bare_with_unit(match: re.Match[str]) -> Aim | None:
    value, unit = read_quantity(match, "n")
    return None if unit is None else Level(Comparison.REACH, value, unit)
