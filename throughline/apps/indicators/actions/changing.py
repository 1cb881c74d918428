"""What every change to an indicator has in common: what may be changed, the record of it, and a stale form found out."""

import hashlib
import json
from typing import Any

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.indicators.models import Indicator, IndicatorChange

ROOM = "indicators"
# What an officer may change in an indicator; the rest follows from it or has an action of its own.
EDITABLE = (
    "title", "definition", "cohort", "unit", "decimals", "polarity", "measure", "breakdown", "group", "source", "confidence",
    "counts", "baseline_printed", "baseline_value", "baseline_period", "target_words", "due_printed", "status_printed",
)


class RefusedChangeError(ValueError):
    """Raised when a change makes no sense; its message says why and what would."""


class ChangedMeanwhileError(Exception):
    """Raised when somebody else changed the indicator after the form was opened; current holds the fields as they now are."""

    def __init__(self, indicator: Indicator) -> None:
        self.current = snapshot(indicator)
        super().__init__("Somebody else changed this indicator while you had it open. Nothing of yours was saved yet.")


def snapshot(indicator: Indicator) -> dict[str, Any]:
    """The editable fields as they stand."""
    return {name: getattr(indicator, name) for name in EDITABLE}


def version_of(indicator: Indicator) -> str:
    """Changes whenever an editable field does: a form carries it, to be known for stale."""
    return hashlib.sha256(json.dumps(snapshot(indicator), sort_keys=True).encode()).hexdigest()[:16]


def subject_of(indicator: Indicator) -> tuple[str, str, str]:
    """An indicator as the subject of an audit entry."""
    return "indicator", str(indicator.pk), str(indicator)


def locked(indicator: Indicator) -> Indicator:
    """The indicator as it now is, held until the transaction ends."""
    return Indicator.objects.select_for_update().get(pk=indicator.pk)


def keep_change(*, by: User | None, indicator: Indicator, kind: str, reason: str, before: dict[str, Any],
                after: dict[str, Any]) -> IndicatorChange:
    """Keep a change with what was there before, and say in the audit what was done."""
    verb = "created" if kind == IndicatorChange.Kind.CREATED else "removed" if kind == IndicatorChange.Kind.RETIRED else "changed"
    # A baseline may be a figure that those who read the audit may not see.
    fields = [name for name in {**before, **after} if name not in ("target", "baseline_printed", "baseline_value")]
    record(by=by, verb=verb, room=ROOM, subject=subject_of(indicator),
           detail={name: [before.get(name), after.get(name)] for name in fields})
    return IndicatorChange.objects.create(
        indicator=indicator, kind=kind, reason=reason.strip(), before=before, after=after, by=by)


def needed(reason: str) -> str:
    """A reason that says something. Raises RefusedChangeError."""
    if not reason.strip():
        raise RefusedChangeError("Say why: the reason stays with the indicator, so that nobody has to guess next year")
    return reason.strip()
