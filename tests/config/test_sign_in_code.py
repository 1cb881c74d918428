"""The six digits of an invented person: right, alone on their line, and given to nobody else."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from tests.cast import make_user
from throughline.apps.accounts.actions import create_example_users
from throughline.config import command

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings):
    """The invented people of a demonstration."""
    settings.DEMONSTRATION = True
    create_example_users(area="358")


def test_the_code_is_one_that_the_site_takes(people, capsys):
    assert command.run(["sign-in-code", "data.officer@example.org"]) == 0
    code = capsys.readouterr().out.strip()
    assert re.fullmatch(r"\d{6}", code)
    assert TOTP(Authenticator.objects.get(user__email="data.officer@example.org")).validate_code(code)


def test_nobody_real_has_a_code_printed(settings, capsys):
    settings.DEMONSTRATION = True
    make_user("inspector", email="someone@example.net")
    assert command.run(["sign-in-code", "someone@example.net"]) == 1
    answer = capsys.readouterr()
    assert answer.out == ""
    assert "only on a demonstration" in answer.err


def test_no_code_is_printed_on_a_real_installation(people, settings, capsys):
    settings.DEMONSTRATION = False
    assert command.run(["sign-in-code", "data.officer@example.org"]) == 1
    assert capsys.readouterr().out == ""


def test_a_mistyped_address_gets_the_nearest(people, capsys):
    assert command.run(["sign-in-code", "data.oficer@example.org"]) == 2
    assert "data.officer@example.org" in capsys.readouterr().err
