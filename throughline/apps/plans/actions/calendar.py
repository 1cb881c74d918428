"""Everything that changes in the planning cycle, and the addresses of people's own feeds."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.cycle import Copy
from throughline.apps.plans.models import CalendarEntry, Feed
from throughline.ui.formats import count

KIND = "calendar entry"
_KEY_BYTES = 32


@transaction.atomic
def add_entry(*, by: User | None, area: str, **words: Any) -> CalendarEntry:
    """Add a date to the cycle; words are fields of a CalendarEntry. Raises RefusedError for an end before its start."""
    _check(area, words)
    return make(by=by, room=ROOM, kind=KIND, made=CalendarEntry(area=area), words=words)


@transaction.atomic
def change_entry(*, by: User | None, entry: CalendarEntry, **words: Any) -> Changes:
    """Change a date of the cycle. Raises RefusedError for an end before its start."""
    _check(entry.area, words)
    return amend(by=by, room=ROOM, kind=KIND, kept=entry, words=words)


def remove_entry(*, by: User | None, entry: CalendarEntry) -> Changes:
    """Take a date out of the cycle; it can be brought back."""
    return amend(by=by, room=ROOM, kind=KIND, kept=entry, words={"removed_at": timezone.now()}, verb="removed")


def restore_entry(*, by: User | None, entry: CalendarEntry) -> Changes:
    """Bring a date back."""
    return amend(by=by, room=ROOM, kind=KIND, kept=entry, words={"removed_at": None})


@transaction.atomic
def copy_entries(*, by: User | None, area: str, label: str, copies: Iterable[Copy]) -> list[CalendarEntry]:
    """Make next year's cycle of these copies; label is that year as the page has it. Raises RefusedError for none."""
    made = [
        CalendarEntry.objects.create(
            area=area, plan=copy.entry.plan, board=copy.entry.board, title=copy.entry.title, kind=copy.entry.kind,
            starts_on=copy.starts_on, ends_on=copy.ends_on, recurrence=copy.entry.recurrence, owner=copy.entry.owner,
            note=copy.entry.note)
        for copy in copies
    ]
    if not made:
        raise RefusedError("Tick at least one date to copy")
    detail = {"copied": [None, count(len(made), "date")]}
    record(by=by, verb="created", room=ROOM, subject=("planning cycle", label, f"Planning cycle {label}"), detail=detail)
    return made


@transaction.atomic
def remove_entries(*, by: User | None, entries: Iterable[CalendarEntry]) -> int:
    """Take several dates out of the cycle; each can be brought back. Answers how many."""
    return sum(bool(remove_entry(by=by, entry=entry)) for entry in entries)


@transaction.atomic
def renew_feed(*, by: User) -> Feed:
    """Give a person a new address for their calendar; the one before, if there was one, opens nothing any more."""
    key = secrets.token_urlsafe(_KEY_BYTES)
    feed, made = Feed.objects.update_or_create(user=by, defaults={"key": key, "made_at": timezone.now()})
    _say(by, "created" if made else "changed", [None if made else "given", "given"])
    return feed


@transaction.atomic
def end_feed(*, by: User) -> None:
    """Let a person's address open nothing any more."""
    if Feed.objects.filter(user=by).delete()[0]:
        _say(by, "removed", ["given", None])


def _say(by: User, verb: str, change: list[Any]) -> None:
    record(by=by, verb=verb, room=ROOM, subject=("calendar feed", str(by.pk), "Calendar feed"), detail={"key": change})


def _check(area: str, words: dict[str, Any]) -> None:
    if words.get("ends_on") and words["ends_on"] < words["starts_on"]:
        raise RefusedError("The last day must not be before the first", "ends_on")
    for name in ("owner", "plan", "board"):
        if words.get(name) is not None and words[name].area != area:
            raise RefusedError("Choose something of your own authority’s", name)
