"""Only columns that are used are shown, in their order; ratings are words; sections and references are named plainly."""

import pytest

from tests.analytics.planwriting.marlshire import HERE, facts, plan
from throughline.analytics.planreading.tree import Action, CrossReference, Plan, Section, When
from throughline.analytics.planwriting import layout
from throughline.analytics.planwriting.facts import Facts, Update
from throughline.analytics.planwriting.report import Cell


def headings(table: layout.Table) -> list[str]:
    """The headings of a table, in order."""
    return [column.heading for column in table.columns]


def actions_of(given: Plan, said: Facts) -> layout.Table:
    """All the plan's actions as one table."""
    placed = layout.placed_actions(given, said)
    return layout.action_table(placed, layout.action_columns(placed), "Actions")


def column(table: layout.Table, heading: str) -> list[Cell]:
    """The cells under a heading."""
    return [row[headings(table).index(heading)] for row in table.rows]


def test_columns_stand_in_the_order_of_the_templates():
    assert headings(actions_of(plan(), facts())) == [
        "Number", "Action", "Why", "Steps", "Who", "When", "Milestones", "Cost", "Successful if", "Cross references", "RAG",
        "Latest update",
    ]


def test_columns_that_nothing_uses_are_left_out():
    bare = Plan("Bare", sections=[Section("section", "Only", HERE, actions=[Action("Do it", HERE)])])
    assert headings(actions_of(bare, Facts())) == ["Number", "Action"]
    bare.sections[0].actions[0].when = When("Termly")
    assert headings(actions_of(bare, Facts())) == ["Action", "When"]


def test_a_blank_rating_says_so_and_is_never_green():
    unmonitored = column(actions_of(plan(), Facts()), "RAG")
    assert [held.lines for held in unmonitored] == [("Green",), ("Not rated",), ("Red",), ("Not rated",)]
    assert [held.tone for held in unmonitored] == ["green", "unrated", "red", "unrated"]


def test_the_latest_update_gives_the_rating_and_a_blank_one_takes_it_away():
    given = plan()
    given.sections[0].sections[0].actions[1].rag = "Green"
    ratings = column(actions_of(given, facts()), "RAG")
    assert [held.lines[0] for held in ratings] == ["Amber", "Not rated", "Red", "Not rated"]
    updates = column(actions_of(given, facts()), "Latest update")
    assert [held.lines for held in updates] == [("14 October 2026:", "The second report is late."), ("Begun.",), (), ()]


def test_a_monitored_plan_shows_ratings_though_none_is_printed_in_it():
    bare = Plan("Bare", sections=[Section("section", "Only", HERE, actions=[Action("Do it", HERE), Action("Go", HERE)])])
    said = Facts(updates={0: Update("", "Nobody has looked yet.")})
    assert [held.lines[0] for held in column(actions_of(bare, said), "RAG")] == ["Not rated", "Not rated"]


@pytest.mark.parametrize(
    ("printed", "word", "tone"),
    [
        ("g", "Green", "green"), ("AMBER", "AMBER", "amber"), ("Red (was amber)", "Red (was amber)", "red"),
        ("B", "Blue", "blue"), (" ", "Not rated", "unrated"), ("On track", "On track", ""), ("Amber/Green", "Amber/Green", ""),
    ],
)
def test_ratings_in_words_and_colours(printed, word, tone):
    assert layout.rating(printed) == Cell((word,), tone=tone)


@pytest.mark.parametrize(
    ("section", "line"),
    [
        (Section("priority", "Raise attendance", HERE, "One"), "Priority One: Raise attendance"),
        (Section("recommendation", "", HERE, "1.3A"), "Recommendation 1.3A"),
        (Section("section", "Background", HERE), "Background"),
        (Section("section", "Offer", HERE, "2"), "Section 2: Offer"),
        (Section("theme", "Careers", HERE), "Theme: Careers"),
        (Section("objective", "", HERE), "Objective"),
    ],
)
def test_section_lines(section, line):
    assert layout.section_line(section) == line


def test_several_items_have_bullets_unless_they_bring_labels():
    table = actions_of(plan(), Facts())
    assert column(table, "Steps")[0] == Cell(("Name who does it", "Report to the board each year"), listed=True)
    assert column(table, "Milestones")[0] == Cell(("I. Roles defined", "II. First report out"), listed=False)
    assert column(table, "Successful if")[0].listed is False


def test_only_references_that_the_words_do_not_make_have_a_column():
    assert column(actions_of(plan(), Facts()), "Cross references")[0].lines == ("XR 1:2:9", "XR 1:1:2")
    said = plan()
    said.sections[0].sections[0].actions[0].text = "Improve the analysis (XR 1:2:9; XR 1:1:2)"
    assert "Cross references" not in headings(actions_of(said, Facts()))


def test_broken_references_are_marked_in_words():
    given = plan()
    abroad = CrossReference("XR City NEET targets", "City NEET targets", "plan")
    given.sections[1].sections[0].actions[0] = Action("No number, so it is known by how it begins: " + "x" * 60, HERE,
                                                      cross_references=[abroad])
    rows = layout.reference_table(layout.placed_actions(given, Facts())).rows
    assert [(row[2].lines[0], row[4].lines[0], row[4].tone) for row in rows] == [
        ("1:2:9", "Not found in this plan", "red"), ("1:1:2", "Found", ""), ("City NEET targets", "In another plan", ""),
    ]
    assert rows[0][0].lines == ("1:1:1",)
    assert rows[2][0].lines[0].startswith("No number, so it is known") and rows[2][0].lines[0].endswith("...")


def test_measures_have_a_column_for_each_period_and_a_missing_year_stays_missing():
    table = layout.measure_table(plan().measures)
    assert headings(table) == [
        "Number", "Measure", "Cohort", "Baseline", "Target", "Unit", "Due", "Direction",
        "2026/27", "2027/28", "Target 2028/29", "Status",
    ]
    assert [cell.lines for cell in table.rows[0][8:11]] == [("94%",), (), ("98% (agreed)",)]
    assert [cell.lines for cell in column(table, "Direction")] == [("Up",), ("Down",)]


def test_actions_are_counted_as_the_plan_reads():
    assert [action.number for action in layout.actions_in_order(plan())] == ["1:1:1", "1:1:2", "1:2:1", "2:1:1"]


def test_the_sheet_of_all_actions_says_what_each_stands_under():
    placed = layout.placed_actions(plan(), Facts())
    table = layout.action_table(placed, layout.action_columns(placed, layout.section_columns(placed)), "Actions")
    assert headings(table)[:2] == ["Recommendation", "Priority"]
    assert [row[1].lines[0] for row in table.rows] == [
        "Priority One: Know how well young people do", "Priority One: Know how well young people do",
        "Priority Two: Publish", "Priority One: Consult",
    ]
