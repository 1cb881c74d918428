"""What the tests of the plans room share: the plan of Marlshire in the database, and people in their browsers."""

import pytest
from django.test import Client


@pytest.fixture
def cast(db, warehouse):
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def lead(cast) -> Client:
    """The strategy lead of the authority whose plan it is."""
    return cast("strategy_lead")


@pytest.fixture
def by(db):
    """That strategy lead."""
    from tests.cast import make_user

    return make_user("strategy_lead")


@pytest.fixture
def plan(by):
    """The plan of Marlshire, accepted as a draft."""
    from tests.apps.plans.marlshire import AREA, marlshire
    from throughline.apps.plans.actions.accepting import accept_tree

    return accept_tree(by=by, area=AREA, tree=marlshire())
