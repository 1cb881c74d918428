"""A page of a PDF as it is printed: its words and its ruled lines with where they stand, from the page's top left."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(slots=True)
class Word:
    """Letters without a space between them, in points from the page's top left; size is the letters' height."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    sideways: bool = False


@dataclass(slots=True)
class Rule:
    """A straight drawn line, across or down: at is its place on the other axis, start and end along its own."""

    at: float
    start: float
    end: float


@dataclass
class Page:
    """What is printed on a page. pictured is the share of its area under pictures; unmapped its letters without a name."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    drawn: int = 0
    pictured: float = 0.0
    unmapped: int = 0
    too_full: bool = False


class Box(NamedTuple):
    """A rectangle in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @classmethod
    def around(cls, boxes: Iterable["Box"]) -> "Box":
        """The smallest box that holds all of boxes, of which there is at least one."""
        held = list(boxes)
        return cls(min(b.x0 for b in held), min(b.top for b in held), max(b.x1 for b in held), max(b.bottom for b in held))


@dataclass(frozen=True)
class Frame:
    """Turns the file's own coordinates into points from the top left of the page as it is held for reading.

    turned is how far the page is turned clockwise to be read: 0, 90, 180 or 270 degrees.
    """

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point on the page as read."""
        if self.turned == 90:
            return y - self.bottom, x - self.left
        if self.turned == 180:
            return self.right - x, y - self.bottom
        if self.turned == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box given by two of its corners."""
        (ax, ay), (bx, by) = self.place(x0, y0), self.place(x1, y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
