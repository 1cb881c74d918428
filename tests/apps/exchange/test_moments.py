"""What a file changes bears a moment that a close waits for, as what is typed does: while it is written, nobody reads past it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.learners.test_moments import asked_elsewhere
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.actions.undoing import undo
from throughline.apps.learners.actions import believing
from throughline.apps.learners.models import Activity

LIST = b"Forename,Surname,DOB,Activity\nNo,Body,01/02/2010,230\n"


def _changes(bring, officer):
    """Ways in which a file changes the register: each as a function, to be called in this order."""
    returned, listed = bring(made(record(ADE), record(BO))), accept(by=officer, delivery=bring(LIST, "list.csv"))
    return {
        "accept": lambda: accept(by=officer, delivery=returned),
        "settle": lambda: settle_row(by=officer, row=listed.rows.get(), settled="new"),
        "undo": lambda: undo(by=officer, delivery=returned),
    }


@pytest.mark.django_db
def test_every_change_by_a_file_takes_its_turn(bring, officer, monkeypatch):
    turns = []
    monkeypatch.setattr(believing, "_take_turn", turns.append)
    for name, change in _changes(bring, officer).items():
        turns.clear()
        change()
        assert set(turns) == {"pg_advisory_xact_lock_shared"}, name


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction in at a time")
def test_a_file_that_is_being_accepted_is_waited_for(bring, officer):
    delivery, reader = bring(made(record(ADE), record(BO))), ThreadPoolExecutor(1)
    with transaction.atomic():
        accept(by=officer, delivery=delivery)
        asked = reader.submit(asked_elsewhere)
        time.sleep(0.5)  # long enough to answer, were it not waiting
        assert not asked.done()
    moment, known = asked.result()
    assert known == 2
    assert max(Activity.objects.values_list("known_from", flat=True)) <= moment <= timezone.now()
