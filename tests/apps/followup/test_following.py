"""Caseloads: of two who claim at once one does; letting go, handing over, and the day of the next contact."""

from datetime import timedelta

import pytest

from tests.apps.followup.conftest import TODAY
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup.actions import following
from throughline.apps.followup.models import Following
from throughline.apps.followup.queries import caseloads
from throughline.apps.organisations.actions.amending import RefusedError


def _holder(learner):
    return Following.objects.get(learner=learner).officer


def test_of_two_who_claim_the_first_has_them_and_the_second_is_told_who(officer, colleague, enrol):
    learner = enrol()
    following.claim(by=officer, learner=learner)
    with pytest.raises(RefusedError, match="Olu Officer has them already"):
        following.claim(by=colleague, learner=learner)
    assert _holder(learner) == officer


def test_of_two_who_read_the_same_before_either_wrote_only_one_gets_them(officer, colleague, enrol, monkeypatch):
    learner = enrol()
    read = following.following_of(learner)
    following.claim(by=officer, learner=learner)
    monkeypatch.setattr(following, "following_of", lambda _: read)  # as the second read it before the first wrote
    with pytest.raises(RefusedError, match="Olu Officer"):
        following.claim(by=colleague, learner=learner)
    assert _holder(learner) == officer


def test_claiming_again_changes_nothing_and_says_nothing(officer, enrol):
    learner = enrol()
    following.claim(by=officer, learner=learner)
    entries, since = AuditEntry.objects.count(), Following.objects.get().claimed_at
    following.claim(by=officer, learner=learner)
    assert (AuditEntry.objects.count(), Following.objects.get().claimed_at) == (entries, since)


def test_only_whoever_has_somebody_lets_go_of_them(officer, colleague, enrol):
    learner = enrol()
    following.claim(by=officer, learner=learner)
    with pytest.raises(RefusedError, match="not in your caseload"):
        following.release(by=colleague, learner=learner)
    following.release(by=officer, learner=learner)
    assert _holder(learner) is None


def test_handing_over_says_whose_they_are(officer, colleague, enrol):
    learner = enrol()
    following.claim(by=officer, learner=learner)
    following.hand_over(by=officer, learner=learner, officer=colleague)
    assert _holder(learner) == colleague
    held = {row["officer"].full_name: row["many"] for row in caseloads("358")}
    assert held == {"Cass Colleague": 1, "Olu Officer": 0}


def test_an_officer_of_another_authority_gets_nobody(officer, enrol):
    from tests.cast import make_user

    stranger = make_user("tracking_officer", email="stranger@example.org", area="202")
    with pytest.raises(RefusedError, match="own authority"):
        following.hand_over(by=officer, learner=enrol(), officer=stranger)


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (1, True)])
def test_the_next_contact_is_today_or_later(officer, enrol, days, fine):
    learner, on = enrol(), TODAY + timedelta(days=days)
    if fine:
        following.set_next_contact(by=officer, learner=learner, on=on)
        assert Following.objects.get().next_contact == on
    else:
        with pytest.raises(RefusedError, match="today or a later day"):
            following.set_next_contact(by=officer, learner=learner, on=on)


def test_the_audit_says_that_a_caseload_changed_and_never_whose_name(officer, enrol):
    learner = enrol(given="Zebedee")
    following.claim(by=officer, learner=learner)
    entry = AuditEntry.objects.latest("id")
    assert (entry.subject_kind, entry.subject_label) == ("learner", str(learner.number))
    assert "Zebedee" not in str(entry.detail)


def test_two_filters_of_one_name_are_refused(officer, colleague):
    following.save_filter(by=officer, name="North, vulnerable", worklist="not_known", query={"vulnerable": "yes"})
    with pytest.raises(RefusedError, match="Another filter has this name"):
        following.save_filter(by=colleague, name=" North,  vulnerable ", worklist="not_known", query={})
