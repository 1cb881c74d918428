"""What follow-up tells: a contact to a learner's own page, custody to whoever opened the record, no district of a refuge."""

from datetime import timedelta

import pytest
from django.conf import settings

from tests.apps.followup.conftest import TODAY
from throughline.analytics.participation.cohort import load_cohort
from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import rules, scores
from throughline.apps.followup.actions.contacts import correct_contact, log_contact
from throughline.apps.followup.actions.meetings import prepare_meeting
from throughline.apps.followup.models import LearnerFacts
from throughline.apps.followup.register import register
from throughline.apps.followup.worklist import entries
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.actions.looking import open_restricted

pytestmark = pytest.mark.django_db
REASON = "They telephoned to ask where they should go on Monday"
DISTRICT = "E07999901"


def _log(officer, learner, outcome="reached_young_person", **more):
    return log_contact(by=officer, learner=learner, channel="telephone", outcome=outcome, **more)


def _answered(learner):
    learner.refresh_from_db()
    return learner.answered_on


def test_what_is_due_on_a_learners_page_knows_of_a_contact(client, officer, enrol):
    learner = enrol(code="619", ago=100)
    assert "Overdue" in client.get(f"/learners/{learner.pk}/").content.decode()
    _log(officer, learner)
    assert "Overdue" not in client.get(f"/learners/{learner.pk}/").content.decode()


def test_the_last_answer_is_that_of_contacts_that_count(officer, enrol):
    learner = enrol()
    _log(officer, learner, "no_answer", on=TODAY)
    assert _answered(learner) is None
    first = _log(officer, learner, on=TODAY - timedelta(days=3))
    _log(officer, learner, on=TODAY - timedelta(days=9))
    assert _answered(learner) == TODAY - timedelta(days=3)
    correct_contact(by=officer, contact=first, channel="telephone", outcome="no_answer", on=first.on)
    assert _answered(learner) == TODAY - timedelta(days=9)


def test_lists_and_pages_take_days_and_agreed_starts_from_one_file():
    cohort, lists = load_cohort(settings.DEFINITIONS), rules.worklists(TODAY).lists
    assert (lists["neet_overdue"].days, lists["agreed_start_passed"].codes) == (cohort.overdue_days, cohort.agreed_starts)
    assert cohort.agreed_starts == {"615", "616"}


def test_custody_is_told_only_to_whoever_opened_the_record(client, officer, enrol):
    learner = enrol(code="619", ago=20)
    LearnerFacts.objects.create(learner=learner, as_at=TODAY - timedelta(days=9), in_custody=True)
    assert may(officer, Permission.SEE_SENSITIVE)

    def told():
        said = client.get(f"/follow-up/risk/{learner.pk}/").content.decode()
        return scores.scored(officer, [learner])[0].score.points, 'data-label="In custody"' in said

    before, shown = told()
    open_restricted(by=officer, learner=learner, reason=REASON)
    assert (shown, told()[1]) == (False, True)
    assert told()[0] > before


def test_nobody_whose_home_is_protected_is_found_by_a_district_or_put_on_its_list(client, officer, enrol):
    seen, hidden = enrol("Ade", "Open", ago=200), enrol("Bo", "Refuge", ago=200)
    assert {register("358").rows[one.pk].person.district for one in (seen, hidden)} == {DISTRICT}
    set_restriction(by=officer, learner=hidden, restricted=False, protected_address=True, reason=REASON)
    assert [entry.pk for entry in entries(register("358"), "neet_overdue", {"district": DISTRICT})] == [seen.pk]
    assert {entry.pk for entry in entries(register("358"), "neet_overdue", {})} == {seen.pk, hidden.pk}
    meeting = prepare_meeting(by=officer, district=DISTRICT, month=TODAY)
    assert [one.learner_id for one in meeting.listed.all()] == [seen.pk]
    set_restriction(by=officer, learner=seen, restricted=False, protected_address=True, reason=REASON)
    page = client.get(f"/follow-up/meetings/{meeting.pk}/").content.decode()
    assert ("Open, Ade" in page, "1 record has been restricted or protected since" in page) == (False, True)
