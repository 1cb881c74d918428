"""What of follow-up is due on a young person's page, and for whom."""

from datetime import date, timedelta

import pytest

from tests.apps.followup.conftest import TODAY
from tests.apps.performance.reading import page_of
from tests.cast import make_user, signed_in_client
from throughline.apps.followup import queries
from throughline.apps.followup.due import due_in_followup
from throughline.apps.followup.models import Following, ListedLearner, MeetingDecision, ParticipationMeeting, SupportCase
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.models import Address, Membership


@pytest.fixture
def followed(enrol, officer):
    """Somebody with a next contact, a case to ask about, and two decisions, one without a day and one that is done."""
    learner, ago = enrol(establishment="3584001"), TODAY - timedelta(days=100)
    Following.objects.create(learner=learner, officer=officer, next_contact=TODAY + timedelta(days=3))
    SupportCase.objects.create(learner=learner, plan="Plan", opened_on=ago, closed_on=ago, outcome="education", check_due=TODAY)
    SupportCase.objects.create(learner=learner, plan="Asked", opened_on=ago, closed_on=ago, outcome="education", check_due=TODAY,
                               checked_on=TODAY)
    meeting = ParticipationMeeting.objects.create(area="358", district="E07999901", month=date(2026, 11, 1))
    listed = ListedLearner.objects.create(meeting=meeting, learner=learner, position=1, standing="neet", told={})
    MeetingDecision.objects.create(listed=listed, who="The youth service", text="Visit them", due_on=TODAY - timedelta(days=1))
    MeetingDecision.objects.create(listed=listed, who="College", text="Offer a place")
    MeetingDecision.objects.create(listed=listed, who="Nobody", text="Done", done_on=TODAY)
    return learner


def _shown(client, learner) -> dict[str, tuple[str, str]]:
    """What is due, with its day and state."""
    rows = page_of(client.get(f"/learners/{learner.pk}/")).findall(".//table[@id='due']/tbody/tr")
    cells = [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in rows]
    return {what: (day, state) for what, day, state, _ in cells}


def test_whoever_follows_up_is_told_what_is_due(client, followed):
    shown = _shown(client, followed)
    assert shown["Speak to them again"] == ("1 December 2026", "Soon")
    assert shown["Ask whether it lasted"] == ("28 November 2026", "Soon")
    assert shown["The youth service: Visit them"] == ("27 November 2026", "Overdue")
    assert list(shown)[-1] == "College: Offer a place"
    assert shown["College: Offer a place"] == ("No day set", "Later")
    assert not any("Done" in what for what in shown)


@pytest.mark.parametrize(("left_on", "due"), [(TODAY, 0), (TODAY + timedelta(days=1), 6)])
def test_nothing_is_due_of_whoever_has_left_and_all_is_until_then(client, followed, left_on, due):
    joined = followed.memberships.get()
    believe(by=None, learner=followed, ceased=[joined], what="left the cohort", came=[
        joined.again(ends=left_on - timedelta(days=1)), Membership(learner=followed, area="358", status="D", starts=left_on)])
    assert len(_shown(client, followed)) == due
    meeting, case = "/follow-up/meetings/", "/follow-up/cases/"
    assert (queries.checks_due("358").count(), queries.meetings_of("358").get().open_decisions) == ((1, 2) if due else (0, 0))
    assert ("To be asked whether it lasted" in client.get(case).content.decode()) == bool(due)
    told = client.get(f"{meeting}{ParticipationMeeting.objects.get().pk}/").content.decode()
    assert (", overdue" in told, "not due any more" in told) == (bool(due), not due)


def test_a_school_is_not_told(followed):
    shown = _shown(signed_in_client("provider_staff", establishment="3584001"), followed)
    assert shown
    assert "Speak to them again" not in shown
    assert not any("Visit them" in what for what in shown)


def test_nothing_of_follow_up_is_due_to_whoever_does_not_follow_up(followed):
    assert due_in_followup(make_user("strategy_lead"), followed) == []


def test_the_pages_of_a_decision_tell_nobody_of_a_protected_home(client, followed):
    decision = MeetingDecision.objects.get(text="Visit them")
    pages = [f"/follow-up/decisions/{decision.pk}/{do}/" for do in ("change", "done")]
    pages.append(f"/follow-up/listed/{decision.listed_id}/decide/")
    assert [client.get(page).status_code for page in pages] == [200] * 3
    Address.objects.create(learner=followed, line_1="2 Marl Road", protected=True, starts=date(2025, 9, 1))
    assert [client.get(page).status_code for page in pages] == [404] * 3


def test_what_a_meeting_decided_about_a_protected_home_is_not_told(officer, followed):
    Address.objects.create(learner=followed, line_1="2 Marl Road", protected=True, starts=date(2025, 9, 1))
    assert [due.what for due in due_in_followup(officer, followed)] == ["Speak to them again", "Ask whether it lasted"]
