"""Forgetting what a file held, once enough days have passed since somebody decided on it."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.read_by import rules


@transaction.atomic
def forget(*, today: date) -> int:
    """Delete the rows and the bytes of files decided on long enough ago, as the dated rule says; answers how many files."""
    oldest = today - timedelta(days=rules(today).kept_days)
    before = timezone.make_aware(datetime.combine(oldest, time.min))
    old = Delivery.objects.exclude(state=Delivery.State.PREVIEWED).filter(settled_at__lt=before, forgotten_at=None)
    found = list(old)
    for delivery in found:
        delivery.rows.all()._raw_delete(delivery.rows.db)
        delivery.pieces.all()._raw_delete(delivery.pieces.db)
        delivery.passed_over, delivery.rejected, delivery.forgotten_at = [], "", timezone.now()
        delivery.save(update_fields=["passed_over", "rejected", "forgotten_at"])
        record(by=None, verb="removed", room=ROOM, subject=subject_of(delivery), detail={"rows": ["kept", None]})
    return len(found)
