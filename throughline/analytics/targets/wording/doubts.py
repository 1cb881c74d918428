"""Readings that could have been others: what to tell a person who has only the printed words to go by."""

from collections.abc import Iterable

from throughline.analytics.targets.language import (
    Aim,
    Average,
    Change,
    Direction,
    Rank,
    RankChange,
    RankUnit,
    Target,
    TargetUnit,
)
from throughline.analytics.targets.wording.dues import MONTH
from throughline.analytics.targets.wording.numbers import printed
from throughline.analytics.targets.wording.phrases import compiled

_NO_YEAR = compiled(rf"\bby (?:the end of )?{MONTH}\b(?! ?,?['’]?[0-9])")
_MAINTAIN_AND = compiled(r"\b(?:maintain|sustain)\w* and ")


def doubts(target: Target) -> tuple[str, ...]:
    """Sentences about what in a target was taken one way and could be meant another."""
    found = [sentence for aim in target.parts for sentence in _of_aim(aim, target.printed)]
    if len(target.parts) > 1 and target.cohort:
        found.append("The groups named are taken to go with every part; write one target a line where they do not.")
    if len(target.parts) > 1 and target.due and target.due.by:
        found.append("The due date is taken to go with every part; write one target a line where it does not.")
    if (target.due is None or target.due.by is None) and (month := _NO_YEAR.search(target.printed)):
        found.append(f"“{month[0]}” names no year; add one for it to count as the due date.")
    return tuple(dict.fromkeys(found))


def _of_aim(aim: Aim, words: str) -> Iterable[str]:
    held = aim.aim if isinstance(aim, Average) else aim
    if isinstance(held, Change) and held.unit is TargetUnit.PERCENT and held.amount not in (None, 50.0, 100.0):
        share = printed(held.amount or 0.0)
        yield f"“by {share}%” is read as {share}% of where it started; for percentage points, write “by {share} points”."
    if isinstance(held, RankChange) and held.direction is Direction.KEEP and _MAINTAIN_AND.search(words):
        yield "“Maintain and improve” is read as a place no lower than at the baseline."
    if isinstance(held, Rank) and held.unit is RankUnit.PLACES and "nationally" not in words and "authorit" not in words:
        yield f"“Top {printed(held.limit)}” is read as places in the ranking."
