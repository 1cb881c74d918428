"""How far NEET or not known could fall and rise, were what is wrong put right: by who can, and by everybody together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from throughline.analytics.participation.cohort import Cohort
from throughline.analytics.participation.standing import Standing

ALL = "all"  # beside who can put errors right
_DECIMALS = 6


class Swing:
    """People let through one by one, each counted once for everybody who can put something of theirs right.

    Whoever counts as not known, and has an error in what decides what they count as, might be known, and not NEET, once it is put
    right: the headline would fall. Whoever the headline counts though their activity is one of compulsory school age counts as
    neither; with an error in what says that activity, they might be NEET or not known once it is put right: it would rise. A
    warning is no error.
    """

    def __init__(self, cohort: Cohort) -> None:
        self._deciding = {Standing.NOT_KNOWN: cohort.decided_by, Standing.BEFORE: cohort.decided_by_activity}
        self._could: dict[Standing, Counter[str]] = {standing: Counter() for standing in self._deciding}

    def person(self, errors: Iterable[tuple[str, str, bool]], standing: str | None) -> None:
        """Somebody with errors, each by who can put it right, its element and whether it only warns; and as what the headline
        counts them, None where it does not.
        """
        wrong: dict[str, set[str]] = defaultdict(set)
        for who, element, warns in errors:
            for each in (who, ALL):
                wrong[each] |= set() if warns else {element}
        for counts_as, deciding in self._deciding.items():
            for who, elements in wrong.items():
                self._could[counts_as][who] += standing == counts_as and not deciding.isdisjoint(elements)

    def falls(self, cohort: int) -> dict[str, float | None]:
        """By how many points at most it could fall, by who can put errors right, where the headline counts among so many; None
        for nobody.
        """
        return _points(self._could[Standing.NOT_KNOWN], cohort)

    def rises(self, cohort: int) -> dict[str, float | None]:
        """By how many points at most it could rise, said as how far it could fall is."""
        return _points(self._could[Standing.BEFORE], cohort)


def _points(could: Mapping[str, int], cohort: int) -> dict[str, float | None]:
    return {who: round(100 * many / cohort, _DECIMALS) if cohort else None for who, many in could.items()}
