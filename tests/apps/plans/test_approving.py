"""A plan approved by a named body, superseded by its next version, closed and opened again."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.performance.reading import main, table
from tests.apps.plans.marlshire import AREA, marlshire
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.models import Board
from throughline.apps.plans.actions import approving, campaigns, editing
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.models import Action, Plan
from throughline.apps.plans.trees import plan_tree

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


@pytest.fixture
def board(by):
    return Board.objects.create(area=AREA, name="Marlshire Partnership Board")


@pytest.fixture
def approved(by, plan, board):
    approving.approve_plan(by=by, plan=plan, board=board, approved_on=DAY, note="Minute 14")
    return plan


def test_approval_freezes_the_plan_as_it_stands(by, approved, board):
    first = Action.objects.get(number="1.1.1")
    editing.change_action(by=by, action=first, text="Agree something else")
    baseline = approved.baselines.get()
    assert (approved.state, approved.approved_by, approved.approved_on) == ("approved", board, DAY)
    actions = baseline.tree["sections"][0]["sections"][0]["actions"]
    assert actions[0]["text"] == "Agree who tells whom when a learner leaves"


def test_a_board_of_another_authority_approves_nothing(by, plan):
    other = Board.objects.create(area="202", name="Elsewhere")
    with pytest.raises(RefusedError, match="your own authority"):
        approving.approve_plan(by=by, plan=plan, board=other, approved_on=DAY)
    assert not plan.baselines.exists()


def test_nothing_is_approved_in_the_future(lead, plan, board):
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {"board": board.pk, "approved_on_day": tomorrow.day, "approved_on_month": tomorrow.month,
             "approved_on_year": tomorrow.year}
    answer = lead.post(f"/plans/{plan.pk}/approve/", typed)
    assert "Give a day that is not in the future" in main(answer)
    assert Plan.objects.get().state == "draft"


def test_the_page_says_who_approved_it(lead, plan, board):
    typed = {"board": board.pk, "approved_on_day": 1, "approved_on_month": 9, "approved_on_year": 2026}
    answer = lead.post(f"/plans/{plan.pk}/approve/", typed, follow=True)
    assert "Approved by Marlshire Partnership Board on 1 September 2026" in main(answer)
    entry = AuditEntry.objects.filter(subject_kind="plan", verb="changed").latest("id")
    assert entry.detail["state"] == ["draft", "approved"]


def test_the_next_version_supersedes_when_it_is_approved_and_not_before(by, approved, board):
    later = approving.start_next_version(by=by, plan=approved)
    approved.refresh_from_db()
    assert (approved.state, later.state) == ("approved", "draft")
    approving.approve_plan(by=by, plan=later, board=board, approved_on=DAY)
    approved.refresh_from_db()
    assert (approved.state, later.state) == ("superseded", "approved")


def test_the_next_version_holds_all_that_the_plan_does(by, approved):
    action = Action.objects.get(number="1.1.2")
    action.indicators.add(Indicator.objects.get(number="1"))
    later = approving.start_next_version(by=by, plan=approved)
    assert plan_tree(later).sections == plan_tree(approved).sections
    assert later.actions.get(number="1.1.2").indicators.get().number == "1"
    assert Indicator.objects.count() == 2


def test_there_is_one_draft_of_the_next_version(by, approved):
    approving.start_next_version(by=by, plan=approved)
    with pytest.raises(RefusedError, match="already"):
        approving.start_next_version(by=by, plan=approved)


def test_an_approval_taken_back_makes_a_draft_again_and_brings_the_version_before_back(by, approved, board):
    later = approving.start_next_version(by=by, plan=approved)
    approving.approve_plan(by=by, plan=later, board=board, approved_on=DAY)
    approving.withdraw_approval(by=by, plan=later)
    approved.refresh_from_db()
    assert (later.state, later.approved_by, later.baselines.count(), approved.state) == ("draft", None, 0, "approved")


def test_campaigns_follow_the_plan_to_its_next_version_and_back(by, approved, board):
    kept, dropped = approved.actions.filter(number__in=("1.1.1", "1.1.2")).order_by("number")
    runs = {"area": approved.area, "plan": approved, "starts_on": DAY, "ends_on": DAY}
    campaign = campaigns.add_campaign(by=by, title="Here", **runs)
    later = approving.start_next_version(by=by, plan=approved)
    campaigns.set_actions(by=by, campaign=campaign, actions=[kept, dropped])
    editing.remove_action(by=by, action=dropped.copies.get())
    copy = later.actions.get(number="1.1.1")
    assert campaign.plan == approved
    approving.approve_plan(by=by, plan=later, board=board, approved_on=DAY)
    campaign.refresh_from_db()
    assert (campaign.plan, list(campaign.actions.all())) == (later, [copy])
    approving.withdraw_approval(by=by, plan=later)
    campaign.refresh_from_db()
    assert (campaign.plan, set(campaign.actions.all())) == (approved, {kept, dropped})


def test_a_campaign_stays_with_the_plan_when_its_next_version_was_no_copy(by, approved, board):
    later = Plan.objects.create(area=approved.area, title="Read in", previous=approved)
    campaign = campaigns.add_campaign(by=by, area=approved.area, title="Here", plan=approved, starts_on=DAY, ends_on=DAY)
    approving.approve_plan(by=by, plan=later, board=board, approved_on=DAY)
    campaign.refresh_from_db()
    assert campaign.plan == approved


def test_of_two_approvals_the_first_counts_again(by, approved, board):
    approving.approve_plan(by=by, plan=approved, board=board, approved_on=date(2026, 10, 1))
    approving.withdraw_approval(by=by, plan=approved)
    assert (approved.state, approved.approved_on, approved.approval_note) == ("approved", DAY, "Minute 14")


def test_a_closed_plan_is_changed_no_more_until_it_is_opened(by, approved):
    approving.close_plan(by=by, plan=approved)
    with pytest.raises(RefusedError, match="closed"):
        editing.change_plan(by=by, plan=approved, title="Something else")
    approving.reopen_plan(by=by, plan=approved)
    editing.change_plan(by=by, plan=approved, title="Something else")
    assert Plan.objects.get().title == "Something else"


def test_the_plan_stands_beside_its_baseline(lead, by, approved):
    first, second = Action.objects.get(number="1.1.1"), Action.objects.get(number="1.1.2")
    editing.change_action(by=by, action=first, when_printed="By 30 October 2016")
    editing.remove_action(by=by, action=second)
    editing.add_action(by=by, section=first.section, number="1.1.9", text="Write to every school")
    first.owners.first().delete()
    page = lead.get(f"/plans/{approved.pk}/baseline/")
    assert table(page, "added") == [["Action 1.1.9", "–", "Write to every school"]]
    assert table(page, "removed") == [["Action 1.1.2", "Ring every family", "–"]]
    assert table(page, "slipped") == [["Action 1.1.1 When, 30 days later", "By 30 September 2016", "By 30 October 2016"]]
    assert table(page, "owners") == [["Action 1.1.1 Owners", "HOI QQZ", "QQZ"]]
    downloaded = lead.get(f"/plans/{approved.pk}/baseline/changes.csv").content.decode("utf-8-sig")
    assert [row["Change"] for row in csv.DictReader(io.StringIO(downloaded, newline=""))] == [
        "Added", "Removed", "Dates that slipped", "Owners changed"]


def test_a_plan_without_approval_has_no_baseline(lead, plan):
    assert "there is no baseline to hold it against" in main(lead.get(f"/plans/{plan.pk}/baseline/"))


def test_what_a_version_changes_is_shown(lead, by, plan):
    read = marlshire()
    read.sections[0].sections[1].actions[0].text = "Start four new courses"
    later = accept_tree(by=by, area=AREA, tree=read, previous=plan)
    page = lead.get(f"/plans/{later.pk}/changes/")
    assert ["Action 1.2.1 Words", "Start three new courses", "Start four new courses"] in table(page, "reworded")
    assert "first version that is kept here" in main(lead.get(f"/plans/{plan.pk}/changes/"))
