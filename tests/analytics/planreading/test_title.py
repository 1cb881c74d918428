"""A heading that is the plan's own title opens no section; what stands under it stands in the plan."""

from pathlib import Path

from throughline.analytics.planreading.containers.text import document_of
from throughline.analytics.planreading.read import read_plan
from throughline.analytics.planreading.vocabulary import load_templates

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"
ACTIONS = "Number\tActions\tWho\tWhen\n1.1\tTrain every tutor\tHP\tBy May 2027\n"


def _kinds(text: str) -> list[tuple[str, str]]:
    plan = read_plan(document_of(text), load_templates(DEFINITIONS))
    return [(section.kind, section.title) for section in plan.sections]


def test_the_title_is_no_section():
    text = f"# Marlshire Partnership Plan 2026 to 2029\n\n## Priority 1: Teach well\n\n{ACTIONS}"
    assert _kinds(text) == [("priority", "Teach well")]


def test_a_part_of_another_name_is_one():
    text = f"# Marlshire Partnership Plan\n\n# What we will do\n\n## Priority 1: Teach well\n\n{ACTIONS}"
    assert ("section", "What we will do") in _kinds(text)
