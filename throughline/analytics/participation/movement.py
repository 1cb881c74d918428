"""What moved a month's counts since the month before: person by person, adding up to the change exactly."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from throughline.analytics.participation.standing import Standing

OUTSIDE = "outside"  # counted by the authority in neither its cohort nor its ages


@dataclass(frozen=True)
class Stand:
    """What somebody counted as at a month end; headline says whether they are of the ages that the headline counts."""

    standing: Standing
    headline: bool


@dataclass(frozen=True)
class Move:
    """Somebody who counts as something else than a month before; was and now are standings, or OUTSIDE."""

    learner: int
    was: str
    now: str

    @property
    def what(self) -> str:
        """The move in words."""
        return _WORDS.get((self.was, self.now)) or f"{_NAMES[self.was]}, now {_NAMES[self.now]}"


_NAMES = {
    "participating": "participating", "other": "in work without study, or on a break", "neet": "NEET", "not_known": "not known",
    "excluded": "in adult custody", "before": "of compulsory school age", OUTSIDE: "not in the cohort",
}
_WORDS = {
    ("participating", "neet"): "became NEET", ("other", "neet"): "became NEET",
    ("neet", "participating"): "left NEET to participate", ("neet", "other"): "left NEET for work or a break",
    ("not_known", "neet"): "found, and NEET", ("not_known", "participating"): "found, and participating",
    ("not_known", "other"): "found, in work or on a break", ("neet", "not_known"): "was NEET, no longer known",
    ("participating", "not_known"): "no longer known", ("other", "not_known"): "no longer known",
    (OUTSIDE, "neet"): "joined the cohort, NEET", (OUTSIDE, "not_known"): "joined the cohort, not known",
    ("neet", OUTSIDE): "left the cohort, was NEET", ("not_known", OUTSIDE): "left the cohort, was not known",
}


def moves(before: Mapping[int, Stand], after: Mapping[int, Stand]) -> list[Move]:
    """Everybody whose part in the headline changed, by the register's number.

    Whoever is missing from a side, or not of the headline's ages on it, counts as outside on that side.
    """
    found = []
    for learner in sorted(before.keys() | after.keys()):
        was, now = _counted(before.get(learner)), _counted(after.get(learner))
        if was != now:
            found.append(Move(learner, was, now))
    return found


def _counted(stand: Stand | None) -> str:
    return str(stand.standing) if stand and stand.headline else OUTSIDE


def counts(stands: Iterable[Stand]) -> dict[str, int]:
    """How many of the headline's ages count as each standing; cohort is all of them but those counted nowhere."""
    found = Counter(str(stand.standing) for stand in stands if stand.headline)
    nowhere = found[Standing.EXCLUDED] + found[Standing.BEFORE]
    return {**{str(standing): found[standing] for standing in Standing}, "cohort": sum(found.values()) - nowhere}
