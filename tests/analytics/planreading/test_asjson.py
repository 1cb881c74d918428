"""A plan as plain values has the keys that were agreed, is JSON, and comes back without loss."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.planreading.marlshire import GRID, PRIORITIES_IN_TABLES, RECOMMENDATIONS, WHAT_WHY_HOW, YEARS
from throughline.analytics.planreading.asjson import as_json, from_json, read_source
from throughline.analytics.planreading.document import Source


def test_the_keys_are_those_agreed(reading):
    values = as_json(reading(RECOMMENDATIONS))
    assert list(values) == ["title", "period", "organisations", "sections", "measures", "unread", "glossary"]
    section = values["sections"][0]
    assert list(section)[:9] == ["kind", "number", "title", "leads", "impact", "success", "source", "sections", "actions"]
    action = section["sections"][0]["actions"][0]
    assert list(action)[:11] == [
        "number", "text", "steps", "owners", "when", "milestones", "cost", "success", "cross_references", "rag", "source",
    ]
    assert (action["when"], action["cost"], action["rag"], action["source"]) == (None, None, None, "line 11")
    assert list(action["owners"][0]) == ["printed", "name", "code", "kind"]
    assert list(values["measures"][0])[:10] == [
        "number", "text", "cohort", "baseline", "target", "unit", "due", "direction", "status", "source",
    ]


def test_a_time_and_a_cost_keep_the_printed_words(reading):
    action = as_json(reading(WHAT_WHY_HOW))["sections"][0]["actions"][0]
    assert list(action["when"]) == ["printed", "dates", "recurrence", "ongoing", "understood"]
    assert action["cost"] == {"printed": "£30k per school", "amounts": [{"pounds": 30000, "basis": "each", "source": ""}]}
    assert list(action["cross_references"][0]) == ["printed", "target", "kind", "found"]


@pytest.mark.parametrize("text", [RECOMMENDATIONS, PRIORITIES_IN_TABLES, WHAT_WHY_HOW, YEARS, GRID])
def test_a_plan_comes_back_without_loss(text, reading):
    plan = reading(text)
    assert from_json(json.loads(json.dumps(as_json(plan)))) == plan


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_five_plans_come_back_without_loss(number, real_plan):
    plan = real_plan(number)
    assert from_json(json.loads(json.dumps(as_json(plan)))) == plan


def test_what_comes_back_shares_nothing_with_what_was_given(reading):
    values = as_json(reading(WHAT_WHY_HOW))
    plan = from_json(values)
    plan.sections[0].actions[0].when.dates.clear()
    plan.sections[0].actions[0].steps.clear()
    assert from_json(values).sections[0].actions[0].when.dates
    assert values["sections"][0]["actions"][0]["steps"]


COUNTS = st.none() | st.integers(1, 9999)


@given(page=COUNTS, sheet=st.none() | st.sampled_from(["Actions", "Plan, row 2", "line 4"]), table=COUNTS, row=st.integers(1, 99))
def test_a_row_is_found_again_from_its_words(page, sheet, table, row):
    source = Source(page=None if sheet else page, sheet=sheet, table=table, row=row)
    assert read_source(str(source)) == source


@given(first=st.integers(1, 999), more=st.integers(0, 9))
def test_lines_are_found_again_from_their_words(first, more):
    assert str(read_source(str(Source(line=first, last_line=first + more)))) == str(Source(line=first, last_line=first + more))
