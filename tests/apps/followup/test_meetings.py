"""The district's meeting: who is listed, frozen as it was, what is carried forward, and what became of those listed."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from icalendar import Calendar

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import page_of
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup.actions.cases import close_case, open_case
from throughline.apps.followup.actions.meetings import (
    arrange_meeting,
    change_decision,
    close_meeting,
    decide,
    finish_decision,
    prepare_meeting,
    take_decision_away,
)
from throughline.apps.followup.models import ListedLearner, MeetingDecision
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.identity import rename
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.organisations.actions.amending import RefusedError

HERE = "E07999901"
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def _listed(meeting) -> list[str]:
    return [one.told["name"] for one in meeting.listed.all()]


def _of(meeting, learner) -> ListedLearner:
    return meeting.listed.get(learner=learner)


def test_who_is_listed(officer, enrol):
    enrol("Overdue", ago=91)
    enrol("ForLong", ago=60)
    enrol("NotLong", ago=59)
    open_case(by=officer, learner=enrol("Supported", code="220", ago=4), worker=officer, plan="Meet on Tuesdays")
    ended = open_case(by=officer, learner=enrol("Ended", code="220", ago=4), worker=officer, plan="Meet on Tuesdays")
    close_case(by=officer, case=ended, outcome="training")
    enrol("Vulnerable", code="810", ago=5, traits=["110"])
    enrol("Lost", code="810", ago=5)
    enrol("AtCollege", code="220", ago=5, traits=["110"])
    enrol("Elsewhere", ago=200, district="E07999902")
    enrol("Shut", ago=200, restricted=True)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert meeting.left_out == 1
    assert {one.told["name"]: one.told["why"] for one in meeting.listed.all()} == {
        "Okafor, Overdue": ["NEET for 91 days",
                            "NEET and contact overdue: NEET since 29 August 2026; last heard of 91 days ago"],
        "Okafor, ForLong": ["NEET for 60 days"],
        "Okafor, Vulnerable": ["Of a vulnerable group, and not known", "Not known: Last heard of 5 days ago"],
        "Okafor, Supported": ["A support case of theirs is open"],
    }
    assert _listed(meeting) == ["Okafor, Overdue", "Okafor, ForLong", "Okafor, Vulnerable", "Okafor, Supported"]


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


@pytest.mark.parametrize(("restricted", "protected"), [(False, True), (True, False)])
def test_what_was_not_done_is_still_said_of_somebody_who_is_left_off_now(officer, client, enrol, restricted, protected):
    hidden, never = enrol("Bo", "Refuge", ago=100), enrol("New", "Refuge", ago=100)
    protect = partial(set_restriction, by=officer, reason="They are in danger")
    protect(learner=never, restricted=False, protected_address=True)  # on no list yet, and so the number would tell the district
    decide(by=officer, listed=_of(prepare_meeting(by=officer, district=HERE, month=OCTOBER), hidden), text="Visit", who="College")
    protect(learner=hidden, restricted=restricted, protected_address=protected)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert (meeting.left_out, meeting.listed.count()) == (1, 0)
    for page in ("", "print/"):
        shown = " ".join(client.get(f"/follow-up/meetings/{meeting.pk}/{page}").content.decode().split())
        assert "1 restricted or protected record was left off this list." in shown
        assert "Something that an earlier meeting decided about 1 of them is not done yet." in shown
        assert "Refuge" not in shown


def test_what_two_meetings_ago_decided_stays_until_it_is_done(officer, enrol):
    """Carried forward again and again, though the meeting between decided nothing of them."""
    learner = enrol("Undone", ago=100)
    october = prepare_meeting(by=officer, district=HERE, month=OCTOBER)
    decide(by=officer, listed=_of(october, learner), text="Visit at home", who="Youth service")
    prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    record_activity(by=officer, learner=learner, code="220", start=TODAY, ascertained=TODAY)
    december = prepare_meeting(by=officer, district=HERE, month=DECEMBER)
    assert _of(december, learner).told["undone"] == ["Youth service: Visit at home"]


def test_what_became_of_those_listed_last_time_in_numbers(officer, enrol):
    back, still, lost, gone = (enrol(given, ago=100) for given in ("Back", "Still", "Lost", "Gone"))
    october = prepare_meeting(by=officer, district=HERE, month=OCTOBER)
    decide(by=officer, listed=_of(october, still), text="Visit", who="College")
    made = decide(by=officer, listed=_of(october, back), text="Ring", who="College")
    finish_decision(by=officer, decision=made, outcome="Came back")
    record_activity(by=officer, learner=back, code="220", start=TODAY)
    record_activity(by=officer, learner=lost, code="810", start=TODAY)
    end_membership(by=officer, learner=gone, status="E", left_on=TODAY)
    november = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert november.impact == {"listed": 4, "participating": 1, "other": 0, "neet": 1, "not_known": 1, "left": 1,
                               "decided": 2, "done": 1, "undone_left_off": 0}
    assert still in {one.learner for one in november.listed.all()}


def test_the_first_meeting_has_no_impact_and_another_districts_does_not_count(officer, enrol):
    enrol(ago=100, district="E07999902")
    prepare_meeting(by=officer, district="E07999902", month=OCTOBER)
    assert prepare_meeting(by=officer, district=HERE, month=NOVEMBER).impact == {}


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


def _said(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


def test_a_decision_is_changed_and_taken_away_from_the_page_of_an_open_meeting(officer, client, enrol):
    learner = enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    made = decide(by=officer, listed=meeting.listed.get(), text="Ring", who="College", due_on=TODAY)
    assert f"/follow-up/decisions/{made.pk}/take-away/" in client.get(f"/follow-up/meetings/{meeting.pk}/").content.decode()
    page = f"/follow-up/decisions/{made.pk}/change/"
    client.post(page, {**boxes(client.get(page)), "text": "Visit", **day_in("due_on", date(2026, 12, 4))})
    made.refresh_from_db()
    assert (made.text, made.who, made.due_on) == ("Visit", "College", date(2026, 12, 4))
    client.post(f"/follow-up/decisions/{made.pk}/take-away/")
    assert not MeetingDecision.objects.exists()
    kept = [(one.verb, one.subject_id, one.detail) for one in AuditEntry.objects.order_by("id")
            if "decision of a meeting" in one.detail]
    assert kept == [("changed", str(learner.pk), {"decision of a meeting": ["given", "given"]}),
                    ("removed", str(learner.pk), {"decision of a meeting": ["given", None]})]


@pytest.mark.parametrize("settle", [
    lambda officer, made: close_meeting(by=officer, meeting=made.listed.meeting),
    lambda officer, made: finish_decision(by=officer, decision=made, outcome="They started"),
])
def test_a_decision_of_a_closed_meeting_or_one_that_is_done_stays(officer, client, enrol, settle):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    made = decide(by=officer, listed=meeting.listed.get(), text="Ring", who="College")
    settle(officer, made)
    with pytest.raises(RefusedError, match="as they are|as it is"):
        change_decision(by=officer, decision=made, text="Visit", who="College")
    with pytest.raises(RefusedError, match="as they are|as it is"):
        take_decision_away(by=officer, decision=made)
    assert MeetingDecision.objects.get().text == "Ring"
    assert "Take away" not in _said(client.get(f"/follow-up/meetings/{meeting.pk}/"))


@pytest.mark.parametrize(("month", "due_on", "wrong"), [
    (NOVEMBER, date(2026, 11, 1), False), (NOVEMBER, date(2026, 10, 31), True), (NOVEMBER, None, False),
    (date(2026, 12, 1), TODAY, False), (date(2026, 12, 1), TODAY - timedelta(days=1), True),
])
def test_a_day_due_is_not_before_the_month_or_today(officer, enrol, month, due_on, wrong):
    enrol(ago=100)
    listed = prepare_meeting(by=officer, district=HERE, month=month).listed.get()
    if not wrong:
        assert decide(by=officer, listed=listed, text="Ring", who="College", due_on=due_on).due_on == due_on
        return
    made = decide(by=officer, listed=listed, text="Ring", who="College")
    for act in (partial(decide, listed=listed), partial(change_decision, decision=made)):
        with pytest.raises(RefusedError, match="not before") as refused:
            act(by=officer, text="Ring", who="College", due_on=due_on)
        assert refused.value.field == "due_on"


def test_no_decision_of_a_closed_meeting_is_asked_for(officer, client, enrol):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    form = f"/follow-up/listed/{meeting.listed.get().pk}/decide/"
    assert client.get(form).status_code == 200
    close_meeting(by=officer, meeting=meeting)
    answer = client.get(form, follow=True)
    assert answer.redirect_chain == [(f"/follow-up/meetings/{meeting.pk}/", 302)]
    assert "This meeting is closed. Bring it to the next" in answer.content.decode()
    assert form not in answer.content.decode()


def test_before_it_is_closed_a_meeting_says_of_how_many_nothing_is_decided(officer, client, enrol):
    first, second = enrol("Ade", ago=100), enrol("Bo", ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    decide(by=officer, listed=_of(meeting, first), text="Ring", who="College")
    assert "Of 2 young people on the list, 1 has no decision yet." in _said(client.get(f"/follow-up/meetings/{meeting.pk}/"))
    decide(by=officer, listed=_of(meeting, second), text="Ring", who="College")
    assert "Something is decided about everybody on the list." in _said(client.get(f"/follow-up/meetings/{meeting.pk}/"))


def test_of_whom_nothing_is_decided_says_so_on_the_page_and_on_the_paper(officer, client, enrol):
    first, second = enrol("Ade", ago=100), enrol("Bo", ago=110)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    decide(by=officer, listed=_of(meeting, first), text="Ring", who="College")

    def cells(page: str, table: str) -> list[str]:
        rows = page_of(client.get(f"/follow-up/meetings/{meeting.pk}/{page}")).findall(f".//table[@id='{table}']/tbody/tr")
        return [" ".join(" ".join(row[-1].itertext()).split()) for row in rows]

    for page, table in (("", "listed"), ("print/", "paper")):
        assert [said.startswith("Nothing decided yet") for said in cells(page, table)] == [True, False]
    close_meeting(by=officer, meeting=meeting)
    assert _of(meeting, second).position == 1
    for page, table in (("", "listed"), ("print/", "paper")):
        assert cells(page, table)[0] == "Nothing decided"


def test_what_became_of_a_closed_meetings_list_is_said_to_be_counted_with_the_next(officer, client, enrol):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    page = f"/follow-up/meetings/{meeting.pk}/"
    assert "listed at this meeting" not in _said(client.get(page))
    close_meeting(by=officer, meeting=meeting)
    assert "listed at this meeting Nothing is counted yet" in _said(client.get(page))
    later = prepare_meeting(by=officer, district=HERE, month=DECEMBER)
    answer = client.get(page)
    assert "listed at this meeting It stands with the meeting of December 2026" in _said(answer)
    assert page_of(answer).find(f".//main//a[@href='/follow-up/meetings/{later.pk}/']") is not None


def test_that_nobody_was_listed_last_time_is_said(officer, client):
    prepare_meeting(by=officer, district=HERE, month=OCTOBER)
    november = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert "Nobody was listed in October 2026" in _said(client.get(f"/follow-up/meetings/{november.pk}/"))


def test_what_came_of_a_decision_is_asked_for(officer, client, enrol):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    made = decide(by=officer, listed=meeting.listed.get(), text="Ring", who="College")
    answer = client.post(f"/follow-up/decisions/{made.pk}/done/", {"outcome": " ", **day_in("done_on", TODAY)})
    assert "Say what came of it" in _said(answer)
    with pytest.raises(RefusedError, match="Say what came of it"):
        finish_decision(by=officer, decision=made, outcome=" ")
    assert MeetingDecision.objects.get().done_on is None


def test_the_paper_stacks_on_a_narrow_screen(officer, client, enrol):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    page = page_of(client.get(f"/follow-up/meetings/{meeting.pk}/print/"))
    assert "app-table--stacks" in page.find(".//table[@id='paper']/..").get("class")
    assert [cell.get("data-label") for cell in page.findall(".//table[@id='paper']/tbody/tr/td")] == [
        "Counted as", "Why listed", "Who does what"]


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


def test_what_the_meeting_before_decided_is_on_the_page_the_paper_and_the_file_with_what_came_of_it(officer, client, enrol):
    learner, other = enrol("Ade", ago=100), enrol("Bo", ago=110)
    october = prepare_meeting(by=officer, district=HERE, month=OCTOBER)
    done = decide(by=officer, listed=_of(october, learner), text="Visit at home", who="Youth service")
    decide(by=officer, listed=_of(october, other), text="Ring the mother", who="College", due_on=TODAY - timedelta(days=3))
    finish_decision(by=officer, decision=done, outcome="Started a course")
    november = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    for page in ("", "print/"):
        words = client.get(f"/follow-up/meetings/{november.pk}/{page}").content.decode()
        part = words.partition("What was decided in October 2026")[2].partition("Whom this meeting is about")[0]
        assert ["Visit at home" in part, "Started a course" in part, "Ring the mother" in part, "overdue" in part] == [True] * 4
    table = client.get(f"/follow-up/meetings/{november.pk}/decisions.csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 3
    assert "Youth service" in table[2]
    assert "Started a course" in table[2]


def test_a_closed_meeting_shows_what_was_done_by_then(officer, client, enrol):
    learner = enrol(ago=100)
    october = prepare_meeting(by=officer, district=HERE, month=OCTOBER)
    made = decide(by=officer, listed=_of(october, learner), text="Ring", who="College")
    november = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    close_meeting(by=officer, meeting=november)
    finish_decision(by=officer, decision=made, outcome="Late")
    page = client.get(f"/follow-up/meetings/{november.pk}/").content.decode()
    assert "not done when this meeting was closed, done on 28 November 2026" in page


def test_a_meeting_says_when_and_where_until_it_is_closed(officer, client, enrol):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert client.get(f"/follow-up/meetings/{meeting.pk}/meeting.ics").status_code == 404
    with pytest.raises(RefusedError, match="of the month"):
        arrange_meeting(by=officer, meeting=meeting, held_on=date(2026, 12, 1))
    for timed in (partial(arrange_meeting, meeting=meeting), partial(prepare_meeting, district=HERE, month=DECEMBER)):
        with pytest.raises(RefusedError, match="Enter the day too") as refused:
            timed(by=officer, held_on=None, starts=time(14))
        assert refused.value.field == "held_on"
    arrange_meeting(by=officer, meeting=meeting, held_on=None, place="Room 1")
    assert "no day set yet, Room 1" in client.get(f"/follow-up/meetings/{meeting.pk}/").content.decode()
    arrange_meeting(by=officer, meeting=meeting, held_on=date(2026, 11, 30), starts=time(14), place="Room 1")
    event = Calendar.from_ical(client.get(f"/follow-up/meetings/{meeting.pk}/meeting.ics").content).walk("VEVENT")[0]
    assert event["dtstart"].dt == datetime(2026, 11, 30, 14, tzinfo=UTC)
    assert "Okafor" not in event.to_ical().decode()
    close_meeting(by=officer, meeting=meeting)
    with pytest.raises(RefusedError, match="closed"):
        arrange_meeting(by=officer, meeting=meeting, held_on=None)


def test_the_latest_meeting_comes_first(officer, client):
    for month in (OCTOBER, NOVEMBER):
        prepare_meeting(by=officer, district=HERE, month=month)
    page = client.get("/follow-up/meetings/").content.decode()
    assert page.index("November 2026") < page.index("October 2026")
