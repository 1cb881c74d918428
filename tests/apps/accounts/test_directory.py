"""Sign-in through a council's directory, exchanged for real with a small provider on this machine."""

import copy
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from tests.apps.accounts.directory import CLIENT_ID, CLIENT_SECRET, Directory, running
from tests.cast import PASSWORD, make_user
from throughline.apps.accounts import actions
from throughline.apps.accounts.models import AuditEntry, User, Verb

pytestmark = pytest.mark.django_db
START = "/account/oidc/directory/login/"


@pytest.fixture
def directory(settings):
    """A directory that knows one councillor, and settings that point at it."""
    with running({"sub": "n-1", "email": "Councillor@example.org", "email_verified": True, "phone": "01"}) as found:
        _point_at(settings, found)
        yield found


def _point_at(settings, found: Directory, domains: tuple[str, ...] = ()) -> None:
    extra = {"server_url": found.address, "oauth_pkce_enabled": True, "verified_email": list(domains)}
    app = {
        "provider_id": "directory", "name": "your council account", "client_id": CLIENT_ID, "secret": CLIENT_SECRET,
        "settings": extra,
    }
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"] = [app]
    settings.SOCIALACCOUNT_PROVIDERS = providers


def _through(client: Client, form: dict[str, str] | None = None):
    """Press the button, go to the directory and come back; the answer to coming back."""
    away = client.post(START, form or {})
    back = requests.get(away.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def test_someone_we_know_comes_in_and_is_vouched_for(directory):
    user = make_user("councillor")
    client = Client()
    assert "Sign in with your council account" in client.get("/account/login/").content.decode()
    assert _through(client, {"next": "/roles/"}).url == "/roles/"
    assert client.get("/roles/").status_code == 200
    assert AuditEntry.objects.filter(who=user, verb=Verb.SIGNED_IN).exists()
    assert {"/.well-known/openid-configuration", "/token", "/userinfo"} <= set(directory.asked)
    user.refresh_from_db()
    assert user.check_password(PASSWORD), "the person's password must survive"


def test_what_is_asked_of_the_directory(directory):
    asked = parse_qs(urlsplit(Client().post(START).url).query)
    assert asked["redirect_uri"] == ["http://testserver/account/oidc/directory/login/callback/"]
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_nothing_of_the_person_is_kept_but_their_number(directory):
    make_user("councillor")
    for _ in range(2):
        _through(Client())
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("n-1", {})
    assert not SocialToken.objects.exists()


def test_they_are_known_by_number_when_their_address_changes(directory):
    make_user("councillor")
    _through(Client())
    directory.person["email"] = "married@example.org"
    client = Client()
    _through(client)
    assert "councillor@example.org" in client.get("/your-account/").content.decode()


def test_an_address_given_to_somebody_else_does_not_carry_the_account(directory):
    make_user("councillor")
    _through(Client())
    directory.person["sub"] = "n-2"
    client = Client()
    answer = _through(client)
    assert answer.status_code == 403
    assert "somebody else used your address before you" in answer.content.decode()
    assert client.get("/your-account/").status_code == 302


def test_an_administrator_can_untie_them(directory):
    user = make_user("councillor")
    _through(Client())
    actions.reset_second_factor(by=None, user=user)
    directory.person["sub"] = "n-2"
    assert _through(Client()).status_code == 302
    assert SocialAccount.objects.get().uid == "n-2"


def test_nobody_is_made_for_a_stranger_and_they_are_told_what_to_do(directory):
    answer = _through(Client())
    assert answer.status_code == 403
    assert "Ask the administrator" in answer.content.decode()
    assert not User.objects.exists()
    assert AuditEntry.objects.get().detail == {"through": "directory"}


def test_a_closed_account_stays_closed(directory):
    user = make_user("councillor")
    actions.deactivate_user(by=None, user=user)
    assert _through(Client()).status_code == 403
    actions.reactivate_user(by=None, user=user)
    _through(Client())
    actions.deactivate_user(by=None, user=user)
    assert _through(Client()).url == "/account/inactive/"


def test_an_address_that_is_not_verified_is_not_enough(directory, settings):
    make_user("councillor")
    del directory.person["email_verified"]
    assert _through(Client()).status_code == 403
    _point_at(settings, directory, domains=("example.net",))
    assert _through(Client()).status_code == 403
    _point_at(settings, directory, domains=("example.org",))
    assert _through(Client()).status_code == 302


@pytest.mark.parametrize("claim", [{"aud": "somebody-else"}, {"iss": "http://elsewhere.example.org"}, {"exp": 1}])
def test_a_token_that_is_not_for_us_is_refused(directory, claim):
    make_user("councillor")
    directory.token = claim
    client = Client()
    answer = _through(client)
    assert answer.status_code == 401
    assert "sign-in did not work" in answer.content.decode()
    assert client.get("/your-account/").status_code == 302


def test_coming_back_without_having_left_is_refused(directory):
    make_user("councillor")
    away = Client().post(START).url
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    answer = Client().get(back.removeprefix("http://testserver"))
    assert answer.status_code == 401


def test_coming_back_with_a_refusal(directory):
    client = Client()
    state = parse_qs(urlsplit(client.post(START).url).query)["state"][0]
    answer = client.get(f"{START}callback/", {"error": "access_denied", "state": state}, follow=True)
    assert "You did not sign in" in answer.content.decode()


def test_an_account_is_not_tied_to_somebody_else_while_signed_in(directory):
    make_user("councillor")
    client = Client()
    _through(client)
    directory.person["sub"] = "n-9"
    assert _through(client, {"process": "connect"}).url == "/your-account/"
    assert SocialAccount.objects.get().uid == "n-1"


def test_the_address_alone_asks_before_it_leaves(directory):
    assert "You go to your council" in Client().get(START).content.decode()


def test_a_directory_that_does_not_answer_is_said_in_words(directory, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client().post(START)
    assert answer.status_code == 401
    assert "Nothing is wrong with your account" in answer.content.decode()


def test_without_a_directory_there_is_no_button_and_no_door():
    assert "your council account" not in Client().get("/account/login/").content.decode()
    assert Client().post(START).status_code == 404
