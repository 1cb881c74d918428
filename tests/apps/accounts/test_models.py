"""People are one address each, and the audit is only ever added to."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from tests.cast import make_user
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import AppendOnlyError, AuditEntry, User, Verb

pytestmark = pytest.mark.django_db


def test_an_address_has_one_account_whatever_its_capitals():
    User.objects.create_user("Mairi@Example.org", role="inspector", full_name="Mairi Example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("MAIRI@example.ORG", role="inspector", full_name="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="MAIRI@example.org", role="inspector")])
    assert User.objects.get_by_natural_key("mAIRI@example.org").full_name == "Mairi Example"


def test_an_address_is_vouched_for_from_the_start():
    user = make_user("inspector")
    assert EmailAddress.objects.get(user=user).verified


def test_a_role_that_is_none_is_refused():
    with pytest.raises(ValueError, match="“wizard” is not a role"):
        User.objects.create_user("w@example.org", role="wizard", full_name="W")


def test_an_audit_entry_is_neither_changed_nor_deleted():
    entry = record(by=make_user("inspector"), verb=Verb.LOOKED, room="accounts")
    entry.path = "/elsewhere/"
    for attempt in (
        entry.save, entry.delete, AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(path="/elsewhere/")
    ):
        with pytest.raises(AppendOnlyError):
            attempt()
    assert AuditEntry.objects.get(pk=entry.pk).path == ""


def test_the_past_is_kept_when_an_account_is_deleted():
    user = make_user("inspector")
    entry = record(by=user, verb=Verb.LOOKED, room="accounts", path="/roles/")
    user.delete()
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.who, kept.who_email, kept.path) == (None, "inspector@example.org", "/roles/")


def test_an_administrator_reads_and_does_not_edit_in_the_admin():
    user = make_user("administrator")
    assert user.is_staff
    assert user.has_perm("accounts.view_user")
    assert not user.has_perm("accounts.change_user")
    assert not user.has_perm("account.delete_emailaddress")


def test_nobody_else_opens_the_admin():
    user = make_user("data_officer")
    assert not user.is_staff
    assert not user.has_perm("accounts.view_user")
