"""What is other in one edition of a page than in the one before it: of its text the lines, of the rest what it was."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from throughline.apps.handbook.models import PageEdition
from throughline.apps.handbook.tasks import tasks_named
from throughline.ui.formats import day

_SAID = {
    "title": "Title", "service": "Service", "audience": "For whom", "tasks": "Tasks", "owner": "Owner",
    "starts_on": "In force from", "review_on": "Next review",
}


@dataclass(frozen=True)
class Difference:
    """What differs between two editions: facts as (name, before, now); lines of the text that went and that came."""

    facts: list[tuple[str, str, str]]
    gone: list[str]
    come: list[str]

    @property
    def nothing(self) -> bool:
        """Whether the two say the same."""
        return not (self.facts or self.gone or self.come)


def difference(before: PageEdition, now: PageEdition) -> Difference:
    """What differs, in the order of the page."""
    facts = [(label, _said(before, name), _said(now, name)) for name, label in _SAID.items()]
    old, new = _lines(before), _lines(now)
    gone, come = [], []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how != "equal":
            gone += old[a:b]
            come += new[c:d]
    return Difference([fact for fact in facts if fact[1] != fact[2]], gone, come)


def _lines(edition: PageEdition) -> list[str]:
    return [line.strip() for line in edition.body.splitlines() if line.strip()]


def _said(edition: PageEdition, name: str) -> str:
    value: Any = getattr(edition, name)
    if name == "tasks":
        return "; ".join(task.title for task in tasks_named(value)) or "None"
    if name in ("starts_on", "review_on"):
        return day(value)
    return str(value or "Not said")
