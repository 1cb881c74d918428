"""A partnership's PostgreSQL serves as well as SQLite: it is made there, pages open, and what keeps anything passes."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings

Run = Callable[..., str]
# What every page asks of the database, once as each of two who may open nearly all of them between them.
PAGES = [f"tests/house/test_routes.py::test_each_role_opens_what_it_may_is_refused_the_rest_and_the_audit_says_so[{role}]"
         for role in ("data_officer", "strategy_lead")]
# Of each room, what locks, waits, keeps something once alone, or asks in words of its own; what is only read is among the pages.
# exchange/test_restricted is not here: it compares whole pages, numbers included, which PostgreSQL never gives twice.
KEPT = [f"tests/apps/{about}.py" for about in (
    "accounts/test_actions", "accounts/test_sign_in", "accounts/test_models", "accounts/test_write_once",
    "codelists/test_codelists", "codelists/test_codes_added",
    "organisations/test_directory_actions", "organisations/test_board_pages", "plans/test_accepting", "plans/test_approving",
    "plans/test_bulk", "plans/test_copying", "plans/test_editing", "plans/test_mine_and_due", "plans/test_reading_actions",
    "plans/test_updates", "governance/test_decisions", "governance/test_orders", "governance/test_scrutiny",
    "commissioning/test_contracts", "reports/test_monitoring", "reports/test_spine", "learners/test_moments",
    "learners/test_identity", "learners/test_forgetting", "learners/test_write_once", "followup/test_two_at_once",
    "followup/test_bulk", "exchange/test_deciding", "exchange/test_moments",
    "exchange/test_codes_taken_away",
)]
MONTHS = [f"tests/apps/returns/test_closing.py::test_{about}" for about in (
    "the_return_says_what_the_register_does", "a_leaver_is_returned_once", "nothing_is_kept_when_it_fails_half_way",
    "a_closed_month_is_the_same_however_the_register_changes", "what_was_closed_is_never_changed",
    "a_month_closed_again_says_what_differs_or_that_nothing_does")]


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
    code = run("django", "shell", "--verbosity", "0", "--command", (
        "from django.core.management import call_command\n"
        "from throughline.apps.accounts.actions import create_example_users\n"
        "from throughline.apps.accounts.roles import ALL_ROLES\n"
        "call_command('migrate', check_unapplied=True, verbosity=0)\n"
        "print(len(create_example_users(area='358')) == len(ALL_ROLES))\n"
    ))
    assert code.strip() == "True"


def test_every_page_and_whatever_keeps_anything_passes_its_tests_on_it(run):
    closing = run(
        "pytest", *PAGES, *KEPT, *MONTHS, "-n", "0", "-m", "not browser and not postgresql and not sources", "--no-header",
        "-p", "no:cacheprovider", "-p", "tests.journeys.only_postgresql", database="THROUGHLINE_TEST_DATABASE",
    ).splitlines()[-1]
    assert " passed" in closing
