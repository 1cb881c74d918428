"""A report in numbered paragraphs: which of its lists are promises, and what is only listed."""

import pytest

from tests.analytics.planreading.marlshire import REPORT


@pytest.fixture(scope="module")
def plan(reading):
    return reading(REPORT)


def found(plan, number="", title=""):
    """The section with a number or a title."""
    pending = list(plan.sections)
    while pending:
        section = pending.pop()
        if (number and section.number == number) or (title and section.title == title):
            return section
        pending += section.sections
    raise AssertionError(f"no section {number} {title}")


def test_what_is_recommended(plan):
    assert [(section.number, section.title) for section in plan.sections if section.kind == "recommendation"] == [
        ("1", "Note the report"), ("2", "Support both boards"),
    ]


def test_numbered_paragraphs_stand_in_their_themes(plan):
    report = found(plan, number="4")
    assert (report.kind, report.title) == ("section", "BACKGROUND AND ISSUES")
    assert [(theme.kind, theme.title, [inner.number for inner in theme.sections]) for theme in report.sections] == [
        ("theme", "Governance", ["4.3", "4.4"]), ("theme", "Data", ["4.5"]), ("theme", "Next Steps", ["", ""]),
    ]


def test_of_what_was_done_only_what_is_promised_is_an_action(plan):
    assert [action.text for action in found(plan, number="4.3").actions] == [
        "Linking the two teams has widened the offer and will be used to give further capacity to governors.",
    ]


def test_what_is_announced_for_the_future_is_action_by_action(plan):
    assert [action.text for action in found(plan, number="4.4").actions] == ["A network of chairs.", "We hope to add people."]
    assert found(plan, number="4.4").title == "Future activities include"


def test_what_is_announced_without_a_time_is_weighed_entry_by_entry(plan):
    assert [action.text for action in found(plan, number="4.5").actions] == [
        "Develop a charter.", "A new tool is being developed.",
    ]


def test_we_will_makes_actions_and_we_will_help_by_makes_one_with_steps(plan):
    support, share, helped = found(plan, title="Next Steps").actions
    assert (support.text, share.text) == ("Support providers", "Share good practice with every provider in the county")
    assert (helped.text, helped.steps) == ("We will help schools to choose by", ["Showing them figures", "Visiting them"])


def test_objectives_are_their_list_and_no_more(plan):
    assert [inner.title for inner in found(plan, title="Next Steps").sections] == ["Serve learners", "Serve employers"]


def test_what_is_uncertain_is_listed_with_why(plan):
    assert {each.text: each.why for each in plan.unread} == {
        "RECOMMENDATIONS": "a table whose columns are not those of a plan",
        "It is recommended that Cabinet:": "announces the recommendations",
        "We have written to every chair.": "stands in a list of actions and does not promise to do something",
        "Two meetings have been held.": "stands in a list of actions and does not promise to do something",
        "We need to develop a plan for the whole of it.": "promises something in a list that is not of actions",
        "The target of 400 apprentices by 2014 was passed.":
            "speaks of a target in running text; add it as a measure if it is one",
    }
