"""The indicators of a plan beside it: how many are on track, and each one's latest word with the way to its own page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.analytics.targets.judging.verdicts import Verdict
from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators.judgements import Result, judge_all, on_hand
from throughline.apps.plans.models import Plan
from throughline.apps.plans.trees import indicators_of


@dataclass(frozen=True)
class IndicatorsShown:
    """The results in the order of the register, and how many have each verdict, in words, those with none left out."""

    results: list[Result]
    counts: list[tuple[str, int]]


def indicators_shown(plan: Plan, user: Any, on: date) -> IndicatorsShown:
    """The plan's indicators judged on a day, from the figures that the person may see."""
    held = indicators_of(plan)
    results = on_hand(judge_all(held, on, entered=may(user, Permission.SEE_ENTERED_FIGURES)), held) if held else []
    many = Counter(result.verdict for result in results)
    return IndicatorsShown(results, [(verdict.capitalize(), many[verdict]) for verdict in Verdict if many[verdict]])
