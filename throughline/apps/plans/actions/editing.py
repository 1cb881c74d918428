"""Changing a plan by hand: the plan itself, its sections and its actions, added, changed, moved, taken out, brought back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.handbook.models import HandbookPage
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.actions.amending import Changes, RefusedError
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.accepting import lasts
from throughline.apps.plans.actions.keeping import (
    bring_back,
    keep_changes,
    keep_new,
    place_in_order,
    refuse_unless_living,
    take_out,
)
from throughline.apps.plans.actions.promises import bring_along, take_along
from throughline.apps.plans.models import Action, Plan, Recommendation, Section
from throughline.apps.plans.queries import next_position
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.timing import action_timed


def add_plan(*, by: User | None, area: str, **words: Any) -> Plan:
    """Start a plan by hand, as a draft. words are fields of a Plan; its first and last day are read from its period."""
    starts_on, ends_on = lasts(words.get("period", ""))
    return keep_new(by=by, row=Plan(area=area, made_by=by, starts_on=starts_on, ends_on=ends_on, **words))


def change_plan(*, by: User | None, plan: Plan, **words: Any) -> Changes:
    """Change what is said of a plan as a whole. Raises RefusedError for one that is no longer living."""
    if "period" in words and words["period"] != plan.period:
        words["starts_on"], words["ends_on"] = lasts(words["period"])
    return keep_changes(by=by, row=plan, words=words)


@transaction.atomic
def remove_plan(*, by: User | None, plan: Plan) -> list[Indicator]:
    """Take a plan out of the lists, and out of the register the indicators that it alone has; nothing of it is lost.

    Answers those indicators.
    """
    take_out(by=by, row=plan)
    return take_along(by=by, plan=plan)


@transaction.atomic
def restore_plan(*, by: User | None, plan: Plan) -> list[Indicator]:
    """Put a plan back into the lists, and back into the register the indicators that went out with it; answers those."""
    plan.removed_at = None
    plan.save(update_fields=["removed_at"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(plan), detail={"brought back": [None, "there"]})
    return bring_along(by=by, plan=plan)


def add_section(*, by: User | None, plan: Plan, **words: Any) -> Section:
    """Add a section, after all the others of the plan."""
    row = Section(plan=plan, position=next_position(Section, plan=plan), **words)
    _refuse_a_circle(row, words.get("parent"))
    return keep_new(by=by, row=row, about=row)


def change_section(*, by: User | None, section: Section, **words: Any) -> Changes:
    """Change a section, or what it stands under. Raises RefusedError for one put beneath itself."""
    _refuse_a_circle(section, words.get("parent"))
    return keep_changes(by=by, row=section, words=words)


def _refuse_a_circle(section: Section, above: Section | None) -> None:
    while above is not None:
        if above.plan_id != section.plan_id:
            raise RefusedError("Choose a section of the same plan", "parent")
        if section.pk and above.pk == section.pk:
            raise RefusedError("A section cannot stand beneath itself", "parent")
        above = above.parent


@transaction.atomic
def remove_section(*, by: User | None, section: Section) -> None:
    """Take a section out, with everything beneath it; all of it comes back together."""
    take_out(by=by, row=section)
    beneath = sections_beneath(section)
    Section.objects.filter(pk__in=beneath).update(removed_at=section.removed_at)
    Action.objects.filter(section__in=[section.pk, *beneath]).update(removed_at=section.removed_at)


@transaction.atomic
def restore_section(*, by: User | None, section: Section) -> None:
    """Bring a section back with what was taken out together with it. Raises RefusedError while what it is under is out."""
    if section.parent and section.parent.removed_at:
        raise RefusedError("Bring back the section that it stood under first")
    together = {"plan": section.plan, "removed_at": section.removed_at}
    Section.with_removed.filter(**together).exclude(pk=section.pk).update(removed_at=None)
    Action.with_removed.filter(**together).update(removed_at=None)
    bring_back(by=by, row=section)


def sections_beneath(section: Section) -> list[int]:
    """The numbers of all sections under a section, at whatever depth."""
    found: list[int] = []
    level = [section.pk]
    while level:
        level = list(Section.objects.filter(parent__in=level).values_list("pk", flat=True))
        found += level
    return found


def move_section(*, by: User | None, section: Section, up: bool) -> bool:
    """Move a section before or after its neighbour under the same parent; False when it is the first or the last."""
    return _move(by, section, list(Section.objects.filter(plan=section.plan, parent=section.parent)), up)


def add_action(*, by: User | None, section: Section, when_printed: str = "", **words: Any) -> Action:
    """Add an action to a section; what its time means is read from its words."""
    plan = section.plan
    row = Action(plan=plan, section=section, position=next_position(Action, plan=plan), **action_timed(when_printed), **words)
    return keep_new(by=by, row=row, about=row)


def change_action(*, by: User | None, action: Action, **words: Any) -> Changes:
    """Change an action, or the section it is in; a time that was typed afresh is read again."""
    if "when_printed" in words and words["when_printed"] != action.when_printed:
        words |= action_timed(words["when_printed"])
    if "section" in words and words["section"].plan_id != action.plan_id:
        raise RefusedError("Choose a section of the same plan", "section")
    return keep_changes(by=by, row=action, words=words)


def remove_action(*, by: User | None, action: Action) -> None:
    """Take an action out of its plan; its updates and evidence are kept with it."""
    take_out(by=by, row=action)


def restore_action(*, by: User | None, action: Action) -> None:
    """Bring an action back. Raises RefusedError while its section is out."""
    if action.section.removed_at:
        raise RefusedError("Bring back the section that it stood in first")
    bring_back(by=by, row=action)


def move_action(*, by: User | None, action: Action, up: bool) -> bool:
    """Move an action before or after its neighbour in its section; False when it is the first or the last."""
    return _move(by, action, list(Action.objects.filter(section=action.section)), up)


@transaction.atomic
def _move(by: User | None, row: Section | Action, rows: list[Any], up: bool) -> bool:
    refuse_unless_living(row)
    moved = place_in_order(rows, row, up)
    if moved:
        record(by=by, verb="changed", room=ROOM, subject=subject_of(row), detail={"order": [None, "earlier" if up else "later"]})
    return moved


def set_state(*, by: User | None, action: Action, state: str, state_reason: str = "", state_on: date | None = None) -> Changes:
    """Say that an action is done, stopped or open again. Raises RefusedError for one stopped without a reason."""
    if state == Action.State.STOPPED and not state_reason.strip():
        raise RefusedError("Say why it was stopped", "state_reason")
    on = None if state == Action.State.OPEN else state_on or timezone.localdate()
    return keep_changes(by=by, row=action, words={"state": state, "state_reason": state_reason.strip(), "state_on": on})


@transaction.atomic
def set_indicators(*, by: User | None, of: Plan | Section | Action, indicators: list[Indicator]) -> None:
    """Let exactly these indicators of the register say whether a plan, a section or an action is working."""
    plan = of if isinstance(of, Plan) else of.plan
    if any(indicator.area != plan.area for indicator in indicators):
        raise RefusedError("Choose indicators of your own authority", "indicators")
    _set_links(by, of, "indicators", indicators)


@transaction.atomic
def set_handbook_pages(*, by: User | None, action: Action, pages: list[HandbookPage]) -> None:
    """Let exactly these pages of the handbook be shown beside an action; those that were taken away stay tied to it."""
    if any(page.area != action.plan.area for page in pages):
        raise RefusedError("Choose pages of your own authority’s handbook", "pages")
    gone = action.handbook_pages.exclude(removed_at=None).exclude(pk__in=[page.pk for page in pages])
    _set_links(by, action, "handbook_pages", [*pages, *gone])


@transaction.atomic
def set_answers(*, by: User | None, section: Section, recommendations: list[Recommendation]) -> None:
    """Let a section answer exactly these recommendations."""
    if any(each.inspection.area != section.plan.area for each in recommendations):
        raise RefusedError("Choose recommendations made to your own authority", "answers")
    _set_links(by, section, "answers", recommendations)


def _set_links(by: User | None, of: Any, name: str, wanted: list[Any]) -> None:
    refuse_unless_living(of)
    before = sorted(getattr(of, name).values_list("pk", flat=True))
    after = sorted(each.pk for each in wanted)
    if before != after:
        getattr(of, name).set(wanted)
        record(by=by, verb="changed", room=ROOM, subject=subject_of(of), detail={name: [before, after]})
