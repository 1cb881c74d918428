"""Which rows of a file are told as the same to a reader, since all that comes of them is of what is restricted."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Q, QuerySet

from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.readers import Reader

_KEPT = ("outcome", "learner", "changes")


class Withheld(NamedTuple):
    """The rows of a delivery that are told as the same though something would change, and those of whose problems nothing is
    told, by their numbers in the database.
    """

    same: frozenset[int] = frozenset()
    quiet: frozenset[int] = frozenset()


def withheld_of(delivery: Delivery, reader: Reader) -> Withheld:
    """Those of one delivery. Of a return no problem is of a characteristic."""
    same = told_the_same([delivery], reader)[delivery.pk]
    asked = delivery.rows.none() if delivery.is_return else delivery.rows.exclude(problems=[]).only("learner", "problems")
    quiet = (row.pk for row in asked.iterator() if not any(reader.tells(row, each) for each in row.problems))
    return Withheld(same, frozenset(quiet))


def told_the_same(deliveries: Collection[Delivery], reader: Reader) -> Mapping[int, frozenset[int]]:
    """The rows of each of some deliveries that are told as the same though something would change."""
    found = defaultdict[int, set[int]](set)
    for row in Row.objects.filter(delivery__in=deliveries, only_traits=True).only(*_KEPT).iterator():
        if reader.outcome(row) != row.outcome:
            found[row.delivery_id].add(row.pk)
    return {delivery.pk: frozenset(found[delivery.pk]) for delivery in deliveries}


def counts_told(deliveries: Collection[Delivery], reader: Reader) -> dict[int, dict[str, int]]:
    """How many rows of each outcome some deliveries have, by the number of each in the database, as a reader is told."""
    same = told_the_same(deliveries, reader)
    return {delivery.pk: _told(delivery.counts, len(same[delivery.pk])) for delivery in deliveries}


def _told(counts: Mapping[str, int], withheld: int) -> dict[str, int]:
    if not withheld:
        return dict(counts)
    changed, same = Row.Outcome.CHANGED.value, Row.Outcome.SAME.value
    return {**counts, changed: counts[changed] - withheld, same: counts.get(same, 0) + withheld}


def rows_told(delivery: Delivery, outcome: str, withheld: Withheld) -> QuerySet[Row]:
    """The rows of an outcome as a reader is told, in the order of the file."""
    those, found = Q(pk__in=withheld.same), Q(outcome=outcome)
    if outcome == Row.Outcome.SAME:
        found |= those
    elif outcome == Row.Outcome.CHANGED:
        found &= ~those
    return delivery.rows.filter(found).select_related("learner").order_by("line", "id")
