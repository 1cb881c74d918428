"""Calendar files that Outlook, Google and telephones read."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
_REFRESH = timedelta(hours=12)


def calendar_file(name: str, events: Iterable[Event]) -> bytes:
    """Events as a file that names itself to the program that reads it."""
    made = Calendar()
    made.add("prodid", "-//Throughline//Plans//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    for event in events:
        made.add_component(event)
    return made.to_ical()
