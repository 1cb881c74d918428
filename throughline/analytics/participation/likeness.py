"""How likely somebody of whom we know nothing is NEET: as often as known people like them are.

What people are alike in is told from the widest to the narrowest, such as age, then support, then district. The share of a
narrower likeness is drawn towards that of the wider one as though so many more people had been seen there, so that a handful
of known people do not speak for many. Ours; no national rule does this.
"""

from collections import Counter
from collections.abc import Sequence

_NOBODY_KNOWN = 0.5  # where nobody at all is known, nothing speaks for either


class Chances:
    """The known people seen, by how they are alike, and what they say of others like them.

    drawn_by is how many people the wider likeness counts for. steps are how many parts of a likeness are taken together, from
    the widest; 0, which is everybody, comes first.
    """

    def __init__(self, drawn_by: int, steps: Sequence[int]) -> None:
        self._drawn_by, self._steps = drawn_by, tuple(steps)
        self._known: Counter[tuple] = Counter()
        self._neet: Counter[tuple] = Counter()

    def see(self, alike: tuple, is_neet: bool, people: int = 1) -> None:
        """Take in somebody known, or so many people who are alike."""
        for step in self._steps:
            self._known[alike[:step]] += people
            self._neet[alike[:step]] += people * is_neet

    def of(self, alike: tuple) -> float:
        """How likely somebody like this is NEET, from 0 to 1."""
        rate = self._neet[()] / self._known[()] if self._known[()] else _NOBODY_KNOWN
        for step in self._steps[1:]:
            rate = (self._neet[alike[:step]] + self._drawn_by * rate) / (self._known[alike[:step]] + self._drawn_by)
        return rate
