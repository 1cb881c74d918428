"""What moved a count between two month ends, person by person: each who is counted at one and not at the other, and why.

Whoever is counted at both and was found, or lost sight of, moves what the count is made of and not the count.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from throughline.analytics.participation.standing import Standing


class Reason(StrEnum):
    """Why somebody came to be counted, or ceased to be."""

    JOINED = "joined"  # counted now and not then
    LEFT = "left"  # counted then and not now
    NEWLY_NOT_KNOWN = "newly_not_known"  # we have lost touch, or what we knew has lapsed
    FOUND = "found"  # was not known then and is now
    FOUND_WITHIN = "found_within"  # the same, and counted at both: found to be NEET
    LOST_WITHIN = "lost_within"  # counted at both, and not known now
    AGED_IN = "aged_in"
    AGED_OUT = "aged_out"
    MOVED_IN = "moved_in"  # was not of the authority's cohort then
    MOVED_OUT = "moved_out"


@dataclass(frozen=True)
class Move:
    """One person's part in the change: 1 for one more counted, -1 for one fewer, 0 for who is counted otherwise than before."""

    learner: int
    reason: Reason
    change: int


def moved(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]], *,
          counts: Callable[[Mapping[str, Any]], bool], ages: Collection[int]) -> list[Move]:
    """Every move between two month ends of one authority, by learner; their changes add up to that of the count.

    before and after are rows of participation_month; counts says whom the headline counts, leaving age aside, and ages are the
    academic ages that it is of.
    """
    then, now = ({row["learner"]: row for row in rows} for rows in (before, after))
    moves = []
    for learner in sorted(then.keys() | now.keys()):
        was, became = then.get(learner), now.get(learner)
        change = _counted(became, counts, ages) - _counted(was, counts, ages)
        if change:
            moves.append(Move(learner, _reason(was, became, ages, change), change))
        elif _counted(was, counts, ages) and (within := _within(was, became)):
            moves.append(Move(learner, within, 0))
    return moves


def _within(was: Mapping[str, Any] | None, became: Mapping[str, Any] | None) -> Reason | None:
    """Whether somebody who is counted at both was found or lost sight of between; None for neither."""
    then, now = (row is not None and row["standing"] == Standing.NOT_KNOWN for row in (was, became))
    return None if then == now else Reason.FOUND_WITHIN if then else Reason.LOST_WITHIN


def _counted(row: Mapping[str, Any] | None, counts: Callable[[Mapping[str, Any]], bool], ages: Collection[int]) -> int:
    return int(row is not None and row["academic_age"] in ages and counts(row))


def _reason(was: Mapping[str, Any] | None, became: Mapping[str, Any] | None, ages: Collection[int], change: int) -> Reason:
    if was is None:
        return Reason.MOVED_IN
    if became is None:
        return Reason.MOVED_OUT
    if was["academic_age"] not in ages:
        return Reason.AGED_IN
    if became["academic_age"] not in ages:
        return Reason.AGED_OUT
    if was["standing"] == Standing.NOT_KNOWN:
        return Reason.FOUND
    if became["standing"] == Standing.NOT_KNOWN:
        return Reason.NEWLY_NOT_KNOWN
    return Reason.JOINED if change > 0 else Reason.LEFT
