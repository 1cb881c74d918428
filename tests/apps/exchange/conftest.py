"""What the tests of the exchange room share: officers, files brought in and accepted, and the whole register to compare."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest


@pytest.fixture
def cast(db, warehouse) -> Callable:
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
def bring(officer) -> Callable:
    """Bring a file in: bring(content, "list.csv"); answers the delivery."""
    from tests.apps.exchange.returns_made import AREA
    from throughline.apps.exchange.actions.bringing import bring_in

    def brought(content: bytes, name: str = "return.xml", **words: Any):
        return bring_in(by=officer, area=AREA, name=name, file=BytesIO(content), **words)[0]

    return brought


@pytest.fixture
def accepted(officer, bring) -> Callable:
    """Bring a file in and accept it at once."""
    from throughline.apps.exchange.actions.deciding import accept

    return lambda content, name="return.xml", **words: accept(by=officer, delivery=bring(content, name, **words))


@pytest.fixture
def register(db) -> Callable:
    """All that the register keeps, by table, with what is held now only: register(); register(past=True) with all of it."""
    from throughline.apps.learners.models import FACTS, Learner

    def kept(past: bool = False) -> dict[str, list[tuple]]:
        left = {"id", "known_from", "known_to", "source", "recorded_by"} if not past else set()
        rows = {"learners": sorted(map(str, Learner.objects.values_list("number", "born", "gender", "ethnic_group")))}
        for model in FACTS:
            names = [field.name for field in model._meta.fields if field.name not in left]
            found = model.objects.all() if past else model.objects.known()
            rows[model.__name__] = sorted(map(str, found.values_list(*names)))
        return rows

    return kept
