"""Coverage: every recommendation of every inspection, what answers it, and those with nothing first."""

from datetime import date

import pytest

from tests.apps.performance.reading import main, table
from tests.apps.plans.marlshire import AREA, RECOMMENDATION
from throughline.apps.plans.actions import approving, editing, inspecting
from throughline.apps.plans.coverage import coverage
from throughline.apps.plans.models import Action, Inspection, Recommendation, Update

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def _covered() -> list[tuple[str, list[str], int]]:
    [inspected] = coverage(AREA, TODAY)
    return [(each.recommendation.number, [answer.name for answer in each.answers], each.tally.actions)
            for each in inspected.covered]


def test_what_nothing_answers_comes_first(plan):
    assert _covered() == [("2", [], 0), ("1", [f"Recommendation 1: {RECOMMENDATION}"], 4)]


def test_a_section_of_any_plan_answers_and_an_action_is_counted_once(by, plan):
    second = Recommendation.objects.get(number="2")
    section = plan.sections.get(number="1.1")
    editing.set_answers(by=by, section=section, recommendations=[second, Recommendation.objects.get(number="1")])
    assert _covered()[1] == ("2", ["Priority 1.1: Know where every young person is"], 2)
    assert _covered()[0][2] == 4


def test_ratings_and_overdue_are_those_of_the_actions_beneath(plan):
    Update.objects.create(as_at=TODAY, action=Action.objects.get(number="1.1.1"), rag="red")
    tally = coverage(AREA, TODAY)[0].covered[1].tally
    assert (tally.red, tally.unrated, tally.overdue) == (1, 3, 1)


def test_the_draft_of_the_next_version_and_a_closed_plan_do_not_count(by, plan):
    later = approving.start_next_version(by=by, plan=plan)
    assert _covered()[1][2] == 4
    approving.close_plan(by=by, plan=plan)
    assert _covered()[1][1] == [f"Recommendation 1: {RECOMMENDATION}"] and later.state == "draft"
    approving.close_plan(by=by, plan=later)
    assert [row[2] for row in _covered()] == [0, 0]


def test_an_inspection_is_entered_by_hand(lead):
    lead.post("/plans/inspections/add/", {"title": "Marlshire's SEND review", "body": "Ofsted", "held_on_day": "4",
                                          "held_on_month": "6", "held_on_year": "2026"})
    inspection = Inspection.objects.get()
    base = f"/plans/inspections/{inspection.pk}/"
    lead.post(f"{base}recommendations/add/", {"number": "1", "text": "Listen to young people"})
    made = Recommendation.objects.get()
    lead.post(f"{base}recommendations/{made.pk}/change/", {"number": "1a", "text": "Listen to every young person"})
    answer = lead.get("/plans/coverage/")
    assert "Marlshire's SEND review" in main(answer) and "Ofsted, held 4 June 2026" in main(answer)
    assert "1 recommendation has no action at all" in main(answer)
    assert table(answer, f"coverage-{inspection.pk}") == [
        ["1a Listen to every young person", "Nothing", "0", "0", "0", "0", "0", "0"]]
    lead.post(f"{base}recommendations/{made.pk}/remove/")
    assert "None is entered yet" in main(lead.get(base)) and "Taken out (1)" in main(lead.get(base))
    lead.post(f"{base}recommendations/{made.pk}/restore/")
    assert Recommendation.objects.get().number == "1a"


def test_a_recommendation_without_words_is_refused(lead, by):
    inspection = inspecting.add_inspection(by=by, area=AREA, title="Review")
    answer = lead.post(f"/plans/inspections/{inspection.pk}/recommendations/add/", {"number": "1", "text": ""})
    assert "Enter the recommendation" in main(answer) and not Recommendation.objects.exists()


def test_another_authoritys_inspection_is_not_found(cast, by):
    inspection = inspecting.add_inspection(by=by, area=AREA, title="Review")
    theirs = cast("strategy_lead", area="202", email="other@example.org")
    assert theirs.get(f"/plans/inspections/{inspection.pk}/").status_code == 404
    assert theirs.post(f"/plans/inspections/{inspection.pk}/change/", {"title": "Ours"}).status_code == 404


def test_the_file_has_a_row_for_each(lead, plan):
    rows = lead.get("/plans/coverage/coverage.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3 and ",Nothing,0," in rows[1]


def test_an_empty_page_says_so(lead):
    assert "No inspection is kept yet" in main(lead.get("/plans/coverage/"))
