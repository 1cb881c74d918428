"""What the tests of the governance room share: people of Marlshire and of a neighbour, a board, a plan, a meeting."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

OURS, THEIRS = "358", "202"


@pytest.fixture
def cast(db) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def lead(cast) -> Client:
    """The strategy lead, who runs the boards."""
    return cast("strategy_lead")


@pytest.fixture
def councillor(cast) -> Client:
    """A councillor, who may ask questions."""
    return cast("councillor")


@pytest.fixture
def neighbour(cast) -> Client:
    """The strategy lead of another authority."""
    return cast("strategy_lead", email="lead.of.another@example.org", area=THEIRS)


@pytest.fixture
def board(db):
    """The partnership board of Marlshire."""
    from throughline.apps.organisations.actions.boards import add_board

    return add_board(by=None, area=OURS, name="Partnership Board")


@pytest.fixture
def enter(db) -> Callable:
    """Add an entry of the directory by its name."""
    from throughline.apps.organisations.actions.directory import add_party

    return lambda name, area=OURS, **words: add_party(by=None, area=area, name=name, **words)


@pytest.fixture
def meet(board) -> Callable:
    """Add a meeting so many days from today, of the board unless another is given."""
    from throughline.apps.governance.actions.meetings import add_meeting

    def add(days: int, of=None):
        noon = datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time()) + timedelta(hours=12)
        return add_meeting(by=None, board=of or board, starts_at=timezone.make_aware(noon))

    return add


@pytest.fixture
def section(db):
    """The first section of Marlshire's plan."""
    from throughline.apps.plans.models import Plan, Section

    plan = Plan.objects.create(area=OURS, title="Marlshire plan")
    return Section.objects.create(plan=plan, kind="priority", number="1", title="Fewer young people who are NEET")
