"""Promises without a number: all or none of something, a bare "increase in", and what a person must judge."""

import re

from throughline.analytics.targets.language import (
    Aim,
    Change,
    Comparison,
    Direction,
    Level,
    Milestone,
    TargetUnit,
)
from throughline.analytics.targets.wording.draft import USED, Draft, trimmed
from throughline.analytics.targets.wording.phrases import PERIOD, Pieces, compiled, origin

_OPENING = r"(?:^|(?<=that )|(?<=ensure )|(?<=ensuring )|(?<=, )|(?<=; ))"
_OF = rf"(?: of (?:the|our))? (?P<of>(?!measures?\b|indicators?\b)(?:(?!, (?:for|on every)\b)[^{USED};.])+)"
_ALL = compiled(rf"{_OPENING} ?(?P<which>all|every|each){_OF}")
_NONE = compiled(rf"{_OPENING} ?(?P<which>no|zero)(?! longer\b| more\b| less\b){_OF}")
_SINCE = compiled(rf"(?P<none>)(?:(?P<previous>than last year)|\bsince (?P<since>{PERIOD})\b)")
_SAYING = compiled(r"\b(?:to|will|we|and|should|must|on) ?$")
_LEFT_OVER = " ,.;:=-–•()“”\"'"


def take_whole(draft: Draft, start: int, end: int) -> tuple[int, Aim] | None:
    """All or none of something in a sentence: where it stands and what it means; struck out. None where there is none."""
    for first, last in draft.pieces(start, end):
        for pattern, comparison in ((_ALL, Comparison.ALL), (_NONE, Comparison.NONE)):
            match = pattern.search(draft.left[first:last])
            things = match and trimmed(draft.text[first + match.start("of"):first + match.end("of")])
            if match and things:
                draft.strike(first + match.start(), first + match.end())
                return first + match.start(), _whole(comparison, match["which"].lower(), things)
    return None


def _whole(comparison: Comparison, which: str, things: str) -> Aim:
    if comparison is Comparison.NONE:
        return Level(comparison, 0.0, TargetUnit.NUMBER, of=things)
    return Level(comparison, 100.0, TargetUnit.PERCENT, of=things if which == "all" else f"{which} {things}")


def take_promise(draft: Draft, start: int, end: int, fragments: Pieces) -> tuple[int, Aim] | None:
    """A bare direction ("increased uptake", "absence reduced") or a milestone in a sentence; struck out."""
    words = draft.left[start:end]
    verb = _verb(words, fragments)
    if verb is not None:
        draft.strike(start + verb.start(), start + verb.end())
        return start + verb.start(), _direction(draft, start, end, fragments.direction(verb[0]))
    said = draft.text[start:end]
    if fragments.milestone.search(words):
        kept = "".join(a for a, left in zip(said, words, strict=True) if left != USED).replace("”", "'").replace("“", "'")
        draft.strike(start, end)
        named = trimmed(" ".join(kept.split()))
        return (start, Milestone(named)) if named else None
    return None


def _verb(words: str, fragments: Pieces) -> re.Match[str] | None:
    """The verb that opens the words, closes them, or follows to, will or we; other verbs only describe."""
    own = compiled(rf"\b{fragments.verbs(*Direction)}\b")
    opening = re.match(r"[^A-Za-z]*", words)
    body = words.rstrip(_LEFT_OVER + USED)
    for match in own.finditer(words):
        at_start = opening is not None and match.start() == opening.end()
        if at_start or (match.end() == len(body) and match[0][-1:] in "ds") or _SAYING.search(words[: match.start()]):
            return match
    return None


def _direction(draft: Draft, start: int, end: int, direction: Direction) -> Aim:
    since = _SINCE.search(draft.left[start:end])
    if since is None:
        return Change(direction)
    draft.strike(start + since.start(), start + since.end())
    return Change(direction, since=origin(since))
