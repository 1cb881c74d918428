"""The five real plans and the five inspection reports, where they lie beside the publishers' own files."""

from pathlib import Path

import pytest

from throughline.analytics.planreading.read import read_plan_file
from throughline.analytics.planreading.tree import Action, Plan, Section

PLANS = ("000", "001", "002", "003", "004")
DEFINITIONS = Path(__file__).resolve().parents[2] / "definitions"
_read: dict[Path, Plan] = {}


def real_plan(sources: Path, number: str) -> Plan:
    """One of the five plans, read; each is read once. Skips where the plans are not."""
    return _plan(sorted((sources.parent / "plans").glob(f"{number}_*.txt")), "the five plans as text, in a folder named plans")


def inspection(sources: Path, name: str) -> Plan:
    """One of the five inspection reports, read; name is in its file's name. Skips where they are not."""
    found = sorted((sources / "ofsted_plans").glob(f"*_{name}*.pdf"))
    return _plan(found, "the inspection reports, in a folder named ofsted_plans")


def _plan(found: list[Path], what: str) -> Plan:
    if not found:
        pytest.skip(f"needs {what}, beside the publishers' own files")
    if found[0] not in _read:
        _read[found[0]] = read_plan_file(found[0], DEFINITIONS)
    return _read[found[0]]


def sections_of(plan: Plan) -> list[Section]:
    """Every section, whatever it stands in, those of one level in order."""
    found, level = [], list(plan.sections)
    while level:
        found += level
        level = [under for section in level for under in section.sections]
    return found


def actions_of(plan: Plan) -> list[Action]:
    """Every action of a plan."""
    return [action for section in sections_of(plan) for action in section.actions]
