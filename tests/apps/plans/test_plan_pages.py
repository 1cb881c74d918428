"""The list of plans and a plan's own page: what each role sees, whose plans they are, and how actions are narrowed."""

import csv
import io
import re
from datetime import date

import pytest

from tests.apps.performance.reading import facts, links, main, table
from tests.apps.plans.marlshire import AREA, marlshire
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions import editing
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.models import Action, CriterionJudgement, Plan, SuccessCriterion, Update
from throughline.apps.plans.plan_page import plan_page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def _rate(number: str, *ratings: str) -> None:
    """Updates of an action, the newest first."""
    for age, rag in enumerate(ratings):
        Update.objects.create(action=Action.objects.filter(number=number).first(), rag=rag, as_at=date(2026, 9, 20 - age))


def _actions(answer) -> list[str]:
    """The actions that a plan's page shows, by how they begin."""
    ids = re.findall(r'<table class="govuk-table" id="(actions-\d+)"', answer.content.decode())
    return [row[0] for id in ids for row in table(answer, id)]


def test_an_empty_list_says_what_to_do_next(lead):
    answer = lead.get("/plans/")
    assert "There is no plan yet." in main(answer)
    assert {"/readings/", "/plans/add/"} <= set(links(answer))


@pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)
def test_those_who_may_see_plans_do(cast, plan, role):
    may = Permission.SEE_PLANS in role.permissions
    client = cast(role.id)
    assert [client.get(path).status_code for path in ("/plans/", f"/plans/{plan.pk}/")] == [200 if may else 403] * 2
    if may:
        editing = "Change this plan" in main(client.get(f"/plans/{plan.pk}/"))
        assert editing is (Permission.EDIT_PLANS in role.permissions)


def test_another_authoritys_plan_is_not_found_whoever_asks(cast, plan):
    action, section = plan.actions.first(), plan.sections.first()
    theirs = cast("strategy_lead", area="202", email="other@example.org")
    base = f"/plans/{plan.pk}/"
    for path in ("", "change/", "baseline/", "changes/", "costs/", "references/", "owners/", "plan.docx", "actions.csv",
                 "approve/", f"actions/{action.pk}/", f"actions/{action.pk}/change/", f"sections/{section.pk}/",
                 f"actions/{action.pk}/steps/add/"):
        assert theirs.get(base + path).status_code == 404, path
    for path in ("remove/", "close/", "next-version/", f"actions/{action.pk}/remove/", f"sections/{section.pk}/remove/"):
        assert theirs.post(base + path).status_code == 404, path
    assert "Marlshire" not in theirs.get("/plans/").content.decode()
    assert Plan.objects.filter(state="draft").count() == 1


def test_somebody_of_no_authority_is_told_so(cast):
    nobody = cast("strategy_lead", area="", email="nobody@example.org")
    assert "You work for no authority" in main(nobody.get("/plans/"))


def test_the_list_counts_ratings_and_holds_supplements_under_their_plan(lead, by, plan):
    _rate("1.1.1", "amber", "red")
    _rate("1.2.1", "green")
    extra = accept_tree(by=by, area=AREA, tree=marlshire(), title="For learners with SEND", supplement_of=plan)
    Update.objects.filter(action__plan=extra).delete()
    rows = table(lead.get("/plans/"), "plans")
    assert [row[0] for row in rows] == ["Marlshire post-16 plan 2016 - 2018", "Supplement For learners with SEND 2016 - 2018"]
    assert rows[0][1:] == ["Draft", "4", "0", "1", "1", "2", "1"]
    downloaded = lead.get("/plans/plans.csv").content.decode("utf-8-sig")
    assert [row["Adds to"] for row in csv.DictReader(io.StringIO(downloaded))] == ["", "Marlshire post-16 plan"]


def test_a_superseded_plan_is_folded_away(lead, plan):
    Plan.objects.filter(pk=plan.pk).update(state="superseded")
    answer = lead.get("/plans/")
    assert "Superseded and closed plans (1)" in main(answer)
    assert len(table(answer, "past")) == 1


def test_the_page_shows_the_whole_plan(lead, plan):
    criterion = SuccessCriterion.objects.get(section__number="1.1")
    CriterionJudgement.objects.create(criterion=criterion, verdict="met", on=date(2026, 7, 1), judged_by="Chair", evidence="Seen")
    _rate("1.1.1", "", "green")
    answer = lead.get(f"/plans/{plan.pk}/")
    said = main(answer)
    for words in ("Marlshire County Council", "Recommendation 1: Set out what", "Priority 1.1: Know where every young person is",
                  "Accountable: Head of Inclusion (HOI)", "Fewer young people are lost at 16",
                  "The register is complete each month Met"):
        assert words in said, words
    [first, second] = table(answer, f"actions-{plan.sections.get(number='1.1').pk}")
    assert first == ["1.1.1 Agree who tells whom when a learner leaves", "HOI ; QQZ", "By 30 September 2016 Overdue", "Not rated"]
    assert second == ["1.1.2 Ring every family", "No owner", "Termly Every term", "Not rated"]
    assert facts(answer)["Overdue"] == "1" and facts(answer)["No owner"] == "2"


def test_a_blank_update_is_not_rated_whatever_came_before(plan):
    _rate("1.1.1", "", "green")
    assert plan_page(plan, TODAY).tally.unrated == 4


def test_an_update_that_was_undone_does_not_count(plan):
    _rate("1.1.1", "red", "green")
    Update.objects.filter(rag="red").update(undone_at="2026-09-21T12:00Z")
    assert plan_page(plan, TODAY).ratings == {"green": 1, "": 3}


@pytest.mark.parametrize(("query", "shown"), [
    ("only=overdue", ["1.1.1 Agree who tells whom when a learner leaves"]),
    ("only=no-owner", ["1.1.2 Ring every family", "1.2.1 Publish the prospectus"]),
    ("only=uncosted", ["1.1.2 Ring every family", "1.2.1 Publish the prospectus"]),
    ("rating=amber", ["1.2.1 Start three new courses"]),
    ("rating=not-rated&only=overdue", ["1.1.1 Agree who tells whom when a learner leaves"]),
    ("owner=HOI", ["1.1.1 Agree who tells whom when a learner leaves"]),
    ("rating=banana&only=nonsense&owner=x", None),
])
def test_actions_are_narrowed(lead, plan, query, shown):
    _rate("1.2.1", "amber")
    if "HOI" in query:
        query = f"owner={Party.objects.get(name='Head of Inclusion').pk}"
    answer = lead.get(f"/plans/{plan.pk}/?{query}")
    assert _actions(answer) == (shown if shown is not None else _actions(lead.get(f"/plans/{plan.pk}/")))
    downloaded = lead.get(f"/plans/{plan.pk}/actions.csv?{query}").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(downloaded)))) == len(_actions(answer))


def test_nothing_that_answers_is_said(lead, plan):
    assert "Nothing answers to that" in main(lead.get(f"/plans/{plan.pk}/?rating=red"))


def test_what_a_plan_says_is_never_markup(lead, by, plan):
    action = Action.objects.get(number="1.1.1")
    editing.change_action(by=by, action=action, text="<script>alert('x')</script> O'Neil's", when_printed="<b>soon</b>")
    for path in (f"/plans/{plan.pk}/", f"/plans/{plan.pk}/actions/{action.pk}/", f"/plans/{plan.pk}/owners/"):
        page = lead.get(path).content.decode()
        assert "<script>alert" not in page and "<b>soon" not in page, path
        assert "O&#39;Neil&#39;s" in page, path


def test_the_page_takes_the_same_queries_however_large_the_plan(by, plan, django_assert_num_queries):
    with django_assert_num_queries(8):
        plan_page(plan, TODAY)


def test_an_action_page_shows_every_part_and_what_refers_to_it(lead, plan):
    action = Action.objects.get(number="1.1.1")
    answer = lead.get(f"/plans/{plan.pk}/actions/{action.pk}/")
    said = main(answer)
    for words in ("Learners are lost between schools", "I. Write the protocol", "Protocol signed by July 2016 By 31 July 2016",
                  "Reviewed termly Every term", "QQZ not in the directory", "£50,000", "Nobody is lost for more than 30 days",
                  "“see 9.9.9” Not found", "a plan that is not kept here", "recommendation 1"):
        assert words in said, words
    there = Action.objects.get(text="Start three new courses")
    assert f"/plans/{plan.pk}/actions/{there.pk}/" in links(answer)
    assert "Referred to by 1.1.1" in main(lead.get(f"/plans/{plan.pk}/actions/{there.pk}/"))


def test_a_look_is_recorded_with_the_plan_it_was_of(lead, plan):
    lead.get(f"/plans/{plan.pk}/")
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.room, entry.subject_kind, entry.subject_id) == ("looked", "plans", "plan", str(plan.pk))
