"""Whether the register has changed under a file that waits: which of its rows would come out otherwise than they are shown.

Most changes alter nothing of what a file would do, and a return tells of everybody: so the rows that a change may concern are
compared anew, in memory, and only a row that comes out otherwise counts.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from throughline.analytics.linkage.exact import IDENTIFIERS
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.staging import COMES_OUT, as_row, compared_anew
from throughline.apps.learners.models import FACTS, Identifier, Name, Particulars

_FOUND_BY = (Particulars, Name, Identifier)  # what people are found by
FEW = 500  # people changed, or rows that they may concern, up to which those rows alone are compared anew


class Changed(NamedTuple):
    """Those who changed since a moment, by their numbers in the database, and those of them who may be found otherwise now."""

    people: set[int]
    found_otherwise: set[int]


def changed_since(area: str, moment: datetime) -> Changed | None:
    """Those of an authority's register of whom something came to be held, or ceased to be, after a moment. None where they are
    more than a few.
    """
    after, people, found_otherwise = Q(known_from__gt=moment) | Q(known_to__gt=moment), set[int](), set[int]()
    for model in FACTS:
        some = model.objects.filter(after, learner__area=area).order_by().values_list("learner_id", flat=True).distinct()
        changed = set(some[:FEW + 1])
        people |= changed
        found_otherwise |= changed if model in _FOUND_BY else set()
        if len(people) > FEW:
            return None
    return Changed(people, found_otherwise)


def rows_concerned(delivery: Delivery) -> list[Row] | None:
    """The rows of a delivery that may come out otherwise since it was compared, in the order of the file; None for very many.

    They are those about somebody who changed since, those that say a number or a date of birth of whoever may be found otherwise,
    and the others about the same people.
    """
    changed = changed_since(delivery.area, delivery.compared_at)
    if changed is None or not changed.people:
        return None if changed is None else []
    likely = Q(learner__in=changed.people) | _saying(*_found_by(changed.found_otherwise, delivery.compared_at))
    found = _few(delivery.rows.filter(likely))
    if found is None:
        return None
    said = [row.values for row in found if row.learner_id is None]
    like_those = _saying({values["born"] for values in said if "born" in values},
                         {number for values in said for number in values.get("identifiers", {}).values()})
    people = {row.learner_id for row in found} - {None}
    return _few(delivery.rows.filter(Q(pk__in=[row.pk for row in found]) | Q(learner__in=people) | Q(like_those, learner=None)))


def _found_by(people: set[int], moment: datetime) -> tuple[set[str], set[str]]:
    """The dates of birth and the numbers by which people are found, or were at a moment and are no more: a row that waits because
    two were alike may be the other's now.
    """
    then_or_now = Q(known_to=None) | Q(known_to__gt=moment)
    births = Particulars.objects.filter(then_or_now, learner__in=people).values_list("born", flat=True)
    numbers = Identifier.objects.filter(then_or_now, learner__in=people).values_list("value", flat=True)
    return {born.isoformat() for born in births if born}, set(numbers)


def _saying(births: set[str], numbers: set[str]) -> Q:
    """Rows that say one of some dates of birth or of some numbers: they may be found by it."""
    saying = Q(values__born__in=births)
    for scheme in IDENTIFIERS:
        saying |= Q(**{f"values__identifiers__{scheme}__in": numbers})
    return saying


def _few(rows: QuerySet[Row]) -> list[Row] | None:
    few = list(rows.order_by("pk")[:FEW + 1])
    return few if len(few) <= FEW else None


def otherwise_now(delivery: Delivery) -> int | None:
    """How many rows of a delivery that waits would come out otherwise than they are shown, since the register changed; None where
    so much changed that only comparing all of it again would tell.
    """
    rows = rows_concerned(delivery)
    if rows is None:
        return None
    anew = (as_row(delivery, row) for comparison in compared_anew(delivery, rows) for row in comparison.rows)
    return sum(_comes_out(was) != _comes_out(now) for was, now in zip(rows, anew, strict=True))


def _comes_out(row: Row) -> list[Any]:
    """What comes of a row, as the database keeps it."""
    return json.loads(json.dumps([getattr(row, "learner_id" if name == "learner" else name) for name in COMES_OUT]))
