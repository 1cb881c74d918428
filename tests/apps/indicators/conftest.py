"""What the tests of the indicator register share: people in their browsers, and indicators put in the register."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

if TYPE_CHECKING:
    from throughline.apps.indicators.judgements import Result
    from throughline.apps.indicators.models import Indicator

AREA = "358"  # Trafford, whose published figures the packaged reference set holds


@pytest.fixture
def cast(db, warehouse) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def officer(cast) -> Client:
    """A data officer of the authority, who keeps its register."""
    return cast("data_officer", area=AREA)


@pytest.fixture
def registered(db, warehouse) -> "Callable[..., Indicator]":
    """Put an indicator in the register, as actions.register_indicator takes it."""
    from tests.cast import make_user
    from throughline.apps.indicators import actions

    def put(title: str = "Young people who feel ready for work", **fields: Any) -> "Indicator":
        return actions.register_indicator(by=make_user("data_officer"), title=title, **{"area": AREA, **fields})

    return put


@pytest.fixture
def valued(registered) -> "Callable[..., Indicator]":
    """An indicator of numbers entered by hand, period by period: valued({"2023/24": 41.0}, target_words=…)."""
    from tests.cast import make_user
    from throughline.apps.indicators import actions

    def put(values: dict[str, float], **fields: Any) -> "Indicator":
        made = registered(**{"unit": "%", "decimals": 1, **fields})
        for period, value in values.items():
            actions.enter_value(by=make_user("data_officer"), indicator=made, period=period, value=value)
        return made

    return put


@pytest.fixture
def judged(db, warehouse) -> "Callable[..., Result]":
    """One indicator judged on a day, today without one."""
    from throughline.apps.indicators.judgements import judge_all

    def judge(indicator: "Indicator", on: date | None = None, period: str | None = None, **more: Any) -> "Result":
        return judge_all([indicator], on or timezone.localdate(), period, **{"entered": True, **more})[indicator.pk]

    return judge
