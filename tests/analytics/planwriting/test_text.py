"""Plain text keeps the plan's order and levels, and no tab or line break of its words moves anything."""

from tests.analytics.planwriting.marlshire import HERE, facts, plan
from throughline.analytics.planreading.tree import Action, Plan, Section
from throughline.analytics.planwriting.report import Column, Figures, Report, Table
from throughline.analytics.planwriting.text import report_text, write_text


def test_a_plan_reads_from_top_to_bottom():
    lines = [line for line in write_text(plan()).splitlines() if line]
    assert lines[:13] == [
        "Marlshire 14-24 plan",
        "Period: 2026 to 2029",
        "Organisations: Marlshire County Council; Marlshire Partnership",
        "# Recommendation 1: Set clear priorities",
        "## Priority One: Know how well young people do",
        "Accountable leads: Director of Education; HSI",
        "Recommendations answered: 1; 3",
        "### What difference will this make?",
        "Providers plan their courses by what young people achieve.",
        "### How will we know?",
        "- Participation rises to 98%",
        "- NEET falls to 5.5%",
        "Number\tAction\tWhy\tSteps\tWho\tWhen\tMilestones\tCost\tSuccessful if\tCross references\tRAG",
    ]
    assert lines[13].split("\t")[:5] == [
        "1:1:1", "Improve the analysis of results", "So that the council knows where it stands",
        "• Name who does it  • Report to the board each year", "Head of Data; DCS"]
    assert lines[14].split("\t")[-1] == "Not rated"


def test_facts_are_told_where_there_are_any():
    assert "\n\nApproved by Cabinet on 3 March 2026\n\n" in write_text(plan(), facts())


def test_tabs_and_line_breaks_of_the_words_stay_inside_their_cell():
    given = Plan("P", sections=[Section("section", "S", HERE, actions=[Action("one\ttwo\nthree", HERE, "1")])])
    assert write_text(given).splitlines()[-1] == "1\tone two  three"


def test_a_report_has_its_figures_notes_and_footnotes():
    table = Table((Column("Measure"), Column("Value")), (("NEET", 1204),), "Figures", "Provisional.")
    assert report_text(Report("R", blocks=(Figures((("Overdue", "4"),)), table), footnotes=("Counted at 16.",))) == (
        "R\n\nOverdue: 4\n\nMeasure\tValue\nNEET\t1,204\n\nProvisional.\n\n[1] Counted at 16.\n")
