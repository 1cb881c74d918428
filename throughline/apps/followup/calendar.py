"""A participation meeting as a calendar file: when and where, and nobody's name."""

from datetime import UTC, datetime

from django.utils import timezone
from icalendar import Event

from throughline.apps.followup.models import ParticipationMeeting
from throughline.ui.calendars import calendar_file


def meeting_calendar(meeting: ParticipationMeeting, district: str, address: str) -> bytes:
    """One meeting whose day is known; without a time it lies on the whole day, and how long it lasts is not kept."""
    event, name = Event(), f"Participation meeting: {district}"
    event.add("uid", f"participation-meeting-{meeting.pk}@throughline")
    event.add("dtstamp", timezone.now())
    event.add("summary", name)
    event.add("dtstart", _begins(meeting))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", "The list is confidential and stays in Throughline.")
    event.add("class", "PRIVATE")
    event.add("url", address)
    return calendar_file(name, [event])


def _begins(meeting: ParticipationMeeting) -> object:
    if meeting.held_on is None or meeting.starts is None:
        return meeting.held_on
    return timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts)).astimezone(UTC)
