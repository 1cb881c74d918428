"""A plan of what, why, how, who, when, cost and successful if: blank first columns, missing ones, other plans, objectives."""

import pytest

from tests.analytics.planreading.marlshire import WHAT_WHY_HOW


@pytest.fixture(scope="module")
def plan(reading):
    return reading(WHAT_WHY_HOW)


@pytest.fixture(scope="module")
def actions(plan):
    return [action for section in plan.sections for action in section.actions]


def test_sections_and_their_objectives(plan):
    assert (plan.title, plan.period) == ("Marlshire 13-19 Partnership Development Plan", "2008 - 2011")
    assert [(section.number, section.title, len(section.actions)) for section in plan.sections] == [
        ("1", "The offer", 4), ("2", "Advice.", 1),
    ]
    first = [(inner.number, inner.title, [deeper.title for deeper in inner.sections]) for inner in plan.sections[0].sections]
    assert first == [("1", "A broad offer", ["Keep what is good.", "Pilot what is new."]), ("2", "Diplomas", [])]
    assert [(inner.kind, inner.number) for inner in plan.sections[1].sections] == [("objective", "2.1")]


def test_numbers_are_taken_from_the_words_as_printed(actions):
    assert [action.number for action in actions] == ["1.1", "", "1.3A", "1.4", "2.1"]


def test_a_row_without_its_first_column_is_an_action_when_it_has_an_owner_and_a_time(actions):
    action = actions[1]
    assert (action.text, action.why, action.when.printed) == ("Through maths", "The law says so too", "Sept 2009 onwards")
    assert [(owner.printed, owner.kind) for owner in action.owners] == [
        ("LA", "organisation"), ("LSC", "organisation"), ("Ada Marl", "person"),
    ]


def test_who_that_is_not_told_apart_from_what_is_listed(plan, actions):
    assert actions[0].steps == ["Through English", "Schools go to training and bring it home"]
    assert actions[0].owners == []
    assert [owner.printed for owner in actions[3].owners] == ["Ada Marl", "Lead"]
    listed = [each.text for each in plan.unread if each.why.startswith("who is to act is not told apart")]
    assert listed == ["Schools go to training and bring it home", "Lead to chair the group"]


def test_costs(actions):
    assert actions[0].cost.amounts == [{"pounds": 30000, "basis": "each", "source": ""}]
    assert (actions[1].cost.printed, actions[1].cost.amounts) == ("Staff time", [])
    assert actions[3].cost is None


def test_a_missing_column_is_found_out(actions):
    action = actions[3]
    assert (action.when.printed, action.success) == ("Annual awards March 09 June 09", ["Each line has a champion"])
    assert [(each.printed, each.target, each.kind) for each in action.cross_references] == [
        ("XR Employer strategy", "Employer strategy", "plan"),
    ]


def test_a_cut_cell_goes_on_where_it_stopped(actions):
    assert actions[2].success == ["Places found and people to fill them"]


def test_other_plans_and_missing_actions_are_referred_to(actions):
    assert [(each.target, each.kind, each.found) for each in actions[0].cross_references] == [
        ("City Attainment targets", "plan", False), ("Skills plan", "plan", False),
    ]
    assert actions[0].success == ["All schools ready", "7 schools in pilot"]
    assert [(each.target, each.kind, each.found) for each in actions[4].cross_references] == [
        ("Connexions targets", "plan", False), ("2.4", "action", False),
    ]


def test_a_fragment_of_a_table_is_listed_whole(plan):
    listed = {each.text: each.why for each in plan.unread}
    assert listed["delivery | 2013\nat L3"] == "a table whose columns are not those of a plan"


def test_targets_beside_references_are_measures(plan):
    assert [measure.text for measure in plan.measures] == ["All schools ready", "7 schools in pilot"]
