"""What can be downloaded of readings: the list of them, and what one left unread."""

from collections.abc import Iterable, Iterator
from typing import Any

from throughline.apps.plans.models import Reading
from throughline.apps.plans.reading_pieces import UNREAD, pieces_of
from throughline.ui.downloads import Column

READING_COLUMNS = [
    Column("name", "File"), Column("at", "Read on"), Column("by", "Read by"), Column("state", "What became of it"),
    Column("settled_at", "On"), Column("settled_by", "By"), Column("plan", "Plan"), Column("follows", "Next version of"),
    Column("adds_to", "Adds to"),
]
READING_NOTES = ["A file that could not be read is not kept and not in this list."]
UNREAD_COLUMNS = [Column("source", "Where it stands"), Column("text", "Words"), Column("why", "Why it was not read"),
                  Column("placed", "What became of it"), Column("reason", "Reason given")]
UNREAD_NOTES = ["Words that could not be read with confidence. Those placed by hand since say where they went."]
_BECAME = {"nothing": "Nothing to place"}


def reading_rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """One row a reading."""
    for each in readings:
        yield {
            "name": each.name, "at": each.at, "by": each.by.full_name if each.by else "", "state": each.get_state_display(),
            "settled_at": each.settled_at, "settled_by": each.settled_by.full_name if each.settled_by else "",
            "plan": _title(each.plan), "follows": _title(each.next_version_of), "adds_to": _title(each.supplement_of),
        }


def _title(plan: Any) -> str:
    return plan.title if plan else ""


def unread_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """One row a piece that was left unread when the file was read."""
    for _, piece in pieces_of(reading.read, reading.corrections).of(UNREAD):
        taken = piece["taken"]
        yield {"source": piece["source"], "text": piece["text"], "why": piece["why"], "reason": taken.get("why", ""),
               "placed": _BECAME.get(taken["as"], f"Taken as {taken['as']}") if taken else "Still unread"}
