"""What a newer version of a plan changes, small plans in and changes out."""

from copy import deepcopy

import pytest

from throughline.analytics.planreading.changes import compare
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Action, Measure, Owner, Plan, Section, When


def old_plan():
    """Two priorities with three actions and two measures."""
    first = Section("priority", "Raise attendance in every school", Source(line=1), "1", actions=[
        Action("Write to the parents of those who are often away", Source(line=2), "1.1", owners=[Owner("HSI")],
               when=When("Sept 2026")),
        Action("Visit each school once a term", Source(line=3), "1.2"),
    ])
    second = Section("priority", "Open more courses at level 2", Source(line=4), "2", actions=[
        Action("Ask the college what it could offer", Source(line=5), "2.1"),
    ])
    measures = [
        Measure("NEET", Source(line=6), cohort="Care leavers", target="20%", section="Raise attendance in every school"),
        Measure("NEET", Source(line=7), cohort="Young mothers", target="45%", section="Raise attendance in every school"),
    ]
    return Plan("A plan", sections=[first, second], measures=measures)


def found(change):
    """The changes that something done to a plan makes."""
    new = deepcopy(old_plan())
    change(new)
    return [(each.what, each.kind, each.label, each.field, each.before, each.after) for each in compare(old_plan(), new)]


def test_a_plan_is_the_same_as_itself():
    assert found(lambda plan: None) == []


CHANGES = [
    (lambda plan: plan.sections[0].actions.append(Action("Pay for buses", Source(), "1.3")),
     [("action", "added", "1.3", "", "", "Pay for buses")]),
    (lambda plan: plan.sections[0].actions.pop(), [("action", "removed", "1.2", "", "Visit each school once a term", "")]),
    (lambda plan: setattr(plan.sections[0].actions[1], "number", "1.4"),
     [("action", "renumbered", "1.4", "number", "1.2", "1.4")]),
    (lambda plan: setattr(plan.sections[0].actions[1], "text", "Visit every school twice a term"),
     [("action", "reworded", "1.2", "text", "Visit each school once a term", "Visit every school twice a term")]),
    (lambda plan: vars(plan.sections[0].actions[1]).update(number="1.7", text="Visit each school twice a term"), [
        ("action", "renumbered", "1.7", "number", "1.2", "1.7"),
        ("action", "reworded", "1.7", "text", "Visit each school once a term", "Visit each school twice a term"),
    ]),
    (lambda plan: vars(plan.sections[0].actions[1]).update(number="1.7", text="Buy a bus"), [
        ("action", "removed", "1.2", "", "Visit each school once a term", ""), ("action", "added", "1.7", "", "", "Buy a bus"),
    ]),
    (lambda plan: plan.sections[1].actions.append(plan.sections[0].actions.pop()),
     [("action", "moved", "1.2", "section", "1", "2")]),
    (lambda plan: setattr(plan.sections[0].actions[0], "when", When("Jan 2027")),
     [("action", "changed", "1.1", "when", "Sept 2026", "Jan 2027")]),
    (lambda plan: plan.sections[0].actions[0].owners.append(Owner("DCS")),
     [("action", "changed", "1.1", "owners", "HSI", "HSI\nDCS")]),
    (lambda plan: setattr(plan.sections[1], "title", "Open many more courses at level 2"),
     [("section", "reworded", "2", "title", "Open more courses at level 2", "Open many more courses at level 2")]),
    (lambda plan: plan.sections.insert(0, Section("theme", "Quite another matter", Source())),
     [("section", "added", "Quite another matter", "", "", "Quite another matter")]),
    (lambda plan: plan.sections.pop(), [
        ("section", "removed", "2", "", "Open more courses at level 2", ""),
        ("action", "removed", "2.1", "", "Ask the college what it could offer", ""),
    ]),
    (lambda plan: setattr(plan.measures[1], "target", "40%"), [("measure", "changed", "NEET", "target", "45%", "40%")]),
    (lambda plan: plan.measures.reverse(), []),
    (lambda plan: setattr(plan.measures[0], "section", "Open more courses at level 2"),
     [("measure", "moved", "NEET", "section", "Raise attendance in every school", "Open more courses at level 2")]),
]


@pytest.mark.parametrize(("change", "changes"), CHANGES, ids=[f"{each[1][:1]}"[:60] for each in CHANGES])
def test_each_change_is_found_and_nothing_else(change, changes):
    assert found(change) == changes


def test_two_that_change_their_numbers_are_known_by_their_words():
    def swap(plan):
        plan.sections[0].actions[0].number, plan.sections[0].actions[1].number = "1.2", "1.1"

    assert [(each[1], each[4], each[5]) for each in found(swap)] == [("renumbered", "1.1", "1.2"), ("renumbered", "1.2", "1.1")]


def test_a_change_says_where_both_were_read():
    new = old_plan()
    new.sections[0].actions[1].text = "Visit every school once a term"
    new.sections[0].actions[1].source = Source(page=2, table=1, row=9)
    change, = compare(old_plan(), new)
    assert (str(change.old_source), str(change.new_source)) == ("line 3", "page 2, table 1, row 9")
