"""Whom a list would place otherwise than one would think: with its sender though we hold them elsewhere, or at no place."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from throughline.analytics.intake.activities import NAMED, NOWHERE
from throughline.analytics.intake.rules import Rules
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import sender_of
from throughline.apps.exchange.read_by import rules
from throughline.apps.exchange.readers import Reader
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import at_place
from throughline.apps.learners.whereabouts import places_now

_NOWHERE = "They would be at no place, since the list names none"
_SHUT = "The record is restricted, so it is not told here where they are held"


class Elsewhere(NamedTuple):
    """How many people of the register are on a list, and how many of them are not at the place that sent it, as we hold it; those
    whose records are shut to the reader are among these wherever they are. shut says how many they are.
    """

    on_it: int
    elsewhere: int
    shut: int = 0


def elsewhere_on(delivery: Delivery, reader: Reader) -> Elsewhere:
    """Whom a list would place with those who sent it, and who is not there yet; nobody of a list that an officer brought in.

    Rows that are left out, and those that nobody was found for, are of nobody.
    """
    if not delivery.sent:
        return Elsewhere(0, 0)
    on_it = _on(delivery)
    return Elsewhere(on_it.count(), _not_there(delivery, reader).count(), on_it.filter(pk__in=reader.shut).count())


def rows_elsewhere(delivery: Delivery, reader: Reader) -> QuerySet[Row]:
    """The rows of a list that waits which are about those, in the order of the file; of a record that is shut to the reader the
    row is among them wherever they are.
    """
    if not delivery.sent or not delivery.waits:
        return delivery.rows.none()
    found = _taken(delivery).filter(learner__in=_not_there(delivery, reader).values("pk"))
    return found.select_related("learner").order_by("line", "id")


def where_held(delivery: Delivery, rows: Iterable[Row], reader: Reader) -> dict[int, str]:
    """Where those whom some rows are about are held instead, in a sentence, by the row; of those that nobody was found for,
    that they would be at no place. Without the rows of whoever is where the list says.
    """
    if not delivery.sent:
        unmatched = {row.pk for row in rows if row.outcome == Row.Outcome.UNMATCHED}
        return dict.fromkeys(unmatched.intersection(nowhere(delivery)) if unmatched else (), _NOWHERE)
    found = list(rows_elsewhere(delivery, reader).filter(pk__in=[row.pk for row in rows]))
    now = places_now({row.learner_id for row in found if row.learner_id}, reader.sensitive)
    sender = sender_of(delivery) if found else ""

    def told(row: Row) -> str:
        if reader.is_shut(row):
            return _SHUT
        where = now.get(row.learner_id or 0)
        return f"We hold them at {where.name}, not at {sender}" if where else f"We do not hold them at {sender}"

    return {row.pk: told(row) for row in found}


def there_of(delivery: Delivery, reader: Reader) -> frozenset[int]:
    """Those of an authority's register who are at the place that sent a list, as we hold it now, by their number in the database;
    without those whose records are shut to the reader.
    """
    return frozenset(_there(delivery, Learner.objects.filter(area=delivery.area)).values_list("pk", flat=True)) - reader.shut


def shows_sender(delivery: Delivery, learner: Learner) -> bool:
    """Whether linking a row of an accepted list to somebody may let those who sent it see them: they are not there as we hold it.

    Of somebody whose record is restricted it is not told where they are, so that it may be so whoever they are.
    """
    if not delivery.sent or delivery.state != Delivery.State.ACCEPTED:
        return False
    return learner.restricted or not _there(delivery, Learner.objects.filter(pk=learner.pk)).exists()


def others_on(delivery: Delivery, there: Collection[int], reader: Reader) -> Elsewhere:
    """Whom a list would place with those who sent it, and who is not among some."""
    on_it = set(_on(delivery).values_list("pk", flat=True))
    return Elsewhere(len(on_it), len(on_it.difference(there)), len(on_it & reader.shut))


def nowhere(delivery: Delivery) -> list[int]:
    """The rows of a list that waits by which somebody would study or train at no place, since neither the row nor the list names
    one, by their numbers in the database; those that nobody was found for among them. Without the rows of whoever left, if only
    year 11, and does something else since: where that is the place of the list does not say.
    """
    if not delivery.waits or delivery.is_return or delivery.whose_number:
        return []
    kinds, outcomes = rules(delivery.as_at), (Row.Outcome.CHANGED, Row.Outcome.NEW, Row.Outcome.UNMATCHED)
    rows = delivery.rows.filter(outcome__in=outcomes).only("outcome", "changes", "values")
    return [row.pk for row in rows.iterator() if _is_nowhere(row, kinds)]


def _is_nowhere(row: Row, kinds: Rules) -> bool:
    if row.values.get("leaving"):
        return False
    if row.outcome != Row.Outcome.UNMATCHED:
        return any(change["how"].endswith(NOWHERE) for change in row.changes)
    doing = row.values.get("doing", {})
    if not doing or doing.get("onward"):
        return False
    return kinds.of_one_kind(doing["code"]) and not any(doing.get(name) for name in NAMED)


def _taken(delivery: Delivery) -> QuerySet[Row]:
    return delivery.rows.filter(outcome__in=(Row.Outcome.CHANGED, Row.Outcome.SAME), left_out=False)


def _on(delivery: Delivery) -> QuerySet[Learner]:
    return Learner.objects.filter(area=delivery.area, pk__in=_taken(delivery).values("learner"))


def _not_there(delivery: Delivery, reader: Reader) -> QuerySet[Learner]:
    """Those on a list of whom the reader may not be told that they are at the place that sent it."""
    on_it = _on(delivery)
    return on_it.exclude(pk__in=_there(delivery, on_it).exclude(pk__in=reader.shut).values("pk"))


def _there(delivery: Delivery, people: QuerySet[Learner]) -> QuerySet[Learner]:
    return at_place(people, establishment=delivery.establishment, ukprn=delivery.constants.get("ukprn", ""))
