"""A permission opens its doors and no other; a refusal is explained and recorded."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.cast import make_user, signed_in_client
from throughline.apps.accounts.access import may, require
from throughline.apps.accounts.models import AuditEntry, User, Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ALL_ROLES, ROLES

pytestmark = pytest.mark.django_db

DOORS = {
    "/people/": Permission.MANAGE_USERS,
    "/people/add/": Permission.MANAGE_USERS,
    "/audit/": Permission.SEE_AUDIT,
    "/audit.csv": Permission.SEE_AUDIT,
}


@pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)
def test_each_role_at_each_door(role):
    client = signed_in_client(role.id)
    for path, permission in DOORS.items():
        expected = 200 if permission in role.permissions else 403
        assert client.get(path).status_code == expected, path


@pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)
def test_each_role_reads_the_roles_and_its_own_account(role):
    client = signed_in_client(role.id)
    assert role.description in client.get("/your-account/").content.decode().replace("&#39;", "'")
    assert "Who may do what" in client.get("/roles/").content.decode()


@pytest.mark.parametrize("step", ["", "change/", "deactivate/", "reactivate/", "reset-second-factor/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_an_administrator_touches_a_person(step, method):
    victim = make_user("inspector")
    for role in set(ROLES) - {"administrator"}:
        answer = getattr(signed_in_client(role), method)(f"/people/{victim.pk}/{step}")
        assert answer.status_code in (403, 405), role
    victim.refresh_from_db()
    assert victim.is_active


@pytest.mark.parametrize("role", ["employer", "young_person_or_parent"])
def test_whoever_sees_published_figures_only_is_led_to_them_and_told_of_no_role_to_ask_for(role):
    answer = signed_in_client(role).get("/audit/")
    words = answer.content.decode()
    assert answer.status_code == 403
    assert 'the figures that government departments publish about every authority. <a class="govuk-link" href="/">' in words
    assert [told for told in ("another role", "Information governance officer", "administrator") if told in words] == []
    assert AuditEntry.objects.get(verb=Verb.REFUSED).who_email == make_user(role).email


def test_a_refusal_says_what_is_missing_and_who_has_it_and_is_recorded():
    answer = signed_in_client("councillor").get("/audit/?person=7")
    words = answer.content.decode()
    assert "which lets a person see who signed in" in words
    assert "These have it:" in words
    assert "<li>Information governance officer</li>" in words
    assert "<li>Administrator</li>" in words
    entry = AuditEntry.objects.get(verb=Verb.REFUSED)
    assert (entry.who_email, entry.path, entry.room) == ("councillor@example.org", "/audit/", "accounts")
    assert entry.detail == {"permission": "see_audit"}
    assert not AuditEntry.objects.filter(verb=Verb.LOOKED).exists()


def test_a_refusal_of_what_one_role_has_says_this_one():
    words = signed_in_client("councillor").get("/people/").content.decode()
    assert "This one has it:" in words
    assert words.count("<li>Administrator</li>") == 1


def test_the_audit_names_the_missing_permission_by_its_title():
    signed_in_client("councillor").get("/people/")
    assert f"Permission: {Permission.MANAGE_USERS.title}" in signed_in_client("administrator").get("/audit/").content.decode()


def test_strangers_are_sent_to_sign_in_and_come_back():
    assert Client().get("/audit/?verb=looked").url == "/account/login/?next=/audit/%3Fverb%3Dlooked"


@pytest.mark.parametrize(("came_from", "back_to"), [
    ("http://testserver/people/add/?from=1", "/people/add/%3Ffrom%3D1"),
    ("https://elsewhere.example.org/people/add/", "/"),
    ("", "/"),
])
def test_whoever_was_signed_out_is_told_that_what_they_sent_was_not_saved(came_from, back_to):
    client = Client(headers={"Referer": came_from} if came_from else None)
    answer = client.post("/people/add/", {"email": "new@example.org"})
    assert answer.url == f"/account/login/?next={back_to}"
    assert "You had been signed out, and what you entered was not saved. Sign in, then" in client.get(answer.url).content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(("has_app", "told"), [
    (True, "You had not given your code yet, and what you entered was not saved. Enter the code that your authenticator app"),
    (False, "You had not set up your authenticator app yet, and what you entered was not saved. Set it up here, then"),
])
def test_whoever_is_signed_in_half_way_is_told_what_is_still_to_do(client, has_app, told):
    user = make_user("administrator")
    if has_app:
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.force_login(user)
    shown = client.post("/people/add/", {"email": "new@example.org"}, follow=True).content.decode()
    assert told in shown and "Sign in, then" not in shown


def test_whoever_only_asked_for_a_page_is_told_nothing():
    client = Client()
    assert "not saved" not in client.get(client.get("/people/").url).content.decode()


def test_the_door_itself_asks_for_the_second_factor():
    @require(Permission.SEE_PUBLISHED_FIGURES)
    def figures(request):
        return HttpResponse("figures")

    request = RequestFactory().get("/figures/?a=1")
    request.user, request.session = make_user("inspector"), {}
    assert figures(request).url == "/account/2fa/totp/activate/?next=%2Ffigures%2F%3Fa%3D1"
    request.session = {"accounts.second_factor": {"user": request.user.pk, "how": "code"}}
    assert figures(request).content == b"figures"


def test_may_is_false_for_strangers_and_closed_accounts_and_loud_for_a_misspelling():
    user = make_user("data_officer")
    assert may(user, "enter_figures")
    assert not may(user, "see_audit")
    assert not may(AnonymousUser(), "see_published_figures")
    user.is_active = False
    assert not may(user, "enter_figures")
    with pytest.raises(ValueError, match="see_everything"):
        may(user, "see_everything")
