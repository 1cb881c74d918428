"""An entry of the audit in words: what was done, of what, and its detail, for the page and the file alike."""

from collections.abc import Iterator, Mapping
from typing import Any

from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ROLES

AMONG = "learners"  # under which a detail keeps the numbers of those whom a list or a file showed
AUTHORITY = "authority"  # under which it keeps whose young people they are, where a command took them away
_COMMAND = "throughline "  # before a command's name, where the page would stand
LEARNER, OPENING = "learner", "opening of a restricted record"  # kinds of subject that a learner's number names
_OF_A_LOOK = frozenset({AMONG, "lines"})  # lists of all of them where somebody looked; elsewhere how many, before and after
_LISTS = frozenset({"columns", "points", "parts", "files and lines", "forgotten"})  # lists of all of them, whatever was done
_TITLES: Mapping[Any, str] = {p.value: p.title for p in Permission} | {role.id: role.title for role in ROLES.values()}


def what_was_done(kind: str, verb: str) -> str:
    """What somebody did, as a phrase that its subject follows; verb is the word for what was done."""
    if kind != OPENING:
        return verb
    return "closed what they had opened of" if verb == "changed" else "opened what is restricted of"


def command_line(name: str) -> str:
    """What an entry of the audit keeps of a command in place of a page."""
    return f"{_COMMAND}{name}"


def who_did(email: str, path: str) -> str:
    """Who did it: their address, or the command that did; empty where neither is known."""
    return email or (f"By the command {path.removeprefix(_COMMAND)}" if path.startswith(_COMMAND) else "")


def of_what(kind: str, label: str) -> str:
    """What it was done to: a learner by number, and anything else as it was called."""
    return f"learner {label}" if kind in (LEARNER, OPENING) and label else label


def details(kind: str, detail: Mapping[str, Any], looked: bool) -> Iterator[str]:
    """The detail of an entry, a line each: what it is of and, where that changed, what it was and is. looked says whether
    somebody looked or took away.
    """
    for name, value in detail.items():
        if kind == OPENING and name == "minutes":
            yield f"For {value[1]} minutes"
        else:
            yield f"{_heading(name)}: {_told(name, value, looked)}"


def _heading(name: str) -> str:
    words = "account open" if name == "is_active" else name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _told(name: str, value: Any, looked: bool) -> str:
    if not isinstance(value, list):
        return _word(name, value)
    if name in _LISTS or (looked and name in _OF_A_LOOK) or len(value) != 2:
        return ", ".join(_word(name, each) for each in value) or "none"
    return f"{_word(name, value[0])} → {_word(name, value[1])}"


def _word(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "/".join(_word(name, each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_word(name, each)}" for key, each in value.items())
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(_TITLES.get(value, value) if name in ("permission", "role") else value)
