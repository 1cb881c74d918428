"""The first administrator of a real installation, made at the command line and able to come in."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry, User, Verb
from throughline.config import command

pytestmark = pytest.mark.django_db


def test_the_link_that_is_printed_lets_them_choose_a_password(capsys):
    typed = ["add-administrator", "Boss@example.org", "--name", "Bo Example", "--site", "https://t.example.org/"]
    assert command.run(typed) == 0
    made = User.objects.get(email="boss@example.org")
    assert (made.role, made.full_name, made.is_example) == ("administrator", "Bo Example", False)
    assert AuditEntry.objects.get(verb=Verb.CREATED).subject_label == "boss@example.org"
    path = re.search(r"^https://t\.example\.org(/account/\S+)$", capsys.readouterr().out, re.MULTILINE)[1]
    assert "Choose a password" in Client().get(path, follow=True).content.decode()
    assert mail.outbox == []


def test_the_site_is_the_first_of_its_origins(settings, capsys):
    settings.CSRF_TRUSTED_ORIGINS = ["https://one.example.org", "https://two.example.org"]
    assert command.run(["add-administrator", "boss@example.org", "--name", "Bo Example"]) == 0
    assert "\nhttps://one.example.org/account/" in capsys.readouterr().out


def test_an_address_that_has_an_account_is_left_as_it_is(capsys):
    make_user("employer", email="boss@example.org")
    assert command.run(["add-administrator", "BOSS@example.org", "--name", "Bo Example"]) == 1
    assert "has an account already" in capsys.readouterr().err
    assert User.objects.get().role == "employer"


def test_what_is_no_address_is_refused(capsys):
    assert command.run(["add-administrator", "boss", "--name", "Bo Example"]) == 1
    assert "valid email" in capsys.readouterr().err
    assert not User.objects.exists()
