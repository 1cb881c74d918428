"""Finding what a reference names: an action, a section or an indicator of a plan by its number, or a plan as a whole."""

from typing import Any

from throughline.analytics.planreading.words import known_by
from throughline.apps.plans.models import Action, Plan, Section
from throughline.apps.plans.trees import indicators_of
from throughline.core.nearest import nearest


class UnresolvedError(Exception):
    """Raised when nothing is called what was typed; says what is called nearly that."""


def resolved(action: Action, other: Plan | None, target: str) -> dict[str, Any]:
    """The fields of a CrossReference that point at what is named in another plan, or in the action's own without one.

    Raises UnresolvedError.
    """
    points: dict[str, Any] = dict.fromkeys(("to_action", "to_section", "to_plan", "to_indicator"))
    if not target.strip():
        if other is None:
            raise UnresolvedError("Enter the number of an action, a section or an indicator, or choose another plan")
        return {**points, "to_plan": other}
    plan = other or action.plan
    for name, found in (("to_action", _action(plan, target, action)), ("to_section", _section(plan, target)),
                        ("to_indicator", _indicator(plan, target))):
        if found is not None:
            return {**points, name: found}
    raise UnresolvedError(_nothing_called(plan, target))


def _action(plan: Plan, target: str, besides: Action) -> Action | None:
    return Action.objects.filter(plan=plan, number__iexact=target.strip()).exclude(pk=besides.pk).first()


def _section(plan: Plan, target: str) -> Section | None:
    wanted = known_by(target)
    held = Section.objects.filter(plan=plan)
    return next((each for each in held if wanted in (known_by(each.number), known_by(each.title))), None)


def _indicator(plan: Plan, target: str) -> Any:
    wanted = known_by(target)
    return next((each for each in indicators_of(plan) if wanted in (known_by(each.number), known_by(each.title))), None)


def _nothing_called(plan: Plan, target: str) -> str:
    numbers = [number for number in Action.objects.filter(plan=plan).values_list("number", flat=True) if number]
    near = nearest(target, numbers)
    return f"Nothing in that plan is called “{target}”" + (f". Did you mean {' or '.join(near)}?" if near else "")
