"""The pieces that patterns for targets are made of: verbs, comparators, authorities and origins, from the rules' words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from throughline.analytics.targets.language import Against, Aim, Direction, Origin, OriginKind
from throughline.analytics.targets.rules import Words
from throughline.analytics.targets.wording.dues import MONTH

PERIOD = r"(?:19[5-9]|20[0-9])[0-9](?: ?[/–-] ?(?:20[0-9]{2}|[0-9]{2}))?"
MONTH_LIST = rf"{MONTH}(?:(?:,? and |, ?| ?& ?| ?/ ?| ?[-–] ?| to ){MONTH})+"
_LINKS = r"(?:(?:those|that|the|our|its|their|of|for|all|with|average|figures?|rates?|levels?|in|than|20[0-9]{2}) ){0,4}"


@dataclass(frozen=True)
class Reader:
    """One way of putting an aim: what it looks like, and the aim a match stands for, or None when it is none after all."""

    pattern: re.Pattern[str]
    make: Callable[[re.Match[str]], Aim | None]


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that takes no account of capitals."""
    return re.compile(pattern, re.IGNORECASE)


class Pieces:
    """The rules' words as fragments of patterns, and what a matched word stands for."""

    def __init__(self, words: Words) -> None:
        self._against = {name: against for against, names in words.comparators.items() for name in names}
        self._direction = {verb: direction for direction, verbs in words.verbs.items() for verb in verbs}
        self._cohorts = {name.lower(): names[0] for names in words.cohorts for name in names}
        self._neighbours = words.comparators[Against.NEIGHBOURS]
        self.against = rf"{_LINKS}(?P<against>{either(self._against)})\b"
        self.among = (
            r"(?:(?:,? ?(?:of|for|among|amongst|in|across|against) | )(?:(?:all|the|our|its|english|other|their) ){0,3}"
            rf"(?P<among>{either(self._neighbours)}|{either(words.authorities)}(?P<in_region> in (?:the|our) region)?)\b)?"
        )
        self.cohort = compiled(rf"\b(?:{either(self._cohorts)})\b")
        self.milestone = compiled(rf"\b(?:{either(words.milestones)})\b")

    def verbs(self, *directions: Direction) -> str:
        """A fragment for the verbs of some directions."""
        return either(verb for verb, direction in self._direction.items() if direction in directions)

    def direction(self, verb: str) -> Direction:
        """Which way a verb of the rules goes."""
        return self._direction[verb.lower()]

    def whom(self, match: re.Match[str]) -> Against:
        """Whom a match of the fragment against names."""
        return self._against[match["against"].lower()]

    def among_whom(self, match: re.Match[str]) -> Against:
        """Whom a match of the fragment among names; all authorities of England where it names nobody."""
        if match["in_region"]:
            return Against.REGION
        return Against.NEIGHBOURS if (match["among"] or "").lower() in self._neighbours else Against.ENGLAND

    def cohort_title(self, name: str) -> str:
        """The name we print for a cohort named in any of its ways."""
        return self._cohorts[name.lower()]


@lru_cache(maxsize=8)
def pieces(words: Words) -> Pieces:
    """The fragments for these words, made once."""
    return Pieces(words)


def either(words: Iterable[str]) -> str:
    """A fragment for any of the words, the longest first so that none is taken for a part of itself."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


_BEFORE = r"(?: ?,?\(? ?(?:from|on|against|over|compared (?:to|with)|since|relative to|than|of) (?:(?:the|its|our|their|a) )?"
_NAMED = (
    r"(?:(?P<previous>(?:previous|last|preceding) year|year before)"
    rf"|(?P<since>{PERIOD})\b(?: (?:baseline|levels?|figures?|position))?"
    r"|(?P<base>baseline(?: (?:value|figure|position))?|current (?:levels?|figures?)|present levels?|starting point))\)?)"
)
ORIGIN = f"{_BEFORE}{_NAMED}?"
STATED_ORIGIN = f"{_BEFORE}{_NAMED}"


def origin(match: re.Match[str]) -> Origin:
    """What a match of ORIGIN names; the baseline where it names nothing."""
    if match["previous"]:
        return Origin(OriginKind.PREVIOUS)
    if match["since"]:
        return Origin(OriginKind.PERIOD, squeezed(match["since"]))
    return Origin()


def squeezed(period: str) -> str:
    """A printed period without the spaces inside it."""
    return period.replace(" ", "").replace("–", "-")
