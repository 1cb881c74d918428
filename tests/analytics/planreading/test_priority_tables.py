"""A plan that is all tables: priorities and success inside them, shifted columns, a glossary, times and debris."""

import pytest

from tests.analytics.planreading.marlshire import PRIORITIES_IN_TABLES


@pytest.fixture(scope="module")
def plan(reading):
    return reading(PRIORITIES_IN_TABLES)


@pytest.fixture(scope="module")
def actions(plan):
    return [action for section in plan.sections for action in section.actions]


def unread(plan):
    return {each.text: each.why for each in plan.unread}


def test_the_sections_stand_side_by_side(plan):
    assert [(section.kind, section.number, section.title) for section in plan.sections] == [
        ("recommendation", "1", "Challenge every school"), ("recommendation", "2", "Say who does what"),
        ("section", "6", "Success measures"), ("priority", "1", "Work together"), ("priority", "2", "Attend"),
    ]
    assert (plan.period, plan.organisations) == ("2016 - 2018", ["Marlshire City Council"])


def test_a_priority_says_which_recommendations_it_answers(plan):
    answers = plan.sections[3].answers
    assert [(answer.target, answer.kind, answer.found) for answer in answers] == [("1", "section", True), ("2", "section", True)]


def test_success_beside_a_priority_is_its_own_and_stray_words_are_listed(plan):
    assert plan.sections[3].success == ["Heads meet", "All schools judged good"]
    assert plan.sections[4].success == ["Fewer absent"]
    assert unread(plan)["noise"] == "stands beside the title of a section and is no part of one we know"


def test_rows_are_told_from_their_continuations(actions):
    assert [action.number for action in actions] == ["1.1", "1.2", "1.3", "2.1", "", "2.2", "2.3"]
    assert actions[3].text == "Tell parents, and raise the profile of key messages from employers"
    assert actions[4].text == "Run a campaign on the radio"
    assert actions[5].text == "Look at schools with large surpluses with the board"


def test_shifted_cells_are_placed_by_what_they_say_and_that_is_noted(plan, actions):
    action = actions[1]
    assert action.steps == ["A scheme for students where results are weak", "A hub"]
    assert action.when.printed == "By April 2017 From Sept 2017"
    assert action.milestones == ["Scheme agreed", "Hub opens"]
    assert [each.why.split(":")[0] for each in plan.unread if "From Sept 2017" in each.text] == [
        "out of line with the headings, and read by what it says",
    ]


def test_debris_is_listed_and_shifts_nothing(plan, actions):
    assert actions[2].milestones == ["Test held (refer to success measures)"]
    assert unread(plan)["d u • Ir p"] == "these marks stand in the row and fit none of its columns"


def test_codes_are_resolved_by_the_document_itself(plan, actions):
    assert plan.glossary == {
        "DCS": "Director of Children's Services", "HSI": "Head of School Improvement", "SIO": "School Officers",
        "PCM": "Post-16 Commissioning Manager", "PTSA": "Port Teaching School Alliance",
    }
    assert [(owner.printed, owner.name, owner.kind) for owner in actions[1].owners] == [
        ("HSI", "Head of School Improvement", "post"), ("PTSA", "Port Teaching School Alliance", "organisation"),
        ("Friendly Partners", "", "organisation"),
    ]
    unknown = "a code that the document's glossary does not explain"
    assert {each.text for each in plan.unread if each.why == unknown} == {"HIS", "I"}


def test_times_are_understood_or_listed(plan, actions):
    assert (actions[2].when.ongoing, actions[3].when.understood) == (True, False)
    assert unread(plan)["206/17"] == "the time is kept as printed and not understood"
    assert actions[5].when.printed == "From May 2016 Annual review, termly"
    above, ditto = actions[5].when, actions[6].when
    assert (ditto.dates, ditto.recurrence, ditto.understood) == (above.dates, "termly", True)


def test_references_to_parts_of_the_plan_are_found(actions):
    made = [(each.target, each.kind, each.found) for each in actions[2].cross_references]
    assert made == [("1.1", "action", True), ("success measures", "section", True)]


def test_promises_in_sentences_are_measures(plan):
    said = [(measure.cohort, measure.baseline[:13], measure.target, measure.due) for measure in plan.measures[:5]]
    assert said == [
        ("Key Stage 1", "", "maintain and improve on our high ranking", ""),
        ("Key Stage 1", "", "to the top 50% of LAs by September 2018", "September 2018"),
        ("Key Stage 1", "", "closed to less than the gap nationally", ""),
        ("", "Participation", "improve performance by at least 5 points and be within the top 50% of authorities",
         "September 2018"),
        ("", "", "All schools judged good", ""),
    ]
    assert plan.measures[5].text == "Minimum of 10 schools to take part"


def test_a_glossary_row_that_explains_nothing_is_listed(plan):
    assert unread(plan)["111 I III ACTOR"] == "a row of a glossary without its code or its meaning"
