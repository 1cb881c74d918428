"""What hangs on an action or a section: added, changed, moved, ticked, taken out and brought back, and by whom."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.apps.performance.reading import main
from tests.apps.plans.marlshire import AREA, marlshire
from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.models import Action, Section, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(plan):
    return Action.objects.get(number="1.1.1")


@pytest.fixture
def base(action):
    return f"/plans/{action.plan_id}/actions/{action.pk}/"


def test_a_step_is_added_changed_moved_taken_out_and_brought_back(lead, action, base):
    lead.post(f"{base}steps/add/", {"text": "III. Send it"})
    step = action.steps.get(text="III. Send it")
    lead.post(f"{base}steps/{step.pk}/change/", {"text": "III. Send it round"})
    lead.post(f"{base}steps/{step.pk}/move/up/")
    assert [each.text for each in action.steps.all()] == ["I. Write the protocol", "III. Send it round", "II. Sign it"]
    lead.post(f"{base}steps/{step.pk}/remove/")
    assert [each.text for each in action.steps.all()] == ["I. Write the protocol", "II. Sign it"]
    assert "Taken out (1)" in main(lead.get(base))
    lead.post(f"{base}steps/{step.pk}/restore/")
    assert [each.text for each in action.steps.all()] == ["I. Write the protocol", "III. Send it round", "II. Sign it"]


def test_a_milestones_time_is_read_from_its_words_or_from_its_own_box(lead, action, base):
    lead.post(f"{base}milestones/add/", {"text": "Half the schools signed by May 2026"})
    lead.post(f"{base}milestones/add/", {"text": "All the schools signed", "when_words": "by July 2026"})
    assert [each.due_on for each in action.milestones.all()][2:] == [date(2026, 5, 31), date(2026, 7, 31)]
    second = action.milestones.last()
    lead.post(f"{base}milestones/{second.pk}/change/", {"text": "All schools signed", "when_words": "by June 2026"})
    second.refresh_from_db()
    assert (second.text, second.due_on) == ("All schools signed", date(2026, 6, 30))


def test_an_owner_is_chosen_from_the_directory_or_typed(lead, action, base):
    college = Party.objects.get(name="Marlshire College")
    lead.post(f"{base}owners/add/", {"party": college.pk})
    lead.post(f"{base}owners/add/", {"printed": "All partners"})
    owners = list(action.owners.values_list("printed", "party__name"))
    assert owners[2:] == [("Marlshire College", "Marlshire College"), ("All partners", None)]
    answer = lead.post(f"{base}owners/add/", {"party": "", "printed": ""})
    assert "Choose somebody from the directory" in main(answer)
    assert "Marlshire College" not in str(AuditEntry.objects.filter(subject_kind="action").values_list("detail", flat=True))


def test_a_cost_is_read_from_its_words_or_typed(lead, action, base):
    lead.post(f"{base}costs/add/", {"printed": "£30k per year funded by the levy", "basis": ""})
    lead.post(f"{base}costs/add/", {"printed": "", "amount": "1250.50", "basis": "", "fund": "Core", "year": "2026/27"})
    costs = list(action.costs.values_list("amount", "basis", "fund", "year"))
    assert costs[1:] == [(Decimal(30000), "per year", "the levy", ""), (Decimal("1250.50"), "", "Core", "2026/27")]
    assert "£1,250.50" in main(lead.get(base))
    answer = lead.post(f"{base}costs/add/", {"printed": "", "basis": ""})
    assert "Enter the cost in words, or an amount" in main(answer)


def test_a_reference_is_tied_to_what_it_names(lead, by, plan, action, base):
    other = accept_tree(by=by, area=AREA, tree=marlshire(), title="Skills plan")
    lead.post(f"{base}references/add/", {"kind": "depends", "target": "1.1.2"})
    lead.post(f"{base}references/add/", {"kind": "contributes", "to_plan": other.pk, "target": "1.2"})
    lead.post(f"{base}references/add/", {"kind": "plan", "to_plan": other.pk})
    first, second, third = list(action.references.all())[3:]
    assert first.to_action == Action.objects.get(plan=plan, number="1.1.2")
    assert second.to_section == Section.objects.get(plan=other, number="1.2")
    assert third.to_plan == other
    back = main(lead.get(f"/plans/{plan.pk}/actions/{first.to_action_id}/"))
    assert "Referred to by" in back


def test_a_reference_to_nothing_is_refused_with_what_is_near(lead, base):
    answer = lead.post(f"{base}references/add/", {"kind": "action", "target": "1.1.22"})
    assert "Nothing in that plan is called “1.1.22”. Did you mean 1.1.2" in main(answer)


def test_a_section_has_leads_and_criteria(lead, plan):
    section = plan.sections.get(number="1.2")
    base = f"/plans/{plan.pk}/sections/{section.pk}/"
    lead.post(f"{base}leads/add/", {"printed": "Chair of the partnership"})
    lead.post(f"{base}criteria/add/", {"text": "Three courses are full"})
    assert section.leads.get().printed == "Chair of the partnership"
    assert (section.criteria.get().plan, section.criteria.get().action) == (plan, None)
    assert lead.get(f"{base}steps/add/").status_code == 404


@pytest.mark.parametrize(("role", "owns", "status"), [
    ("strategy_lead", False, 302), ("tracking_officer", True, 302), ("tracking_officer", False, 403), ("councillor", False, 403),
])
def test_a_step_is_ticked_by_those_who_may_update_the_action(cast, action, base, role, owns, status):
    client = cast(role)
    if owns:
        Party.objects.filter(name="Head of Inclusion").update(user=make_user(role))
    step = action.steps.first()
    assert client.post(f"{base}steps/{step.pk}/done/").status_code == status
    step.refresh_from_db()
    assert (step.done_on == timezone.localdate()) is (status == 302)


def test_a_tick_is_taken_back(lead, action, base):
    milestone = action.milestones.first()
    lead.post(f"{base}milestones/{milestone.pk}/done/")
    milestone.refresh_from_db()
    assert milestone.met_on and milestone.met_by
    lead.post(f"{base}milestones/{milestone.pk}/undone/")
    milestone.refresh_from_db()
    assert (milestone.met_on, milestone.met_by) == (None, None)


def test_another_actions_part_is_not_found(lead, action, base):
    other = Step.objects.create(action=Action.objects.get(number="1.1.2"), text="Elsewhere")
    assert lead.post(f"{base}steps/{other.pk}/remove/").status_code == 404
    assert Step.objects.filter(pk=other.pk).exists()
