"""Forgetting what a file held, once enough days have passed since somebody decided on it, or since it came and nobody did."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.read_by import rules


@transaction.atomic
def forget(*, today: date) -> int:
    """Delete the rows and the bytes of files decided on long enough ago, as the dated rule says; answers how many files.

    A file that waited as long is discarded with them: nobody has decided on it, and nothing of it reached the register.
    """
    oldest = today - timedelta(days=rules(today).kept_days)
    before = timezone.make_aware(datetime.combine(oldest, time.min))
    waited = Q(state=Delivery.State.PREVIEWED, at__lt=before)
    decided = ~Q(state=Delivery.State.PREVIEWED) & Q(settled_at__lt=before)
    found = list(Delivery.objects.select_for_update().filter(waited | decided, forgotten_at=None))
    moment = timezone.now()
    for delivery in found:
        was = delivery.state
        if delivery.waits:
            delivery.state, delivery.settled_at = Delivery.State.DISCARDED, moment
        delivery.rows.all()._raw_delete(delivery.rows.db)
        delivery.pieces.all()._raw_delete(delivery.pieces.db)
        delivery.passed_over, delivery.rejected, delivery.words, delivery.headings, delivery.noticed = [], "", {}, [], {}
        delivery.forgotten_at = moment
        delivery.save(update_fields=["state", "settled_at", "passed_over", "rejected", "words", "headings", "noticed",
                                     "forgotten_at"])
        changed = {"state": [was, delivery.state]} if was != delivery.state else {}
        record(by=None, verb="removed", room=ROOM, subject=subject_of(delivery), detail={"rows": ["kept", None], **changed})
    return len(found)
