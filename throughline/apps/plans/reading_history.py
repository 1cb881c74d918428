"""What was put right in a reading, in words: who did it, when, and each field before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from throughline.apps.plans.models import Reading
from throughline.apps.plans.reading_pieces import Change, Pieces, pieces_of
from throughline.apps.plans.reading_words import LABELS, called, typed

_GONE = "Somebody whose account is closed"


@dataclass(frozen=True)
class Told:
    """One correction; differences are (what, before, after)."""

    number: int
    did: str
    by: str
    at: datetime
    undone: str
    differences: list[tuple[str, str, str]]


def history(reading: Reading, people: Mapping[int, str]) -> list[Told]:
    """The corrections of a reading, the last first; people are the names of those who may have made them."""
    pieces = pieces_of(reading.read)
    told = []
    for number, each in enumerate(reading.corrections):
        for change in each["changes"]:
            if "." not in change["path"]:
                pieces.held[change["path"]] = change["after"]
        undone = f"Undone by {people.get(each['undone_by'], _GONE)}" if "undone_at" in each else ""
        differences = [difference for change in each["changes"] if (difference := _difference(pieces, change))]
        by, at = people.get(each["by"], _GONE), datetime.fromisoformat(each["at"])
        told.append(Told(number, each["did"], by, at, undone, differences))
    return told[::-1]


def _difference(pieces: Pieces, change: Change) -> tuple[str, str, str] | None:
    """A field before and after; nothing for what only says where a piece stands."""
    key, _, name = change["path"].partition(".")
    piece = pieces.held[key]
    if name == "under":
        return LABELS[piece["what"]]["under"], *(_section(pieces, change[when]) for when in ("before", "after"))
    label = LABELS.get(piece["what"], {}).get(name)
    return (label, typed(name, change["before"]), typed(name, change["after"])) if label else None


def _section(pieces: Pieces, key: Any) -> str:
    return called(key, pieces.held[key]) if key in pieces.held else ""
