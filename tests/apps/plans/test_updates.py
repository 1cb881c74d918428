"""Updates: who may make one, what it must say, both ratings kept, nothing ever overwritten."""

import pytest
from django.urls import reverse

from tests.apps.plans.going import a_party, a_plan, an_action, day_boxes, in_days, owned_by, said
from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions.updating import add_update
from throughline.apps.plans.models import Plan, Update
from throughline.apps.plans.proposing import Proposal
from throughline.apps.plans.queries import latest_updates

pytestmark = pytest.mark.django_db


def _page(action):
    return reverse("plans:update", args=[action.plan_id, action.pk])


def _typed(**words):
    return {**day_boxes("as_at", in_days(0)), "rag": "green", "narrative": "Three schools have signed", **words}


def test_an_update_is_made_and_shown_with_what_the_system_proposed(lead):
    action = an_action(a_plan(), days=-3)
    answer = lead.post(_page(action), _typed(rag="amber", next_step="Ring the fourth"), follow=True)
    update = Update.objects.get()
    assert (update.rag, update.narrative, update.next_step, update.as_at) == (
        "amber", "Three schools have signed", "Ring the fourth", in_days(0))
    assert (update.proposed_rag, update.override_reason) == ("amber", "")
    assert "3 days ago" in update.proposed_reason
    words = answer.content.decode()
    assert "Three schools have signed" in words
    assert "As the system proposed" in words


def test_a_rating_that_differs_from_the_proposal_needs_its_reason_and_both_are_kept(lead):
    action = an_action(a_plan(), days=-3)
    refused = lead.post(_page(action), _typed())
    assert not Update.objects.exists()
    assert "The system proposes Amber. Say why it is Green" in refused.content.decode()
    assert "Three schools have signed" in refused.content.decode()
    lead.post(_page(action), _typed(override_reason="The date was agreed to slip"))
    update = Update.objects.get()
    assert (update.rag, update.proposed_rag, update.override_reason) == ("green", "amber", "The date was agreed to slip")


def test_leaving_it_unrated_overrides_nothing_and_blank_is_not_green(lead):
    action = an_action(a_plan(), days=-3)
    lead.post(_page(action), _typed(rag="none"))
    assert Update.objects.get().rag == ""
    assert "Not rated" in lead.get(reverse("plans:action", args=[action.plan_id, action.pk])).content.decode()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"rag": ""}, "Choose a rating"), ({"rag": "purple"}, "Select a valid choice"),
        ({"rag": "none", "narrative": " "}, "Give a rating, or say how it is going"),
        (day_boxes("as_at", in_days(1)), "not in the future"), ({"as_at_day": "31", "as_at_month": "2"}, "must be a real day"),
    ],
)
def test_what_is_refused(lead, words, sentence):
    action = an_action(a_plan())
    answer = lead.post(_page(action), _typed(**words))
    assert sentence in answer.content.decode()
    assert not Update.objects.exists()


def test_somebody_who_was_faster_is_read_first_and_then_both_stand(lead, by):
    action = an_action(a_plan())
    first = said(make_user("data_officer"), action, "red", "The college has withdrawn")
    answer = lead.post(_page(action), _typed(seen="0"))
    words = answer.content.decode()
    assert "The college has withdrawn" in words
    assert "Three schools have signed" in words
    assert f'value="{first.pk}"' in words
    lead.post(_page(action), _typed(seen=str(first.pk), override_reason="It is"))
    assert Update.objects.count() == 2


def test_an_owner_updates_their_own_action_and_nobody_elses(cast):
    plan = a_plan()
    own, other = an_action(plan, "1.1"), an_action(plan, "1.2")
    client = cast("provider_staff")
    owned_by(own, a_party("Marlshire College", make_user("provider_staff")))
    assert client.post(_page(own), _typed()).status_code == 302
    assert client.post(_page(other), _typed()).status_code == 403
    assert client.get(_page(other)).status_code == 403
    assert [update.action for update in Update.objects.all()] == [own]


@pytest.mark.parametrize("role", ["councillor", "inspector"])
def test_a_reader_sees_updates_and_makes_none(cast, role, by):
    action = an_action(a_plan())
    said(by, action, "red", "It’s <b>late</b>")
    client = cast(role)
    words = client.get(reverse("plans:action", args=[action.plan_id, action.pk])).content.decode()
    assert "It’s &lt;b&gt;late&lt;/b&gt;" in words
    assert "Update this action" not in words
    assert client.post(_page(action), _typed()).status_code == 403


def test_another_authoritys_action_is_not_there(cast):
    action = an_action(a_plan(area="909"))
    client = cast("strategy_lead")
    update = said(make_user("strategy_lead"), action)
    assert client.get(_page(action)).status_code == 404
    assert client.post(reverse("plans:turn_update", args=[action.plan_id, action.pk, update.pk, "undo"])).status_code == 404


def test_undoing_marks_and_never_deletes_and_can_be_taken_back(lead, by):
    action = an_action(a_plan())
    older, newer = said(by, action, "green", "Older", days=-5), said(by, action, "red", "Newer")
    turn = [action.plan_id, action.pk, newer.pk]
    words = lead.post(reverse("plans:turn_update", args=[*turn, "undo"]), follow=True).content.decode()
    newer.refresh_from_db()
    assert newer.undone_at
    assert newer.undone_by == by
    assert latest_updates([action])[action.pk] == older
    assert "<del" in words
    assert "Newer" in words
    assert "by Strategy lead Example" in words
    lead.post(reverse("plans:turn_update", args=[*turn, "restore"]))
    assert latest_updates([action])[action.pk] == newer


def test_an_owner_undoes_their_own_update_and_not_another_persons(cast, by):
    action = an_action(a_plan())
    user = make_user("tracking_officer")
    owned_by(action, a_party("Tracking", user))
    theirs, own = said(by, action), said(user, action)
    client = cast("tracking_officer")
    assert client.post(reverse("plans:turn_update", args=[action.plan_id, action.pk, theirs.pk, "undo"])).status_code == 403
    assert client.post(reverse("plans:turn_update", args=[action.plan_id, action.pk, own.pk, "undo"])).status_code == 302
    assert list(Update.objects.filter(undone_at=None)) == [theirs]


@pytest.mark.parametrize("state", [Plan.State.SUPERSEDED, Plan.State.CLOSED])
def test_a_plan_that_is_over_stays_as_it_was(by, state):
    with pytest.raises(RefusedError, match="stays as it was"):
        add_update(by=by, action=an_action(a_plan(state=state)), rag="green")


def test_without_a_proposal_there_is_nothing_to_differ_from(by):
    action = an_action(a_plan())
    update = add_update(by=by, action=action, rag="green", override_reason="For no reason", proposal=Proposal("", "Nothing"))
    assert update.override_reason == ""


def test_the_audit_has_the_rating_and_not_the_words(by):
    add_update(by=by, action=an_action(a_plan()), rag="red", narrative="The college has withdrawn")
    detail = AuditEntry.objects.latest("id").detail
    assert detail == {"update": [None, "Red"], "narrative": [None, "4 words"]}
