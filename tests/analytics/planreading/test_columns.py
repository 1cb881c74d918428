"""Columns by the meaning of their headings, and cells by what they hold."""

import pytest

from throughline.analytics.planreading.columns import align, guessed_headings, read_headings, told_by_contents

FOUR = ("No", "Actions", "Who", "When", "Milestones")


@pytest.mark.parametrize(("cells", "roles"), [
    (FOUR, ("number", "action", "owner", "when", "milestones")),
    (("Num", "Strategic Actions", "Operational Actions", "Performance Measure", "By whom and when", "Resources/costs", "RAG"),
     ("number", "action", "steps", "success", "owner_when", "cost", "rag")),
    (("What?", "Why?", "How?", "Who? What?", "When?", "Cost?", "Successful if?", "Targets and Cross reference?"),
     ("action", "why", "steps", "owner", "when", "cost", "success", "cross_references")),
    (("Action required", "", "Lead officer(s)", "Deadline"), ("action", "", "owner", "when")),
    (("Priority", "Action", "Who"), ("priority", "action", "owner")),
    (("Ref.", "What are we going to do?", "Who is responsible?", "By when?", "How much will it cost?", "RAG (Red/Amber/Green)"),
     ("number", "action", "owner", "when", "cost", "rag")),
])
def test_headings_mean_roles(cells, roles, templates):
    assert read_headings(cells, "actions", templates).roles == roles


@pytest.mark.parametrize("cells", [
    ("1.1", "Open a centre", "HSI", "By Sept 2016", "Opened"),
    ("and go on with what stands above", "Priority 3: Attendance"),
    ("", "", ""),
    ("Action",),
])
def test_a_row_of_a_plan_is_no_heading(cells, templates):
    found = read_headings(cells, "actions", templates)
    assert found is None or found.roles == ("action",)


def test_years_head_columns_of_measures(templates):
    columns = read_headings(("KPI", "2015", "2016/17", "Target 2018"), "measures", templates)
    assert columns.roles == ("measure", "trajectory 2015", "trajectory 2016/17", "target 2018")


@pytest.mark.parametrize(("cells", "placed", "unplaced"), [
    (["1.1", "Open it", "HSI", "By Sept 2016", "Opened"],
     {"number": "1.1", "action": "Open it", "owner": "HSI", "when": "By Sept 2016", "milestones": "Opened"}, []),
    (["Open it", "HSI", "By Sept 2016", "Opened"],
     {"action": "Open it", "owner": "HSI", "when": "By Sept 2016", "milestones": "Opened"}, []),
    (["1.1", "Open it", "HSI", "By Sept 2016", "d u • Ir p", "Opened"],
     {"number": "1.1", "action": "Open it", "owner": "HSI", "when": "By Sept 2016", "milestones": "Opened"},
     [("d u • Ir p", "")]),
    (["1.1", "Open it", "By Sept 2016", "Opened", ""],
     {"number": "1.1", "action": "Open it", "when": "By Sept 2016", "milestones": "Opened"}, []),
    (["1.1", "Open it", "", "the board's review, termly"],
     {"number": "1.1", "action": "Open it", "when": "the board's review, termly"}, []),
    (["1.1", "Open it", "Termly", "Ada Marl", "Opened"],
     {"number": "1.1", "action": "Open it", "owner": "Ada Marl", "when": "Termly", "milestones": "Opened"}, []),
    (["1.1", "Visit each school", "By Sept 2016", "Headteachers", ""],
     {"number": "1.1", "action": "Visit each school", "owner": "Headteachers", "when": "By Sept 2016"}, []),
    (["1.1", "Open it", "By Sept 2016", "Schools visited", ""],
     {"number": "1.1", "action": "Open it", "when": "By Sept 2016", "milestones": "Schools visited"}, []),
])
def test_contents_decide_where_a_cell_belongs(cells, placed, unplaced, templates):
    aligned = align(cells, read_headings(FOUR, "actions", templates), templates, {"HSI": "Head of School Improvement"})
    assert (aligned.cells, aligned.unplaced) == (placed, unplaced)


def test_a_cell_under_a_heading_that_we_do_not_know_keeps_it(templates):
    columns = read_headings(("No", "Actions", "Who", "When", "Risk level"), "actions", templates)
    assert align(["1.1", "Open it", "HSI", "By Sept 2016", "High"], columns, templates, {}).unplaced == [("High", "Risk level")]


def test_a_heading_read_by_part_of_its_words_is_said_to_be_guessed(templates):
    columns = read_headings(("No", "Actions", "Equality impact", "RAG (Red/Amber/Green)"), "actions", templates)
    assert guessed_headings(columns, "actions", templates) == [("Equality impact", "successful if")]


def test_columns_without_headings_are_told_by_what_they_hold(templates):
    rows = [("1.1", "Open a centre", "HSI", "By Sept 2016", "£3,000", "Red"),
            ("1.2", "Close another", "SIM", "Termly", "nil", "G")]
    assert told_by_contents(rows, templates, {}).roles == ("number", "action", "owner", "when", "cost", "rag")
    assert told_by_contents([("Thanet", "13"), ("Dover", "7")], templates, {}) is None
