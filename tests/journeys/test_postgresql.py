"""A partnership's PostgreSQL serves as well as SQLite: the database is made there, and rooms' tests pass on it."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings

Run = Callable[..., str]
# Not the rooms of figures: they ask the warehouse, and keep what they keep as plainly as the others.
ROOMS = ("accounts", "codelists", "organisations", "handbook", "plans", "governance", "commissioning", "reports")
# Of the rooms of the register, what locks, waits, or asks the database in words of its own.
REGISTER = ("learners/test_moments.py", "learners/test_identity.py", "learners/test_forgetting.py", "learners/test_write_once.py",
            "followup/test_two_at_once.py", "followup/test_bulk.py", "exchange/test_deciding.py", "exchange/test_moments.py", *(
                f"returns/test_closing.py::test_{about}" for about in (
                    "the_return_says_what_the_register_does", "a_leaver_is_returned_once",
                    "nothing_is_kept_when_it_fails_half_way", "a_closed_month_is_the_same_however_the_register_changes",
                    "what_was_closed_is_never_changed", "a_month_closed_again_says_what_differs_or_that_nothing_does")))
NOT_OF_THE_DATABASE = (
    # A command run inside a test closes the connection that the test stands on.
    "--ignore=tests/apps/accounts/test_add_administrator.py",
    # Documents, words and pages that are only read: they keep nothing, and would take half the time.
    *(f"--ignore=tests/apps/plans/test_{about}.py" for about in (
        "document_shown", "documents", "feed", "plan_pages", "promises", "read_plan_command", "reading_corrections",
        "reading_pages", "reading_pieces", "timing", "calendar")),
    *(f"--ignore=tests/apps/{about}.py" for about in (
        "accounts/test_pages", "accounts/test_directory", "accounts/test_access", "codelists/test_rules", "reports/test_outlines",
        "reports/test_entered_figures_withheld", "reports/test_reports")),
)


@pytest.fixture
def run(postgresql: str) -> Run:
    """Run a module of Python with the throw-away database as the site's own; its output."""

    def run_module(*command: str, database: str = "THROUGHLINE_DATABASE") -> str:
        environment = {**os.environ, database: postgresql, "THROUGHLINE_DEMONSTRATION": "1"}
        if command[0] == "pytest":  # with it, settings would be read before the tests have a state folder of their own
            del environment["DJANGO_SETTINGS_MODULE"]
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=settings.ROOT, env=environment, capture_output=True, text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run_module


def test_the_database_is_made_and_people_come_in(run):
    run("django", "migrate", "--verbosity", "0")
    assert "[ ]" not in run("django", "showmigrations")
    code = run("django", "shell", "--verbosity", "0", "--command", (
        "from throughline.apps.accounts.actions import create_example_users\n"
        "from throughline.apps.accounts.roles import ALL_ROLES\n"
        "print(len(create_example_users(area='358')) == len(ALL_ROLES))\n"
    ))
    assert code.strip() == "True"


def test_every_room_passes_its_tests_on_it(run):
    closing = run(
        "pytest", *(f"tests/apps/{each}" for each in (*ROOMS, *REGISTER)), *NOT_OF_THE_DATABASE, "-n", "2", "--dist", "loadfile",
        "-m", "not browser and not postgresql and not sources", "--no-header",
        "-p", "no:cacheprovider", "-p", "tests.journeys.only_postgresql", database="THROUGHLINE_TEST_DATABASE",
    ).splitlines()[-1]
    assert " passed" in closing
