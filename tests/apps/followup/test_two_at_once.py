"""Two people at once, truly: each in a thread or a process of their own, with a connection of their own."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.db import connection, connections, transaction

from tests.apps.followup.conftest import TODAY
from tests.apps.followup.test_bulk import GRID, _typed
from throughline.apps.followup.actions.contacts import log_contact
from throughline.apps.followup.actions.following import claim, hand_over
from throughline.apps.followup.models import BulkUpdate, Following

locks_rows = pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite lets one transaction in at a time")
# What each process does once it is told to go: claims learner 1 of the file, and says what came of it.
_CLAIMS = """
import sys, django
django.setup()
from throughline.apps.accounts.models import User
from throughline.apps.followup.actions.following import claim
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError
by, learner = User.objects.get(pk=int(sys.argv[1])), Learner.objects.get(pk=int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
try:
    claim(by=by, learner=learner)
    print("claimed")
except RefusedError as refused:
    print(refused.sentence)
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's file can be copied for other processes")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_of_two_processes_one_gets_somebody_and_the_other_is_told_who_has_them(officer, colleague, enrol, tmp_path, _round):
    import sqlite3

    learner = enrol()
    file = sqlite3.connect(tmp_path / "throughline.sqlite3")
    connection.connection.backup(file)
    file.close()
    both = [_process(tmp_path, user, learner) for user in (officer, colleague)]
    for one in both:
        assert one.stdout.readline() == "ready\n"
    for one in both:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].strip() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    first, other = (officer, colleague) if said[0] == "claimed" else (colleague, officer)
    assert sorted(said, key=len) == ["claimed", f"{first.full_name} has them already. Ask for them to be handed over"], other


def _process(folder, user, learner) -> subprocess.Popen:
    environment = {**os.environ, "THROUGHLINE_VAR": str(folder), "THROUGHLINE_DATABASE": "",
                   "DJANGO_SETTINGS_MODULE": "throughline.config.settings"}
    return subprocess.Popen([sys.executable, "-c", _CLAIMS, str(user.pk), str(learner.pk)], cwd=project.ROOT, env=environment,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@locks_rows
@pytest.mark.django_db(transaction=True)
def test_whoever_claims_second_waits_and_is_told_who_has_them(client, colleague, enrol):
    learner = enrol("Ade", ago=100)
    with transaction.atomic():
        claim(by=colleague, learner=learner)
        second = _meanwhile(lambda: client.post(f"/follow-up/learners/{learner.pk}/claim/", follow=True).content.decode())
        _until_somebody_waits(second)
    assert "Cass Colleague has them already" in second.result()
    assert Following.objects.get().officer == colleague


@locks_rows
@pytest.mark.django_db(transaction=True)
def test_a_grid_that_waited_for_somebody_elses_change_is_shown_again_before_it_is_saved(client, officer, colleague, enrol):
    ade, bo = enrol("Ade", ago=100), enrol("Bo", ago=120)
    typed = _typed([ade, bo], confirm=True, **{f"r{each.pk}": {"officer": officer.pk} for each in (ade, bo)})
    with transaction.atomic():
        list(type(ade).objects.select_for_update().filter(pk=ade.pk))
        hand_over(by=colleague, learner=ade, officer=colleague)
        second = _meanwhile(lambda: client.post(GRID, typed).content.decode())
        _until_somebody_waits(second)
    assert re.search("Changed by Cass Colleague while you had the grid open", second.result())
    assert (BulkUpdate.objects.count(), Following.objects.get().officer) == (0, colleague)


@locks_rows
@pytest.mark.django_db(transaction=True)
def test_of_two_contacts_logged_at_once_the_later_day_is_the_last_answer(officer, colleague, enrol):
    learner = enrol("Ade", ago=100)
    answered = {"channel": "telephone", "outcome": "reached_young_person"}
    with transaction.atomic():
        log_contact(by=colleague, learner=learner, on=TODAY, **answered)
        second = _meanwhile(lambda: log_contact(by=officer, learner=type(learner).objects.get(pk=learner.pk),
                                                on=TODAY - timedelta(days=9), **answered))
        _until_somebody_waits(second)
    assert second.result().on < TODAY
    learner.refresh_from_db()
    assert learner.answered_on == TODAY


def _meanwhile(asks):
    """What somebody else asks for at the same time, in a thread with a connection of its own."""
    def ask() -> str:
        try:
            return asks()
        finally:
            connections.close_all()

    return ThreadPoolExecutor(1).submit(ask)


def _until_somebody_waits(second) -> None:
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0]:
                return
        assert not second.done()
        time.sleep(0.05)
