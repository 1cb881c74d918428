"""Contacts about somebody who left the cohort: they are kept, and no next contact is."""

from datetime import timedelta

import pytest

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes, day_in
from throughline.apps.followup.actions.contacts import log_contact
from throughline.apps.followup.models import Following, LoggedContact
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.learners.actions.undoing import last_change, undo_last_change


@pytest.mark.parametrize("code", ["619", "220"])
def test_the_parent_of_somebody_who_left_is_reached_and_no_next_contact_follows(officer, enrol, code):
    learner = enrol(code=code, ago=100)
    Following.objects.create(learner=learner, next_contact=TODAY - timedelta(days=1))
    end_membership(by=officer, learner=learner, status="E", left_on=TODAY - timedelta(days=1))
    assert log_contact(by=officer, learner=learner, channel="telephone", outcome="reached_parent").answered
    assert Following.objects.get().next_contact == TODAY - timedelta(days=1)


@pytest.mark.parametrize(("typed", "said"), [
    (day_in("next_contact", TODAY + timedelta(days=7)),
     "They left the cohort on 28 November 2026, so the next contact of 5 December 2026 is not kept."),
    ({}, "They left the cohort on 28 November 2026, so no next contact is due."),
    ({"no_next": "on"}, "They left the cohort on 28 November 2026, so no next contact is due."),
])
def test_a_contact_from_a_form_that_was_opened_before_they_left_is_kept_without_a_next_one(officer, client, enrol, typed, said):
    learner = enrol(code="619", ago=100)
    page = f"/follow-up/learners/{learner.pk}/log/"
    opened = {**boxes(client.get(page)), "channel": "telephone", "outcome": "reached_parent", **typed}
    end_membership(by=officer, learner=learner, status="E", left_on=TODAY)
    assert said in client.post(page, opened, follow=True).content.decode()
    client.post(page, {**opened, **day_in("next_contact", TODAY + timedelta(days=9)), "no_next": ""})  # sent again, another day
    undo_last_change(by=officer, learner=learner, at=last_change(learner).at)
    assert (LoggedContact.objects.count(), Following.objects.values_list("next_contact", flat=True).first()) == (1, None)


def test_whoever_left_is_not_asked_when_they_are_spoken_to_next(officer, client, enrol):
    learner = enrol(code="619", ago=100)
    page = f"/follow-up/learners/{learner.pk}/log/"
    assert "next_contact_day" in boxes(client.get(page))
    end_membership(by=officer, learner=learner, status="E", left_on=TODAY)
    asked = boxes(client.get(page))
    assert ("next_contact_day" in asked, "no_next" in asked) == (False, False)
