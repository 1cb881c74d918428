"""Rows of a list that say how many rows there are, and whether there are as many."""

import re
from collections.abc import Iterable, Sequence

from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain

_NUMBER = re.compile(r"(?<![\d.,£])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(?![\d.,]*[\d%])")  # no sum of money, no share
_LETTER = re.compile(r"[^\W\d_]")


def begins(text: str, words: Iterable[str]) -> bool:
    """Whether a text begins with one of some words."""
    return any(f"{plain(text)} ".startswith(f"{word} ") for word in words)


def is_count(row: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row says how many there are: its first cell begins or ends with a word for that, or a cell says no more."""
    return _place(row, vocabulary) is not None


def _place(row: Sequence[str], vocabulary: Vocabulary) -> int | None:
    """Where in a row the word for a total stands, as is_count has it."""
    first, *others = (at for at, cell in enumerate(row) if cell)
    if begins(row[first], vocabulary.counts) or any(f" {_worded(row[first])}".endswith(f" {word}") for word in vocabulary.counts):
        return first
    return next((at for at in others if _worded(row[at]) in vocabulary.counts), None)


def _worded(cell: str) -> str:
    """A cell in the plain form, without the figures after its words."""
    return re.sub(r"[ \d]+$", "", plain(cell))


def miscount(row: Sequence[str], read: int, counted: Sequence[int], vocabulary: Vocabulary) -> str:
    """What is told of a total; empty where it is that of all rows read, or of those since any total before it, and where it
    does not say one number behind its word. counted are how many rows had been read at each total before it, from 0.
    """
    place = _place(row, vocabulary) or 0
    own = row[place] if begins(row[place], vocabulary.counts) else _LETTER.split(row[place])[-1]  # “Year 12 total” counts no 12
    numbers = [int(printed.partition(".")[0].replace(",", "")) for cell in (own, *row[place + 1:])
               for printed in _NUMBER.findall(cell)]
    fits = {read - before for before in counted}
    if len(numbers) != 1 or numbers[0] in fits:
        return ""
    since = read - counted[-1] or read  # a grand total stands after the last of the others, and nobody between
    return f"The file says {numbers[0]:,}, we read {since:,}: look for rows that are missing or that we did not see"
