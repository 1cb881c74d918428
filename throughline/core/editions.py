"""Which edition of dated rules holds on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class _Edition(Protocol):
    """What holds from a day on, until the next edition does."""

    @property
    def starts(self) -> date:
        """The first day."""


Edition = TypeVar("Edition", bound=_Edition)


def held_on(editions: Sequence[Edition], day: date) -> Edition:
    """The edition that holds on a day, of some with the oldest first; the oldest for a day before any."""
    held = [edition for edition in editions if edition.starts <= day]
    return held[-1] if held else editions[0]
