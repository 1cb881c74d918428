"""Dates as a calendar file that Outlook, Google and telephones read: a person's own actions, and the planning cycle's.

Whoever holds the address of a feed reads it, so it holds what is to be done and when, and nobody's name beyond that.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Event
from icalendar.prop import vRecur

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.plans.campaigns import as_entry, messages_in
from throughline.apps.plans.cycle import MONTHLY, YEARLY, Year, all_entries, days_of, goes_on_until, year_of
from throughline.apps.plans.mine import actions_of
from throughline.apps.plans.models import Action, CalendarEntry, Feed, Milestone
from throughline.apps.plans.words import shortened
from throughline.ui.calendars import calendar_file

_LONGEST = 200

Address = Callable[[Action], str]


def feed_with(key: str, demonstration: bool) -> Feed | None:
    """The feed with a key; None for a bad one, a closed account, one without the right to see plans, or of no authority.

    Invented people have none once the demonstration is over, just as they cannot sign in then.
    """
    found = Feed.objects.filter(key=key).select_related("user").first()
    if found is None or not found.user.area or not may(found.user, Permission.SEE_PLANS):
        return None
    return None if found.user.is_example and not demonstration else found


def own_events(user: Any, address: Address, now: datetime) -> list[Event]:
    """A person's own actions and milestones that have a day, and the planning cycle of their authority."""
    actions = actions_of(user)
    events = [_action(action, address, now) for action in actions if action.due_on]
    milestones = Milestone.objects.filter(action__in=actions, met_on=None).exclude(due_on=None).select_related("action__plan")
    events += [_milestone(each, address, now) for each in milestones]
    return [*events, *_cycle(all_entries(user.area), now), *_messages(user.area, now)]


def cycle_calendar(area: str, now: datetime) -> bytes:
    """The planning cycle of an authority."""
    return calendar_file("Planning cycle", [*_cycle(all_entries(area), now), *_messages(area, now)])


def _action(action: Action, address: Address, now: datetime) -> Event:
    event = _event(f"action-{action.pk}", f"Due: {_title(action.number, action.text)}", action.due_on, None, now)
    event.add("url", address(action))
    return event


def _milestone(milestone: Milestone, address: Address, now: datetime) -> Event:
    title = f"Milestone: {_title(milestone.action.number, milestone.text)}"
    event = _event(f"milestone-{milestone.pk}", title, milestone.due_on, None, now)
    event.add("url", address(milestone.action))
    return event


def _cycle(entries: list[CalendarEntry], now: datetime) -> list[Event]:
    made = []
    for entry in entries:
        event = _event(f"entry-{entry.pk}", entry.title, entry.starts_on, entry.ends_on, now)
        if entry.kind:
            event.add("categories", [entry.kind])
        if entry.recurrence in (MONTHLY, YEARLY):
            event.add("rrule", _recurs(entry, goes_on_until(entry, entries)))
        elif later := [each.starts_on for each in days_of(entry)[1:]]:
            event.add("rdate", later)
        made.append(event)
    return made


def _messages(area: str, now: datetime) -> list[Event]:
    """The messages of campaigns on the days planned, those planned for before the last academic year left out."""
    made = []
    for message in messages_in(area, Year(year_of(now.date()).begins - 1).first, date.max):
        entry = as_entry(message)
        event = _event(f"campaign-message-{message.pk}", entry.title, entry.starts_on, None, now)
        event.add("categories", [entry.kind])
        made.append(event)
    return made


def _recurs(entry: CalendarEntry, until: date | None) -> vRecur:
    """How an entry comes again; one on the 29th to 31st falls on the last day of a shorter month, as the page has it."""
    rule: dict[str, Any] = {"FREQ": entry.recurrence.upper()}
    day = entry.starts_on.day
    if entry.recurrence == MONTHLY and day > 28:
        rule |= {"BYMONTHDAY": list(range(28, day + 1)), "BYSETPOS": -1}
    return vRecur(rule | ({"UNTIL": until} if until else {}))


def _event(uid: str, title: str, starts: date | None, ends: date | None, now: datetime) -> Event:
    """An event of whole days, which takes nobody's time; in the file an end is the day after the last."""
    event = Event()
    event.add("uid", f"{uid}@throughline")
    event.add("dtstamp", now)
    event.add("summary", title)
    event.add("dtstart", starts)
    event.add("dtend", (ends or starts or date.min) + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _title(number: str, text: str) -> str:
    return f"{number} {shortened(text, _LONGEST)}".strip()
