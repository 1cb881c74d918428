"""The five things a judgement can say, the judgement itself with its sum, and how judgements of several parts combine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from throughline.analytics.targets.judging.needs import ComparatorUsed
from throughline.analytics.targets.rules import Thresholds


class Verdict(StrEnum):
    """What is said of a target."""

    MET = "met"
    ON_TRACK = "on track"
    OFF_TRACK = "off track"
    MISSED = "missed"
    CANNOT_BE_JUDGED = "cannot be judged"


# The whole is as its worst part that is known; a part that cannot be judged leaves open only what is better than off track.
WORST_FIRST = (Verdict.MISSED, Verdict.OFF_TRACK, Verdict.CANNOT_BE_JUDGED, Verdict.ON_TRACK, Verdict.MET)


@dataclass(frozen=True)
class Judgement:
    """What is said of a target, and the sum that leads there, sentence by sentence.

    rag is the colour proposed: green, amber, red or none. value, needed and expected are in the measure's unit, or
    are ranks or gaps where those are judged. margin is how far past what was needed the value is, the better way
    being positive. early says that the due date has not come yet. caution says that it may be otherwise for all we know, and
    stands among the steps too. parts are those of a target with several.
    """

    verdict: Verdict
    rag: str
    steps: tuple[str, ...]
    reason: str = ""
    measure: str = ""
    what: str = ""  # what was judged: "value", "rank" or "gap"
    period: str = ""
    period_end: date | None = None
    value: float | None = None
    needed: float | None = None
    expected: float | None = None
    margin: float | None = None
    early: bool = False
    caution: str = ""
    comparators: tuple[ComparatorUsed, ...] = ()
    parts: tuple["Judgement", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The judgement as plain values, for JSON and tables."""
        return {
            "verdict": self.verdict.value, "rag": self.rag, "reason": self.reason, "measure": self.measure,
            "what": self.what,
            "period": self.period, "period_end": self.period_end.isoformat() if self.period_end else None,
            "value": self.value, "needed": self.needed, "expected": self.expected, "margin": self.margin,
            "early": self.early, "caution": self.caution, "steps": list(self.steps),
            "comparators": [vars(used) for used in self.comparators],
            "parts": [part.as_dict() for part in self.parts],
        }


def cannot(reason: str, thresholds: Thresholds, measure: str = "", steps: tuple[str, ...] = ()) -> Judgement:
    """A judgement that there can be none, and why."""
    colour = thresholds.rag["cannot_be_judged"]
    return Judgement(Verdict.CANNOT_BE_JUDGED, colour, (*steps, f"Cannot be judged: {reason}"), reason, measure)


def together(parts: Sequence[Judgement], thresholds: Thresholds) -> Judgement:
    """One judgement of several parts, all of which are to be met: as its worst part that is known."""
    if not parts:
        return cannot("There is nothing to judge.", thresholds)
    verdict = next(verdict for verdict in WORST_FIRST if any(part.verdict is verdict for part in parts))
    deciding = [part for part in parts if part.verdict is verdict]
    steps = tuple(f"Part {number}: {part.verdict}. {' '.join(part.steps)}" for number, part in enumerate(parts, 1))
    whole = f"Together: {verdict}, as the worst part that is known."
    return Judgement(
        verdict, _worst_colour([part.rag for part in deciding]), (*steps, whole),
        reason=" ".join(dict.fromkeys(part.reason for part in deciding if part.reason)),
        early=verdict is Verdict.MET and any(part.early for part in parts),
        caution=" ".join(dict.fromkeys(part.caution for part in deciding if part.caution)),
        comparators=tuple(used for part in parts for used in part.comparators), parts=tuple(parts),
    )


def _worst_colour(colours: Sequence[str]) -> str:
    return next(colour for colour in ("red", "amber", "none", "green") if colour in colours)
