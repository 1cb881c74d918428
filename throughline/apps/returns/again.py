"""A month that is closed again, beside its version before: what of it is another, or that nothing is."""

import json
from dataclasses import astuple
from typing import Any

from django.utils import timezone

from throughline.analytics.participation.swing import ALL
from throughline.apps.returns import printed
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of
from throughline.ui.formats import NONE

SINCE = "since"  # under which the figures of a version keep how it differs from the one before
_PARTS = {"records": "the records of the return", "errors": "what is wrong in it", "headline": "the headline",
          "moved": "what moved it"}
_RISE = "rise, "  # before who can put errors right, beside how far it could fall
_NOT_ALWAYS_KEPT = {"caution": "the caution about the rules", "ages": "the ages that the headline is of",
                    ALL: "how far the headline could fall were everything put right",
                    _RISE + ALL: "how far the headline could rise were everything put right"}


def since(before: MonthClose | None, content: bytes, kept: dict[str, Any]) -> dict[str, Any]:
    """The version before and which parts differ from it, as the figures keep them; nothing where there is none to compare with.

    content is the return that was written now; the day on which a return is written is no part of what it says.
    """
    if before is None or before.forgotten_at:
        return {}
    was = _compared(content_of(before), before.known, before.errors, before.moved, before.figures)
    now = _compared(content, kept["known"], kept["errors"], kept["moved"], kept["figures"])
    lacking = [name for name in _NOT_ALWAYS_KEPT if (name in was["headline"]) != (name in now["headline"])]
    both = was["headline"].keys() & now["headline"].keys()
    for part in (was, now):
        part["headline"] = {name: part["headline"][name] for name in sorted(both)}
    differing = [name for name in _PARTS if _plain(was[name]) != _plain(now[name])]
    return {SINCE: {"version": before.version, "differing": differing, "lacking": lacking}}


def _compared(content: bytes, known: Any, errors: Any, moved: Any, figures: dict[str, Any]) -> dict[str, Any]:
    """What is compared of a version, by part: of the figures what is printed, which is all that anybody can see differ."""
    return {"records": _undated(content, known), "errors": errors, "moved": moved, "headline": _headline(figures)}


def _headline(figures: dict[str, Any]) -> dict[str, Any]:
    """What is printed of the figures, by what it is; what was not kept yet when the month was closed is left out.

    Who has nothing to put right has no fall and no rise: that they had before is said by what is wrong.
    """
    found = {row.title: astuple(row) for row in printed.rows(figures)}
    found |= {"range": printed.neet_range(figures), **printed.falls(figures)}
    found |= {_RISE + who: said for who, said in printed.rises(figures).items()}
    found |= {name: NONE for name, kept in ((ALL, "could_fall"), (_RISE + ALL, "could_rise")) if figures.get(kept) == {}}
    return found | {name: said for name, said in (("caution", figures.get("caution")), ("ages", printed.ages(figures) or None))
                    if said is not None}


def said_since(close: MonthClose) -> str:
    """How a version differs from the one before, in a sentence; empty for a first version."""
    if not (held := close.figures.get(SINCE)):
        return ""
    lacking = " and ".join(_NOT_ALWAYS_KEPT[name] for name in held.get("lacking", ()))
    beyond = f" Not compared, since it was not kept in version {held['version']}: {lacking}." if lacking else ""
    if not held["differing"]:
        return (f"Nothing differs from version {held['version']}: the records, what is wrong in them, the headline and what "
                f"moved it are the same.{beyond}")
    return f"Different from version {held['version']}: {', '.join(_PARTS[name] for name in held['differing'])}.{beyond}"


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
