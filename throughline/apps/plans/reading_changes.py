"""What a plan's next version changes, before it is accepted: the plan as it stands beside what was read and put right."""

from dataclasses import replace
from typing import Any

from throughline.analytics.planreading.tree import Measure
from throughline.analytics.planreading.words import known_by
from throughline.apps.indicators.meaning import polarity_for, unit_of
from throughline.apps.plans.comparing import Shown, changes_between
from throughline.apps.plans.models import Plan, Reading
from throughline.apps.plans.reading_pieces import MEASURE, Pieces, in_tree, pieces_of, tree_of
from throughline.apps.plans.reading_summary import target_of
from throughline.apps.plans.trees import plan_tree

_DIRECTIONS = {"higher_is_better": "up", "lower_is_better": "down", "closer_is_better": "keep"}


def next_version_changes(plan: Plan, reading: Reading) -> list[Shown]:
    """What is different in a reading from the plan that it is the next version of.

    The register keeps one promise once, and works out what a plan leaves unsaid, such as which way is better. The
    measures that were read are held against it as it would keep them, so that only what the authors changed is shown.
    """
    pieces = pieces_of(reading.read, reading.corrections)
    newer = tree_of(pieces)
    kept = zip(newer.measures, _measures(pieces), strict=True)
    newer.measures = _each_once([_as_registered(measure, piece, pieces) for measure, piece in kept])
    return changes_between(plan_tree(plan), newer)


def _measures(pieces: Pieces) -> list[dict[str, Any]]:
    return [piece for _, piece in pieces.of(MEASURE) if not piece["removed"]]


def _as_registered(measure: Measure, piece: dict[str, Any], pieces: Pieces) -> Measure:
    polarity = polarity_for(title=measure.text, target=target_of(piece), direction=measure.direction)
    years = [{name: step[name] for name in ("period", "printed", "kind")} for step in measure.trajectory]
    return replace(measure, unit=unit_of(measure.unit), direction=_DIRECTIONS.get(polarity, ""), section=_section(piece, pieces),
                   notes=[], text=" ".join(measure.text.split()), trajectory=years)


def _section(piece: dict[str, Any], pieces: Pieces) -> str:
    if not piece["under"] or not in_tree(pieces, piece["under"]):
        return ""
    section = pieces.held[piece["under"]]
    return str(section["number"] or section["title"])


def _each_once(measures: list[Measure]) -> list[Measure]:
    found: dict[tuple[str, ...], Measure] = {}
    for each in measures:
        said = (each.text, each.cohort, each.target, each.due, each.baseline)
        found.setdefault(tuple(map(known_by, said)), each)
    return list(found.values())
