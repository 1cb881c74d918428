"""Every address of the site is opened by those who may open it and by nobody else, and the audit says so."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.cast import make_user, sign_in, signed_in_client
from tests.house.kept import kept, last_look
from tests.house.route import Route
from tests.house.routes import ADMIN, GUARDED, NOT_OFFERED, OPEN, SIGNED_IN, Found, needed, walk
from tests.house.stage import bring_on, set_stage
from throughline.analytics.measures.load import load_measures
from throughline.apps.accounts.models import AuditEntry, User, Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ALL_ROLES, ROLES, Role
from throughline.apps.performance import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse", "_nothing_remembered")]

FOUND = {found.key: found for found in walk()}
OURS = {key: found for key, found in FOUND.items() if not key.startswith(ADMIN)}
THEIRS = {key: found for key, found in FOUND.items() if key.startswith(ADMIN)}
POSTING = {key: route for key, route in GUARDED.items() if route.posts is not None}
READING = {key: route for key, route in GUARDED.items() if route.gets}
TO_SIGN_IN, TO_SECOND_FACTOR = "/account/login/", "/account/2fa/totp/activate/"
# Open to somebody who has only given a password: the way out, the way on, and what anybody may see.
OPEN_TO_THE_HALF_SIGNED_IN = {"account_logout", "health", "accessibility", "mfa_activate_totp", "account_reauthenticate"}

each_role = pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)


@pytest.fixture
def somebody() -> User:
    """The person whom the pages about people are about, who has also entered a figure; and every record on the stage."""
    set_stage()
    person = make_user("inspector", email="somebody@example.org")
    measure = load_measures(settings.DEFINITIONS)["schools_with_an_enterprise_adviser"]
    actions.enter_figure(by=person, measure=measure, area="358", period="2024/25", value=12, status="final")
    return person


def _address(key: str, route: Route, person: User) -> str:
    return FOUND[key].address(person.pk, route.args) + route.query


def _holds(role: Role, route: Route) -> bool:
    return route.needs <= role.permissions


def _client(role: Role) -> Client:
    return sign_in(Client(), bring_on(make_user(role.id)))


def test_every_route_is_in_the_table_and_the_table_names_no_other():
    assert set(OURS) == set(GUARDED) | set(OPEN) | set(SIGNED_IN) | NOT_OFFERED
    assert len(GUARDED) + len(OPEN) + len(SIGNED_IN) + len(NOT_OFFERED) == len(OURS), "a route stands in the table twice"


@pytest.mark.parametrize("key", OURS)
def test_a_view_asks_for_what_the_table_says(key):
    assert needed(OURS[key].view) == (GUARDED[key].needs if key in GUARDED else frozenset())


def test_whoever_may_download_may_see():
    assert [role.id for role in ALL_ROLES if Permission.DOWNLOAD_FIGURES in role.permissions
            and Permission.SEE_PUBLISHED_FIGURES not in role.permissions] == []


@each_role
def test_each_role_opens_what_it_may_is_refused_the_rest_and_the_audit_says_so(role, somebody):
    client, wrong = _client(role), {}
    for key, route in READING.items():
        path = _address(key, route, somebody)
        before = AuditEntry.objects.count()
        answer = client.get(path)
        said = last_look() if AuditEntry.objects.count() == before + 1 else None
        if (answer.status_code, said) != (expected := _expected(role, route, path, answer)):
            wrong[key] = (answer.status_code, said, expected)
    assert wrong == {}


def _expected(role: Role, route: Route, path: str, answer: HttpResponse) -> tuple[int, tuple[str, str, str] | None]:
    """The status of an answer and its entry in the audit: a look, a download, or a refusal."""
    address = path.partition("?")[0]
    if not _holds(role, route):
        return 403, (Verb.REFUSED, address, "")
    took = answer.get("Content-Disposition", "").startswith("attachment")
    return 200, (Verb.DOWNLOADED if took else Verb.LOOKED, address, route.of) if route.recorded else None


def test_a_refusal_says_what_was_missing(somebody):
    client = _client(ROLES["employer"])
    for key, route in READING.items():
        missing = route.needs - ROLES["employer"].permissions
        if missing:
            client.get(_address(key, route, somebody))
            assert AuditEntry.objects.latest("id").detail["permission"] in missing, key


def test_nobody_is_sent_to_sign_in_and_back(somebody):
    for key, route in READING.items():
        path = _address(key, route, somebody)
        answer = Client().get(path)
        assert (answer.status_code, answer.url.partition("=")[0]) == (302, f"{TO_SIGN_IN}?next"), path
    assert not AuditEntry.objects.filter(verb=Verb.LOOKED).exists()


def test_a_password_alone_opens_nothing(somebody):
    client = Client()
    client.force_login(make_user("administrator"))
    for found in FOUND.values():
        if found.key in OPEN_TO_THE_HALF_SIGNED_IN:
            continue
        path = found.address(somebody.pk, GUARDED[found.key].args if found.key in GUARDED else None)
        answer = client.get(path)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, TO_SECOND_FACTOR), path


@pytest.mark.parametrize("key", OPEN)
def test_what_is_open_answers_anybody(key):
    assert Client().get(OURS[key].address(1)).status_code == OPEN[key]


@pytest.mark.parametrize("key", SIGNED_IN)
def test_what_is_for_everybody_signed_in_answers_no_stranger(key, somebody):
    path = OURS[key].address(somebody.pk)
    answer = Client().get(path)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, TO_SIGN_IN)
    assert signed_in_client("employer").get(path).status_code == SIGNED_IN[key]


@each_role
def test_every_role_has_its_own_account_and_the_roles(role):
    client = signed_in_client(role.id)
    assert [client.get(OURS[key].address(1)).status_code for key in ("accounts:roles", "accounts:your_account")] == [200, 200]


@pytest.mark.parametrize("key", sorted(NOT_OFFERED))
def test_what_is_not_offered_leads_to_ones_own_account(key):
    path = OURS[key].address(1)
    assert Client().get(path).url == signed_in_client("employer").get(path).url == "/your-account/"


@each_role
def test_posting_without_permission_changes_nothing(role, somebody):
    client = _client(role)
    before = kept()
    for key, route in POSTING.items():
        if not _holds(role, route):
            path = _address(key, route, somebody)
            assert client.post(path, route.posted()).status_code == 403, path
            assert last_look()[:2] == (Verb.REFUSED, path.partition("?")[0])
    assert kept() == before


@pytest.mark.parametrize("who", ["nobody", "somebody with a password only"])
def test_posting_from_outside_changes_nothing(who, somebody):
    client = Client()
    if who != "nobody":
        client.force_login(make_user("administrator"))
    before = kept()
    for key, route in POSTING.items():
        path = _address(key, route, somebody)
        assert client.post(path, route.posted()).status_code == 302, path
    assert kept() == before


def test_posting_from_another_site_changes_nothing(somebody):
    people = {role.id: bring_on(make_user(role.id)) for role in ALL_ROLES}
    before = kept()
    for key, route in POSTING.items():
        allowed = next(role.id for role in ALL_ROLES if _holds(role, route))
        client = sign_in(Client(enforce_csrf_checks=True), people[allowed])
        assert client.post(_address(key, route, somebody), route.posted()).status_code == 403, key
    assert kept() == before


def test_what_only_changes_things_is_not_done_by_following_a_link(somebody):
    clients = {role.id: _client(role) for role in ALL_ROLES}
    before = kept()
    for key in sorted(set(GUARDED) - set(READING)):
        client = clients[next(role.id for role in ALL_ROLES if _holds(role, GUARDED[key]))]
        assert client.get(_address(key, GUARDED[key], somebody)).status_code == 405, key
    assert kept() == before


@each_role
def test_djangos_own_pages_are_read_by_an_administrator_only(role, somebody):
    client = signed_in_client(role.id)
    answers = {found.key: client.get(found.address(somebody.pk)).status_code for found in THEIRS.values()}
    opened = {key for key, status in answers.items() if status == 200}
    if role.id == "administrator":
        assert {"admin:index", "admin:accounts_user_changelist", "admin:accounts_auditentry_changelist"} <= opened
    else:
        assert opened == set()
        assert {key for key, status in answers.items() if status not in (302, 403)} == set()


def test_djangos_own_pages_change_nothing_even_for_an_administrator(somebody):
    client = signed_in_client("administrator")
    before = kept()
    for found in THEIRS.values():
        if not _is_of_oneself(found):
            client.post(found.address(somebody.pk), {"post": "yes", "full_name": "Changed", "email": "changed@example.org"})
    assert kept() == before


def _is_of_oneself(found: Found) -> bool:
    return found.name in ("admin:logout", "admin:login", "admin:password_change")
