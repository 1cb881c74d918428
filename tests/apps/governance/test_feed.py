"""Meetings in calendars: those of a person's own boards in their feed, and each to download."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.apps.performance.reading import links
from tests.cast import make_user
from throughline.apps.governance.actions.meetings import add_meeting, change_meeting
from throughline.apps.organisations.actions.boards import add_board, add_member, end_membership
from throughline.apps.plans.models import Feed

pytestmark = pytest.mark.django_db
A_SUMMERS_DAY, SEAT = datetime(2099, 7, 3, 13, 0, tzinfo=UTC), {"capacity": "member"}  # 2 pm in summer time


def _events(answer):
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("vevent")}


@pytest.fixture
def feed(cast):
    """What the councillor's calendar program is answered."""
    cast("councillor").post(reverse("plans:renew_feed"))
    key = Feed.objects.get().key
    return lambda: _events(Client().get(reverse("governance:feed", args=[key])))


def test_the_meetings_of_the_boards_on_which_somebody_sits_today_are_in_their_feed(feed, board, enter, meet):
    mine, was = (add_board(by=None, area="358", name=name) for name in ("Scrutiny", "Board of last year"))
    seat = enter("Councillor", user=make_user("councillor"))
    add_member(by=None, board=mine, party=seat, since=date(2026, 1, 1), **SEAT)
    ended = add_member(by=None, board=was, party=seat, since=date(2025, 1, 1), **SEAT)
    end_membership(by=None, seat=ended, until=date(2025, 12, 31))
    own, past, _, _ = meet(20, of=mine), meet(-30, of=mine), meet(20, of=was), meet(20)
    meet(-400, of=mine)
    assert set(feed()) == {f"meeting-{each.pk}@throughline" for each in (own, past)}


def test_an_event_says_when_where_and_of_what_and_whether_it_is_off(feed, enter):
    mine = add_board(by=None, area="358", name="Scrutiny; of schools")
    add_member(by=None, board=mine, party=enter("Councillor", user=make_user("councillor")), since=date(2026, 1, 1), **SEAT)
    meeting = add_meeting(by=None, board=mine, starts_at=A_SUMMERS_DAY, place="Room 1, Town Hall", purpose="About Ann")
    event = feed()[f"meeting-{meeting.pk}@throughline"]
    assert (event["dtstart"].dt, str(event["location"]), str(event["status"])) == (
        A_SUMMERS_DAY, "Room 1, Town Hall", "CONFIRMED")
    assert (str(event["summary"]), "dtend" in event) == ("Scrutiny; of schools: meeting", False)
    assert str(event["url"]) == f"http://testserver/meetings/{meeting.pk}/"
    assert "Ann" not in event.to_ical().decode()
    change_meeting(by=None, meeting=meeting, state="cancelled", starts_at=A_SUMMERS_DAY + timedelta(days=1))
    off = feed()[f"meeting-{meeting.pk}@throughline"]
    assert (str(off["status"]), off["dtstart"].dt.day) == ("CANCELLED", 4)


def test_a_meeting_is_downloaded_by_whoever_sees_plans(cast, neighbour, meet):
    meeting = meet(3)
    address = f"/meetings/{meeting.pk}/meeting.ics"
    reader = cast("inspector")
    assert address in links(reader.get(f"/meetings/{meeting.pk}/"))
    answer = reader.get(address)
    assert set(_events(answer)) == {f"meeting-{meeting.pk}@throughline"}
    assert answer["Content-Disposition"] == f'attachment; filename="meeting-{meeting.on}.ics"'
    assert [cast("employer").get(address).status_code, neighbour.get(address).status_code] == [403, 404]
