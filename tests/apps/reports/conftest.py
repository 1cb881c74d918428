"""What the tests of the reading room share: a plan, a board, a minute, and an indicator that follows a measure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

OURS, THEIRS = "358", "202"


@dataclass
class Held:
    """The rows that the tests name."""

    plan: Any
    board: Any
    actions: dict[str, Any]
    indicator: Any
    decision: Any
    today: date


@pytest.fixture
def cast(db, warehouse) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def held(db, warehouse) -> Held:
    """Recommendation 1 is answered by priority 1 with three actions: one red and late, one green, one never rated."""
    from throughline.analytics.planreading import tree
    from throughline.analytics.planreading.document import Source
    from throughline.apps.governance.actions.decisions import add_decision
    from throughline.apps.governance.actions.meetings import add_meeting
    from throughline.apps.indicators.models import Indicator
    from throughline.apps.organisations.actions.boards import add_board
    from throughline.apps.plans.actions.accepting import accept_tree
    from throughline.apps.plans.models import Action, Section, Update

    today, somewhere = timezone.localdate(), Source(line=1)
    words = enumerate(("first", "second", "third"), 1)
    actions = [tree.Action(f"Do the {word} thing", somewhere, number=f"1.{n}") for n, word in words]
    priority = tree.Section("priority", "Find everybody", somewhere, number="1", actions=actions, impact=["Fewer are lost"])
    recommendation = tree.Section("recommendation", "Know everybody", somewhere, number="1", sections=[priority])
    measure = tree.Measure("Absence", somewhere, number="KPI 1", target="Better than the national average")
    read = tree.Plan("The Marl plan", sections=[recommendation], measures=[measure])
    plan = accept_tree(by=None, area=OURS, tree=read)
    found = {action.number: action for action in Action.objects.filter(plan=plan)}
    Action.objects.filter(pk=found["1.1"].pk).update(due_on=today - timedelta(days=3), when_printed="Last week")
    for number, rag, said in (("1.1", "red", "Nobody has begun it."), ("1.2", "green", "It's done <well>.")):
        Update.objects.create(action=found[number], as_at=today - timedelta(days=2), rag=rag, narrative=said)
    board = add_board(by=None, area=OURS, name="Partnership Board")
    meeting = add_meeting(by=None, board=board, starts_at=timezone.now() - timedelta(days=9))
    decision = add_decision(by=None, meeting=meeting, number="7", text="Begin at once.", action=found["1.1"], plan=plan)
    indicator = Indicator.objects.get(area=OURS, number="KPI 1")
    Indicator.objects.filter(pk=indicator.pk).update(measure="overall_absence")
    Section.objects.get(plan=plan, kind="priority").indicators.add(indicator)
    fresh = {number: Action.objects.get(pk=each.pk) for number, each in found.items()}
    return Held(plan, board, fresh, indicator, decision, today)
