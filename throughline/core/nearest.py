"""Nearest matches for a word that was not found, so that an error can say what was probably meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(term: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words most like term, best first; at most limit, and none that are quite unlike it."""
    wanted = term.lower()
    scored = [(_likeness(wanted, word.lower()), word) for word in known]
    return [word for score, word in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= 0.5][:limit]


def _likeness(wanted: str, word: str) -> float:
    if wanted and (wanted in word or word in wanted):
        return 0.9
    return SequenceMatcher(None, wanted, word).ratio()
