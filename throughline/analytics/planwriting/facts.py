"""What is said of a plan beside its own words: whose it is, how far it is approved, and how its actions stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Update:
    """The latest word on an action: its rating as given ("" where nobody rated it), the account of it, and the day."""

    rag: str = ""
    narrative: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Facts:
    """What the title page says, and the updates of a plan that is being monitored.

    status is a sentence: "Draft", "Approved by Cabinet on 3 March 2026". as_at is the day the document speaks for.
    success is how it will be known that the plan as a whole worked.
    updates are by the action's place in layout.actions_in_order, counted from 0, because numbers are printed twice.
    """

    authority: str = ""
    status: str = ""
    as_at: date | None = None
    issued_by: str = ""
    updates: Mapping[int, Update] = field(default_factory=dict)
    success: tuple[str, ...] = ()


def day(value: date) -> str:
    """A day as it is printed: 3 March 2026."""
    return f"{value.day} {value:%B %Y}"
