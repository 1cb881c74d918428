"""What of follow-up is due on a young person's page, and for whom."""

from datetime import date, timedelta

import pytest

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes
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


def _leave(learner, status, on) -> None:
    joined = learner.memberships.get()
    believe(by=None, learner=learner, ceased=[joined], what="left the cohort", came=[
        joined.again(ends=on - timedelta(days=1)), Membership(learner=learner, area="358", status=status, starts=on)])


@pytest.mark.parametrize(("left_on", "due"), [(TODAY, 0), (TODAY + timedelta(days=1), 6)])
def test_nothing_is_due_of_whoever_has_left_and_all_is_until_then(client, followed, left_on, due):
    _leave(followed, "D", left_on)
    assert len(_shown(client, followed)) == due
    meeting, case = "/follow-up/meetings/", "/follow-up/cases/"
    assert (queries.checks_due("358").count(), queries.meetings_of("358").get().open_decisions) == ((1, 2) if due else (0, 0))
    assert ("To be asked whether it lasted" in client.get(case).content.decode()) == bool(due)
    told = client.get(f"{meeting}{ParticipationMeeting.objects.get().pk}/").content.decode()
    assert (", overdue" in told, "not due any more" in told) == (bool(due), not due)


@pytest.fixture(params=["P", "D", "G"])
def status(request, followed):
    """As what somebody stands in the cohort from today on: of it, as one who died, for the September Guarantee alone."""
    _leave(followed, request.param, TODAY)
    return request.param


def _read(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


def test_a_case_of_whoever_has_left_is_closed_and_asked_about_no_more(client, followed, status):
    asked = followed.support_cases.get(checked_on=None)
    opened = SupportCase.objects.create(learner=followed, plan="Open", opened_on=TODAY)
    closing = f"/follow-up/cases/{opened.pk}/close/"
    pages = [f"/follow-up/cases/{asked.pk}/", f"/follow-up/cases/{opened.pk}/", closing, "/follow-up/"]
    said = dict(zip(("asked", "open", "close", "today"), map(_read, map(client.get, pages)), strict=True))
    why = {"P": "", "D": "They left the cohort on 28 November 2026. Left: died.",
           "G": "They are not of the cohort: September Guarantee record only, since 28 November 2026."}[status]
    ours, gone = ({(page, words): words in said[page] for page, words in told} for told in (
        [("asked", "Whether it lasted is due to be asked"), ("asked", "What the register has"), ("asked", "Log what they do now"),
         ("asked", "Say whether it lasted"), ("open", "the participation meetings of their district take them up"),
         ("close", "the case comes back after 13 weeks"), ("today", "1 open; 1 to be asked")],
        [("asked", f"{why} So there is nothing to ask"), ("open", f"{why} No participation meeting takes them up: close the"),
         ("close", f"{why} Nobody is asked afterwards"), ("today", "0 open; 0 to be asked"),
         ("today", "1 more is of somebody not of the cohort")]))
    assert (ours, gone) == (dict.fromkeys(ours, status == "P"), dict.fromkeys(gone, status != "P"))
    closed = _read(client.post(closing, {**boxes(client.get(closing)), "outcome": "training"}, follow=True))
    assert {words in closed for words in ("Nothing is recorded by that", "Nobody has said since the case was closed")} == {
        status == "P"}


def test_the_page_of_whoever_has_left_offers_nothing_to_do_first(client, followed, status):
    form = _read(client.get(f"/follow-up/learners/{followed.pk}/log/"))
    assert ("So no next contact is asked for" in form, "There is no next contact" in form) == (status != "P", status == "P")
    SupportCase.objects.all().delete()
    Following.objects.update(officer=None)
    main = page_of(client.get(f"/follow-up/learners/{followed.pk}/")).find(".//main")
    offered = [" ".join(" ".join(each.itertext()).split()) for each in (*main.iter("a"), *main.iter("button"))]
    assert [any(each.startswith(does) for each in offered) for does in (
        "Log a contact", "Hand over", "Open a support case", "Claim", "log the contact")] == [status == "P"] * 4 + [status != "P"]


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
