"""The return names the place of everybody whose place we know."""

from datetime import date

import pytest

from throughline.apps.learners import returned
from throughline.apps.learners.actions.activities import record_activity

pytestmark = pytest.mark.django_db
SCHOOL, PROVIDER = "3584000", "10001234"
DIRECTORY = {SCHOOL: "Marlbeck College", PROVIDER: "Marl Training"}


@pytest.mark.parametrize(("place", "called"), [
    ({"establishment": SCHOOL}, "Marlbeck College"), ({"ukprn": PROVIDER}, "Marl Training"), ({"establishment": "3584999"}, ""),
    ({"establishment": SCHOOL, "establishment_name": "The College"}, "The College"), ({}, ""),
])
def test_the_return_has_the_name_that_somebody_said_or_that_the_directory_gives(learner, monkeypatch, place, called):
    monkeypatch.setattr(returned, "school_names", lambda numbers: {each: DIRECTORY.get(each, "") for each in numbers})
    record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 7), ascertained=date(2026, 9, 7), **place)
    [written] = returned.records("358", date(2026, 10, 31))
    assert written.establishment_name == called
