"""A month that is closed again, beside its version before: what of it is another, or that nothing is."""

import json
from typing import Any

from django.utils import timezone

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
    was = {"records": _undated(content_of(before), before.known), "errors": before.errors, "moved": before.moved,
           "headline": {name: value for name, value in before.figures.items() if name != SINCE}}
    now = {"records": _undated(content, kept["known"]), "errors": kept["errors"], "moved": kept["moved"],
           "headline": kept["figures"]}
    differing = [name for name in _PARTS if _plain(was[name]) != _plain(now[name])]
    return {SINCE: {"version": before.version, "differing": differing}}


def said_since(close: MonthClose) -> str:
    """How a version differs from the one before, in a sentence; empty for a first version."""
    if not (held := close.figures.get(SINCE)):
        return ""
    if not held["differing"]:
        return (f"Nothing differs from version {held['version']}: the records, what is wrong in them, the headline and what "
                "moved it are the same.")
    return f"Different from version {held['version']}: {', '.join(_PARTS[name] for name in held['differing'])}."


def _undated(content: bytes, known: Any) -> bytes:
    """A return without the day on which it was written, which its header says first of all days."""
    return content.replace(timezone.localdate(known).isoformat().encode(), b"", 1)


def _plain(value: Any) -> Any:
    """A value as the database gives it back."""
    return value if isinstance(value, bytes) else json.loads(json.dumps(value))
