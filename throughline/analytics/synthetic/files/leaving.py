"""What a college writes of those who left it: why, and what they meant to do next, which is not always what they did."""

from collections.abc import Mapping
from random import Random
from typing import Any

_AS_MEANT = 0.6  # of those who left


def why(person: Mapping[str, Any], headings: Mapping[str, Any], chance: Random) -> str:
    """Why somebody left, in a college's words, by the code of what they did next."""
    reasons = headings["reasons"]
    return chance.choice(_of(reasons, person["next_code"]))


def meant(person: Mapping[str, Any], headings: Mapping[str, Any], chance: Random) -> str:
    """What somebody meant to do next, in a college's words: mostly what they did."""
    did, any_of = _of(headings["meant"], person["next_code"]), [code for codes in headings["meant"].values() for code in codes]
    return chance.choice(headings["destinations"][chance.choice(did if chance.random() < _AS_MEANT else any_of)])


def _of(words: Mapping[str, list[str]], code: str) -> list[str]:
    """The words for a code: its own, or those of its family, which its first figure tells, or those for any other."""
    return words.get(code) or words.get(code[:1]) or words["other"]
