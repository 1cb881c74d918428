"""Changing what hangs on an action, a section or a plan: its steps, milestones, owners, costs, criteria and references."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import Changes, RefusedError
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.keeping import (
    bring_back,
    keep_changes,
    keep_new,
    place_in_order,
    refuse_unless_living,
    take_out,
)
from throughline.apps.plans.models import Action, CrossReference, Milestone, Plan, Section, Step, SuccessCriterion
from throughline.apps.plans.models.removal import Removable
from throughline.apps.plans.queries import next_position
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.timing import timed

Holder = Action | Section | Plan


def add_part(*, by: User | None, of: Holder, model: type[Removable], **words: Any) -> Any:
    """Add a part after the others of its kind; words are its fields, for a milestone when_words beside them."""
    held = _held_by(of, model)
    fields = {**held, **_read(model, words), **({"plan": plan_of(of)} if model is SuccessCriterion else {})}
    row = model(**fields, position=next_position(model, **held))
    _refuse_strangers(of, row)
    return keep_new(by=by, row=row, about=of, noun=noun_of(model))


def change_part(*, by: User | None, part: Any, **words: Any) -> Changes:
    """Change a part. Raises RefusedError where it would point outside the authority."""
    words = _read(type(part), words, part)
    changed = type(part)(**{name: value for name, value in words.items() if name.startswith(("to_", "party", "indicator"))})
    _refuse_strangers(holder_of(part), changed)
    return keep_changes(by=by, row=part, words=words, about=holder_of(part), noun=noun_of(type(part)))


def remove_part(*, by: User | None, part: Any) -> None:
    """Take a part out; it can be brought back."""
    take_out(by=by, row=part, about=holder_of(part), noun=noun_of(type(part)))


def restore_part(*, by: User | None, part: Any) -> None:
    """Bring a part back to where it was."""
    bring_back(by=by, row=part, about=holder_of(part), noun=noun_of(type(part)))


@transaction.atomic
def move_part(*, by: User | None, part: Any, up: bool) -> bool:
    """Move a part before or after its neighbour; False when it is the first or the last."""
    of = holder_of(part)
    refuse_unless_living(of)
    rows = list(type(part).objects.filter(**_held_by(of, type(part))))
    moved = place_in_order(rows, part, up)
    if moved:
        detail = {f"order of {noun_of(type(part))}s": [None, "earlier" if up else "later"]}
        record(by=by, verb="changed", room=ROOM, subject=subject_of(of), detail=detail)
    return moved


def tick(*, by: User | None, part: Step | Milestone, on: date | None = None) -> Changes:
    """Say that a step is done or a milestone met, on a day, today without one."""
    when = on or timezone.localdate()
    if when > timezone.localdate():
        raise RefusedError("Give a day that is not in the future", "on")
    return keep_changes(by=by, row=part, words=_ticked(part, when, by), about=part.action, noun=noun_of(type(part)))


def untick(*, by: User | None, part: Step | Milestone) -> Changes:
    """Take back that a step was done or a milestone met."""
    return keep_changes(by=by, row=part, words=_ticked(part, None, None), about=part.action, noun=noun_of(type(part)))


def _ticked(part: Step | Milestone, on: date | None, by: User | None) -> dict[str, Any]:
    return {"done_on": on, "done_by": by} if isinstance(part, Step) else {"met_on": on, "met_by": by}


def holder_of(part: Any) -> Holder:
    """The action that a part hangs on, or else the section, or else the plan."""
    return getattr(part, "action", None) or part.section or part.plan


def plan_of(of: Holder) -> Plan:
    """The plan that a holder is, or is of."""
    return of if isinstance(of, Plan) else of.plan


def noun_of(model: type[Removable]) -> str:
    """What a kind of part is called: step, milestone, action owner, success criterion."""
    return str(model._meta.verbose_name)


def _held_by(of: Holder, model: type[Removable]) -> dict[str, Any]:
    if isinstance(of, Plan):
        return {"plan": of, "section": None, "action": None}
    held: dict[str, Any] = {"action" if isinstance(of, Action) else "section": of}
    return {**held, "action": None} if model is SuccessCriterion and isinstance(of, Section) else held


def _read(model: type[Removable], words: dict[str, Any], part: Any = None) -> dict[str, Any]:
    """A milestone's time is read from what was typed for it, or else from its text."""
    if model is not Milestone:
        return words
    said = words.pop("when_words", "") or words["text"]
    return {**words, **timed(said)} if part is None or said != part.when.get("printed") else words


def _refuse_strangers(of: Holder, row: Any) -> None:
    """Nothing of a plan may point at what is another authority's."""
    area = plan_of(of).area
    party, indicator = getattr(row, "party", None), getattr(row, "indicator", None)
    if party is not None and party.area != area:
        raise RefusedError("Choose somebody from your own directory", "party")
    if indicator is not None and indicator.area != area:
        raise RefusedError("Choose an indicator of your own authority", "indicator")
    if isinstance(row, CrossReference):
        pointed = [row.to_action and row.to_action.plan, row.to_section and row.to_section.plan, row.to_plan, row.to_indicator]
        if any(each is not None and each.area != area for each in pointed):
            raise RefusedError("Choose something of your own authority's", "names")
