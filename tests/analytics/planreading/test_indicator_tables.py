"""Tables of indicators: years side by side with words cut by columns, and a grid with its notes."""

import pytest

from tests.analytics.planreading.marlshire import GRID, YEARS


@pytest.fixture(scope="module")
def years(reading):
    return reading(YEARS)


@pytest.fixture(scope="module")
def grid(reading):
    return reading(GRID)


def test_each_year_stands_with_its_figure_and_an_empty_cell_stays_empty(years):
    assert years.measures[0].trajectory == [
        {"period": "2004 -2005", "printed": "78.8%", "kind": "trajectory"},
        {"period": "2005 - 2006", "printed": "81.6%", "kind": "trajectory"},
        {"period": "2007 - 2008", "printed": "", "kind": "target"},
        {"period": "2008 -2009", "printed": "84%", "kind": "target", "note": "Agreed"},
        {"period": "2009 - 2010", "printed": "7.7 %", "kind": "target"},
    ]


def test_the_last_figures_are_the_baseline_and_the_target(years):
    first, second = years.measures
    assert (first.number, first.section, first.baseline, first.target, first.due) == (
        "1", "Participation", "81.6%", "7.7 %", "2009 - 2010",
    )
    assert (second.number, second.baseline, second.target, second.status) == ("7", "63.0%", "", "to be determined")


def test_words_cut_by_columns_are_sewn_and_listed(years):
    assert years.measures[0].text == "Raise the % of 17 year olds taking part"
    assert years.measures[1].text == "The proportion of learners who go on by the age of 19."
    listed = [(each.text, each.why.split(",")[0]) for each in years.unread]
    assert ("1.Raise the % of of 17 year olds tak aking part", "words cut by the table's columns") in listed
    assert ("7. The p roportion of lear", "cut by the table's columns") in listed
    assert ("ctory", "a heading or a mark that runs into a figure") in listed


def test_a_grid_prints_its_indicators_in_groups(grid):
    printed = [(each.number, each.status, each.section) for each in grid.measures if each.trajectory]
    assert printed == [
        ("KPI 2", "over achieving", "Strategic KPI's over achieving"),
        ("KPI 8", "over achieving", "Strategic KPI's over achieving"),
        ("KPI 8", "requiring improvement", "Strategic KPI's requiring improvement"),
    ]


def test_an_arrow_is_no_figure(grid):
    assert grid.measures[1].trajectory == [
        {"period": "2015", "printed": "N/A", "kind": "arrow"}, {"period": "2016", "printed": "1", "kind": "arrow"},
    ]


def test_the_target_begins_with_the_promise(grid):
    assert [each.target for each in grid.measures[:2]] == ["reduce by 4000", "above the national average on all measures"]
    assert [each.direction for each in grid.measures[:2]] == ["down", "up"]


def test_notes_go_to_the_indicator_of_their_own_grid(grid):
    notes = {(each.number, each.section): each.notes for each in grid.measures if each.trajectory}
    assert notes == {
        ("KPI 2", "Strategic KPI's over achieving"): ["KPIs 2 and 31 have been amended to match."],
        ("KPI 8", "Strategic KPI's over achieving"): ["KPI 8 has been amended to reflect the new priority."],
        ("KPI 8", "Strategic KPI's requiring improvement"): ["KPI8 has been amended again."],
    }


def test_a_note_on_an_indicator_that_is_not_there_stands_alone(grid):
    alone = [(each.number, each.status) for each in grid.measures if not each.trajectory]
    assert alone == [("KPI 31", "amended"), ("KPI 6", "deleted"), ("KPI 2", "deleted")]
    assert [each.text for each in grid.unread] == ["KPI 2 has been deleted for want of figures."]


def test_a_register_with_a_column_for_each_field(reading):
    plan = reading("# A plan\n\nNo\tIndicator\tCohort\tBaseline\tTarget\tUnit\tDue\tDirection\t2015/16\tTarget 2018\tStatus\n"
                   "3\tIn learning\tCare leavers\t40%\t60%\tper cent\tSept 2018\tHigher is better\t50%\t60%\tagreed\n")
    measure, = plan.measures
    assert (measure.number, measure.text, measure.cohort, measure.baseline, measure.target) == (
        "3", "In learning", "Care leavers", "40%", "60%",
    )
    assert (measure.unit, measure.due, measure.direction, measure.status) == ("per cent", "Sept 2018", "up", "agreed")
    assert [(step["kind"], step["period"], step["printed"]) for step in measure.trajectory] == [
        ("trajectory", "2015/16", "50%"), ("target", "2018", "60%"),
    ]
    assert measure.notes == ["Higher is better"]
