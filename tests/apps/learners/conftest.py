"""What the tests of the learners room share: an officer, a learner of Marlshire, and days to speak of."""

from collections.abc import Callable
from datetime import date

import pytest

OURS, THEIRS = "358", "202"


@pytest.fixture
def cast(db) -> Callable:
    """The signed-in client of a role, by its id; area= and the like as an account has them."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def officer(db):
    """The tracking officer of Marlshire."""
    from tests.cast import make_user

    return make_user("tracking_officer")


@pytest.fixture
def enrol(db) -> Callable:
    """Add somebody to the register: enrol("Ade", "Okafor"); born in year 12's year unless said otherwise."""
    from throughline.apps.learners.actions.learners import add_learner

    def add(given="Ade", family="Okafor", area=OURS, born=date(2010, 3, 4), since=date(2025, 9, 1), **words):
        return add_learner(by=None, area=area, born=born, given=given, family=family, since=since, **words)

    return add


@pytest.fixture
def learner(enrol):
    """Ade Okafor, of whom nothing else is known yet."""
    return enrol()
