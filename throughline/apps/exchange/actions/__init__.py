"""Everything that changes in the exchange room; each action is one transaction with its audit entry inside."""

from throughline.apps.exchange.models import Delivery

ROOM = "exchange"


def subject_of(delivery: Delivery) -> tuple[str, str, str]:
    """A delivery as the subject of an audit entry: its number, never the file's name, which may be about somebody."""
    return "delivery", str(delivery.pk), str(delivery)
