"""Preparing a district's meeting: of which months, once a month, and discarding one that was prepared by mistake."""

from datetime import date
from functools import partial

import pytest

from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import page_of
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup.actions.meetings import arrange_meeting, close_meeting, decide, discard_meeting, prepare_meeting
from throughline.apps.followup.models import ListedLearner
from throughline.apps.organisations.actions.amending import RefusedError

HERE = "E07999901"
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def _said(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


@pytest.mark.parametrize(("month", "said"), [
    (date(2027, 1, 1), "this month or the next"), (date(2026, 9, 30), "this month or the next"), (NOVEMBER, "prepared already"),
])
def test_months_that_are_refused(officer, month, said):
    prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    with pytest.raises(RefusedError, match=said):
        prepare_meeting(by=officer, district=HERE, month=month)


def test_a_month_before_one_that_is_prepared_is_refused(officer, enrol):
    enrol(ago=100)
    later = prepare_meeting(by=officer, district=HERE, month=DECEMBER)
    with pytest.raises(RefusedError, match="December 2026 is prepared already") as refused:
        prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    assert refused.value.way == ("The meeting that is prepared", f"/follow-up/meetings/{later.pk}/")
    prepare_meeting(by=officer, district="E07999902", month=NOVEMBER)


def test_the_months_to_choose_from_are_the_last_this_and_the_next(client):
    options = page_of(client.get("/follow-up/meetings/prepare/")).findall(".//select[@id='id_month']/option")
    assert [(one.text, "selected" in one.attrib) for one in options] == [
        ("December 2026", False), ("November 2026", True), ("October 2026", False)]


def test_a_month_that_is_prepared_already_leads_to_its_meeting(officer, client, enrol):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    answer = client.post("/follow-up/meetings/prepare/", {"district": HERE, "month": NOVEMBER.isoformat()})
    assert "is prepared already" in _said(answer)
    assert page_of(answer).find(f".//main//a[@href='/follow-up/meetings/{meeting.pk}/']").text == "The meeting that is prepared"


def test_a_meeting_prepared_by_mistake_is_discarded_once_that_is_confirmed(officer, client, enrol):
    learner = enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    page = f"/follow-up/meetings/{meeting.pk}/discard/"
    assert page in client.get(f"/follow-up/meetings/{meeting.pk}/").content.decode()
    asked = client.get(page)
    assert "Its list of 1 young person goes with it" in _said(asked)
    assert ListedLearner.objects.filter(learner=learner).exists()
    assert client.post(page, boxes(asked)).url == "/follow-up/meetings/"
    assert not ListedLearner.objects.exists()
    assert AuditEntry.objects.get(verb="removed").detail == {"young people": [1, None]}
    assert client.post(page, boxes(asked)).status_code == 404
    prepare_meeting(by=officer, district=HERE, month=NOVEMBER)


@pytest.mark.parametrize(("settle", "said"), [
    (lambda officer, one: decide(by=officer, listed=one.listed.get(), text="Ring", who="College"), "Something was minuted"),
    (lambda officer, one: close_meeting(by=officer, meeting=one), "is closed"),
    (lambda officer, one: prepare_meeting(by=officer, district=HERE, month=DECEMBER), "The list of December 2026"),
])
def test_a_meeting_that_something_came_of_is_not_discarded_nor_is_that_offered(officer, client, enrol, settle, said):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    settle(officer, meeting)
    with pytest.raises(RefusedError, match=said):
        discard_meeting(by=officer, meeting=meeting)
    assert meeting.listed.count() == 1
    page = f"/follow-up/meetings/{meeting.pk}/"
    assert f"{page}discard/" not in client.get(page).content.decode()
    for answer in (client.get(f"{page}discard/", follow=True), client.post(f"{page}discard/", follow=True)):
        assert (answer.redirect_chain[-1][0], said in _said(answer)) == (page, True)
    assert meeting.listed.count() == 1


def test_a_meeting_that_was_discarded_meanwhile_is_said_to_be_so(officer, enrol):
    enrol(ago=100)
    meeting = prepare_meeting(by=officer, district=HERE, month=NOVEMBER)
    listed = meeting.listed.get()
    discard_meeting(by=officer, meeting=meeting)
    meeting.pk = listed.meeting_id
    for act in (partial(close_meeting, meeting=meeting), partial(arrange_meeting, meeting=meeting, held_on=None),
                partial(discard_meeting, meeting=meeting), partial(decide, listed=listed, text="Ring", who="College")):
        with pytest.raises(RefusedError, match="discarded this meeting meanwhile"):
            act(by=officer)
