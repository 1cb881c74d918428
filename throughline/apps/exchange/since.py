"""Whether the register has changed under a file that waits: which of its rows would come out otherwise than they are shown.

An officer who amends a rule or a code list may change what comes of any row, so that all of them have to be compared again.
Most changes alter nothing of what a file would do, and a return tells of everybody: so the rows that a change may concern are
compared anew, in memory, and only a row that comes out otherwise counts.
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, Value

from throughline.apps.codelists.queries import all_amended_at
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.staging import compared_anew, otherwise_than_kept
from throughline.apps.exchange.together import Mark, about, named, numbered, together
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
    after = Q(known_from__gt=moment) | Q(known_to__gt=moment)
    held = [(model in _FOUND_BY, model.objects.filter(after, learner__area=area).order_by()) for model in FACTS]
    kinds = [those.values_list("learner_id", Value(found_by)).distinct() for found_by, those in held]
    # In one question. Each kind tells of somebody once, so that as many rows as this are of more than a few people.
    rows = list(kinds[0].union(*kinds[1:], all=True)[:FEW * len(kinds) + 1])
    people = {learner for learner, _ in rows}
    return Changed(people, {learner for learner, found_by in rows if found_by}) if len(people) <= FEW else None


def rows_concerned(delivery: Delivery) -> list[Row] | None:
    """The rows of a delivery that may come out otherwise since it was compared, in the order of the file; None for very many, and
    where it was compared by other rules or code lists than hold now.

    They are those about somebody who changed since, those that may find whoever may be found otherwise, and all that hang
    together with these.
    """
    if delivery.compared_by != all_amended_at():
        return None
    changed = changed_since(delivery.area, delivery.compared_at)
    if changed is None or not changed.people:
        return None if changed is None else []
    marks = about(changed.people) | _found_by(changed.found_otherwise, delivery.compared_at)
    rows = together(delivery, marks, most=FEW)
    return rows if len(rows) <= FEW else None


def otherwise_by_register(delivery: Delivery, marks: set[Mark]) -> set[int]:
    """Which of the rows of a delivery that have some marks, or hang together with these, would come out otherwise than they are
    shown for the register's sake, by their numbers in the database: with all that is decided on them as it is.
    """
    return _otherwise(delivery, together(delivery, marks))


def _found_by(people: set[int], moment: datetime) -> set[Mark]:
    """The marks of rows that find some people, or found them as they were held at a moment: a row that waits because two were
    alike may be the other's now.
    """
    then_or_now, families, births = Q(known_to=None) | Q(known_to__gt=moment), defaultdict(set), defaultdict(set)
    for learner, born in Particulars.objects.filter(then_or_now, learner__in=people).values_list("learner_id", "born"):
        births[learner].add(born)
    for learner, family in Name.objects.filter(then_or_now, learner__in=people).values_list("learner_id", "family"):
        families[learner].add(family)
    numbers = Identifier.objects.filter(then_or_now, learner__in=people).values_list("value", flat=True)
    return numbered(numbers).union(*(named(families[learner], born) for learner, born in births.items()))


def otherwise_now(delivery: Delivery) -> int | None:
    """How many rows of a delivery that waits would come out otherwise than they are shown, since the register changed; None where
    so much changed, or a rule or a code list did, that only comparing all of it again would tell.
    """
    rows = rows_concerned(delivery)
    if rows is None:
        return None
    return len(_otherwise(delivery, rows))


def _otherwise(delivery: Delivery, rows: list[Row]) -> set[int]:
    return {key for comparison in compared_anew(delivery, rows) for key in otherwise_than_kept(delivery, comparison)}
