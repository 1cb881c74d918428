"""An action of a plan among what may be commissioned for it: whose it is, and which version's."""

import pytest

from throughline.apps.commissioning.contract_forms import ContractForm
from throughline.apps.plans.actions.copying import copy_plan
from throughline.apps.plans.models import Plan

pytestmark = pytest.mark.django_db


def test_the_actions_of_a_plan_and_of_the_draft_of_its_next_version_are_told_apart(action):
    Plan.objects.update(state=Plan.State.APPROVED)
    action.plan.refresh_from_db()
    copied = copy_plan(by=None, plan=action.plan, title=action.plan.title).actions.get()
    offered = ContractForm(area="358").fields["action"].choices
    labels = {int(str(key)): label for key, label in offered if key}
    assert labels[action.pk].startswith(f"{action.plan.title}: ")
    assert labels[copied.pk].startswith(f"{action.plan.title} (draft): ")


def test_another_authority_finds_no_action_of_ours(cast, action):
    theirs = cast("strategy_lead", email="lead.of.another@example.org", area="202")
    assert theirs.get(f"/commissioning/for-action/{action.plan_id}/{action.pk}/").status_code == 404
