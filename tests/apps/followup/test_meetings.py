"""The district's meeting: who is listed, frozen as it was, what is carried forward, and what became of those listed."""

from datetime import date, timedelta

import pytest

from tests.apps.followup.conftest import TODAY
from throughline.apps.followup.actions.meetings import close_meeting, decide, finish_decision, prepare_meeting
from throughline.apps.followup.models import ListedLearner
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.identity import rename
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.organisations.actions.amending import RefusedError

HERE = "E07999901"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def _listed(meeting) -> list[str]:
    return [one.told["name"] for one in meeting.listed.all()]


def _of(meeting, learner) -> ListedLearner:
    return meeting.listed.get(learner=learner)


def test_who_is_listed(officer, enrol):
    enrol("Overdue", ago=91)
    enrol("InTime", ago=90)
    enrol("Vulnerable", code="810", ago=5, traits=["110"])
    enrol("Lost", code="810", ago=5)
    enrol("AtCollege", code="220", ago=5, traits=["110"])
    enrol("Elsewhere", ago=200, district="E07999902")
    enrol("Shut", ago=200, restricted=True)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert _listed(meeting) == ["Okafor, Overdue", "Okafor, Vulnerable"]
    assert meeting.left_out == 1
    why = ["NEET and contact overdue: NEET since 29 August 2026; last heard of 91 days ago"]
    assert meeting.listed.first().told["why"] == why


def test_the_list_stays_as_it_was(officer, enrol):
    learner = enrol("Ade", ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    before = list(meeting.listed.values_list("learner_id", "standing", "told"))
    rename(by=officer, learner=learner, given="Another", family="Name")
    record_activity(by=officer, learner=learner, code="220", start=TODAY)
    enrol("Later", ago=200)
    assert list(meeting.listed.values_list("learner_id", "standing", "told")) == before


def test_what_was_not_done_is_carried_forward_with_its_words(officer, enrol):
    undone, done = enrol("Undone", ago=100), enrol("Done", ago=100)
    october = prepare_meeting(by=officer, district=HERE, month=OCTOBER)
    decide(by=officer, listed=_of(october, undone), text="Visit at home", who="Youth service")
    finished = decide(by=officer, listed=_of(october, done), text="Ring", who="College")
    finish_decision(by=officer, decision=finished, outcome="Started a course")
    for learner in (undone, done):
        record_activity(by=officer, learner=learner, code="220", start=TODAY)
    november = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    (listed,) = november.listed.all()
    assert (listed.learner, listed.carried, listed.told["undone"]) == (undone, True, ["Youth service: Visit at home"])


def test_what_became_of_those_listed_last_time_in_numbers(officer, enrol):
    back, still, lost, gone = (enrol(given, ago=100) for given in ("Back", "Still", "Lost", "Gone"))
    prepare_meeting(by=officer, district=HERE, month=OCTOBER)
    record_activity(by=officer, learner=back, code="220", start=TODAY)
    record_activity(by=officer, learner=lost, code="810", start=TODAY)
    end_membership(by=officer, learner=gone, status="E", left_on=TODAY)
    november = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert november.impact == {"listed": 4, "participating": 1, "other": 0, "neet": 1, "not_known": 1, "left": 1}
    assert still in {one.learner for one in november.listed.all()}


def test_the_first_meeting_has_no_impact_and_another_districts_does_not_count(officer, enrol):
    enrol(ago=100, district="E07999902")
    prepare_meeting(by=officer, district="E07999902", month=OCTOBER)
    assert prepare_meeting(by=officer, district=HERE, month=NOVEMBER).impact == {}


@pytest.mark.parametrize(("month", "said"), [
    (date(2027, 1, 1), "a year ago to the next"), (date(2025, 11, 1), "a year ago to the next"), (NOVEMBER, "prepared already"),
])
def test_months_that_are_refused(officer, month, said):
    prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    with pytest.raises(RefusedError, match=said):
        prepare_meeting(by=officer, district=HERE, month=month)


def test_a_closed_meeting_decides_nothing_more_and_what_it_decided_can_still_be_done(officer, enrol):
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER) if enrol(ago=100) else None
    made = decide(by=officer, listed=meeting.listed.get(), text="Ring", who="College", due_on=TODAY - timedelta(days=1))
    assert made.is_overdue
    close_meeting(by=officer, meeting=meeting)
    with pytest.raises(RefusedError, match="closed"):
        decide(by=officer, listed=meeting.listed.get(), text="Visit", who="College")
    finish_decision(by=officer, decision=made, outcome="Done")
    with pytest.raises(RefusedError, match="already"):
        finish_decision(by=officer, decision=made, outcome="Again")
    with pytest.raises(RefusedError, match="closed already"):
        close_meeting(by=officer, meeting=meeting)


def test_a_record_that_was_restricted_since_is_not_shown(officer, client, enrol):
    learner = enrol("Ade", "Hidden", ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    learner.restricted = True
    learner.save()
    for page in ("", "print/", "list.csv"):
        assert "Hidden" not in client.get(f"/follow-up/meetings/{meeting.pk}/{page}").content.decode()


def test_a_school_never_sees_a_meeting(enrol, officer):
    from tests.cast import signed_in_client

    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    school = signed_in_client("provider_staff", establishment="3584001")
    assert [school.get(f"/follow-up/meetings/{page}").status_code for page in ("", f"{meeting.pk}/")] == [403, 403]
