"""A plan of priorities under recommendations: its sections, rows cut by pages, Roman lists, figures and broken references."""

import pytest

from tests.analytics.planreading.marlshire import RECOMMENDATIONS


@pytest.fixture(scope="module")
def plan(reading):
    return reading(RECOMMENDATIONS)


@pytest.fixture(scope="module")
def actions(plan):
    return {action.number: action for section in plan.sections[0].sections for action in section.actions}


def test_the_front_is_read(plan):
    assert plan.title == "Learning after 16 in Marlshire Draft Action Plan"


def test_a_recommendation_printed_again_is_one(plan):
    assert [(section.kind, section.number, section.title) for section in plan.sections] == [
        ("recommendation", "1", "Say clearly what matters most after 16"),
    ]
    assert [(inner.kind, inner.number, inner.title) for inner in plan.sections[0].sections] == [
        ("priority", "One", "Know how learners get on"), ("priority", "Two", "Work with schools"),
    ]


def test_what_stands_under_a_priority(plan):
    first, second = plan.sections[0].sections
    assert [(lead.printed, lead.name, lead.code) for lead in first.leads] == [("Ada Marl (AM)", "Ada Marl", "AM")]
    assert first.impact == ["Everybody knows what is on offer."]
    assert second.success == ["Fewer leave in year 13", "More start a course"]


def test_roman_entries_are_parted_and_keep_their_labels(actions):
    assert actions["1:1:1"].steps[0] == "I. Name a person in each school"
    assert actions["1:1:1"].success == ["I. Person named", "II. Report given"]


def test_a_row_cut_by_pages_is_put_together(actions):
    action = actions["1:1:2"]
    assert action.text == "Reduce the number of young people out of work"
    assert action.steps == ["I. Ask for the college's lists", "II. Meet them: -at home -in town", "III. Write to each"]
    assert str(action.source) == "line 12"
    assert {name: str(where) for name, where in action.fields.items()} == {"text": "line 16", "steps": "line 16"}


def test_owners_are_told_apart_and_their_codes_resolved(actions):
    owners = {number: [(owner.printed, owner.name, owner.kind) for owner in action.owners] for number, action in actions.items()}
    assert owners == {
        "1:1:1": [("Ben Clay", "", "person"), ("Cy Dunn (CD)", "Cy Dunn", "person")],
        "1:1:2": [("AM", "Ada Marl", "person")],
        "1:2:1": [("Head of SEND and Inclusion", "", "post"), ("CD", "Cy Dunn", "person")],
    }
    assert actions["1:2:1"].rag == "Green"


def test_a_reference_to_nothing_is_kept(actions):
    made = [(each.target, each.found) for each in actions["1:2:1"].cross_references]
    assert made == [("1:1:1", True), ("2:9:9", False), ("1:1:2", True)]


@pytest.mark.parametrize(("place", "text", "cohort", "baseline", "target", "direction", "status"), [
    (0, "More stay on", "Year 12", "91.4%", "rolling average for Nov, Dec, Jan = 98%", "up", ""),
    (1, "More stay on", "Whole cohort", "81%", "90%", "up", ""),
    (2, "More stay on", "Level 3 apprentices", "252", "300", "up", ""),
    (3, "More start at level 2", "", "bench mark to be determined when figures come", "More start at level 2", "up",
     "to be determined"),
    (4, "NEET", "In work after leaving care", "37.5%", "20%", "down", ""),
    (5, "A* to C at A level", "", "", "in line with statistical neighbours", "", ""),
    (6, "Points for each entry", "", "", "in line with statistical neighbours", "", ""),
])
def test_every_figure_is_a_measure(plan, place, text, cohort, baseline, target, direction, status):
    measure = plan.measures[place]
    assert (measure.text, measure.cohort, measure.baseline, measure.target) == (text, cohort, baseline, target)
    assert (measure.direction, measure.status, measure.section) == (direction, status, "Know how learners get on")


def test_the_years_behind_a_target_are_when_it_is_due(plan):
    assert [measure.due for measure in plan.measures[:2]] == ["2014/2015", ""]


def test_a_criterion_of_all_of_them_is_a_measure_too(plan):
    assert [measure.text for measure in plan.measures if measure.section == "Work with schools"] == ["All heads agree"]
