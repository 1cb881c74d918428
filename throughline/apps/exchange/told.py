"""What whoever sent a list is told of what became of it: totals from which nobody can tell who is in the register."""

from collections.abc import Iterator

from django.conf import settings

from throughline.analytics.measures.disclosure import load_small_numbers
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import rows_with_problems
from throughline.apps.exchange.staging import COMPARED
from throughline.ui.formats import number

_TAKEN = (Row.Outcome.NEW, Row.Outcome.CHANGED, Row.Outcome.SAME)


def became_of(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """How many rows of an accepted list were taken, were not, and had something to look at, each with what it is called."""
    if delivery.state != Delivery.State.ACCEPTED:
        return
    taken = sum(delivery.counts.get(outcome, 0) for outcome in _TAKEN)
    yield "Rows accepted", _told(taken, delivery.rows_read)
    yield "Rows not matched or left out", _told(delivery.rows_read - taken, delivery.rows_read)
    if not delivery.forgotten_at:
        yield "Rows with something for the authority to look at", _told(_looked_at(delivery), delivery.rows_read)


def _told(many: int, of: int) -> str:
    """A total, neither of few nor of all but few: either would tell of single rows, which the list itself names."""
    few = load_small_numbers(settings.DEFINITIONS).most
    if many <= few:
        return f"At most {min(few, of)}"
    return f"At least {number(of - few)}" if of - many <= few else number(many)


def _looked_at(delivery: Delivery) -> int:
    """How many rows that could be read have something to look at beside what they say themselves."""
    rows = rows_with_problems(delivery).exclude(outcome=Row.Outcome.UNREADABLE).only("problems")
    return sum(any(each["when"] == COMPARED for each in row.problems) for row in rows.iterator())
