"""What a file changes bears a moment that a close waits for, as what is typed does: while it is written, nobody reads past it."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.learners.test_moments import asked_elsewhere
from throughline.apps.exchange.actions import bringing, looking_again
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.actions.undoing import undo
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.since import otherwise_now
from throughline.apps.learners.actions import believing
from throughline.apps.learners.actions.activities import record_activity, withdraw_activity
from throughline.apps.learners.models import Activity, Learner

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


def _look_again(officer, delivery):
    return looking_again.look_again(by=officer, delivery=delivery)


def _read_again(officer, delivery):
    return bringing.set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants={})


AGAIN = pytest.mark.parametrize(("module", "again"), [(looking_again, _look_again), (bringing, _read_again)])


@pytest.mark.django_db
@AGAIN
def test_the_moment_of_comparing_again_waits_before_the_transaction_and_not_within_it(bring, officer, monkeypatch, module, again):
    delivery, turns, outside = bring(LIST, "list.csv"), [], len(connection.savepoint_ids)
    monkeypatch.setattr(believing, "_take_turn", lambda lock: turns.append((lock, len(connection.savepoint_ids) - outside)))
    again(officer, delivery)
    assert turns == [("pg_advisory_xact_lock", 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction in at a time")
@AGAIN
def test_a_change_under_way_is_compared_with_and_one_that_begins_meanwhile_is_noticed(
    bring, accepted, officer, monkeypatch, module, again,
):
    accepted(made(record(ADE), record(BO)))
    delivery = bring(b"Forename,Surname,DOB,Activity,Start date\nBo,Ng,15/01/2010,310,10/11/2026\n", "list.csv")
    assert delivery.rows.get().outcome == "changed"
    other, recorded = ThreadPoolExecutor(1), module.record

    def elsewhere(ask):
        try:
            return ask()
        finally:
            connections.close_all()

    def meanwhile(**words):
        theirs = Activity.objects.known().get(code="320")
        other.submit(elsewhere, lambda: withdraw_activity(by=officer, activity=theirs)).result(timeout=10)
        recorded(**words)

    with transaction.atomic():  # they are said to be in work on that day, so that the list says nothing new
        record_activity(by=officer, learner=Learner.objects.get(number=2), code="320", start=date(2026, 11, 10))
        asked = other.submit(elsewhere, lambda: again(officer, delivery))
        time.sleep(0.5)  # long enough to answer, were it not waiting
        assert not asked.done()
    asked.result()
    now = Delivery.objects.get(pk=delivery.pk)
    assert (now.rows.get().outcome, otherwise_now(now)) == ("same", 0)
    monkeypatch.setattr(module, "record", meanwhile)
    again(officer, now)
    assert otherwise_now(Delivery.objects.get(pk=delivery.pk)) == 1
