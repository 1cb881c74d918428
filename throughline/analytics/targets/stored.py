"""A target as plain values and back, so that a room can keep it as JSON without losing anything."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from throughline.analytics.targets import language

_KINDS = {
    kind.__name__: kind
    for kind in (
        language.Target, language.And, language.Level, language.Count, language.Change, language.Trend,
        language.Comparator, language.Rank, language.RankChange, language.Gap, language.Average, language.Milestone,
        language.Due, language.Baseline, language.Origin,
    )
}
# A field's name says what its plain value is read back into; RankUnit shares the name "unit" with TargetUnit.
_READ_BACK: dict[str, Callable[[Any], Any]] = {
    "comparison": language.Comparison,
    "direction": language.Direction,
    "relation": language.Relation,
    "against": language.Against,
    "among": language.Against,
    "to": language.Against,
    "end": language.End,
    "closing": language.Closing,
    "span": language.Span,
    "recurrence": language.Recurrence,
    "unit": language.TargetUnit,
    "by": date.fromisoformat,
    "start": date.fromisoformat,
}
_OWN_READING: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("Rank", "unit"): language.RankUnit,
    ("Origin", "kind"): language.OriginKind,
    ("Comparator", "by"): float,
}


class UnreadableTargetError(ValueError):
    """Raised when stored values are no target."""


def to_dict(thing: Any) -> dict[str, Any]:
    """A target, or any part of one, as strings, numbers, lists and dictionaries; "is" names what it is."""
    return {"is": type(thing).__name__} | {entry.name: _plain(getattr(thing, entry.name)) for entry in fields(thing)}


def from_dict(stored: dict[str, Any]) -> language.Target:
    """The target that to_dict made these values from. Raises UnreadableTargetError."""
    try:
        target = _made(stored)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableTargetError(f"These values are no target: {error}") from error
    if not isinstance(target, language.Target):
        raise UnreadableTargetError(f"These values are a part of a target, {type(target).__name__}, and not a whole one")
    return target


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return to_dict(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(stored: dict[str, Any]) -> Any:
    name = stored["is"]
    return _KINDS[name](**{key: _read(name, key, value) for key, value in stored.items() if key != "is"})


def _read(owner: str, key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _made(value)
    if isinstance(value, list):
        return tuple(_read(owner, key, item) for item in value)
    read = _OWN_READING.get((owner, key)) or _READ_BACK.get(key)
    return value if value is None or read is None else read(value)
