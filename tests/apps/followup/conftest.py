"""What the tests of follow-up share: a tracking officer of Marlshire and a colleague, and learners enrolled with a past."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

OURS, THEIRS = "358", "202"
TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day is 28 November 2026, wherever the room asks."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)
    return TODAY


@pytest.fixture
def officer(db):
    """The tracking officer of Marlshire."""
    from tests.cast import make_user

    return make_user("tracking_officer", full_name="Olu Officer")


@pytest.fixture
def colleague(db):
    """Another tracking officer of Marlshire."""
    from tests.cast import make_user

    return make_user("tracking_officer", email="colleague@example.org", full_name="Cass Colleague")


@pytest.fixture
def client(officer):
    """A client in which the officer is signed in."""
    from django.test import Client

    from tests.cast import sign_in

    return sign_in(Client(), officer)


@pytest.fixture
def enrol(db) -> Callable:
    """Add somebody of academic age 16 with one activity: enrol("Ade", code="619", ago=100, district="E07999901", ...)."""
    from throughline.apps.learners import models as learners
    from throughline.apps.learners.actions.learners import add_learner

    def add(given="Ade", family="Okafor", code="619", ago=100, area=OURS, born=date(2010, 3, 4), district="E07999901",
            line_1="1 Marl Road", phone="", traits=(), restricted=False, **activity):
        learner = add_learner(by=None, area=area, born=born, given=given, family=family, since=date(2025, 9, 1),
                              line_1=line_1, district=district)
        if restricted:
            learner.restricted = True
            learner.save(update_fields=["restricted"])
        if code:
            start = TODAY - timedelta(days=ago)
            days = {"start": start, "ascertained": start, "verified": start}
            learners.Activity.objects.create(learner=learner, code=code, **{**days, **activity})
        if phone:
            learners.Contact.objects.create(learner=learner, who="self", phone=phone, starts=date(2025, 9, 1))
        for trait in traits:
            learners.Trait.objects.create(learner=learner, trait=trait, starts=date(2025, 9, 1))
        return learner

    return add
