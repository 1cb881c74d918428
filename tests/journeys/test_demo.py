"""The first thing a newcomer types: everything is made, the site is served, says where it is, and stops when told.

What is made takes a minute, so the month's journey through the served site stands here too: from a messy file to the return.
"""

import gzip
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import month
from tests.journeys.door import come_in
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners.models import Learner, Name, Opening
from throughline.apps.plans.models import Plan
from throughline.apps.returns.models import MonthClose
from throughline.config import demonstration
from throughline.config.example.register import MONTHS, SCHOOL

PROGRAM = [sys.executable, "-c", "from throughline.config.command import main; main()"]
ANOTHER_SCHOOL = "8994001"
UNHURRIED = 300_000  # milliseconds: accepting a file counts the figures again, on a machine that may be busy
TODAY = timezone.localdate


class Demonstration(NamedTuple):
    """A demonstration that is being served: where, what was printed before, in which folder and by which process."""

    site: str
    printed: str
    folder: Path
    environment: dict[str, str]
    serving: subprocess.Popen


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The one demonstration, with a state folder of its own."""
    folder = tmp_path_factory.mktemp("demonstration")
    environment = {**os.environ, "THROUGHLINE_VAR": str(folder), "THROUGHLINE_DEMONSTRATION": "1"}
    with subprocess.Popen([*PROGRAM, "demo"], cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE, text=True) as serving:
        try:
            printed = _until_served(serving)
            site = re.search(r"http://127\.0\.0\.1:\d+", printed)[0]
            yield Demonstration(site, printed, folder, environment, serving)
        finally:
            serving.kill()


@pytest.fixture(scope="module")
def made(served, django_db_blocker):
    """The alias of the demonstration's database."""
    connections.settings["made"] = {**connections.settings["default"], "NAME": served.folder / "throughline.sqlite3"}
    with django_db_blocker.unblock():
        yield "made"
        connections["made"].close()
    del connections["made"], connections.settings["made"]


def test_it_makes_everything_serves_where_it_says_and_finds_everything_made(served, made):
    with urlopen(f"{served.site}/account/login/", timeout=60) as page:
        assert page.status == 200
        assert "Sign in" in page.read().decode()
    assert "built:" in served.printed
    assert "Trafford" in served.printed
    assert "%" in served.printed
    _holds_what_a_demonstration_has(made)
    again = _run(served, "demo", "--no-serve")
    assert again.count("up to date") == len(demonstration.STEPS)


def test_the_month_is_walked_through_by_those_who_work_it(browser, styles, served, made):
    """Each in a browser of their own: the tracking officer, the data officer, and a school."""
    officer = _signed_in(browser, served, "tracking.officer@example.org")
    path = next((served.folder / "invented" / "files" / "schools").glob(f"{ANOTHER_SCHOOL}_starters_*"))
    name = month.bring_in_a_list(officer, served.site, path, ANOTHER_SCHOOL, _numbers_written_wrong(served, path))
    month.find(officer, served.site, name)
    assert path.name in officer.get_by_role("table", name="The activities drawn above").inner_text()
    record = officer.url
    month.log_a_contact(officer, served.site)
    month.change_many_and_undo_it(officer, served.site, TODAY() + timedelta(days=28))
    _meets_about_the_district(officer, served)
    _closes_and_changes(browser, served, made, record)
    _a_school_finds_its_own(browser, served, made)


def test_a_restricted_record_opens_for_a_reason_that_is_read_by_those_who_check(browser, styles, served, made):
    officer, why = _signed_in(browser, served, "data.officer@example.org"), "Their worker asked for a place to be found at once."
    opened = Opening.objects.using(made).filter(until__gt=timezone.now()).values("learner")
    shut = Learner.objects.using(made).filter(restricted=True).exclude(pk__in=opened).latest("pk")
    month.open_for_a_reason(officer, served.site, shut.number, why)
    checks = _signed_in(browser, served, "information.governance.officer@example.org")
    checks.goto(f"{served.site}/learners/openings/")
    expect(checks.get_by_role("row").filter(has_text=why)).to_contain_text("data.officer@example.org")
    assert set(month.refusals(checks, served.site, [f"/learners/{shut.pk}/", f"/learners/{shut.pk}/open/"]).values()) == {403}


@pytest.mark.parametrize("role", [role for role in ALL_ROLES if Permission.SEE_LEARNERS not in role.permissions],
                         ids=lambda role: role.id)
def test_whoever_works_no_part_of_the_month_begins_with_their_own_and_is_told_of_nobody(browser, styles, served, made, role):
    """Neither by address nor on any page that the navigation leads to is anybody of the register named."""
    page = _signed_in(browser, served, f"{role.id.replace('_', '.')}@example.org")
    anybody = Learner.objects.using(made).first().pk
    own = [f"/learners/{anybody}/", "/learners/", "/learners/learners.csv", f"/learners/{anybody}/activities.csv", "/files/",
           "/follow-up/", "/follow-up/lists/not_known/grid/", "/months/", "/months/close/", f"/learners/{anybody}/open/"]
    assert set(month.refusals(page, served.site, [*own, *_of_the_authority(made, anybody)]).values()) == {403}
    page.goto(f"{served.site}/follow-up/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not see this page")
    page.goto(f"{served.site}/")
    named = month.named_on(page, set(Name.objects.using(made).values_list("given", "family")))
    assert len(named) > 2
    assert {address: who for address, who in named.items() if who} == {}


def test_it_stops_when_told(served):
    served.serving.send_signal(signal.SIGINT)
    assert served.serving.wait(timeout=60) == 0


def _until_served(serving: subprocess.Popen) -> str:
    printed = ""
    for line in serving.stdout:
        printed += line
        if "./dev code" in line:
            return printed
    raise AssertionError(f"it stopped before it served: {printed}")


def _run(served: Demonstration, *typed: str) -> str:
    """What a command prints in another terminal."""
    return subprocess.run([*PROGRAM, *typed], cwd=settings.ROOT, env=served.environment, capture_output=True, text=True,
                          check=True).stdout


def _holds_what_a_demonstration_has(made: str) -> None:
    assert {user.role for user in User.objects.using(made).filter(is_example=True)} == {role.id for role in ALL_ROLES}
    assert set(Plan.objects.using(made).values_list("area", flat=True)) == {"899"}
    files = {each.kind: each for each in Delivery.objects.using(made).filter(state="previewed")}
    assert files["list"].counts["changed"]
    assert files["survey"].counts["unmatched"]
    assert Delivery.objects.using(made).filter(state="accepted").earliest("pk").counts["changed"]
    assert MonthClose.objects.using(made).filter(version=1).count() == MONTHS, "the last is closed after the files came in"
    for close in MonthClose.objects.using(made):
        said = gzip.decompress(close.content).decode()
        called = re.findall(rf">{SCHOOL}</EstablishmentNumber>\s*<EstablishmentName>(.*)</", said)
        assert called and all(called), f"{close} says what a school is called"


def _signed_in(browser, served: Demonstration, email: str):
    """A window of their own in which somebody has signed in, with the password that was printed and the code of the command."""
    page = browser.new_context().new_page()
    page.set_default_timeout(UNHURRIED)
    password = re.search(r"password ([a-z]+(?:-[a-z]+)+)", served.printed)[1]
    come_in(page, served.site, email, password, lambda: re.search(r"\b\d{6}\b", _run(served, "sign-in-code", email))[0])
    return page


def _numbers_written_wrong(served: Demonstration, path: Path) -> list[str]:
    """The learner numbers that a messy file has wrong, by the book of what is wrong with each."""
    book = pq.read_table(served.folder / "invented" / "truth" / "errors.parquet").to_pylist()
    wrong = [each["written"] for each in book if each["file"].endswith(path.name) and each["kind"] == "invalid_uln"]
    assert wrong
    return wrong


def _meets_about_the_district(officer, served: Demonstration) -> None:
    """The last meeting shows what became of those of the one before; the one held now decides, closes and is followed up."""
    became = month.impact_of(officer, served.site)
    assert became["listed"] > became["participating"] > 0
    assert became["decided"] > became["done"] > 0
    assert became["left off"] == 1
    month.hold_a_meeting(officer, served.site, "Walk with them to the open evening", "They went, and applied")


def _closes_and_changes(browser, served: Demonstration, made: str, record: str) -> None:
    """A month closed, and closed again, stays byte for byte as it was though the register changes."""
    officer, first = _signed_in(browser, served, "data.officer@example.org"), MonthClose.objects.using(made).latest("month_end")
    at_first = month.take_the_return(officer, f"{served.site}/months/{first.pk}/")
    again, returned = month.close_again(officer, served.site, "A school’s starters came late")
    officer.goto(record)
    month.rename(officer, first.month_end)
    for address, held in ((f"{served.site}/months/{first.pk}/", at_first), (again, returned)):
        assert month.refusals(officer, address, ["return.xml"]) == {"return.xml": 302}
        assert month.take_the_return(officer, address) == held


def _a_school_finds_its_own(browser, served: Demonstration, made: str) -> None:
    """It hands a list in. Its own list is all of its learners and nobody else, and of another's neither page nor file is to be
    had by address.
    """
    school, own = _signed_in(browser, served, "provider.staff@example.org"), month.of_the_school(made, SCHOOL, TODAY())
    month.send_a_list(school, served.site, next((served.folder / "invented" / "files" / "schools").glob(f"{SCHOOL}_starters_*")))
    school.get_by_role("link", name="Young people").click()
    school.get_by_role("link", name="Learners", exact=True).click()
    assert f"{len(own):,} learners" in school.locator("main").inner_text()
    assert month.numbers_taken_away(school, f"{served.site}/learners/learners.csv") == own
    others = Learner.objects.using(made).exclude(number__in=own)
    theirs, other = Learner.objects.using(made).filter(number__in=own).first().pk, others.filter(restricted=False).first().pk
    of_one = ["/learners/{}/", "/learners/{}/activities.csv", "/learners/{}/activities.xlsx", "/follow-up/risk/{}/"]
    assert set(month.refusals(school, served.site, [each.format(theirs) for each in of_one[:3]]).values()) == {200}
    assert set(month.refusals(school, served.site, [each.format(other) for each in of_one]).values()) == {404}
    assert set(month.refusals(school, served.site, _of_the_authority(made, other)).values()) == {403}


def _of_the_authority(made: str, learner: int) -> list[str]:
    """Addresses of what only those who keep the register are told."""
    closed, file = MonthClose.objects.using(made).latest("pk").pk, Delivery.objects.using(made).latest("pk").pk
    return [f"/follow-up/learners/{learner}/", f"/follow-up/learners/{learner}/contacts.csv", "/follow-up/lists/not_known/",
            "/follow-up/lists/not_known/list.csv", "/follow-up/meetings/", f"/files/{file}/", f"/files/{file}/problems.csv",
            "/files/not-matched/", f"/months/{closed}/", f"/months/{closed}/return.xml", f"/months/{closed}/moved.csv"]
