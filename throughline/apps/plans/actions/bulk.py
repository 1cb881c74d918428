"""Updating many actions at once, all or none of them, and undoing the whole of it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.editing import change_action, set_state
from throughline.apps.plans.actions.keeping import keep_changes, refuse_unless_living
from throughline.apps.plans.actions.parts import add_part, remove_part, restore_part
from throughline.apps.plans.actions.updating import add_update, undo_update
from throughline.apps.plans.bulk import Draft
from throughline.apps.plans.models import Action, ActionOwner, Batch, Plan, Update
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.timing import when_fields
from throughline.apps.plans.words import action_name
from throughline.ui.formats import count


@transaction.atomic
def apply_bulk(*, by: User | None, plan: Plan, drafts: Iterable[Draft]) -> Batch:
    """Save the rows that are to be saved, as one batch. Raises RefusedError, and saves nothing, when one cannot be.

    Each draft is worked out inside the same transaction as this, so that nobody can have changed its action since.
    """
    refuse_unless_living(plan)
    wanted = [draft for draft in drafts if draft.saved]
    if not wanted:
        raise RefusedError("Nothing was changed in the grid, so nothing is saved")
    batch = Batch.objects.create(plan=plan, by=by)
    for draft in wanted:
        try:
            if changes := _apply(by, draft, batch):
                batch.changes[str(draft.line.action.pk)] = changes
        except RefusedError as error:
            raise RefusedError(f"{action_name(draft.line.action)}: {error.sentence}", error.field) from error
    batch.save(update_fields=["changes"])
    detail = {"bulk update": [None, count(len(wanted), "action")]}
    record(by=by, verb="changed", room=ROOM, subject=subject_of(plan), detail=detail)
    return batch


def _apply(by: User | None, draft: Draft, batch: Batch) -> dict[str, list[Any]]:
    """Change one action; what undoing takes of each thing changed: before and after."""
    action, typed, changes = draft.line.action, draft.typed, {}
    if draft.update:
        add_update(by=by, action=action, rag=draft.rag, narrative=typed["narrative"], next_step=typed["next_step"],
                   override_reason=draft.reason, batch=batch, proposal=draft.proposal)
    if draft.differs("state"):
        before = _state(action)
        stopped = typed["state"] == Action.State.STOPPED
        set_state(by=by, action=action, state=typed["state"], state_reason=typed["narrative"] if stopped else "")
        changes["state"] = [before, _state(action)]
    if draft.differs("when"):
        before = _when(action)
        change_action(by=by, action=action, when_printed=" ".join(typed["when"].split()))
        changes["when"] = [before, _when(action)]
    if draft.differs("owners"):
        changes["owners"] = _hand_over(by, draft)
    return changes


def _hand_over(by: User | None, draft: Draft) -> list[list[int]]:
    action = draft.line.action
    before = [owner.pk for owner in draft.line.owners]
    for owner in draft.line.owners:
        if owner not in draft.owners:
            remove_part(by=by, part=owner)
    for party in draft.owners:
        if isinstance(party, Party):
            add_part(by=by, of=action, model=ActionOwner, party=party, printed=party.name)
    return [before, _owners(action)]


@transaction.atomic
def undo_bulk(*, by: User | None, batch: Batch) -> list[str]:
    """Undo a batch: its updates no longer count, and each state, time and owner goes back to what it was.

    What somebody changed since stays; it is answered in sentences. Raises RefusedError for one that is undone already.
    """
    refuse_unless_living(batch.plan)
    if Batch.objects.select_for_update().get(pk=batch.pk).undone_at:
        raise RefusedError("This bulk update is undone already")
    for update in Update.objects.filter(batch=batch.pk, undone_at=None).select_related("action__plan"):
        undo_update(by=by, update=update)
    held = Action.with_removed.select_for_update(of=("self",)).select_related("plan").order_by("pk")
    actions = held.in_bulk([int(pk) for pk in batch.changes])
    kept = [sentence for pk, changes in batch.changes.items() for sentence in _put_back(by, actions[int(pk)], changes)]
    batch.undone_at, batch.undone_by = timezone.now(), by
    batch.save(update_fields=["undone_at", "undone_by"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(batch.plan), detail={"bulk update": ["made", "undone"]})
    return kept


def _put_back(by: User | None, action: Action, changes: dict[str, list[Any]]) -> list[str]:
    """Put one action back; what could not be, because somebody changed it since, in sentences."""
    if action.removed_at:
        return [f"{action_name(action)} was taken out of the plan since, so it stays as it is."]
    ways = {"state": (_state, _restore_state, "state"), "when": (_when, _restore_when, "time"),
            "owners": (_owners, _restore_owners, "owners")}
    kept = []
    for name, (before, after) in changes.items():
        now, restore, noun = ways[name]
        if now(action) == after:
            restore(by, action, before)
        else:
            kept.append(f"{action_name(action)}: its {noun} was changed since, so that stays.")
    return kept


def _state(action: Action) -> dict[str, str]:
    on = action.state_on.isoformat() if action.state_on else ""
    return {"state": str(action.state), "state_reason": action.state_reason, "state_on": on}


def _restore_state(by: User | None, action: Action, before: dict[str, str]) -> None:
    keep_changes(by=by, row=action, words={**before, "state_on": parse_date(before["state_on"]) if before["state_on"] else None})


def _when(action: Action) -> dict[str, Any]:
    return {"printed": action.when_printed, "when": action.when}


def _restore_when(by: User | None, action: Action, before: dict[str, Any]) -> None:
    keep_changes(by=by, row=action, words={**when_fields(before["when"]), "when_printed": before["printed"]})


def _owners(action: Action) -> list[int]:
    return sorted(ActionOwner.objects.filter(action=action).values_list("pk", flat=True))


def _restore_owners(by: User | None, action: Action, before: list[int]) -> None:
    for owner in ActionOwner.objects.filter(action=action).exclude(pk__in=before).select_related("action__plan"):
        remove_part(by=by, part=owner)
    for owner in ActionOwner.with_removed.filter(action=action, pk__in=before).select_related("action__plan"):
        restore_part(by=by, part=owner)
