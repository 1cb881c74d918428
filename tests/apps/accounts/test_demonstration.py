"""Invented people exist only on a demonstration, and only their codes are ever shown."""

import json
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from tests.cast import make_user
from throughline.apps.accounts import demonstration as module
from throughline.apps.accounts.actions import create_example_users
from throughline.apps.accounts.models import User
from throughline.apps.accounts.roles import ROLES

pytestmark = pytest.mark.django_db


def test_one_person_for_each_role_who_can_sign_in(demonstration):
    people = create_example_users(area="850")
    assert {person.role for person in people} == set(ROLES)
    password = json.loads((demonstration / "demonstration.json").read_text())["password"]
    assert all(person.check_password(password) and person.is_example and person.area == "850" for person in people)
    assert "data.officer@example.org" in {person.email for person in people}
    assert (demonstration / "demonstration.json").stat().st_mode & 0o077 == 0


def test_making_them_again_changes_nothing(demonstration):
    create_example_users()
    before = list(User.objects.values_list("pk", "password").order_by("pk"))
    secrets = list(Authenticator.objects.values_list("pk", "data").order_by("pk"))
    create_example_users()
    assert list(User.objects.values_list("pk", "password").order_by("pk")) == before
    assert list(Authenticator.objects.values_list("pk", "data").order_by("pk")) == secrets


def test_they_move_to_the_authority_that_is_shown_and_stay_when_none_is_named(demonstration):
    create_example_users(area="358")
    for area in ("850", ""):
        create_example_users(area=area)
        assert set(User.objects.values_list("area", flat=True)) == {"850"}


def test_a_lost_password_file_gives_them_all_another(demonstration):
    create_example_users()
    (demonstration / "demonstration.json").unlink()
    people = create_example_users()
    assert all(person.check_password(module.shared_password()) for person in people)


def test_none_are_made_elsewhere(settings, tmp_path):
    settings.DEMONSTRATION, settings.VAR = False, tmp_path
    with pytest.raises(module.NotDemonstrationError):
        create_example_users()
    assert User.objects.count() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_code_is_never_given_for_a_real_person_or_a_real_site(demonstration, settings):
    invented = create_example_users()[0]
    real = make_user("employer", email="real@example.org")
    assert len(module.current_code(invented)) == 6
    with pytest.raises(module.NotDemonstrationError):
        module.current_code(real)
    settings.DEMONSTRATION = False
    with pytest.raises(module.NotDemonstrationError):
        module.current_code(invented)


def test_signing_in_by_the_buttons_twice_within_one_half_minute(demonstration):
    create_example_users()
    for _ in range(2):
        client = Client()
        page = client.get("/account/login/").content.decode()
        password = module.shared_password()
        assert "Demonstration only" in page
        assert password in page
        typed = {"login": "data.officer@example.org", "password": password}
        page = client.post("/account/login/", typed, follow=True).content.decode()
        code = module.current_code(User.objects.get(email="data.officer@example.org"))
        assert code in page
        client.post("/account/2fa/authenticate/", {"code": code})
        assert client.get("/your-account/").status_code == 200


def test_a_code_given_after_one_was_used_still_works_once_the_half_minute_turns(demonstration, monkeypatch):
    create_example_users()
    person, clock = User.objects.get(email="data.officer@example.org"), SimpleNamespace(time=lambda: 1_800_000_029)
    monkeypatch.setattr(auth, "time", clock)
    totp = auth.TOTP(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP))
    assert totp.validate_code(module.current_code(person))
    code = module.current_code(person)
    clock.time = lambda: 1_800_000_031
    assert totp.validate_code(code)


def test_an_invented_person_stays_outside_once_the_demonstration_is_over(demonstration, settings):
    create_example_users()
    password = module.shared_password()
    settings.DEMONSTRATION = False
    client = Client()
    assert "Demonstration only" not in client.get("/account/login/").content.decode()
    answer = client.post("/account/login/", {"login": "data.officer@example.org", "password": password})
    assert answer.url == "/account/inactive/"
    assert client.get("/your-account/").status_code == 302
