"""What belongs to one authority is opened and changed by its own people: to others' it is not there, and some work for none."""

import pytest
from django.test import Client

from tests.cast import make_user, sign_in
from tests.house.kept import kept
from tests.house.route import Route
from tests.house.routes import GUARDED, walk
from tests.house.stage import ANOTHER, AREA, MARK, bring_on, set_stage
from throughline.apps.accounts.models import AuditEntry, User
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.accounts.roles import ALL_ROLES, ROLES, Role
from throughline.apps.plans.models import Feed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse", "_nothing_remembered", "stage")]

FOUND = {found.key: found for found in walk()}
OWN = {key: route for key, route in GUARDED.items() if route.own}
NAMING = {key: route for key, route in OWN.items() if route.names_a_record}
LISTING = {key: route for key, route in OWN.items() if route.gets and not route.names_a_record}
POSTING = {key: route for key, route in OWN.items() if route.posts is not None}
# There is nothing to undo until something was copied, which only the session of whoever copied it knows; the last change of a
# learner is undone by its moment, which only their page knows. Whoever has opened nothing has nothing to close.
NOTHING_TO_DO = {"plans:undo_copy", "learners:undo", "learners:close"}
HANDS_OVER = {"returns:take"}  # answers what is posted with the file that it was asked for
PLANNERS = [role for role in ALL_ROLES if any(route.needs <= role.permissions for route in OWN.values())]

each_planner = pytest.mark.parametrize("role", PLANNERS, ids=lambda role: role.id)


@pytest.fixture(scope="module")
def stage(kept_for_module, warehouse):
    """Every record of one authority, put there once: each test takes back what it changed."""
    set_stage()


def _somebody(role: Role, area: str) -> User:
    return bring_on(make_user(role.id, area=area, email=f"{role.id}.{area or 'none'}@example.org"))


def _opened_by(role: Role, routes: dict[str, Route]) -> dict[str, Route]:
    return {key: route for key, route in routes.items() if route.needs <= role.permissions}


def _asked(client: Client, key: str) -> dict[str, int]:
    """What the ways of asking for an address answer, by the way."""
    route = OWN[key]
    path = FOUND[key].address(0, route.args) + route.query
    answers = {"looked": client.get(path).status_code} if route.gets else {}
    return answers | ({"posted": client.post(path, route.posted()).status_code} if route.posts is not None else {})


def test_nearly_every_route_about_a_plan_names_a_record():
    whole = ("strategy_lead", "councillor", "tracking_officer", "data_officer", "information_governance_officer",
             "provider_staff")
    assert {key for role in whole for key in _opened_by(ROLES[role], OWN)} == set(OWN)
    assert len(NAMING) > 120
    assert len(LISTING) > 30


@each_planner
def test_another_authoritys_records_are_not_there(role):
    client = sign_in(Client(), _somebody(role, ANOTHER))
    before = kept()
    answers = {key: set(_asked(client, key).values()) for key in _opened_by(role, NAMING)}
    assert {key: codes for key, codes in answers.items() if codes != {404}} == {}
    assert kept() == before


@each_planner
def test_another_authoritys_lists_and_forms_show_nothing_of_it(role):
    client = sign_in(Client(), _somebody(role, ANOTHER))
    for key, route in _opened_by(role, LISTING).items():
        answer = client.get(FOUND[key].address(0, route.args) + route.query)
        assert answer.status_code == 200, key
        assert MARK not in answer.content.decode(), key


@each_planner
def test_its_own_people_see_it_in_the_lists(role):
    client = sign_in(Client(), _somebody(role, AREA))
    shown = {key for key, route in _opened_by(role, LISTING).items()
             if MARK in client.get(FOUND[key].address(0, route.args) + route.query).content.decode()}
    listed = ("learners:learners", "learners:openings", "organisations:directory",
              "organisations:boards", "indicators:register", "plans:plans", "plans:due",
              "governance:meetings", "governance:decisions", "reports:reports", "reports:spine")
    assert [key for key in listed if OWN[key].needs <= role.permissions and key not in shown] == []


@pytest.mark.parametrize("role", [ROLES["strategy_lead"], ROLES["councillor"]], ids=lambda role: role.id)
def test_somebody_who_works_for_no_authority_is_told_so(role):
    client = sign_in(Client(), _somebody(role, ""))
    before = kept()
    answers = {key: set(_asked(client, key).values()) for key in _opened_by(role, OWN)}
    assert {key: codes for key, codes in answers.items() if codes != {403}} == {}
    assert kept() == before
    assert "authority" in client.get("/plans/").content.decode()


@pytest.mark.parametrize("key", sorted(set(POSTING) - NOTHING_TO_DO))
def test_whoever_may_post_changes_something_and_the_audit_says_so(key):
    route = POSTING[key]
    # Whoever edits plans first: they may update an action that is not theirs.
    most_first = sorted(PLANNERS, key=lambda role: (P.EDIT_PLANS in role.permissions, len(role.permissions)), reverse=True)
    client = sign_in(Client(), _somebody(next(role for role in most_first if route.needs <= role.permissions), AREA))
    before, entries = kept(), AuditEntry.objects.count()
    answer = client.post(FOUND[key].address(0, route.args) + route.query, route.posted())
    assert answer.status_code == (200 if key in HANDS_OVER else 302), _wrong(answer)
    assert kept() != before
    assert AuditEntry.objects.count() > entries


def _wrong(answer) -> str:
    """What a form says is wrong with it."""
    form = (answer.context or {}).get("form") if answer.context else None
    return str(form.errors) if form is not None else answer.content.decode()[:500]


def test_a_calendar_address_is_read_by_whoever_holds_it_and_by_no_other_key():
    person = _somebody(next(role for role in PLANNERS if role.id == "tracking_officer"), AREA)
    key = Feed.objects.get(user=person).key
    answer = Client().get(f"/calendar/feed/{key}.ics")
    assert answer.status_code == 200
    assert MARK in answer.content.decode()
    assert [Client().get(f"/calendar/feed/{wrong}.ics").status_code for wrong in (key[:-1], "x" * 43)] == [404, 404]
