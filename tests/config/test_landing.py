"""Whoever signs in begins where their work does, and never on a page that is closed to them."""

import pytest

from tests.cast import signed_in_client
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.apps.plans.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse")]

OWN, CHOICE = "/authorities/358/", "/authorities/"
FIRST = {  # for somebody who works for an authority, and for somebody who works for none
    "tracking_officer": ("/follow-up/", CHOICE), "data_officer": ("/files/", CHOICE), "strategy_lead": ("/plans/", CHOICE),
    "school_improvement_officer": ("/plans/", CHOICE), "provider_staff": ("/files/sent/", CHOICE), "employer": (OWN, CHOICE),
    "young_person_or_parent": (OWN, CHOICE), "councillor": (OWN, CHOICE), "inspector": (OWN, CHOICE),
    "information_governance_officer": ("/audit/", "/audit/"), "administrator": ("/people/", "/people/"),
}


def test_every_role_has_a_first_page():
    assert list(FIRST) == [role.id for role in ALL_ROLES]


def test_who_edits_plans_begins_on_the_one_that_holds_and_on_the_list_where_several_do():
    lead = signed_in_client("strategy_lead", area="358", email="lead@example.org")
    Plan.objects.create(area="358", title="Draft")
    assert lead.get("/").url == "/plans/"
    held = Plan.objects.create(area="358", title="Ours", state=Plan.State.APPROVED)
    Plan.objects.create(area="358", title="A supplement", state=Plan.State.APPROVED, supplement_of=held)
    Plan.objects.create(area="359", title="Theirs", state=Plan.State.APPROVED)
    assert lead.get("/").url == f"/plans/{held.pk}/"
    assert signed_in_client("councillor", area="358", email="c@example.org").get("/").url == OWN
    Plan.objects.create(area="358", title="Another", state=Plan.State.APPROVED)
    assert lead.get("/").url == "/plans/"


@pytest.mark.parametrize("role", FIRST)
def test_each_role_begins_where_its_work_does(role):
    for area, address in zip(("358", ""), FIRST[role], strict=True):
        client = signed_in_client(role, area=area, email=f"of{area}@example.org")
        answer = client.get("/")
        assert (answer.status_code, answer.url) == (302, address)
        assert client.get(address).status_code == 200
