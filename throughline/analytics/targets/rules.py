"""Reads definitions/rules/targets.toml: the words targets are written in, and the thresholds they are judged by."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import Against, Direction
from throughline.core.problems import Problem, RefusedFileError

COLOURS = ("green", "amber", "red", "none")
_MOMENTS = ("met", "on_track", "behind", "off_track", "narrowly_missed", "missed", "cannot_be_judged")


@dataclass(frozen=True, eq=False)
class Words:
    """The vocabulary, in lower case. Each cohort is its names, the one we print first and as we print it."""

    comparators: Mapping[Against, tuple[str, ...]]
    authorities: tuple[str, ...]
    verbs: Mapping[Direction, tuple[str, ...]]
    milestones: tuple[str, ...]
    cohorts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Thresholds:
    """What targets are judged by. in_line is by unit; for numbers in_line_share of the comparator."""

    in_line: Mapping[Unit, float]
    in_line_share: float
    best_neighbours: int
    best_percent: float
    behind_share: float
    rag: Mapping[str, str]
    early_is_over: bool

    def margin(self, unit: Unit, beside: float) -> float:
        """How near a value of so much counts as in line with it, in the measure's unit."""
        return abs(beside) * self.in_line_share if unit is Unit.NUMBER else self.in_line[unit]


@dataclass(frozen=True, eq=False)
class Rules:
    """Words and thresholds together."""

    words: Words
    thresholds: Thresholds


def load_rules(definitions: Path) -> Rules:
    """The rules of definitions/rules/targets.toml. Raises RefusedFileError, saying what is wrong and what would be right."""
    path = definitions / "rules" / "targets.toml"
    with path.open("rb") as file:
        stated = tomllib.load(file)
    try:
        rules = Rules(_words(stated), _thresholds(stated))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = Problem("rules/targets.toml", None, "", str(error), "target rules",
                          "a table, a word or a threshold is missing or is not of its kind; compare the file with its comments")
        raise RefusedFileError([problem]) from error
    _refuse_colours(rules.thresholds.rag)
    return rules


def _refuse_colours(rag: Mapping[str, str]) -> None:
    wrong = [
        Problem("rules/targets.toml", None, f"rag.{moment}", colour, "colour", f"must be one of {', '.join(COLOURS)}")
        for moment, colour in rag.items() if colour not in COLOURS
    ]
    if wrong:
        raise RefusedFileError(wrong)


def _words(stated: dict[str, Any]) -> Words:
    return Words(
        comparators={against: _lower(stated["comparators"][against.value]) for against in Against},
        authorities=_lower(stated["authorities"]["words"]),
        verbs={direction: _lower(stated["verbs"][direction.value]) for direction in Direction},
        milestones=_lower(stated["milestones"]["words"]),
        cohorts=tuple(tuple(cohort["names"]) for cohort in stated["cohorts"]),
    )


def _lower(words: list[str]) -> tuple[str, ...]:
    if not words:
        raise ValueError("a list of words is empty")
    return tuple(word.lower() for word in words)


def _thresholds(stated: dict[str, Any]) -> Thresholds:
    margins = stated["in_line"]
    best = stated["among_best"]
    return Thresholds(
        in_line={unit: float(margins[unit.value]) for unit in Unit if unit is not Unit.NUMBER},
        in_line_share=float(margins["number_share"]),
        best_neighbours=int(best["neighbours_places"]),
        best_percent=float(best["authorities_percent"]),
        behind_share=float(stated["on_track"]["behind_share"]),
        rag={moment: stated["rag"][moment] for moment in _MOMENTS},
        early_is_over=bool(stated["groups"]["early_is_over"]),
    )
