"""How far NEET or not known could fall, were what is wrong put right: by who can, and by everybody together."""

from collections import Counter
from collections.abc import Collection

ALL = "all"  # beside who can put errors right
_DECIMALS = 6


class Falling:
    """People let through one by one, each counted once for everybody who can put something of theirs right.

    Whoever has an error and counts as not known might be known, and not NEET, once it is put right.
    """

    def __init__(self) -> None:
        self._could: Counter[str] = Counter()

    def person(self, whos: Collection[str], *, unknown: bool) -> None:
        """Somebody with errors: who can put them right, and whether they are of the headline's ages and count as not known."""
        for who in {*whos, ALL} if whos else ():
            self._could[who] += unknown

    def points(self, cohort: int) -> dict[str, float | None]:
        """By how many points at most, by who can put errors right, where the headline counts among so many; None for nobody."""
        return {who: round(100 * many / cohort, _DECIMALS) if cohort else None for who, many in self._could.items()}
