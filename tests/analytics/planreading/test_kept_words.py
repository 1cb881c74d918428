"""Every word of a table's body ends up in the tree or among what is unread: in the five plans, and in tables made at random."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.planreading.kept_words import lost_words
from throughline.analytics.planreading.document import Document, Heading, Row, Source, Table
from throughline.analytics.planreading.read import read_plan

HEADINGS = {"Num", "No", "What?", "Performance direction of travel", "Trajec", "Traje", "Trajectory", "ctory", "Notes"}
LABELS = ("What will success look like?",)
ACTION_TABLES = [
    ("No", "Actions", "Who", "When", "Milestones"),
    ("Num", "Strategic Actions", "Operational Actions", "Performance Measure", "By whom and when", "Resources/costs", "RAG"),
    ("What?", "Why?", "How?", "Who? What?", "When?", "Cost?", "Successful if?", "Targets and Cross reference?"),
    ("Action", "Lead", "Deadline", "Progress"),
]
MEASURE_TABLES = [
    ("No", "Indicator", "Cohort", "Baseline", "Target", "Due", "Direction", "Status", "Notes"),
    ("KPI", "2015", "2016/17", "Target 2018"),
]
OTHER_TABLES = [("", "", "", ""), ("Responsible body", "Areas for improvement"), ("Code", "Meaning")]
REFERENCE = re.compile(r"\d[.:]\d")  # printed in two cells of a row, it is one reference
CELLS = st.sampled_from([
    "", "", "1.1", "2:1:4", "3.2A", "KPI 8: Raise it above the national average", "Open a second centre by Easter.",
    "and go on with what stands above", "• Meet the heads\n• Write it up", "I. Meet II. Write IV. Print", "(a) one (b) two",
    "HSI / SIM", "HSI", "Head of Inclusion", "Ada Marl (AM)", "Heads to meet each term", "By Sept 2016", "From Jan 2017",
    "As above", "Half termly", "206/17", "£30k per school", "Core budget", "XR City targets XR Skills plan", "See 8.8 and 9.9",
    "at least 10 schools", "All schools good", "Green", "d u • Ir p", "-", "91.4%", "2015 - 2016", "Priority 3: Attendance",
    "Theme of its own", "What will success look like? Fewer absent", "Lower is better", "5 A*-C", "o First o Second",
    "“Quoted”, it’s so",
])


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_word_of_the_five_plans_is_lost(number, real_document, real_plan):
    assert lost_words(real_document(number), real_plan(number), HEADINGS, LABELS) == {}


def test_the_oracle_finds_a_lost_word(templates):
    document = table_of([("No", "Actions", "Who"), ("1.1", "Open a centre", "HSI")])
    plan = read_plan(document, templates)
    assert lost_words(document, plan, HEADINGS) == {}
    plan.sections[0].actions[0].owners.clear()
    assert lost_words(document, plan, HEADINGS) == {"lines 1-2": ["hsi"]}


def table_of(rows, parts=1):
    """A document of one table, its lines numbered, cut by page breaks into so many parts."""
    made = [Row(tuple(cells), Source(line=number, last_line=number)) for number, cells in enumerate(rows, 1)]
    size = -(-len(made) // parts)
    pieces = [made[start:start + size] for start in range(0, len(made), size)]
    tables = [Table(tuple(piece), Source(line=piece[0].source.line, last_line=piece[-1].source.line)) for piece in pieces]
    return Document((Heading("A plan for Marlshire", 1, Source(line=0)), *tables))


def mentioned_once(cells):
    """A row that does not print one mention in two cells: it is one reference, and the oracle could not count it twice."""
    return ["" if REFERENCE.search(cell) and cell in cells[:place] else cell for place, cell in enumerate(cells)]


@st.composite
def tables(draw, headings):
    """A table under one of the heading rows: rows of any cells, some short, some long, its heading perhaps repeated."""
    heading = draw(st.sampled_from(headings))
    width = len(heading)
    cells = st.lists(CELLS, min_size=max(2, width - 2), max_size=width + 1).map(mentioned_once)
    rows = draw(st.lists(cells, min_size=1, max_size=7))
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, len(rows))), list(heading))
    return table_of([heading, *rows], draw(st.integers(1, 3)))


@pytest.mark.parametrize("headings", [ACTION_TABLES, MEASURE_TABLES, OTHER_TABLES])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_word_of_any_table_is_lost(headings, data, templates):
    document = data.draw(tables(headings))
    plan = read_plan(document, templates)
    known = {row[0] for row in (*ACTION_TABLES, *MEASURE_TABLES, *OTHER_TABLES)}
    assert lost_words(document, plan, known, LABELS) == {}
