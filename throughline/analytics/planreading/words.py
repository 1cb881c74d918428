"""Words, as they are compared: without capitals, punctuation or the debris of a converter."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({
    "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": None, "\u200b": None, "\ufeff": None,
    "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2011": "-",
})
# Words with which nothing ends: what stops at one goes on in the next cell or line.
_LEADS_ON = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "include", "including", "into", "is", "of", "on", "or",
    "our", "than", "that", "the", "their", "to", "where", "which", "who", "with",
))
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'(])")
# What a converter makes of a rule, a smudge or a column's edge: no run of it is a word.
_LONE = re.compile(r"\W*(?:\w{1,2}\W+){2,}\w{0,2}\W*")


def plain(text: str) -> str:
    """Text on one line, its ligatures taken apart and its white space single."""
    return " ".join((text if text.isascii() else text.translate(_LIGATURES)).split())


def lines(text: str) -> list[str]:
    """The lines of a cell or a paragraph that hold anything, each plain."""
    return [line for line in (plain(each) for each in text.splitlines()) if line]


def words(text: str) -> list[str]:
    """The words and numbers of a text, in order, without capitals."""
    return [word.casefold() for word in _WORD.findall(text)]


@lru_cache(maxsize=4096)
def known_by(text: str) -> str:
    """What a heading or a title is recognised by: its words with single spaces."""
    return " ".join(words(text))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [sentence for sentence in _SENTENCE.split(plain(text)) if sentence]


def is_debris(text: str) -> bool:
    """Whether a cell holds marks and not words: "d u • Ir p", "_", ", ,"."""
    found = words(text)
    if not found:
        return bool(plain(text))
    return len(found) > 2 and not any(word.isdigit() for word in found) and bool(_LONE.fullmatch(plain(text)))


def begins_inside(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: with a small letter."""
    return text[:1].islower() or text[:1] in (",", ";", ")")


def ends_inside(text: str) -> bool:
    """Whether a text stops in the middle of a sentence: with a dash, a comma, or a word that must be followed."""
    last = words(text)[-1:] or [""]
    return text.rstrip()[-1:] in ("–", "-", ",", "/", "&") or last[0] in _LEADS_ON
