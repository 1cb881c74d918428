"""The indicators of a plan beside it: how many are on track, and each one's latest word with the way to its own page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.analytics.targets.judging.verdicts import Verdict
from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators.judgements import Result, judge_all, on_hand
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans.models import Action, Plan, Section
from throughline.apps.plans.trees import indicators_of


@dataclass(frozen=True)
class IndicatorsShown:
    """The results in the order of the register, and how many have each verdict, in words, those with none left out.

    shared are the other plans in the lists that have some of the same indicators, each with how many.
    """

    results: list[Result]
    counts: list[tuple[str, int]]
    shared: list[tuple[Plan, int]]


def indicators_shown(plan: Plan, user: Any, on: date) -> IndicatorsShown:
    """The plan's indicators judged on a day, from the figures that the person may see; while it lives, those in use."""
    held = [each for each in indicators_of(plan) if each.state == Indicator.State.ACTIVE or not plan.living]
    results = on_hand(judge_all(held, on, entered=may(user, Permission.SEE_ENTERED_FIGURES)), held) if held else []
    many = Counter(result.verdict for result in results)
    counts = [(verdict.capitalize(), many[verdict]) for verdict in Verdict if many[verdict]]
    return IndicatorsShown(results, counts, _shared(plan, held) if held else [])


def _shared(plan: Plan, held: list[Indicator]) -> list[tuple[Plan, int]]:
    """The other plans that have some of these indicators, those that share the most first; four queries."""
    there = {"indicator__in": held}
    pairs: set[tuple[int, int]] = set()
    for through, to in (
        (Plan.indicators.through.objects, "plan"),
        (Section.indicators.through.objects.filter(section__removed_at=None), "section__plan"),
        (Action.indicators.through.objects.filter(action__removed_at=None), "action__plan"),
    ):
        others = through.filter(**there, **{f"{to}__removed_at": None}).exclude(**{to: plan})
        pairs.update(others.values_list(f"{to}_id", "indicator_id"))
    many = Counter(other for other, _ in pairs)
    plans = Plan.objects.in_bulk(list(many))
    return [(plans[other], n) for other, n in many.most_common()]
