"""Rows of the learners room, without names, as the figures take them: the tables that participation/tables.py declares."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import connections
from django.db.models import DateTimeField, F, Value

from throughline.analytics.participation.tables import ACTIVITY, HOME, LEARNER, MEMBERSHIP, TRAIT
from throughline.analytics.warehouse.tables import Table
from throughline.apps.learners.models import Activity, Address, Membership, Particulars, Trait

_AT_ONCE = 20_000


def register(area: str, known: datetime | None = None) -> dict[str, pa.Table]:
    """The five tables of an authority's register, each by its name and in the order of its key.

    All of it as believed at a moment, as if that were so still; without a moment as believed now, and of activities every belief
    that was ever held, since they carry when. Learners who have left are there as long as their record is kept.
    """
    return {
        LEARNER.name: learners(area, known), MEMBERSHIP.name: memberships(area, known), TRAIT.name: traits(area, known),
        HOME.name: homes(area, known), ACTIVITY.name: activities(area, known),
    }


def learners(area: str, known: datetime | None = None) -> pa.Table:
    """Rows of LEARNER, as believed now or at a moment; nobody of whom nothing was believed then."""
    rows = Particulars.objects.known(known).filter(learner__area=area).order_by("learner")
    return _table(LEARNER, rows.values_list("learner", "born", "gender", "ethnic_group", "school_at_16"))


def memberships(area: str, known: datetime | None = None) -> pa.Table:
    """Rows of MEMBERSHIP, as believed now or at a moment."""
    rows = Membership.objects.known(known).filter(learner__area=area).order_by("learner", "starts", "pk")
    return _table(MEMBERSHIP, rows.values_list("learner", "area", "status", "starts", "ends"))


def traits(area: str, known: datetime | None = None) -> pa.Table:
    """Rows of TRAIT, as believed now or at a moment."""
    rows = Trait.objects.known(known).filter(learner__area=area).order_by("learner", "trait", "starts", "pk")
    return _table(TRAIT, rows.values_list("learner", "trait", "starts", "ends"))


def homes(area: str, known: datetime | None = None) -> pa.Table:
    """Rows of HOME, as believed now or at a moment."""
    rows = Address.objects.known(known).filter(learner__area=area).order_by("learner", "starts", "pk")
    return _table(HOME, rows.values_list("learner", "district", "starts", "ends"))


def activities(area: str, known: datetime | None = None) -> pa.Table:
    """Rows of ACTIVITY: every belief, with when it was held; or those held at a moment, each as if it were held still."""
    held = Activity.objects.all() if known is None else Activity.objects.known(known)
    known_to = F("known_to") if known is None else Value(None, DateTimeField())
    rows = held.filter(learner__area=area).order_by("learner", "start", "known_from", "pk")
    return _table(ACTIVITY, rows.values_list(
        "learner", "code", "start", "ascertained", "verified", "review", "predicted_end", "neet_start", "establishment", "ukprn",
        "known_from", known_to,
    ))


def _table(table: Table, rows: Any) -> pa.Table:
    """Plain rows, in the order of the table's columns, as Arrow; empty words are nothing."""
    schema = table.arrow_schema
    batches = [pa.record_batch(_columns(part, schema), schema=schema) for part in _parts(rows)]
    return pa.Table.from_batches(batches, schema=schema)


def _columns(rows: Sequence[tuple], schema: pa.Schema) -> list[pa.Array]:
    columns = zip(*rows, strict=True)
    return [pa.array([value or None for value in column] if pa.types.is_string(field.type) else column, field.type)
            for column, field in zip(columns, schema, strict=True)]


def _parts(rows: Any) -> Iterator[list[tuple]]:
    """The rows some at a time, as the database hands them over, moments by the clock of UTC where they come without a zone.

    Django would look at every value once more to see that it is a day or a moment already, in as much time again.
    """
    with connections[rows.db].chunked_cursor() as cursor:
        cursor.execute(*rows.query.get_compiler(rows.db).as_sql())
        while part := cursor.fetchmany(_AT_ONCE):
            yield part
