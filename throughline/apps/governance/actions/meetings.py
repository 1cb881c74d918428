"""Everything that changes about a meeting: when it is, its agenda, its papers, who came, and its minutes."""

import hashlib
import mimetypes
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.governance.models import AgendaItem, Attendance, Meeting, MinutesVersion, Paper
from throughline.apps.governance.subjects import ROOM, kind_of, subject_of
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.organisations.models import Party
from throughline.ui.formats import day


def add_meeting(*, by: User | None, **words: Any) -> Meeting:
    """Add a meeting; words are board, starts_at, and place, purpose and state where they are known."""
    return make(by=by, room=ROOM, kind="meeting", made=Meeting(board=words["board"]), words=words)


def change_meeting(*, by: User | None, meeting: Meeting, **words: Any) -> Changes:
    """Change when or where a meeting is, what it is for, or whether it took place."""
    return amend(by=by, room=ROOM, kind="meeting", kept=meeting, words=words)


@transaction.atomic
def write_minutes(*, by: User | None, meeting: Meeting, minutes: str, minutes_agreed_on: date | None = None) -> Changes:
    """Keep the minutes of a meeting, which has then been held, and the day on which the board agreed them.

    What they said before is kept, whether it was agreed or not.
    Raises RefusedError when minutes that were agreed are changed and still said to be agreed on that day.
    """
    agreed = meeting.minutes_agreed_on
    if agreed and minutes_agreed_on == agreed and minutes != meeting.minutes:
        raise RefusedError(f"These minutes were agreed on {day(agreed)}. To change them, take that day away, or enter the day "
                           "on which the board agreed them again", "minutes_agreed_on")
    if minutes_agreed_on and not minutes:
        raise RefusedError("Write the minutes that were agreed", "minutes")
    if minutes_agreed_on and minutes_agreed_on < meeting.on:
        raise RefusedError("Minutes cannot be agreed before the meeting", "minutes_agreed_on")
    held = Meeting.State.HELD if minutes and meeting.state == Meeting.State.PLANNED else meeting.state
    written = {"minutes": minutes, "minutes_agreed_on": minutes_agreed_on}
    changes = amend(by=by, room=ROOM, kind="meeting", kept=meeting, words={**written, "state": held})
    if written.keys() & changes.keys():
        MinutesVersion.objects.create(meeting=meeting, by=by, **written)
    return changes


@transaction.atomic
def record_attendance(*, by: User | None, meeting: Meeting, states: dict[int, str]) -> Changes:
    """Keep who came; states gives a party's number its state, "" to record nothing of them; others stay as they are.

    Raises RefusedError for a party of another authority.
    """
    if Party.objects.filter(pk__in=states).exclude(area=meeting.board.area).exists():
        raise RefusedError("Choose somebody from the directory", "other")
    held = dict(meeting.attendance.values_list("party_id", "state"))
    changes = {f"entry {party}": [held.get(party, ""), state] for party, state in states.items() if held.get(party, "") != state}
    for party, state in states.items():
        if state:
            Attendance.objects.update_or_create(meeting=meeting, party_id=party, defaults={"state": state})
        else:
            meeting.attendance.filter(party_id=party).delete()
    if changes:
        record(by=by, verb="changed", room=ROOM, subject=subject_of(meeting), detail=changes)
    return changes


def add_item(*, by: User | None, meeting: Meeting, **words: Any) -> AgendaItem:
    """Put something on the agenda; words are number, title, purpose and presenter."""
    return make(by=by, room=ROOM, kind="agenda item", made=AgendaItem(meeting=meeting), words=words)


def change_item(*, by: User | None, item: AgendaItem, **words: Any) -> Changes:
    """Change an item of the agenda."""
    return amend(by=by, room=ROOM, kind="agenda item", kept=item, words=words)


def add_paper(*, by: User | None, meeting: Meeting, upload: UploadedFile | None = None, **words: Any) -> Paper:
    """Add a paper: a file, or the address of an issued report. Raises RefusedError when it is neither or both."""
    address = words.get("address", "")
    if bool(upload) == bool(address):
        raise RefusedError("Choose a file, or give the address of an issued report, but not both", "upload")
    return make(by=by, room=ROOM, kind="paper", made=Paper(meeting=meeting), words={**words, **_file(upload), "by": by})


def change_paper(*, by: User | None, paper: Paper, **words: Any) -> Changes:
    """Change what a paper is called and where it belongs; another file is another paper."""
    return amend(by=by, room=ROOM, kind=kind_of(paper), kept=paper, words=words)


def _file(upload: UploadedFile | None) -> dict[str, Any]:
    if upload is None:
        return {}
    content = upload.read()
    name = PurePath(str(upload.name or "paper").replace("\\", "/")).name[-200:]
    return {"name": name, "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream", "size": len(content),
            "digest": hashlib.sha256(content).hexdigest(), "content": content}
