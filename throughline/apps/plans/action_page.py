"""What the page of one action shows: its parts, what it refers to and what refers to it, and how it stands."""

from datetime import date
from typing import Any

from throughline.apps.handbook.queries import editions_of
from throughline.apps.plans.action_progress import action_progress
from throughline.apps.plans.models import Action, CrossReference, Recommendation
from throughline.apps.plans.parts import ACTIONS, taken_out_of
from throughline.apps.plans.plan_page import criteria_with_verdicts
from throughline.apps.plans.queries import latest_updates, may_update
from throughline.apps.plans.timing import NOT_UNDERSTOOD, meaning, milestone_overdue, overdue
from throughline.apps.plans.words import action_name, section_name


def action_page(action: Action, user: Any, on: date) -> dict[str, Any]:
    """What the template of an action is told."""
    latest = latest_updates([action]).get(action.pk)
    return {
        "action": action, "plan": action.plan, "section": action.section, "name": action_name(action),
        "section_name": section_name(action.section), "meaning": meaning(action.when), "overdue": overdue(action, on),
        "latest": latest, "rag_now": latest.rag if latest else "", "may_update": may_update(user, action) and action.plan.living,
        "owners": action.owners.select_related("party"), "steps": action.steps.select_related("done_by"),
        "milestones": [(each, _dated(each.when), milestone_overdue(each, on)) for each in action.milestones.all()],
        "costs": action.costs.all(), "criteria": criteria_with_verdicts(action.criteria, "action_id").get(action.pk, []),
        "references": [(each, place(each)) for each in references_of(action)],
        "referred": CrossReference.objects.filter(to_action=action, action__removed_at=None).select_related("action__plan"),
        "indicators": action.indicators.all(), "answers": recommendations_of(action),
        "campaigns": action.campaigns.filter(removed_at=None, plan=action.plan),
        "handbook": editions_of(action.handbook_pages.all()),
        "taken_out": taken_out_of(action, ACTIONS), "today": on, "progress": action_progress(action, user, on),
    }


def recommendations_of(action: Action) -> Any:
    """The recommendations that an action helps to answer: those of its section and of all above it."""
    above, section = [], action.section
    while section is not None:
        above.append(section.pk)
        section = section.parent
    return Recommendation.objects.filter(answered_by__in=above).select_related("inspection").distinct()


def references_of(action: Action) -> Any:
    """An action's references with what each points at."""
    return action.references.select_related("to_action__plan", "to_section__plan", "to_plan", "to_indicator")


def _dated(when: dict[str, Any]) -> str:
    """What a milestone's time means; nothing where its words hold none."""
    said = meaning(when)
    return "" if said == NOT_UNDERSTOOD else said


def place(reference: CrossReference) -> tuple[str, str, list[int]] | None:
    """What a reference points at, as words, the name of its page and what that takes; None for nothing, or what was removed."""
    action, section, plan, indicator = reference.to_action, reference.to_section, reference.to_plan, reference.to_indicator
    if action and not action.removed_at:
        return f"{action_name(action)}, {action.plan.title}", "plans:action", [action.plan_id, action.pk]
    if section and not section.removed_at:
        return f"{section_name(section)}, {section.plan.title}", "plans:section", [section.plan_id, section.pk]
    if plan and not plan.removed_at:
        return plan.title, "plans:plan", [plan.pk]
    if indicator:
        return f"Indicator {indicator.number} {indicator.title}", "indicators:indicator", [indicator.pk]
    return None
