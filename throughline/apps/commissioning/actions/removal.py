"""Taking away what was put down by mistake, and bringing it back."""

from typing import Any

from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.commissioning.actions.years import refuse_unless_draft
from throughline.apps.commissioning.models import CommissioningPlan, Intervention, Need, PlannedSpend, Priority
from throughline.apps.commissioning.subjects import ROOM, Kept, kind_of
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend

# What a board agrees, and the way to the year that it is of.
_AGREED: dict[type, Any] = {
    CommissioningPlan: lambda kept: kept, Need: lambda kept: kept.year, Priority: lambda kept: kept.year,
    Intervention: lambda kept: kept.priority.year, PlannedSpend: lambda kept: kept.intervention.priority.year,
}


def remove(*, by: User | None, kept: Kept) -> Changes:
    """Take a record out of sight; it can be brought back.

    Raises RefusedError for a part of what a board agreed, and for a priority under which something is commissioned.
    """
    _refuse_what_is_agreed(kept)
    if isinstance(kept, Priority) and kept.interventions.exists():
        raise RefusedError("Something is commissioned under this priority. Remove that first")
    return amend(by=by, room=ROOM, kind=kind_of(kept), kept=kept, words={"removed_at": timezone.now()}, verb="removed")


def bring_back(*, by: User | None, kept: Kept) -> Changes:
    """Undo a removal. Raises RefusedError for a part of what a board has agreed without it."""
    _refuse_what_is_agreed(kept)
    return amend(by=by, room=ROOM, kind=kind_of(kept), kept=kept, words={"removed_at": None})


def _refuse_what_is_agreed(kept: Kept) -> None:
    if year_of := _AGREED.get(type(kept)):
        refuse_unless_draft(year_of(kept))
