"""Five inspection reports are read as they are published, and what they ask for is found: priority action and improvement.

The words were read off the printed reports by hand: how each area begins, and nobody's name.
"""

import pytest

from tests.analytics.tiny import cells
from tests.spec.plan_files import actions_of, inspection, sections_of

# report | page | how an area for priority action begins
PRINTED = """
bury       | 8 | Leaders across the partnership should ensure that the SEND strategy continues
bury       | 8 | Leaders across the partnership should work collaboratively and effectively to improve the early
bury       | 8 | Leaders across the partnership should improve the quality and availability of support
bury       | 9 | Leaders across the partnership should improve preparation for adulthood from the earliest ages
bury       | 9 | Leaders across the partnership should establish and implement a strategic approach
bury       | 9 | Leaders across the partnership should further improve the quality of the statutory EHC plan process
derbyshire | 6 | Area leaders need to urgently, jointly and accurately
derbyshire | 6 | Area leaders need to ensure that there is a strategic partnership commissioning agreement
derbyshire | 7 | Area leaders need to assess and provide for the needs
derbyshire | 7 | Area leaders need to urgently address the number of children and young people with SEND missing education
derbyshire | 7 | Area leaders need to accelerate plans to improve communication
derbyshire | 7 | Health leaders must address the current waiting times
oldham     | 5 | Leaders at Oldham Metropolitan Borough Council and NHS Greater Manchester ICB should cooperate
oldham     | 6 | Leaders at Oldham Metropolitan Borough Council and NHS Greater Manchester ICB, including commissioners
suffolk    | 6 | The LAP should work more collaboratively and effectively to improve strategic planning
suffolk    | 7 | Local area partnership leaders should cooperate to take urgent action
"""
ROWS = cells(PRINTED)
# report | areas for priority action, in its table | areas for improvement, in its list
COUNTED = """
blackpool  | 0 | 4
bury       | 6 | 2
derbyshire | 6 | 5
oldham     | 2 | 3
suffolk    | 2 | 3
"""
REPORTS = cells(COUNTED)


@pytest.mark.parametrize(("report", "priority", "improvement"), REPORTS)
def test_everything_asked_for_is_found_and_nothing_else(sources, report, priority, improvement):
    read = inspection(sources, report)
    asked = [section for section in sections_of(read) if section.kind == "recommendation"]
    assert sum(section.source.table is not None for section in asked) == int(priority)
    assert sum(section.source.table is None for section in asked) == int(improvement)
    assert actions_of(read) == []  # what is to be done about it is for the plan that answers it


@pytest.mark.parametrize("report", [row[0] for row in REPORTS])
def test_each_area_for_priority_action_stands_where_it_is_printed_with_who_must_answer(sources, report):
    printed = [(int(page), words) for name, page, words in ROWS if name == report]
    asked = [section for section in sections_of(inspection(sources, report)) if section.leads]
    found = zip(asked, printed, strict=True)
    assert [(section.source.page, section.title[:len(words)]) for section, (_, words) in found] == printed


@pytest.mark.parametrize("report", [row[0] for row in REPORTS])
def test_what_could_not_be_read_is_listed_with_why(sources, report):
    assert [each for each in inspection(sources, report).unread if len(each.why.split()) < 3] == []


def test_a_cell_cut_by_the_end_of_a_page_is_one_area(sources):
    """The third of Bury goes on at the top of the next page, and the first of Suffolk."""
    third = [section for section in sections_of(inspection(sources, "bury")) if section.leads][2]
    assert "neurodevelopmental" in third.title
    first = next(section for section in sections_of(inspection(sources, "suffolk")) if section.leads)
    assert first.title.endswith("fulfilling lives.")


def test_the_two_tables_of_this_test_say_the_same():
    assert {name: sum(row[0] == name for row in ROWS) for name, *_ in REPORTS} == {name: int(many) for name, many, _ in REPORTS}
