"""What follow-up tells: a contact to a learner's own page, custody to whoever opened the record, no district of a refuge."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

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
from throughline.apps.learners.models import Address
from throughline.apps.learners.queries import find_learners
from throughline.apps.learners.sight import homes_protected, homes_shut_to

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


def _housed(learner, *, ago, until=None, protected):
    """Let a learner live somewhere from so many days ago on, instead of where they lived."""
    learner.addresses.known().cease(timezone.now())
    Address.objects.create(learner=learner, line_1="2 Marl Road", district=DISTRICT, protected=protected,
                           starts=TODAY - timedelta(days=ago), ends=until and TODAY - timedelta(days=until))
    if until:
        Address.objects.create(learner=learner, line_1="3 Marl Road", district=DISTRICT, starts=TODAY - timedelta(days=until - 1))


def test_one_question_says_whose_home_is_told_to_nobody_and_every_room_asks_it(officer, enrol):
    open_, all_of_it, there, left, coming, shut = (enrol("Ade", name, ago=200) for name in (
        "Open", "Everything", "Refuge", "Left", "Coming", "Shut"))
    set_restriction(by=officer, learner=all_of_it, restricted=False, protected_address=True, reason=REASON)
    set_restriction(by=officer, learner=shut, restricted=True, protected_address=False, reason=REASON)
    _housed(there, ago=30, protected=True)
    _housed(left, ago=30, until=10, protected=True)
    Address.objects.create(learner=coming, line_1="4 Marl Road", protected=True, starts=TODAY + timedelta(days=9))
    now, ever = {all_of_it.pk, there.pk}, {all_of_it.pk, there.pk, left.pk, coming.pk}
    assert set(homes_protected("358").values_list("pk", flat=True)) == now
    assert {pk for pk, row in register("358").rows.items() if row.person.protected} == now
    assert {pk for pk, row in register("358").rows.items() if not row.person.district} == now
    assert set(find_learners(officer, district=DISTRICT).values_list("pk", flat=True)) == {open_.pk, left.pk, coming.pk}
    assert (homes_shut_to(officer), homes_shut_to(None, "358"), homes_shut_to(officer, "202")) == (
        now | {shut.pk}, now | {shut.pk}, set())
    assert homes_shut_to(officer, ever=True) == ever | {shut.pk}
    open_restricted(by=officer, learner=there, reason=REASON)
    open_restricted(by=officer, learner=shut, reason=REASON)
    assert (homes_shut_to(officer), homes_shut_to(None, "358")) == ({all_of_it.pk}, now | {shut.pk})
    _housed(open_, ago=1, protected=True)  # one alone has changed, and is worked out anew alone
    assert {pk for pk, row in register("358").rows.items() if row.person.protected} == now | {open_.pk}


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
