"""A person's own actions in the order in which they need attention, and what is due over all plans."""

import pytest
from django.urls import reverse

from tests.apps.plans.going import a_milestone, a_party, a_plan, an_action, day_boxes, in_days, owned_by, said
from throughline.apps.plans.mine import mine, update_due
from throughline.apps.plans.models import Action, Plan, Update

pytestmark = pytest.mark.django_db


def _groups(user):
    return {key: [row.action.number for row in rows] for key, _, rows in mine(user, in_days(0)).groups}


def test_each_action_stands_once_in_the_first_group_that_it_fits(by):
    plan, party = a_plan(), a_party("Head of Inclusion", by)
    dated = {"late": -5, "soon": 10, "soon and told": 20, "far": 60, "told": 60, "late milestone": 50}
    actions = {number: an_action(plan, number, days=days) for number, days in dated.items()}
    a_milestone(actions["late milestone"], -1)
    for action in actions.values():
        owned_by(action, party)
    for number in ("soon and told", "told"):
        said(by, actions[number], "green")
    assert _groups(by) == {
        "overdue": ["late", "late milestone"], "coming-up": ["soon", "soon and told"], "update-due": ["far"], "rest": ["told"]}


def test_an_action_with_a_late_milestone_is_not_itself_called_overdue(cast, by):
    late, party = an_action(a_plan(), "1", days=50), a_party("Head of Inclusion", by)
    owned_by(late, party)
    a_milestone(late, -1)
    words = cast("strategy_lead").get(reverse("plans:mine")).content.decode()
    assert words.count(">Overdue</strong>") == 1
    late.due_on = in_days(-1)
    late.save()
    assert cast("strategy_lead").get(reverse("plans:mine")).content.decode().count(">Overdue</strong>") == 2


def test_what_is_done_closed_removed_elsewhere_or_another_persons_is_not_mine(by):
    party, plan = a_party("Head of Inclusion", by), a_plan()
    done = an_action(plan, "done", state="done")
    gone = an_action(plan, "gone")
    ended = an_action(a_plan(state=Plan.State.CLOSED), "ended")
    elsewhere = an_action(a_plan(area="909"), "elsewhere")
    theirs = an_action(plan, "theirs")
    handed_on = owned_by(an_action(plan, "handed on"), party)
    for action in (done, gone, ended, elsewhere):
        owned_by(action, party)
    owned_by(theirs, a_party("Somebody else"))
    for row in (gone, handed_on):
        row.removed_at = "2026-01-01T00:00Z"
        row.save()
    assert mine(by, in_days(0)).many == 0


def test_an_update_is_due_from_the_first_of_the_month(by):
    update = said(by, an_action(a_plan()), "green")
    update.as_at = in_days(0).replace(day=1)
    assert not update_due(update, in_days(0))
    assert update_due(None, in_days(0))
    assert update_due(update, in_days(40))


def test_a_quick_update_goes_back_to_my_actions(cast, by):
    action = an_action(a_plan())
    owned_by(action, a_party("Head of Inclusion", by))
    client = cast("strategy_lead")
    words = client.get(reverse("plans:mine")).content.decode()
    address = reverse("plans:update", args=[action.plan_id, action.pk]) + "?from=mine"
    assert f'action="{address}"' in words
    answer = client.post(address, {**day_boxes("as_at", in_days(0)), "rag": "green", "narrative": "Well", "seen": "0"})
    assert answer.url == reverse("plans:mine")
    assert Update.objects.get().narrative == "Well"


@pytest.mark.parametrize(
    ("role", "sentence"),
    [("provider_staff", "Somebody who may edit plans, such as a strategy lead, can do it"),
     ("strategy_lead", "you can do it yourself")],
)
def test_somebody_whom_the_directory_does_not_know_is_told_who_can_help(cast, role, sentence):
    words = cast(role).get(reverse("plans:mine")).content.decode()
    assert "No entry of the directory is tied to your account" in words
    assert sentence in words


def test_my_actions_are_for_those_who_update_actions(cast):
    assert cast("councillor").get(reverse("plans:mine")).status_code == 403


@pytest.fixture
def dated(by):
    """Two plans with something late and something soon, one action owned by two and one by nobody."""
    first, second = a_plan(title="First plan"), a_plan(title="Second plan")
    one, two = a_party("Anna’s post"), a_party("College")
    late = an_action(first, "1.1", days=-5)
    for party in (one, two):
        owned_by(late, party)
    a_milestone(an_action(second, "2.1", days=90), 3, "Signed by all")
    an_action(second, "2.2", days=-90, ongoing=True)
    an_action(second, "2.3", days=200)
    an_action(a_plan(area="909", title="Elsewhere"), "9.9", days=-5)
    an_action(a_plan(state=Plan.State.SUPERSEDED, title="Old"), "8.8", days=-5)
    return one


def _shown(client, query=""):
    return client.get(reverse("plans:due") + query).content.decode()


def test_due_dates_are_of_living_plans_of_the_authority_under_each_owner(cast, dated):
    words = _shown(cast("inspector"))
    for there in ("1.1", "Signed by all", "Anna’s post (1)", "College (1)", "No owner (1)", "1 overdue and 1 coming up"):
        assert there in words
    for absent in ("2.2", "2.3", "9.9", "8.8", "Elsewhere"):
        assert f">{absent}<" not in words
    by_plan = _shown(cast("inspector"), "?by=plan")
    assert "First plan (1)" in by_plan
    assert "Second plan (1)" in by_plan


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("?which=overdue", "1.1", "Signed by all"), ("?which=coming-up", "Signed by all", ">1.1<"),
        ("?kind=milestone", "Signed by all", ">1.1<"), ("?owner=none", "Signed by all", ">1.1<"),
        ("?which=banana&kind=x&plan=y&by=z", "1.1", "Nothing answers"),
    ],
)
def test_due_dates_are_narrowed(cast, dated, query, there, absent):
    words = _shown(cast("councillor"), query)
    assert there in words
    assert absent not in words
    assert absent not in cast("councillor").get(reverse("plans:due_download", args=["csv"]) + query).content.decode()


def test_due_dates_are_downloaded_as_narrowed(cast, dated):
    client = cast("tracking_officer")
    rows = client.get(reverse("plans:due_download", args=["csv"]), {"owner": dated.pk}).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("First plan,1.1,Action,")
    assert rows[1].endswith(",5,Not rated")
    assert client.get(reverse("plans:due_download", args=["xlsx"])).status_code == 200


def test_nothing_due_says_so(cast):
    assert "Nothing is overdue" in _shown(cast("inspector"))
    assert not Action.objects.exists()
