"""A plan changed by hand: what is kept, what may be brought back, two people at once, and what is refused."""

from datetime import date

import pytest

from tests.apps.performance.reading import main, page_of
from tests.apps.plans.marlshire import AREA
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions import editing
from throughline.apps.plans.models import Action, Plan, Recommendation, Section
from throughline.apps.plans.trees import plan_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(plan):
    return Action.objects.get(number="1.1.1")


def _opened(client, address: str) -> dict[str, str]:
    """The boxes of a form as the page gives them."""
    page = page_of(client.get(address)).find(".//main")
    typed = {box.get("name"): box.get("value", "") for box in page.iter("input") if box.get("type") not in ("radio", "checkbox")}
    typed |= {box.get("name"): box.get("value") for box in page.iter("input") if "checked" in box.attrib}
    typed |= {box.get("name"): "".join(box.itertext()) for box in page.iter("textarea")}
    for box in page.iter("select"):
        chosen = [option.get("value", "") for option in box.iter("option") if "selected" in option.attrib]
        typed[box.get("name")] = chosen[0] if chosen else ""
    return typed


def test_a_plan_is_started_by_hand(lead):
    typed = {"title": "Marlshire's <b>skills</b> plan", "period": "2026 to 2028", "organisations": "Council\nCollege"}
    answer = lead.post("/plans/add/", typed, follow=True)
    plan = Plan.objects.get()
    assert (plan.area, plan.state, plan.organisations) == (AREA, "draft", ["Council", "College"])
    assert (plan.starts_on, plan.ends_on) == (date(2026, 1, 1), date(2028, 12, 31))
    assert "Marlshire's <b>skills</b> plan" in main(answer)
    assert b"<b>skills" not in answer.content


def test_a_plan_without_a_title_is_refused_and_what_was_typed_stays(lead):
    answer = lead.post("/plans/add/", {"title": "", "period": "2026"})
    assert "Enter the plan's title" in main(answer)
    assert page_of(answer).find(".//input[@name='period']").get("value") == "2026"
    assert not Plan.objects.exists()


def test_a_section_and_an_action_are_added(lead, plan):
    top = plan.sections.get(number="2")
    lead.post(f"/plans/{plan.pk}/sections/add/", {"kind": "priority", "number": "2.1", "title": "Guidance", "parent": top.pk})
    section = Section.objects.get(number="2.1")
    answer = lead.post(f"/plans/{plan.pk}/sections/{section.pk}/actions/add/", {
        "number": "2.1.1", "text": "Train advisers", "when_printed": "by July 2026", "section": section.pk}, follow=True)
    made = Action.objects.get(number="2.1.1")
    assert (section.parent, made.section, made.due_on) == (top, section, date(2026, 7, 31))
    assert "By 31 July 2026" in main(answer)
    assert plan_tree(plan).sections[1].sections[0].actions[0].text == "Train advisers"


def test_a_time_is_said_back_before_anything_is_saved(lead, action):
    address = f"/plans/{action.plan_id}/actions/{action.pk}/change/"
    answer = lead.post(address, {**_opened(lead, address), "when_printed": "half-termly", "check": "1"})
    assert "We read the time as: Every half term" in main(answer)
    assert "Nothing is saved yet" in main(answer)
    assert Action.objects.get(pk=action.pk).when_printed == "By 30 September 2016"


def test_a_change_is_saved_and_told_without_its_words(lead, action):
    address = f"/plans/{action.plan_id}/actions/{action.pk}/change/"
    lead.post(address, {**_opened(lead, address), "text": "Agree it by letter", "when_printed": "Termly"})
    action.refresh_from_db()
    assert (action.text, action.recurrence, action.due_on) == ("Agree it by letter", "termly", None)
    detail = AuditEntry.objects.filter(subject_kind="action").latest("id").detail
    assert detail["text"] == ["8 words", "4 words"]
    assert "letter" not in str(detail)


def test_two_at_once_lose_nothing(lead, by, action):
    address = f"/plans/{action.plan_id}/actions/{action.pk}/change/"
    opened = _opened(lead, address)
    editing.change_action(by=by, action=action, text="What the other person wrote")
    answer = lead.post(address, {**opened, "text": "What I wrote"})
    said = main(answer)
    assert "Somebody else changed this while you had it open" in said
    assert "What the other person wrote" in said and "What I wrote" in said
    assert Action.objects.get(pk=action.pk).text == "What the other person wrote"
    again = page_of(answer).find(".//input[@name='version']").get("value")
    lead.post(address, {**opened, "text": "What I wrote", "version": again})
    assert Action.objects.get(pk=action.pk).text == "What I wrote"


def test_an_action_taken_out_comes_back(lead, plan, action):
    address = f"/plans/{plan.pk}/actions/{action.pk}/"
    answer = lead.post(f"{address}remove/", follow=True)
    assert "is taken out" in main(answer) and "Taken out (1)" in main(answer)
    assert lead.get(address).status_code == 404
    assert action.text not in str(plan_tree(plan))
    lead.post(f"{address}restore/")
    assert lead.get(address).status_code == 200


def test_a_section_goes_and_comes_back_with_all_beneath_it(by, plan):
    before = plan_tree(plan).sections
    gone = Action.objects.get(text="Publish the prospectus")
    editing.remove_action(by=by, action=gone)
    top = plan.sections.get(number="1")
    editing.remove_section(by=by, section=top)
    assert [section.number for section in plan_tree(plan).sections] == ["2"]
    assert not plan.actions.exists()
    editing.restore_section(by=by, section=top)
    assert plan.actions.count() == 3, "what was taken out by itself stays out"
    editing.restore_action(by=by, action=Action.with_removed.get(pk=gone.pk))
    assert plan_tree(plan).sections == before


def test_an_action_is_not_brought_back_into_a_section_that_is_out(by, action):
    editing.remove_action(by=by, action=action)
    editing.remove_section(by=by, section=action.section)
    with pytest.raises(RefusedError, match="section that it stood in"):
        editing.restore_action(by=by, action=Action.with_removed.select_related("section").get(pk=action.pk))


def test_a_plan_out_of_the_lists_is_not_found_and_comes_back(lead, plan):
    lead.post(f"/plans/{plan.pk}/remove/")
    assert lead.get(f"/plans/{plan.pk}/").status_code == 404
    assert "Marlshire post-16 plan" in main(lead.get("/plans/"))  # under what was taken out
    lead.post(f"/plans/{plan.pk}/restore/")
    assert lead.get(f"/plans/{plan.pk}/").status_code == 200


def test_order_is_changed_within_a_section_only(by, plan, action):
    assert editing.move_action(by=by, action=action, up=False)
    titles = [each.text for each in plan_tree(plan).sections[0].sections[0].actions]
    assert titles == ["Ring every family", "Agree who tells whom when a learner leaves"]
    assert not editing.move_action(by=by, action=Action.objects.get(pk=action.pk), up=False)
    first = plan.sections.get(number="1.2")
    editing.move_section(by=by, section=first, up=True)
    assert [section.number for section in plan_tree(plan).sections[0].sections] == ["1.2", "1.1"]


def test_a_section_cannot_stand_beneath_itself(by, plan):
    top, under = plan.sections.get(number="1"), plan.sections.get(number="1.1")
    with pytest.raises(RefusedError, match="beneath itself"):
        editing.change_section(by=by, section=top, parent=under)


def test_a_stopped_action_says_why(lead, action):
    address = f"/plans/{action.plan_id}/actions/{action.pk}/state/"
    answer = lead.post(address, {"state": "stopped", "state_reason": ""})
    assert "Say why it was stopped" in main(answer)
    lead.post(address, {"state": "stopped", "state_reason": "The money went elsewhere"})
    action.refresh_from_db()
    assert (action.state, action.state_reason) == ("stopped", "The money went elsewhere")


def test_indicators_and_recommendations_are_ticked(lead, plan, action):
    one = Indicator.objects.get(number="2")
    lead.post(f"/plans/{plan.pk}/actions/{action.pk}/indicators/", {"indicators": [one.pk]})
    assert action.indicators.get() == one
    section, other = plan.sections.get(number="1.2"), Recommendation.objects.get(number="2")
    lead.post(f"/plans/{plan.pk}/sections/{section.pk}/answers/", {"answers": [other.pk]})
    assert section.answers.get() == other


def test_another_authoritys_indicator_cannot_be_tied(lead, by, plan, action):
    theirs = Indicator.objects.create(area="202", title="Theirs")
    answer = lead.post(f"/plans/{plan.pk}/actions/{action.pk}/indicators/", {"indicators": [theirs.pk]})
    assert answer.status_code == 200 and not action.indicators.exists()
    with pytest.raises(RefusedError, match="own authority"):
        editing.set_indicators(by=by, of=action, indicators=[theirs])
