"""The door of every page about one delivery: found in the reader's own authority, the look recorded before it is answered."""

from typing import Any

from django.http import HttpRequest

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import Verb
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.queries import delivery_or_404, sent_or_404

DELIVERIES = ("deliveries", "", "Files about young people")
SENT = ("deliveries", "sent", "Lists that they sent")
UNMATCHED = ("deliveries", "unmatched", "Rows not matched")


def seen(request: HttpRequest, subject: tuple[str, str, str], verb: str = Verb.LOOKED, detail: Any = None) -> None:
    """Record a look; when it cannot be written, the error stops the page."""
    record(by=request.user, verb=verb, room=ROOM, subject=subject, path=request.path, detail=detail)
    request.audit_look = False


def delivery_of(request: HttpRequest, pk: int, verb: str = Verb.LOOKED) -> Delivery:
    """The delivery that a page is of. Answers 404 when the reader's authority has none such."""
    delivery = delivery_or_404(request.user, pk)
    if request.method == "GET":
        seen(request, subject_of(delivery), verb)
    return delivery


def sent_of(request: HttpRequest, pk: int, verb: str = Verb.LOOKED) -> Delivery:
    """The list that a page is of, which the reader sent. Answers 404 when they sent none such."""
    delivery = sent_or_404(request.user, pk)
    seen(request, subject_of(delivery), verb)
    return delivery
