"""Whatever a document holds, reading answers with a plan that is JSON and comes back, in a time that grows with it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.analytics.planreading.asjson import as_json, from_json
from throughline.analytics.planreading.containers.text import document_of
from throughline.analytics.planreading.outline import as_text
from throughline.analytics.planreading.read import read_plan

PIECES = st.sampled_from([
    "# ", "- ", "\t", "\t", "\n", "\n", "\n\n", "Priority 1: ", "Section 2", "Objectives", "Glossary", "Contents", "We will:",
    "No", "Actions", "Who", "When", "KPI 3", "Target = 5%", "current figure = 4%", "2016/17", "by Sept 2016", "HSI", "1.1 ",
    "2:1:4", "(a) ", "II. ", "• ", "How will we know?", "What difference will this make?", "Accountable leads: Ada Marl (AM)",
    "Areas for improvement", "should", "KPI 3 has been deleted", "It is recommended that Cabinet: 1. Go", "2004 - 2005", "£5m",
    "See also", "<li>", "**", "Table 2", "Measures", "Indicator", "Baseline", "Code", "Meaning", "Period: 2016", "Lead: ",
])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(PIECES | st.text(max_size=6), max_size=60).map("".join))
def test_any_text_gives_a_plan(text, templates):
    plan = read_plan(document_of(text), templates)
    assert from_json(json.loads(json.dumps(as_json(plan)))) == plan
    assert as_text(plan)


@pytest.mark.parametrize("text", [
    "No\tActions\tWhen\n1\tGo\t" + "by Sept 2016 " * 3000,
    "No\tActions\tWho\n1\t" + "a " * 20000 + "\t" + "A. " * 5000,
    "\t".join(["Action", "Who", *["x"] * 300]) + ("\n" + "\t".join(["HSI"] * 300)) * 3,
    "How will we know?\n" + "current figure = 4. Target " * 2000,
    "# A\n" * 3000,
])
def test_long_things_are_read_too(text, templates):
    assert read_plan(document_of(text), templates) is not None
