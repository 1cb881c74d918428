"""Taking away what was put down by mistake, and bringing it back."""

from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.governance.subjects import ROOM, Kept, kind_of
from throughline.apps.organisations.actions.amending import Changes, amend


def remove(*, by: User | None, kept: Kept) -> Changes:
    """Take a record out of sight; it can be brought back."""
    return amend(by=by, room=ROOM, kind=kind_of(kept), kept=kept, words={"removed_at": timezone.now()}, verb="removed")


def bring_back(*, by: User | None, kept: Kept) -> Changes:
    """Undo a removal."""
    return amend(by=by, room=ROOM, kind=kind_of(kept), kept=kept, words={"removed_at": None})
