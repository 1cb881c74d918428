"""A month that is closed again, beside its version before: what of it is another, or that nothing is."""

import json
from dataclasses import astuple
from typing import Any

from django.utils import timezone

from throughline.apps.returns import printed
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of

SINCE = "since"  # under which the figures of a version keep how it differs from the one before
_PARTS = {"records": "the records of the return", "errors": "what is wrong in it", "headline": "the headline",
          "moved": "what moved it"}


def since(before: MonthClose | None, content: bytes, kept: dict[str, Any]) -> dict[str, Any]:
    """The version before and which parts differ from it, as the figures keep them; nothing where there is none to compare with.

    content is the return that was written now; the day on which a return is written is no part of what it says.
    """
    if before is None or before.forgotten_at:
        return {}
    was = _compared(content_of(before), before.known, before.errors, before.moved, before.figures)
    now = _compared(content, kept["known"], kept["errors"], kept["moved"], kept["figures"])
    differing = [name for name in _PARTS if _plain(was[name]) != _plain(now[name])]
    return {SINCE: {"version": before.version, "differing": differing}}


def _compared(content: bytes, known: Any, errors: Any, moved: Any, figures: dict[str, Any]) -> dict[str, Any]:
    """What is compared of a version, by part: of the figures what is printed, which is all that anybody can see differ."""
    headline = [figures.get("caution", ""), printed.ages(figures), printed.neet_range(figures),
                printed.falls(figures), *(astuple(row) for row in printed.rows(figures))]
    return {"records": _undated(content, known), "errors": errors, "moved": moved, "headline": headline}


def said_since(close: MonthClose) -> str:
    """How a version differs from the one before, in a sentence; empty for a first version."""
    if not (held := close.figures.get(SINCE)):
        return ""
    if not held["differing"]:
        return (f"Nothing differs from version {held['version']}: the records, what is wrong in them, the headline and what "
                "moved it are the same.")
    return f"Different from version {held['version']}: {', '.join(_PARTS[name] for name in held['differing'])}."


def version_differing(close: MonthClose) -> int | None:
    """The version before, where records of the return differ from its own."""
    held = close.figures.get(SINCE) or {}
    return held["version"] if "records" in held.get("differing", ()) else None


def _undated(content: bytes, known: Any) -> bytes:
    """A return without the day on which it was written, which its header says first of all days."""
    return content.replace(timezone.localdate(known).isoformat().encode(), b"", 1)


def _plain(value: Any) -> Any:
    """A value as the database gives it back."""
    return value if isinstance(value, bytes) else json.loads(json.dumps(value))
