"""Whoever signs in begins where their work does, and never on a page that is closed to them."""

import pytest

from tests.cast import signed_in_client
from throughline.apps.accounts.roles import ALL_ROLES

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


@pytest.mark.parametrize("role", FIRST)
def test_each_role_begins_where_its_work_does(role):
    for area, address in zip(("358", ""), FIRST[role], strict=True):
        client = signed_in_client(role, area=area, email=f"of{area}@example.org")
        answer = client.get("/")
        assert (answer.status_code, answer.url) == (302, address)
        assert client.get(address).status_code == 200
