"""The next version of a plan, copied row by row: what was done, spent and tied by hand comes with it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.models import (
    Action,
    ActionOwner,
    Cost,
    CrossReference,
    Milestone,
    Plan,
    Section,
    SectionLead,
    Step,
    SuccessCriterion,
)
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.trees import actions_in_order, indicators_of, sections_in_order

Copies = Mapping[int | None, Any]  # the copy of each row, by the number of the row; None is the copy of none


@transaction.atomic
def copy_plan(*, by: User | None, plan: Plan, title: str) -> Plan:
    """A draft of the next version with everything that can be seen of a plan; it names the same indicators.

    Calendar, updates, evidence, judgements and approvals stay with the plan that they were of. So do campaigns, until the copy
    is approved.
    """
    made = _copy(plan, title=title, state=Plan.State.DRAFT, approved_by_id=None, approved_on=None, approval_note="",
                 previous_id=plan.pk, made_by_id=by.pk if by else None, made_at=timezone.now())
    made.save()
    sections = _sections(plan, made)
    actions = _copied(actions_in_order(plan), lambda row: {
        "plan_id": made.pk, "section_id": sections[row.section_id].pk, "copied_from_id": row.pk})
    _parts(sections, actions)
    _criteria(plan, made, sections, actions)
    _references(plan, sections, actions)
    _links(plan, made, sections, actions)
    many = {"sections": len(sections) - 1, "actions": len(actions) - 1, "indicators": len(indicators_of(made))}
    record(by=by, verb="created", room=ROOM, subject=subject_of(made), detail={name: [None, n] for name, n in many.items()})
    return made


def _copy(row: Any, **changed: Any) -> Any:
    """A row not yet saved with all that another holds, but for what is changed."""
    held = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    return type(row)(**held | changed)


def _copied(rows: Iterable[Any], changed: Callable[[Any], dict[str, Any]]) -> dict[int | None, Any]:
    """Copies of rows of one table, saved together, by the number of what they are a copy of."""
    before = list(rows)
    after = type(before[0]).objects.bulk_create([_copy(row, **changed(row)) for row in before]) if before else []
    return {None: None} | {old.pk: new for old, new in zip(before, after, strict=True)}


def _sections(plan: Plan, made: Plan) -> dict[int | None, Any]:
    """The sections level by level, since a row must be there before what stands under it names it."""
    levels: dict[int, list[Section]] = {}
    for section, level in sections_in_order(Section.objects.filter(plan=plan)):
        levels.setdefault(level, []).append(section)
    copies: dict[int | None, Any] = {None: None}

    def placed(row: Section) -> dict[str, Any]:
        return {"plan_id": made.pk, "parent_id": _number(copies, row.parent_id)}

    for level in sorted(levels):
        copies |= _copied(levels[level], placed)
    return copies


def _number(copies: Copies, of: int | None) -> int | None:
    """The number of the copy of a row; None where there is none."""
    copy = copies.get(of)
    return copy.pk if copy else None


def _parts(sections: Copies, actions: Copies) -> None:
    """What hangs on one section or one action and names nothing else of the plan."""
    for held, key, copies in (
        (SectionLead.objects, "section_id", sections), (Step.objects, "action_id", actions),
        (Milestone.objects, "action_id", actions), (ActionOwner.objects, "action_id", actions),
        (Cost.objects, "action_id", actions),
    ):
        _hung(held.all(), key, copies)


def _hung(rows: models.QuerySet[Any], key: str, copies: Copies) -> None:
    """Copies of the rows that hang on what was copied, hung on the copies."""
    here = rows.filter(**{f"{key}__in": [number for number in copies if number]}).order_by("pk")
    _copied(here, lambda row: {key: _number(copies, getattr(row, key))})


def _criteria(plan: Plan, made: Plan, sections: Copies, actions: Copies) -> None:
    held = SuccessCriterion.objects.filter(plan=plan).order_by("pk")
    seen = [row for row in held if row.section_id in sections and row.action_id in actions]
    _copied(seen, lambda row: {"plan_id": made.pk, "section_id": _number(sections, row.section_id),
                               "action_id": _number(actions, row.action_id)})


def _references(plan: Plan, sections: Copies, actions: Copies) -> None:
    """The cross-references; those to a part of the plan itself point at its copy, or at nothing where it was taken out."""
    held = CrossReference.objects.filter(action__in=[number for number in actions if number]).order_by("pk")
    _copied(held.select_related("to_action", "to_section"), lambda row: {
        "action_id": actions[row.action_id].pk, "to_action_id": _pointed(plan, row.to_action, actions),
        "to_section_id": _pointed(plan, row.to_section, sections)})


def _pointed(plan: Plan, to: Action | Section | None, copies: Copies) -> int | None:
    """What the copy of a reference points at: the copy of a part of the plan, or the very part of another plan."""
    if to is None:
        return None
    return _number(copies, to.pk) if to.plan_id == plan.pk else to.pk


def _links(plan: Plan, made: Plan, sections: Copies, actions: Copies) -> None:
    """What the plan, its sections and its actions are tied to outside it."""
    _hung(Plan.indicators.through.objects.all(), "plan_id", {plan.pk: made})
    _hung(Section.indicators.through.objects.all(), "section_id", sections)
    _hung(Section.answers.through.objects.all(), "section_id", sections)
    _hung(Action.indicators.through.objects.all(), "action_id", actions)
    _hung(Action.handbook_pages.through.objects.all(), "action_id", actions)
