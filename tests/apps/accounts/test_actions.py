"""Every change is made by an action, which writes down who made it and what was there before."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db.models import QuerySet
from django.test import Client

from tests.cast import PASSWORD, make_user, sign_in
from throughline.apps.accounts import actions
from throughline.apps.accounts.models import AuditEntry, User, Verb

pytestmark = pytest.mark.django_db


def _last() -> AuditEntry:
    return AuditEntry.objects.first()


def test_making_an_account_sends_a_letter_with_a_link_that_works(django_capture_on_commit_callbacks):
    boss = make_user("administrator")
    with django_capture_on_commit_callbacks(execute=True):
        user = actions.create_user(
            by=boss, email="New@Example.org", full_name="Nuno Example", role="councillor", site="https://t.example.org/"
        )
    entry = _last()
    assert (entry.who, entry.verb, entry.subject_label) == (boss, Verb.CREATED, "new@example.org")
    assert entry.detail["role"] == [None, "councillor"]
    assert not user.has_usable_password()
    letter = mail.outbox[0]
    assert letter.to == ["new@example.org"]
    path = re.search(r"https://t\.example\.org(/account/\S+)", letter.body).group(1)
    form = Client().get(path, follow=True)
    assert "Choose a password" in form.content.decode()


def test_no_letter_without_an_address_of_the_site(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.create_user(by=None, email="a@example.org", full_name="A", role="employer")
    assert mail.outbox == []


def test_changing_a_role_records_before_and_after_and_nothing_else():
    boss, user = make_user("administrator"), make_user("councillor")
    actions.change_role(by=boss, user=user, role="inspector")
    assert User.objects.get(pk=user.pk).role == "inspector"
    assert _last().detail == {"role": ["councillor", "inspector"]}


def test_a_change_that_changes_nothing_is_not_recorded():
    user = make_user("councillor")
    before = AuditEntry.objects.count()
    actions.change_role(by=None, user=user, role="councillor")
    assert AuditEntry.objects.count() == before


def test_closing_an_account_ends_its_sessions():
    user = make_user("councillor")
    client = sign_in(Client(), user)
    assert client.get("/roles/").status_code == 200
    actions.deactivate_user(by=None, user=user)
    assert client.get("/roles/").status_code == 302
    actions.reactivate_user(by=None, user=user)
    assert client.get("/roles/").status_code == 302, "an old session must not come back to life"


def test_the_last_administrator_cannot_be_closed_or_demoted():
    only = make_user("administrator")
    with pytest.raises(actions.LastAdministratorError):
        actions.deactivate_user(by=only, user=only)
    with pytest.raises(actions.LastAdministratorError):
        actions.change_role(by=only, user=only, role="employer")
    make_user("administrator", email="second@example.org")
    assert not actions.deactivate_user(by=only, user=only).is_active


@pytest.mark.parametrize("own", [{"role": "data_officer"}, {"area": "899"}, {"establishment": "8994000"}, {"ukprn": "10001234"},
                                 {"organisation": "Brook School"}])
def test_nobody_changes_what_they_themselves_may_do(own):
    me = make_user("administrator")
    make_user("administrator", email="second@example.org")
    held = {name: getattr(me, name) for name in ("full_name", "job_title", *actions.OF_OTHERS)}
    with pytest.raises(actions.OwnAccountError):
        actions.change_user(by=me, user=me, **held | own)
    assert User.objects.get(pk=me.pk).role == "administrator"
    assert actions.change_user(by=me, user=me, **held | {"full_name": "Another Name"}).full_name == "Another Name"


def test_an_invented_administrator_counts_only_on_a_demonstration(settings):
    only = make_user("administrator")
    make_user("administrator", email="invented@example.org", is_example=True)
    settings.DEMONSTRATION = False
    with pytest.raises(actions.LastAdministratorError):
        actions.deactivate_user(by=only, user=only)
    settings.DEMONSTRATION = True
    assert not actions.deactivate_user(by=only, user=only).is_active


def test_an_invented_administrator_can_be_closed_once_the_demonstration_is_over(settings):
    settings.DEMONSTRATION = False
    make_user("administrator")
    invented = make_user("administrator", email="invented@example.org", is_example=True)
    assert not actions.deactivate_user(by=None, user=invented).is_active


def test_two_who_close_each_other_at_once_take_turns(monkeypatch):
    locked = []
    lock = QuerySet.select_for_update

    def noted(people, *args, **options):
        locked.append(people.model)
        return lock(people, *args, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    only = make_user("administrator")
    with pytest.raises(actions.LastAdministratorError):
        actions.deactivate_user(by=only, user=only)
    assert User in locked


def test_a_second_factor_is_reset_and_sessions_end():
    user = make_user("councillor")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client = sign_in(Client(), user)
    actions.reset_second_factor(by=None, user=user)
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/roles/").status_code == 302


def test_an_action_that_fails_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(actions, "record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.create_user(by=None, email="half@example.org", full_name="Half", role="employer")
    assert not User.objects.filter(email="half@example.org").exists()


def test_what_is_too_long_for_its_column_is_cut():
    entry = actions.record(by=None, verb=Verb.LOOKED, room="x", path="/" * 900, subject=("a", "b" * 200, "c" * 300))
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert (len(stored.path), len(stored.subject_id), len(stored.subject_label)) == (500, 100, 200)


def test_the_cast_has_a_password_that_works():
    assert make_user("employer").check_password(PASSWORD)
