"""Where each value of a column first stands, and how often: so that a fault is told once and not on every line."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def tally(values: Iterable[Key], lines: Iterable[int]) -> dict[Key, tuple[int, int]]:
    """For each distinct value, the line it first stands on and on how many lines it stands."""
    found: dict[Key, tuple[int, int]] = {}
    for value, line in zip(values, lines, strict=True):
        first, count = found.get(value, (line, 0))
        found[value] = (first, count + 1)
    return found


def rows(count: int) -> str:
    """A count of rows in words: 1 row, 2,130 rows."""
    return "1 row" if count == 1 else f"{count:,} rows"
