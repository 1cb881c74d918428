"""A plan written out by us as Word, Excel and text reads back the same."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.analytics.planreading import marlshire as written
from tests.analytics.planwriting import marlshire
from tests.analytics.planwriting.strategies import NOWHERE, plans
from tests.spec.plan_files import real_plan
from throughline.analytics.planreading.containers.text import document_of
from throughline.analytics.planreading.read import read_plan, read_plan_file
from throughline.analytics.planreading.tree import Cost, Measure, Owner, Plan, When
from throughline.analytics.planreading.vocabulary import load_templates
from throughline.analytics.planwriting.excel import write_excel
from throughline.analytics.planwriting.facts import Facts
from throughline.analytics.planwriting.layout import actions_in_order
from throughline.analytics.planwriting.text import write_text
from throughline.analytics.planwriting.word import write_word

WRITERS: dict[str, Callable[[Plan], bytes]] = {
    "docx": lambda plan: write_word(plan, Facts()),
    "xlsx": lambda plan: write_excel(plan, Facts()),
    "txt": lambda plan: write_text(plan).encode(),
}
COSTED = """A plan for Marlshire

Priority 1: Attendance

No\tAction\tCost (£)\tRAG
1.1\tOpen a centre\t30,000\tNot rated
1.2\tVisit each school\t£2k a year\tGreen
1.3\tWrite to families\tOfficer time\tunrated
"""
IN_THOUSANDS = "\nPriority 2: Places\n\nNo\tAction\tCost (£000)\n2.1\tOpen a second centre\t45\n"
KINDS_OF_PLAN = {name: text for name, text in vars(written).items() if name.isupper() and isinstance(text, str)}
READING = {"source", "fields", "unread"}  # what a plan has only once it is read


@pytest.mark.parametrize("ending", WRITERS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans())
def test_a_plan_reads_back_as_it_was_written(ending, tmp_path, definitions, plan):
    read = reread(plan, ending, tmp_path, definitions)
    assert told(read) == told(plan)


@pytest.mark.parametrize("ending", WRITERS)
def test_codes_answers_references_and_reasons_come_back(ending, tmp_path, definitions):
    read = reread(marlshire.plan(), ending, tmp_path, definitions)
    priority = read.sections[0].sections[0]
    assert [(owner.printed, owner.name) for owner in priority.leads][1] == ("HSI", "Head of School Improvement")
    assert [(answer.target, answer.found) for answer in priority.answers] == [("1", True), ("3", False)]
    action = priority.actions[0]
    assert action.cross_references == [marlshire.BROKEN, marlshire.KEPT]
    assert (action.why, action.milestones) == (
        "So that the council knows where it stands", ["I. Roles defined", "II. First report out"])
    assert [amount["pounds"] for amount in action.cost.amounts] == [12_000]


@pytest.mark.parametrize("ending", WRITERS)
def test_updates_are_no_part_of_the_plan_that_is_read_back(ending, tmp_path, definitions):
    path = tmp_path / f"plan.{ending}"
    written = {"docx": write_word, "xlsx": write_excel, "txt": lambda *given: write_text(*given).encode()}[ending]
    path.write_bytes(written(marlshire.plan(), marlshire.facts()))
    read = read_plan_file(path, definitions)
    assert [action.number for action in actions_in_order(read)] == ["1:1:1", "1:1:2", "1:2:1", "2:1:1"]
    assert "The second report is late" in " ".join(each.text for each in read.unread)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("text", KINDS_OF_PLAN)
def test_a_plan_that_was_read_from_another_document_comes_back(text, ending, tmp_path, definitions):
    """Rows without a number that begin in the middle, criteria that promise, grids of arrows, sections of every kind."""
    plan = read_plan(document_of(KINDS_OF_PLAN[text]), load_templates(definitions))
    assert told(reread(plan, ending, tmp_path, definitions)) == told(plan)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("text", [COSTED, COSTED + IN_THOUSANDS])
def test_numbers_that_the_plan_counts_in_pounds_are_pounds_again_and_no_rating_is_none(text, ending, tmp_path, definitions):
    """Where the heading cannot say so of every number, those that are pounds have their sign."""
    plan = read_plan(document_of(text), load_templates(definitions))
    read = actions_in_order(reread(plan, ending, tmp_path, definitions))
    pounds = [[amount["pounds"] for amount in action.cost.amounts] for action in actions_in_order(plan)]
    assert pounds[:3] == [[30_000], [2_000], []]
    assert [[amount["pounds"] for amount in action.cost.amounts] for action in read] == pounds
    assert [action.rag for action in read[:3]] == ["", "Green", ""]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_five_plans_come_back(number, ending, tmp_path, definitions, sources):
    plan = real_plan(sources, number)
    assert told(reread(plan, ending, tmp_path, definitions)) == told(plan)


@pytest.mark.parametrize("ending", WRITERS)
def test_inspection_reports_come_back(ending, tmp_path, definitions, sources):
    files = sorted((sources / "ofsted_plans").glob("*.pdf"))
    if not files:
        pytest.skip("needs the inspection reports in the folder ofsted_plans of the publishers' own files")
    for path in files:
        plan = read_plan_file(path, definitions)
        assert told(reread(plan, ending, tmp_path, definitions)) == told(plan), path.name


def reread(plan: Plan, ending: str, folder: Path, definitions: Path) -> Plan:
    """The plan written as such a file and read again."""
    path = folder / f"plan.{ending}"
    path.write_bytes(WRITERS[ending](plan))
    return read_plan_file(path, definitions)


def told(thing: Any) -> Any:
    """All that a plan says, as plain values: without where it was read, and times, costs and owners as printed.

    A measure has an empty cell for each year that another of its table has; and the last table of measures has a heading of
    its own.
    """
    if isinstance(thing, When | Cost | Owner):
        return thing.printed
    if isinstance(thing, Measure):
        years = [step for step in thing.trajectory if step["printed"] or step.get("note")]
        return vars(replace(thing, trajectory=years, section=thing.section.removeprefix("Measures"), source=NOWHERE))
    if is_dataclass(thing):
        return {part.name: told(getattr(thing, part.name)) for part in fields(thing) if part.name not in READING}
    if isinstance(thing, list):
        return [told(each) for each in thing]
    return thing
