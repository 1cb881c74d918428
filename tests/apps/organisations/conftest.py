"""What the tests of the organisations room share: a lead and a councillor of Marlshire, and a neighbour's officer."""

from collections.abc import Callable

import pytest
from django.test import Client

OURS, THEIRS = "358", "202"


@pytest.fixture
def cast(db) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def lead(cast) -> Client:
    """The strategy lead, who keeps the directory and runs the boards."""
    return cast("strategy_lead")


@pytest.fixture
def neighbour(cast) -> Client:
    """The strategy lead of another authority."""
    return cast("strategy_lead", email="lead.of.another@example.org", area=THEIRS)


@pytest.fixture
def enter(db) -> Callable:
    """Add an entry of the directory: enter("Head of School Improvement", initials="HSI")."""
    from throughline.apps.organisations.actions.directory import add_party

    return lambda name, area=OURS, **words: add_party(by=None, area=area, name=name, **words)


@pytest.fixture
def board(db) -> Callable:
    """Add a board: board("Partnership Board")."""
    from throughline.apps.organisations.actions.boards import add_board

    return lambda name, area=OURS, **words: add_board(by=None, area=area, name=name, **words)
