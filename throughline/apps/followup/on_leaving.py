"""What was said on leaving: why somebody left, what they meant to do next, and whether they do."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from throughline.analytics.participation.activity import Activity

NOBODY_SAID = "none"  # in addresses, for whoever left without a reason that is known
AS_INTENDED, OTHERWISE, NOT_YET = "As intended", "Otherwise than intended", "Not known yet"


class OnLeaving(NamedTuple):
    """The codes of why somebody left and of what they meant to do next, each empty where nobody said; and of each whether it
    was first told by a school, college or provider, or in the list of one.
    """

    reason: str = ""
    intended: str = ""
    reason_by_place: bool = False
    intended_by_place: bool = False

    @property
    def by_places(self) -> "OnLeaving":
        """What of it schools, colleges and providers were the first to tell."""
        return OnLeaving(self.reason if self.reason_by_place else "", self.intended if self.intended_by_place else "",
                         self.reason_by_place, self.intended_by_place)


@dataclass(frozen=True)
class Why:
    """How many left for one reason, by year group; its code is empty where nobody said."""

    reason: str
    groups: Counter[int]

    @property
    def left(self) -> int:
        """How many left for it in all."""
        return self.groups.total()


def came_of(said: OnLeaving, since: Iterable[Activity], fulfils: Mapping[str, frozenset[str]], agreed: frozenset[str]) -> str:
    """Whether somebody does as they intended: one of three words, and nothing where no intention is known that could be.

    since is what is known that they did since, fulfils the activities that fulfil each intention, agreed those that wait for a
    start.
    """
    if said.intended not in fulfils:
        return ""
    codes = {activity.code for activity in since}
    if codes & fulfils[said.intended]:
        return AS_INTENDED
    return OTHERWISE if codes - agreed else NOT_YET


def by_reason(left: Iterable[tuple[str, int]]) -> list[Why]:
    """How many left for each reason, the most first, whoever gave none last; left has the reason and year group of each."""
    found: dict[str, Counter[int]] = {}
    for reason, group in left:
        found.setdefault(reason, Counter())[group] += 1
    return sorted((Why(reason, groups) for reason, groups in found.items()),
                  key=lambda one: (not one.reason, -one.left, one.reason))
