"""The steps that every change to a plan takes: the plan must be living, the row is saved, the audit says what changed.

The audit says which fields changed and how long their texts are, never the texts nor who owns what: those who read it
may not see plans.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import Changes, RefusedError, told
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.models import Action, Plan, Section
from throughline.apps.plans.models.removal import Removable
from throughline.apps.plans.subjects import subject_of

About = Plan | Section | Action


def refuse_unless_living(about: About) -> None:
    """Raises RefusedError for a plan that was superseded, closed or taken out of the lists."""
    plan = about if isinstance(about, Plan) else about.plan
    if plan.removed_at:
        raise RefusedError("This plan was taken out of the lists. Bring it back first")
    if not plan.living:
        raise RefusedError(f"This plan is {plan.get_state_display().lower()}, so it stays as it was")


@transaction.atomic
def keep_new(*, by: User | None, row: models.Model, about: About | None = None, noun: str = "") -> Any:
    """Save a new row; about is what the audit names, the row itself without it, and noun what sort of part of it this is."""
    if about is not None:
        refuse_unless_living(about)
    row.save()
    verb, prefix = ("changed", f"{noun} ") if about is not None and about is not row else ("created", "")
    fields = [field.name for field in row._meta.fields if field.name not in _UNTOLD and getattr(row, field.name) not in _NOTHING]
    _say(by, verb, about or row, {f"{prefix}{name}": [None, _told(row, name)] for name in fields})
    return row


@transaction.atomic
def keep_changes(*, by: User | None, row: models.Model, words: Mapping[str, Any], about: About | None = None,
                 noun: str = "") -> Changes:
    """Save those of the words that differ from the row's; answers {field: [before, after]}, empty when none does."""
    refuse_unless_living(about or row)
    differing = [name for name, value in words.items() if getattr(row, name) != value]
    before = {name: _told(row, name) for name in differing}
    for name in differing:
        setattr(row, name, words[name])
    if not differing:
        return {}
    row.save(update_fields=differing)
    prefix = f"{noun} " if noun else ""
    changes = {f"{prefix}{name}": [before[name], _told(row, name)] for name in differing if name not in _UNTOLD}
    _say(by, "changed", about or row, changes)
    return changes


@transaction.atomic
def take_out(*, by: User | None, row: Removable, about: About | None = None, noun: str = "") -> None:
    """Take a row out of sight. Nothing happens to one that is out already."""
    refuse_unless_living(about or row)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        _say(by, "removed", about or row, {noun: ["there", None]} if noun else {})


@transaction.atomic
def bring_back(*, by: User | None, row: Removable, about: About | None = None, noun: str = "") -> None:
    """Put a row back in sight. Nothing happens to one that is there."""
    refuse_unless_living(about or row)
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        _say(by, "changed", about or row, {noun or "brought back": [None, "there"]})


def place_in_order(rows: list[Any], moved: Removable, up: bool) -> bool:
    """Swap a row with the one before or after it in a list; the places the list has in its table stay the same.

    Answers whether there was one to swap with.
    """
    order = [row.pk for row in rows]
    here = order.index(moved.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return False
    rows[here], rows[there] = rows[there], rows[here]
    places = sorted(row.position for row in rows)
    for n in range(1, len(places)):
        places[n] = max(places[n], places[n - 1] + 1)
    for row, place in zip(rows, places, strict=True):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
    return True


_NOTHING = (None, "", [], {})
_UNTOLD = frozenset({"id", "plan", "action", "section", "area", "position", "made_by", "made_at", "when", "glossary"})


def _told(row: models.Model, name: str) -> Any:
    """What the audit says of a field; an owner is the number of their entry in the directory."""
    value = getattr(row, name)
    if isinstance(value, Party):
        return f"directory entry {value.pk}"
    if isinstance(value, Section | Action):
        return value.number or f"number {value.pk}"
    return value if isinstance(value, list) else told(row, name)


def _say(by: User | None, verb: str, about: Any, detail: dict[str, Any]) -> None:
    record(by=by, verb=verb, room=ROOM, subject=subject_of(about), detail=detail)
