"""Meetings as events of a calendar file, and a person's whole calendar: their own dates and the meetings of their boards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Event

from throughline.apps.governance.models import Meeting
from throughline.apps.organisations.queries import own_board_ids
from throughline.apps.plans.feed import own_events
from throughline.apps.plans.models import Action
from throughline.ui.calendars import calendar_file

_KEPT = timedelta(days=365)  # how long a meeting that is over stays in a person's calendar

Address = Callable[[Action | Meeting], str]


def own_calendar(user: Any, address: Address, now: datetime) -> bytes:
    """What a person is to do and when, and the meetings of the boards on which they sit today."""
    boards = own_board_ids(user)
    meetings = Meeting.objects.filter(board__in=boards, starts_at__gte=now - _KEPT).select_related("board")
    events = [*own_events(user, address, now), *(_meeting(each, address, now) for each in meetings.order_by("starts_at", "id"))]
    return calendar_file("Throughline: my dates", events)


def meeting_calendar(meeting: Meeting, address: Address, now: datetime) -> bytes:
    """One meeting, to be put into a calendar by hand."""
    return calendar_file(str(meeting), [_meeting(meeting, address, now)])


def _meeting(meeting: Meeting, address: Address, now: datetime) -> Event:
    """A meeting from when it starts; how long it lasts is not kept, so the event has no end."""
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@throughline")
    event.add("dtstamp", now)
    event.add("summary", f"{meeting.board.name}: meeting")
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    event.add("url", address(meeting))
    return event
