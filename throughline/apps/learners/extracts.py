"""Rows of the learners room, without names, as the figures take them: the tables that participation/tables.py declares."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.db import connections
from django.db.models import DateTimeField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from throughline.analytics.participation.tables import ACTIVITY, HOME, LEARNER, MEMBERSHIP, TRAIT
from throughline.analytics.warehouse.tables import Table
from throughline.apps.learners.models import Activity, Address, Fact, Membership, Particulars, Trait

_AT_ONCE = 20_000
Born = tuple[date, date]  # the first and the last birthday of those who are asked for


def register(area: str, known: datetime | None = None, born: Born | None = None) -> dict[str, pa.Table]:
    """The five tables of an authority's register, each by its name and in the order of its key.

    All of it as believed at a moment, now without one, and as if that were so still. Learners who have left are there as long as
    their record is kept; where born is given, those alone who were born then.
    """
    return {
        LEARNER.name: learners(area, known, born), MEMBERSHIP.name: memberships(area, known, born),
        TRAIT.name: traits(area, known, born), HOME.name: homes(area, known, born),
        ACTIVITY.name: activities(area, known, born),
    }


def learners(area: str, known: datetime | None = None, born: Born | None = None) -> pa.Table:
    """Rows of LEARNER, as believed now or at a moment; nobody of whom nothing was believed then."""
    rows = _said(area, known, born).order_by("learner")
    return _table(LEARNER, rows, "learner", "born", "gender", "ethnic_group", "school_at_16")


def memberships(area: str, known: datetime | None = None, born: Born | None = None) -> pa.Table:
    """Rows of MEMBERSHIP, as believed now or at a moment."""
    rows = _held(Membership, area, known, born).order_by("learner", "starts", "pk")
    return _table(MEMBERSHIP, rows, "learner", "area", "status", "starts", "ends")


def traits(area: str, known: datetime | None = None, born: Born | None = None) -> pa.Table:
    """Rows of TRAIT, as believed now or at a moment."""
    rows = _held(Trait, area, known, born).order_by("learner", "trait", "starts", "pk")
    return _table(TRAIT, rows, "learner", "trait", "starts", "ends")


def homes(area: str, known: datetime | None = None, born: Born | None = None) -> pa.Table:
    """Rows of HOME, as believed now or at a moment."""
    rows = _held(Address, area, known, born).order_by("learner", "starts", "pk")
    return _table(HOME, rows, "learner", "district", "starts", "ends")


def activities(area: str, known: datetime | None = None, born: Born | None = None) -> pa.Table:
    """Rows of ACTIVITY, as believed now or at a moment: when we ceased to believe what we did then is left out."""
    rows = _held(Activity, area, known, born).order_by("learner", "start", "pk")
    return _table(
        ACTIVITY, rows, "learner", "code", "start", "ascertained", "verified", "review", "predicted_end", "neet_start",
        "establishment", "ukprn", "known_from", Value(None, DateTimeField()),
    )


def _said(area: str, known: datetime | None, born: Born | None) -> QuerySet[Particulars]:
    asked = {"born__range": born} if born else {}
    return Particulars.objects.known(known).filter(learner__area=area, **asked)


def _held(model: type[Fact], area: str, known: datetime | None, born: Born | None) -> QuerySet:
    asked = {"learner__in": _said(area, known, born).values("learner")} if born else {"learner__area": area}
    return model.objects.known(known).filter(**asked)


def _table(table: Table, rows: QuerySet, *asked: str | Value) -> pa.Table:
    """What is asked of rows, in the order of the table's columns, as Arrow; empty words are nothing."""
    schema = table.arrow_schema
    # Days by their text, which Arrow reads in no time: the database's driver would make an object of each.
    columns = [Cast(name, TextField()) if pa.types.is_date(field.type) else name
               for name, field in zip(asked, schema, strict=True)]
    batches = [pa.record_batch(_columns(part, schema), schema=schema) for part in _parts(rows.values_list(*columns))]
    return pa.Table.from_batches(batches, schema=schema)


def _columns(rows: Sequence[tuple], schema: pa.Schema) -> list[pa.Array]:
    return [_column(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]


def _column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        return pa.array([value or None for value in values], kind)
    return pa.array(values, pa.string()).cast(kind) if pa.types.is_date(kind) else pa.array(values, kind)


def _parts(rows: Any) -> Iterator[list[tuple]]:
    """The rows some at a time, as the database hands them over, moments by the clock of UTC where they come without a zone.

    Django would look at every value once more to see that it is a day or a moment already, in as much time again.
    """
    with connections[rows.db].chunked_cursor() as cursor:
        cursor.execute(*rows.query.get_compiler(rows.db).as_sql())
        while part := cursor.fetchmany(_AT_ONCE):
            yield part
