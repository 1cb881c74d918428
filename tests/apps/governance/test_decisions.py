"""Decisions: the register, what is still to be done, and a decision that becomes an action of a plan."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import facts, links, main, table
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.governance import queries
from throughline.apps.governance.actions import decisions as actions
from throughline.apps.governance.actions.removal import remove
from throughline.apps.governance.models import Decision
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.models import Action, Plan, Section

pytestmark = pytest.mark.django_db

TYPED = {"number": "1", "kind": "action", "text": "Report the Guarantee each month", "owner": "", "plan": "", "section": "",
         "indicator": ""}


def _decide(meeting, **words) -> Decision:
    return actions.add_decision(by=None, meeting=meeting, **{"text": "Agreed", "kind": "action", **words})


def test_a_decision_is_minuted_and_listed_with_what_it_is_about(lead, meet, section, enter):
    meeting, owner = meet(-5), enter("Head of Skills")
    indicator = Indicator.objects.create(area="358", number="KPI 8", title="NEET or not known")
    lead.post(f"/meetings/{meeting.pk}/decisions/add/", {
        **TYPED, "owner": owner.pk, "section": section.pk, "indicator": indicator.pk, **day_in("due_on", timezone.localdate())})
    decision = Decision.objects.get()
    assert decision.plan == section.plan
    [row] = table(lead.get("/decisions/"), "decisions")
    assert (row[0], row[1], row[3], row[5]) == ("Action 1", "Report the Guarantee each month", "Head of Skills", "Open")
    shown = facts(lead.get(f"/decisions/{decision.pk}/"))
    assert shown["What it is about"] == "Marlshire plan Priority 1: Fewer young people who are NEET KPI 8 NEET or not known"
    assert b"KPI 8 NEET or not known" in lead.get("/decisions/decisions.csv").content
    assert boxes(lead.get(f"/meetings/{meeting.pk}/decisions/add/"))["number"] == "2"


def test_a_section_of_another_plan_or_authority_is_refused(lead, meet, section):
    meeting = meet(-5)
    other = Plan.objects.create(area="358", title="Another plan")
    theirs = Section.objects.create(plan=Plan.objects.create(area="202", title="Their plan"), title="Theirs")
    answer = lead.post(f"/meetings/{meeting.pk}/decisions/add/", {**TYPED, "plan": other.pk, "section": section.pk})
    assert "This section is of another plan" in main(answer)
    answer = lead.post(f"/meetings/{meeting.pk}/decisions/add/", {**TYPED, "section": theirs.pk})
    assert "Select a valid choice" in main(answer)
    assert "Their plan" not in main(answer)
    assert not Decision.objects.exists()


def test_what_is_still_to_be_done(meet, enter, section):
    meeting, owner, today = meet(-30), enter("Head of Skills"), timezone.localdate()
    done = _decide(meeting, number="done")
    actions.finish(by=None, decision=done)
    _decide(meeting, number="plain", kind="decision")
    made = _decide(meeting, number="made", due_on=today - timedelta(days=1))
    action = actions.make_action(by=None, of=made, section=section, text="Do it")
    _decide(meeting, number="open", due_on=today)
    _decide(meeting, number="late", due_on=today - timedelta(days=2))
    _decide(meeting, number="owned", kind="decision", owner=owner)
    _decide(meeting, number="asked", kind="recommendation")
    expected = {"open", "late", "owned", "asked", "made"}

    def listed(state: str) -> set[str]:
        return {decision.number for decision in queries.decisions_of("358", state=state)}

    assert (listed("open"), listed("overdue"), listed("done")) == (expected, {"late", "made"}, {"done", "plain"})
    assert {decision.number for decision in Decision.objects.all() if decision.is_open} == expected
    Action.objects.filter(pk=action.pk).update(state="done")
    assert (listed("open"), listed("overdue")) == (expected - {"made"}, {"late"})
    assert {decision.number for decision in Decision.objects.all() if decision.is_overdue} == {"late"}


def test_a_decision_becomes_an_action_of_the_plan_and_points_at_it(lead, meet, section, enter):
    owner = enter("Head of Skills")
    decision = _decide(meet(-5), text="Write to schools", owner=owner, due_on=timezone.localdate() + timedelta(days=30))
    path = f"/decisions/{decision.pk}/make-action/"
    form = boxes(lead.get(path))
    assert (form["text"], form["owner"]) == ("Write to schools", str(owner.pk))
    answer = lead.post(path, {**form, "section": section.pk, "when_printed": "31 March 2027"}, follow=True)
    action = Action.objects.get()
    assert (action.text, action.section, action.plan) == ("Write to schools", section, section.plan)
    assert action.due_on == date(2027, 3, 31)
    assert [(each.party, each.printed) for each in action.owners.all()] == [(owner, "Head of Skills")]
    assert f"/plans/{section.plan_id}/actions/{action.pk}/" in links(answer)
    assert list(action.decisions.all()) == [decision]
    assert "An action has been made of this already" in main(lead.post(path, {**form, "section": section.pk}))
    assert Action.objects.count() == 1
    said = AuditEntry.objects.filter(subject_kind="decision", verb="changed").latest("id").detail
    assert said["action"] == [None, action.pk]


def test_when_the_plans_action_is_taken_out_another_may_be_made(meet, section):
    decision = _decide(meet(-5))
    action = actions.make_action(by=None, of=decision, section=section, text="Do it")
    Action.objects.filter(pk=action.pk).update(removed_at=timezone.now())
    decision = Decision.objects.get()
    assert (decision.plan_action, decision.is_open) == (None, True)
    assert actions.make_action(by=None, of=decision, section=section, text="Do it otherwise") != action


def test_no_action_is_made_in_another_authoritys_plan(meet):
    theirs = Section.objects.create(plan=Plan.objects.create(area="202", title="Their plan"), title="Theirs")
    with pytest.raises(RefusedError, match="one of your plans"):
        actions.make_action(by=None, of=_decide(meet(-5)), section=theirs, text="Do it")
    assert not Action.objects.exists()


def test_it_is_done_undone_removed_and_brought_back(lead, meet):
    meeting = meet(-5)
    decision = _decide(meeting, number="4")
    path = f"/decisions/{decision.pk}"
    form = boxes(lead.get(f"{path}/done/"))
    answer = lead.post(f"{path}/done/", {**form, "outcome": "All schools wrote back"}, follow=True)
    assert facts(answer)["State"] == "Done"
    assert "All schools wrote back" in main(answer)
    assert facts(lead.post(f"{path}/reopen/", follow=True))["State"] == "Open"
    assert "Removed (1)" in main(lead.post(f"{path}/remove/", follow=True))
    assert lead.get(f"{path}/").status_code == 404
    assert "Removed" not in main(lead.post(f"{path}/bring-back/", follow=True))
    assert Decision.objects.get().number == "4"


def test_two_who_change_a_decision_at_once_see_both_texts(lead, meet):
    path = f"/decisions/{_decide(meet(-5)).pk}/change/"
    opened = boxes(lead.get(path))
    lead.post(path, {**opened, "text": "Theirs"})
    assert "Saved by somebody else Theirs Typed by you Mine" in main(lead.post(path, {**opened, "text": "Mine"}))
    assert Decision.objects.get().text == "Theirs"


def test_a_removed_decision_keeps_its_number(lead, meet):
    meeting = meet(-5)
    _decide(meeting, number="1")
    last = _decide(meeting, number="2")
    remove(by=None, kept=last)
    assert boxes(lead.get(f"/meetings/{meeting.pk}/decisions/add/"))["number"] == "3"
