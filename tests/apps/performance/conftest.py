"""What the tests of the performance room share: people in their browsers."""

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def cast(db, warehouse) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def officer(cast) -> Client:
    """A data officer of Trafford."""
    return cast("data_officer", area="358")
