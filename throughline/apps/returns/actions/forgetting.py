"""Forgetting who was in the returns of months long closed; their figures stay."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.returns.actions.closing import ROOM, subject_of
from throughline.apps.returns.queries import months_kept_no_longer


@transaction.atomic
def forget_months(*, by: User | None, area: str, day: date) -> int:
    """Forget the returns, errors and moves of months kept no longer on a day; answers how many versions of months."""
    going = list(months_kept_no_longer(area, day).only("pk", "month_end", "version"))
    for close in going:
        type(close).objects.filter(pk=close.pk).forget(timezone.now())
        record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of(close), detail={"return": ["kept", None]})
    return len(going)
