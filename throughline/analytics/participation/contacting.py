"""Whom to try next and how: the most certainty gained for an officer's time, beside plain oldest first."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from throughline.analytics.participation.stated import Amended, UnfitError, read_stated, refused, whole

MEANS = ("phone", "email", "parent", "address", "provider")  # what a channel may need: things that we have of somebody
_YEAR = 366  # days
_UNSURE_OF_ANYBODY = 0.5  # bits that finding somebody is worth at least, however sure we are of what they would say


@dataclass(frozen=True)
class Channel:
    """A way of reaching somebody: minutes a try takes, the chance of an answer at first, and how that tires."""

    id: str
    title: str
    minutes: float
    reached: float
    tiring: float
    needs: str

    def chance(self, tried: int) -> float:
        """The chance that the next try gets an answer, after so many in vain."""
        return self.reached * self.tiring**tried


@dataclass(frozen=True)
class Contacting:
    """The channels by id, and what being certain of somebody is worth."""

    channels: Mapping[str, Channel]
    not_known: float
    about_to_lapse: float
    lapse_horizon_days: int
    neet_overdue: float


@dataclass(frozen=True)
class Case:
    """Somebody to be contacted.

    why is not_known, about_to_lapse or neet_overdue; neet_chance is how likely people like them are to be NEET; waiting is
    days since anybody last had an answer from them; lapses_in is days to the lapse of their activity; tried counts
    the tries in vain by channel since then; has says what a channel may need and we have, such as phone or parent; vulnerable
    that they are of a group that is.
    """

    learner: int
    why: str
    waiting: int
    neet_chance: float = 0.5
    lapses_in: int | None = None
    tried: Mapping[str, int] | None = None
    has: frozenset[str] = frozenset()
    vulnerable: bool = False


@dataclass(frozen=True)
class Next:
    """The next try for somebody: its gain is expected certainty in bits, rate is gain for an officer's hour."""

    case: Case
    channel: Channel | None
    chance: float
    gain: float
    rate: float


def certainty(case: Case, rules: Contacting) -> float:
    """What an answer would be worth, in bits: our doubt whether somebody like them is NEET, by why they are to be found."""
    doubt = max(_entropy(case.neet_chance), _UNSURE_OF_ANYBODY)
    if case.why == "about_to_lapse":
        days = rules.lapse_horizon_days if case.lapses_in is None else max(case.lapses_in, 0)
        return doubt * rules.about_to_lapse * max(0.0, 1 - days / rules.lapse_horizon_days)
    return doubt * (rules.neet_overdue if case.why == "neet_overdue" else rules.not_known)


def _entropy(chance: float) -> float:
    return -sum(part * math.log2(part) for part in (chance, 1 - chance) if 0 < part < 1)


def next_for(case: Case, rules: Contacting) -> Next:
    """The channel that gains most for its time, of those that we have the means for; None where there is none."""
    worth = certainty(case, rules)
    tried = case.tried or {}
    open_to_us = [channel for channel in rules.channels.values() if channel.needs in case.has]
    best = max(open_to_us, key=lambda channel: (channel.chance(tried.get(channel.id, 0)) / channel.minutes, channel.id),
               default=None)
    if best is None:
        return Next(case, None, 0.0, 0.0, 0.0)
    chance = best.chance(tried.get(best.id, 0))
    return Next(case, best, chance, chance * worth, 60 * chance * worth / best.minutes)


def best_next(cases: Iterable[Case], rules: Contacting) -> list[Next]:
    """Everybody, those first whose next try gains most for its time; of equals those of a vulnerable group, then whoever is
    likelier to be NEET, and of those whoever has waited longest.
    """
    return sorted((next_for(case, rules) for case in cases), key=lambda one: (
        -one.rate, not one.case.vulnerable, -one.case.neet_chance, -one.case.waiting, one.case.learner))


def oldest_first(cases: Iterable[Case], rules: Contacting) -> list[Next]:
    """Everybody, whoever has waited longest first, each by the same channel as in the other order."""
    return sorted((next_for(case, rules) for case in cases), key=lambda one: (-one.case.waiting, one.case.learner))


def load_contacting(definitions: Path, amended: tuple[Amended, ...] = ()) -> Contacting:
    """The rules of definitions/rules/contacting.toml, some numbers amended. Raises RefusedFileError, saying what is wrong."""
    path = definitions / "rules" / "contacting.toml"
    stated = read_stated(path, amended)
    try:
        channels = {
            name: Channel(name, given["title"], float(given["minutes"]), given["reached"], given["tiring"], given["needs"])
            for name, given in stated["channel"].items()
        }
        wrong = [name for name, one in channels.items() if not (one.minutes > 0 and 0 < one.reached <= 1 and 0 < one.tiring <= 1)]
        if wrong:
            raise UnfitError(f"{', '.join(wrong)}: minutes must be above 0, reached and tiring above 0 and at most 1")
        if unknown := {one.needs for one in channels.values()} - set(MEANS):
            raise ValueError(f"{', '.join(sorted(unknown))} is nothing that a channel needs: write one of {', '.join(MEANS)}")
        worth = stated["worth"]
        if not all(0 <= worth[why] <= 1 for why in ("not_known", "about_to_lapse", "neet_overdue")):
            raise UnfitError("What an answer is worth must be from 0 to 1")
        return Contacting(channels, worth["not_known"], worth["about_to_lapse"],
                          whole(worth["lapse_horizon_days"], "The days", 1, _YEAR), worth["neet_overdue"])
    except (KeyError, TypeError, ValueError) as error:
        remedy = "give each channel title, minutes, reached, tiring and needs, and the worth of knowing"
        raise refused(path, remedy, error) from error
