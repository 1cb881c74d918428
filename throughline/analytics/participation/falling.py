"""How far NEET or not known could fall, were what is wrong put right: by who can, and by everybody together."""

from collections import Counter
from collections.abc import Collection, Iterable

ALL = "all"  # beside who can put errors right
_DECIMALS = 6


class Falling:
    """People let through one by one, each counted once for everybody who can put something of theirs right.

    Whoever has an error in what decides what they count as, and counts as not known, might be known, and not NEET, once it is
    put right. decided_by are the elements of the return that decide it; a warning is no error.
    """

    def __init__(self, decided_by: Collection[str]) -> None:
        self._could: Counter[str] = Counter()
        self._decided_by = decided_by

    def person(self, errors: Iterable[tuple[str, str, bool]], *, unknown: bool) -> None:
        """Somebody with errors, each by who can put it right, its element and whether it only warns; and whether they are of the
        headline's ages and count as not known.
        """
        moves: dict[str, bool] = {}
        for who, element, warns in errors:
            for each in (who, ALL):
                moves[each] = moves.get(each, False) or (element in self._decided_by and not warns)
        for who, does in moves.items():
            self._could[who] += unknown and does

    def points(self, cohort: int) -> dict[str, float | None]:
        """By how many points at most, by who can put errors right, where the headline counts among so many; None for nobody."""
        return {who: round(100 * many / cohort, _DECIMALS) if cohort else None for who, many in self._could.items()}
