"""What the tests of the commissioning room share: people of Marlshire, a board, an action of a plan, a year with its money."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

OURS, THEIRS = "358", "202"


@dataclass
class Held:
    """A year with one need that a priority follows from, and one thing commissioned under it."""

    year: Any
    need: Any
    priority: Any
    intervention: Any
    board: Any
    action: Any


@pytest.fixture
def cast(db, warehouse) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def lead(cast) -> Client:
    """The strategy lead, who edits plans."""
    return cast("strategy_lead")


@pytest.fixture
def action(db):
    """An action of Marlshire's plan."""
    from throughline.apps.plans.models import Action, Plan, Section

    plan = Plan.objects.create(area=OURS, title="Marlshire plan")
    section = Section.objects.create(plan=plan, kind="priority", number="4", title="More apprenticeships")
    return Action.objects.create(plan=plan, section=section, number="4.1", text="Ask every supplier")


@pytest.fixture
def held(db, warehouse, action) -> Held:
    """£900 planned from the Growth Fund and £250 spent of it."""
    from throughline.apps.commissioning.actions import interventions, years
    from throughline.apps.organisations.actions.boards import add_board

    board = add_board(by=None, area=OURS, name="Partnership Board")
    year = years.add_plan(by=None, area=OURS, title="Commissioning 2025/26", year_type="academic", first_year=2025)
    need = years.add_need(by=None, year=year, number=1, what="Places in January", measure="overall_absence")
    priority = years.add_priority(by=None, year=year, needs=[need], number=1, title="Places all year")
    made = interventions.add_intervention(by=None, priority=priority, title="January courses", starts_on=year.starts_on,
                                          action=action)
    interventions.plan_spend(by=None, intervention=made, fund="Growth Fund", amount=Decimal(900))
    yesterday = timezone.localdate() - timedelta(days=1)
    interventions.enter_spend(by=None, intervention=made, fund="growth fund", on=yesterday, amount=Decimal(250))
    return Held(year, need, priority, made, board, action)
