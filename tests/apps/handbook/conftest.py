"""What the tests of the handbook share: people of Marlshire in their browsers, and a page in force."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone


@pytest.fixture
def cast(db) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def lead(cast) -> Client:
    """The strategy lead, who may change the handbook."""
    return cast("strategy_lead")


@pytest.fixture
def says() -> dict[str, Any]:
    """What a page says, as the actions take it."""
    today: date = timezone.localdate()
    return {"title": "When nobody answers", "service": "Tracking team", "audience": "tracking officers", "owner": None,
            "body": "Try three times.\n\n- by telephone\n- by text", "tasks": ["not_known"],
            "starts_on": today - timedelta(days=30), "review_on": today + timedelta(days=300)}


@pytest.fixture
def page(db, says):
    """That page."""
    from throughline.apps.handbook.actions import add_page

    return add_page(by=None, area="358", **says)
