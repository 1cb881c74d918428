"""The first thing a newcomer types: everything is made, the site is served, says where it is, and stops when told."""

import os
import re
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connections

from throughline.apps.accounts.models import User
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.apps.exchange.models import Delivery
from throughline.apps.plans.models import Plan
from throughline.apps.returns.models import MonthClose
from throughline.config import demonstration
from throughline.config.example.register import MONTHS

PROGRAM = [sys.executable, "-c", "from throughline.config.command import main; main()", "demo"]


@pytest.fixture
def environment(tmp_path):
    """A demonstration with a state folder of its own."""
    return {**os.environ, "THROUGHLINE_VAR": str(tmp_path), "THROUGHLINE_DEMONSTRATION": "1"}


@pytest.fixture
def made(tmp_path, django_db_blocker):
    """The alias of the demonstration's database, as it will be in the state folder."""
    connections.settings["made"] = {**connections.settings["default"], "NAME": tmp_path / "throughline.sqlite3"}
    with django_db_blocker.unblock():
        yield "made"
        connections["made"].close()
    del connections["made"], connections.settings["made"]


def test_it_makes_everything_serves_where_it_says_stops_when_told_and_finds_everything_made(environment, made):
    with subprocess.Popen(PROGRAM, cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE, text=True) as serving:
        printed = _until_served(serving)
        address = re.search(r"http://127\.0\.0\.1:\d+/", printed)[0]
        with urlopen(f"{address}account/login/", timeout=60) as page:
            assert page.status == 200
            assert "Sign in" in page.read().decode()
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=60) == 0
    assert "built:" in printed
    assert "Trafford" in printed
    assert "%" in printed
    _holds_what_a_demonstration_has(made)
    again = subprocess.run([*PROGRAM, "--no-serve"], cwd=settings.ROOT, env=environment, capture_output=True, text=True,
                           check=True)
    assert again.stdout.count("up to date") == len(demonstration.STEPS)


def _until_served(serving: subprocess.Popen) -> str:
    printed = ""
    for line in serving.stdout:
        printed += line
        if "./dev code" in line:
            return printed
    raise AssertionError(f"it stopped before it served: {printed}")


def _holds_what_a_demonstration_has(made: str) -> None:
    assert {user.role for user in User.objects.using(made).filter(is_example=True)} == {role.id for role in ALL_ROLES}
    assert set(Plan.objects.using(made).values_list("area", flat=True)) == {"899"}
    files = {each.kind: each for each in Delivery.objects.using(made).filter(state="previewed")}
    assert files["list"].counts["changed"]
    assert files["survey"].counts["unmatched"]
    assert Delivery.objects.using(made).get(state="accepted").counts["changed"]
    assert MonthClose.objects.using(made).count() == MONTHS, "the last is closed after the files came in"
