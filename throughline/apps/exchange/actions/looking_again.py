"""Comparing a waiting delivery again with the register as it has become; what officers decided on its rows stays."""

from datetime import datetime

from django.db import transaction

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.codelists.queries import all_amended_at
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.actions.bringing import locked, stage
from throughline.apps.exchange.actions.leaving_out import compare_again, mark_otherwise
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.since import rows_concerned
from throughline.apps.exchange.staging import again, found_in, kept_rows, silent
from throughline.apps.learners.actions.believing import settled_moment


@each_asked_once()
def look_again(*, by: User | None, delivery: Delivery) -> Delivery:
    """Compare what a delivery says with the register as it is now: the few rows that changes since may concern, or all of them,
    as where a rule or a code list was amended since.

    The rows that come out otherwise than before are marked. Nothing is read again, and nothing of the register changes. Raises
    RefusedError for a delivery that is decided on.
    """
    moment = settled_moment()  # before the transaction, until whose end changes of the register would wait otherwise
    rules = all_amended_at()
    with transaction.atomic():
        return _compared_as_of(moment, rules, by, delivery)


def _compared_as_of(moment: datetime, rules: str, by: User | None, delivery: Delivery) -> Delivery:
    now = locked(delivery)
    rows = rows_concerned(now)
    if rows is None:
        otherwise = stage(now, map(again, kept_rows(now)), found_in(now, map(again, kept_rows(now))), silent)
    else:
        otherwise = compare_again(now, rows)
    now.rows.filter(came_otherwise=True).update(came_otherwise=False)
    mark_otherwise(otherwise)
    now.compared_at, now.compared_by = moment, rules
    now.save(update_fields=["compared_at", "compared_by"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(now), detail={"compared": [None, "again"]})
    return now
