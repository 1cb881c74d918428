"""A reader of the register waits for changes that have begun: what bears an earlier moment is there to be read."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection, connections, transaction

from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.believing import settled_moment
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.learners.models import Activity


def asked_elsewhere() -> tuple[datetime, int]:
    """A settled moment, and how many activities are known then, on a connection of its own."""
    try:
        moment = settled_moment()
        return moment, Activity.objects.filter(known_from__lte=moment).count()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction in at a time")
def test_a_change_that_has_begun_is_waited_for():
    found = add_learner(by=None, area="358", born=date(2009, 10, 1), given="Zoë", family="O'Brien", since=date(2025, 9, 1))
    reader = ThreadPoolExecutor(1)
    with transaction.atomic():
        record_activity(by=None, learner=found, code="619", start=date(2026, 9, 7))
        asked = reader.submit(asked_elsewhere)
        time.sleep(0.5)  # long enough to answer, were it not waiting
        assert not asked.done()
    moment, known = asked.result()
    assert known == 1
    assert Activity.objects.get().known_from <= moment
