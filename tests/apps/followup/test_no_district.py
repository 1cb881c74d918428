"""Whoever has no district that is known: narrowed to on worklists, saved as a filter, taken up by a meeting of their own."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests.apps.followup.conftest import TODAY
from tests.apps.performance.reading import page_of
from throughline.apps.followup.actions.meetings import arrange_meeting, decide, prepare_meeting
from throughline.apps.followup.models import ParticipationMeeting, SavedFilter
from throughline.apps.followup.register import register
from throughline.apps.followup.worklist import entries
from throughline.apps.learners.actions.identity import move_house
from throughline.apps.learners.actions.learners import set_restriction

HERE, NOWHERE, PAGE = "E07999901", "not_known", "/follow-up/lists/neet_overdue/"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def _said(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


def _listed(meeting) -> list[str]:
    return [one.told["name"] for one in meeting.listed.all()]


@pytest.fixture
def people(officer, enrol):
    """Five who are NEET and overdue: of a district, an address in none, no address, a protected one, and none but guarded."""
    found = {"here": enrol("Ade", "Hereling", ago=95), "placeless": enrol("Bo", "Placeless", ago=96, district=""),
             "homeless": enrol("Cy", "Homeless", ago=97, district="", line_1=""), "refuge": enrol("Di", "Refugeling", ago=98),
             "guarded": enrol("Ed", "Guardling", ago=99, district="", line_1="")}
    move_house(by=officer, learner=found["refuge"], since=TODAY, line_1="9 Haven Road", district=HERE, protected=True)
    set_restriction(by=officer, learner=found["guarded"], restricted=False, protected_address=True, reason="A court said so")
    return found


def _on(people, **asked) -> set[str]:
    called = {learner.pk: name for name, learner in people.items()}
    return {called[entry.pk] for entry in entries(register("358"), "neet_overdue", asked)}


@pytest.mark.parametrize(("asked", "left"), [
    ({}, {"here", "placeless", "homeless", "refuge", "guarded"}), ({"district": HERE}, {"here"}),
    ({"district": NOWHERE}, {"placeless", "homeless"}),
])
def test_a_list_is_narrowed_to_whoever_has_no_known_district_and_not_to_a_home_that_is_protected(people, asked, left):
    assert _on(people, **asked) == left


def test_whoever_was_of_a_district_and_is_of_none_now_is_of_none(people):
    move_house(by=None, learner=people["here"], since=TODAY - timedelta(days=2))
    assert "here" in _on(people, district=NOWHERE)


def test_the_page_offers_it_last_and_says_it_of_each_and_the_team_can_save_it(people, client, colleague):
    page = page_of(client.get(PAGE))
    options = page.findall(".//select[@id='id_district']/option")
    assert [(one.attrib["value"], one.text) for one in options] == [("", "Any"), (HERE, HERE), (NOWHERE, "Not known")]
    narrowed = _said(client.get(PAGE, {"district": NOWHERE}))
    assert "Narrowed to District: Not known" in narrowed
    assert "2 young people stand here" in narrowed
    assert narrowed.count("age 16, district not known") == 2
    assert _said(client.get(PAGE)).count("district not known") == 2  # of a home that is protected, nothing is said here
    assert client.post(f"{PAGE}save/?district={NOWHERE}", {"name": "Nowhere"}).status_code == 302
    assert SavedFilter.objects.get().query == {"district": NOWHERE}


def test_the_file_says_it_too_and_nothing_of_a_home_that_is_protected(people, client):
    table = client.get(f"{PAGE}list.csv").content.decode("utf-8-sig").splitlines()
    place = table[0].split(",").index("District")
    found = {name: next(line for line in table if people[name].names.get().family in line) for name in people}
    # The name holds one comma, so that the district stands one further on.
    assert {name: line.split(",")[place + 1] for name, line in found.items()} == {
        "here": HERE, "placeless": "Not known", "homeless": "Not known", "refuge": "", "guarded": ""}


def test_a_meeting_of_their_own_takes_them_up(people, officer, client):
    assert _listed(prepare_meeting(by=officer, district=HERE, month=NOVEMBER)) == ["Hereling, Ade"]
    offered = page_of(client.get("/follow-up/meetings/prepare/")).findall(".//select[@id='id_district']/option")
    assert [(one.attrib["value"], one.text) for one in offered] == [(HERE, HERE), (NOWHERE, "Not known")]
    answer = client.post("/follow-up/meetings/prepare/", {"district": NOWHERE, "month": NOVEMBER.isoformat()})
    meeting = ParticipationMeeting.objects.get(district=NOWHERE)
    assert answer.url == f"/follow-up/meetings/{meeting.pk}/"
    assert _listed(meeting) == ["Homeless, Cy", "Placeless, Bo"]
    assert meeting.left_out == 0
    arrange_meeting(by=officer, meeting=meeting, held_on=date(2026, 11, 29))
    for page in ("", "print/", "discard/"):
        caption = page_of(client.get(f"/follow-up/meetings/{meeting.pk}/{page}")).find(".//main//*[@class='govuk-caption-l']")
        assert "District not known" in caption.text, page
    event = Calendar.from_ical(client.get(f"/follow-up/meetings/{meeting.pk}/meeting.ics").content).walk("VEVENT")[0]
    assert event["summary"] == "Participation meeting: District not known"
    assert ",Not known,2026-11-29,2," in client.get("/follow-up/meetings/list.csv").content.decode()
    assert "District not known" in _said(client.get("/follow-up/meetings/"))


def test_whoever_is_found_is_carried_forward_until_it_is_done_and_taken_up_by_their_district(people, officer):
    october = prepare_meeting(by=officer, district=NOWHERE, month=OCTOBER)
    for name in ("homeless", "placeless"):
        decided = decide(by=officer, listed=october.listed.get(learner=people[name]), text="Ask the school", who="Us")
        move_house(by=officer, learner=people[name], since=TODAY, district=HERE, protected=name == "placeless")
    assert decided.done_on is None
    assert _listed(prepare_meeting(by=officer, district=HERE, month=NOVEMBER)) == ["Homeless, Cy", "Hereling, Ade"]
    november = prepare_meeting(by=officer, district=NOWHERE, month=NOVEMBER)
    assert _listed(november) == ["Homeless, Cy"]
    assert (november.left_out, november.impact["undone_left_off"]) == (1, 1)
