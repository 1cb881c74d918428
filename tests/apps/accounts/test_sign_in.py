"""Signing in, out and back: password, second factor, recovery codes, and the pages in between."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD, make_user, sign_in
from throughline.apps.accounts import actions
from throughline.apps.accounts.models import AuditEntry, Verb

pytestmark = pytest.mark.django_db
# What allauth notes in the session when the database has committed is lost in a transaction that never does.
committed = pytest.mark.django_db(transaction=True)
SIGN_IN, CODE, SET_UP = "/account/login/", "/account/2fa/authenticate/", "/account/2fa/totp/activate/"


def _code(secret: str, ahead: int = 0) -> str:
    now = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, now[len(now) // 2] + ahead))


def _password(client: Client, email: str, password: str = PASSWORD) -> object:
    return client.post(SIGN_IN, {"login": email, "password": password})


def _set_up(client: Client) -> str:
    """Set up an app as the page says; the secret it was given."""
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", client.get(SET_UP).content.decode()).group(1)
    answer = client.post(SET_UP, {"code": _code(secret)})
    assert answer.url == "/account/2fa/recovery-codes/"
    return secret


def _verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


@committed
def test_first_sign_in_goes_by_way_of_setting_up_an_app():
    user = make_user("councillor")
    client = Client()
    _password(client, "Councillor@Example.org")
    for closed in ("/roles/", "/your-account/", "/account/password/change/", "/account/2fa/", "/admin/"):
        assert client.get(closed).url.startswith(SET_UP), closed
    secret = _set_up(client)
    codes = client.get("/account/2fa/recovery-codes/").content.decode()
    assert "10 of 10 are left" in codes
    assert client.get("/your-account/").status_code == 200
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert decrypt(stored) == secret


@committed
def test_later_sign_in_asks_for_a_code():
    make_user("councillor")
    first = Client()
    _password(first, "councillor@example.org")
    secret = _set_up(first)
    client = Client()
    assert _password(client, "councillor@example.org").url == CODE
    assert client.get("/your-account/").url.startswith(SIGN_IN)
    wrong = client.post(CODE, {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert client.post(CODE, {"code": _code(secret, ahead=1)}).status_code == 302
    assert client.get("/your-account/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/your-account/").status_code == 302
    assert _verbs()[-4:] == [Verb.SIGN_IN_FAILED, Verb.SIGNED_IN, Verb.LOOKED, Verb.SIGNED_OUT]


@committed
def test_a_recovery_code_lets_in_once():
    make_user("councillor")
    first = Client()
    _password(first, "councillor@example.org")
    _set_up(first)
    listed = first.get("/account/2fa/recovery-codes/download/").content.decode()
    code = re.search(r"^\d{8}$", listed, re.MULTILINE).group()
    for expected in (302, 200):
        client = Client()
        _password(client, "councillor@example.org")
        assert client.post(CODE, {"code": code}).status_code == expected


@committed
def test_a_password_alone_opens_nothing_to_someone_who_has_an_app():
    user = make_user("administrator")
    first = Client()
    _password(first, "administrator@example.org")
    secret = _set_up(first)
    client = Client()
    client.force_login(user)  # as by a door that asks for a password only
    for closed in ("/people/", "/admin/", SET_UP, "/account/2fa/totp/deactivate/", "/account/reauthenticate/"):
        assert client.get(closed).url.startswith("/account/2fa/reauthenticate/"), closed
    client.post("/account/2fa/reauthenticate/", {"code": _code(secret, ahead=1)})
    assert client.get("/people/").status_code == 200


def test_the_note_of_one_person_does_not_serve_another():
    client = sign_in(Client(), make_user("administrator"))
    note = client.session["accounts.second_factor"]
    other = Client()
    other.force_login(make_user("councillor"))
    session = other.session
    session["accounts.second_factor"] = note
    session.save()
    assert other.get("/roles/").url.startswith(SET_UP)


@committed
def test_removing_the_app_closes_everything_until_there_is_another():
    make_user("councillor")
    client = Client()
    _password(client, "councillor@example.org")
    _set_up(client)
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/your-account/").url.startswith(SET_UP)


@committed
def test_changing_the_second_factor_long_after_signing_in_asks_for_the_password():
    make_user("councillor")
    client = Client()
    _password(client, "councillor@example.org")
    _set_up(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert client.get("/account/2fa/totp/deactivate/").url.startswith("/account/reauthenticate/")
    page = client.get("/account/reauthenticate/").content.decode()
    assert "Enter your password again" in page
    assert "Use a code from your authenticator app instead" in page
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get("/account/2fa/totp/deactivate/").status_code == 200


def test_a_wrong_password_is_recorded_without_what_an_unknown_person_typed():
    make_user("councillor")
    for email in ("councillor@example.org", "hunter2-my-password@example.org"):
        answer = _password(Client(), email, "wrong-wrong-wrong")
        assert "The email address or the password is not right" in answer.content.decode()
    known, unknown = AuditEntry.objects.filter(verb=Verb.SIGN_IN_FAILED).order_by("id")
    assert known.who_email == "councillor@example.org"
    assert (unknown.who, unknown.who_email) == (None, "")
    assert "hunter2" not in str(unknown.__dict__)


def test_too_many_wrong_passwords_lock_the_address_out():
    make_user("councillor")
    for _ in range(5):
        _password(Client(), "councillor@example.org", "wrong-wrong-wrong")
    answer = _password(Client(), "councillor@example.org")
    assert "There have been too many attempts" in answer.content.decode()
    assert Verb.SIGNED_IN not in _verbs()


def test_too_many_of_anything_gets_a_page_in_words():
    for attempt in range(21):
        answer = Client().post("/account/password/reset/", {"email": f"a{attempt}@example.org"})
    assert answer.status_code == 429
    assert "Wait five minutes" in answer.content.decode()


def test_a_forgotten_password_is_replaced_by_a_link():
    user = make_user("councillor")
    client = Client()
    page = client.post("/account/password/reset/", {"email": "Councillor@example.org"}, follow=True)
    assert "Check your email" in page.content.decode()
    letter = mail.outbox[0]
    assert letter.subject == "Throughline: Choose a new password"
    path = re.search(r"http://testserver(/account/\S+)", letter.body).group(1)
    form = client.get(path, follow=True)
    assert "Keep this password" in form.content.decode()
    new = "another-long-invented-password"
    short = client.post(form.request["PATH_INFO"], {"password1": "short", "password2": "short"})
    assert "There is a problem" in short.content.decode()
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(new)
    assert "This link does not work" in Client().get(path, follow=True).content.decode()
    assert AuditEntry.objects.filter(detail__has_key="password").count() == 1


def test_an_unknown_address_is_answered_the_same_and_sent_nothing():
    page = Client().post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert "Check your email" in page.content.decode()
    assert mail.outbox == []


def test_a_closed_account_is_told_so():
    user = make_user("councillor")
    actions.deactivate_user(by=None, user=user)
    client = Client()
    page = client.post(SIGN_IN, {"login": "councillor@example.org", "password": PASSWORD}, follow=True)
    assert "Your account is closed" in page.content.decode()


def test_nobody_makes_their_own_account():
    for answer in (Client().get("/account/signup/"), Client().post("/account/signup/", {"email": "x@example.org"})):
        assert "Accounts are made by an administrator" in answer.content.decode()


@pytest.mark.parametrize("path", ["email/", "password/set/", "3rdparty/", "confirm-email/", "confirm-email/abc/"])
def test_pages_that_are_not_offered_lead_home(cast, path):
    assert cast("employer").get(f"/account/{path}").url == "/your-account/"


def test_the_admin_sends_people_through_the_same_door():
    assert Client().get("/admin/login/?next=/admin/").url == "/account/login/?next=%2Fadmin%2F"
    answer = Client().post("/admin/login/", {"username": "administrator@example.org", "password": PASSWORD})
    assert answer.url.startswith(SIGN_IN)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/account/login/", "Sign in"),
        ("/account/password/reset/", "Choose a new password"),
        ("/account/password/reset/done/", "Check your email"),
        ("/account/password/reset/key/done/", "Your password is changed"),
        ("/account/password/reset/key/1-abc/", "This link does not work"),
        ("/account/inactive/", "Your account is closed"),
        ("/account/signup/", "Accounts are made by an administrator"),
        ("/account/3rdparty/login/cancelled/", "You did not sign in"),
        ("/account/3rdparty/login/error/", "sign-in did not work"),
    ],
)
def test_pages_for_those_outside_are_ours(path, heading):
    page = Client().get(path).content.decode()
    assert re.search(rf'<h1 class="govuk-heading-l">[^<]*{heading}', page)
    assert "govuk-template" in page


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/account/logout/", "Do you want to sign out"),
        ("/account/password/change/", "Change your password"),
        ("/account/2fa/", "Your second factor"),
        ("/account/reauthenticate/", "Prove that it is you"),
        ("/account/2fa/totp/activate/", "Set up an authenticator app"),
    ],
)
def test_pages_for_those_inside_are_ours(cast, path, heading):
    page = cast("employer").get(path).content.decode()
    assert f'<h1 class="govuk-heading-l">{heading}' in page


@committed
def test_recovery_codes_are_made_afresh_and_recorded():
    make_user("councillor")
    client = Client()
    _password(client, "councillor@example.org")
    _set_up(client)
    old = client.get("/account/2fa/recovery-codes/download/").content
    assert "stop working" in client.get("/account/2fa/recovery-codes/generate/").content.decode()
    client.post("/account/2fa/recovery-codes/generate/")
    assert client.get("/account/2fa/recovery-codes/download/").content != old
    assert AuditEntry.objects.filter(detail={"recovery_codes": ["set", "set afresh"]}).exists()
    assert "10 left" in client.get("/account/2fa/").content.decode()
    assert "stop working" in client.get("/account/2fa/totp/deactivate/").content.decode()


def test_changing_the_password_leads_home_and_is_recorded(cast):
    client = cast("employer")
    new = "another-long-invented-password"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", typed).url == "/your-account/"
    assert client.get("/your-account/").status_code == 200
    entry = AuditEntry.objects.filter(verb=Verb.CHANGED).first()
    assert entry.detail == {"password": ["set", "set afresh"]}
