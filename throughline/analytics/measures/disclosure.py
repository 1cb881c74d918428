"""Disclosure control: what may leave, and what is suppressed so that nobody can be picked out."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SmallNumbers:
    """Counts of people from least to most, both inclusive, are not shown."""

    least: int
    most: int

    def hides(self, count: float | None) -> bool:
        """Whether a count of people is too small to show; zero and unknown are not hidden."""
        return count is not None and self.least <= count <= self.most


def load_small_numbers(definitions: Path) -> SmallNumbers:
    """The rule of definitions/rules/disclosure.toml."""
    with (definitions / "rules" / "disclosure.toml").open("rb") as file:
        rule = tomllib.load(file)["small_numbers"]
    return SmallNumbers(rule["least"], rule["most"])
