"""An inspection's own report, read for what it recommends and who must answer."""

from tests.analytics.planreading.marlshire import INSPECTION


def test_recommendations_are_read_from_tables_lists_and_paragraphs(reading):
    plan = reading(INSPECTION)
    assert plan.title == "Inspection of learning after 16 in Marlshire"
    assert {section.kind for section in plan.sections} == {"recommendation"}
    assert [(section.number, section.title, [lead.printed for lead in section.leads]) for section in plan.sections] == [
        ("", "Leaders should find out: • who is out of learning • why They should say so in public.",
         ["Marlshire County Council"]),
        ("", "The college should write to each.", ["Marlshire College", "NHS Marlshire Integrated Care Board"]),
        ("1", "Leaders should publish a plan for all.", []),
        ("", "Schools must share their figures, and should do so each term.", []),
    ]
    assert plan.unread == []
