"""Rows of a list that say how many rows there are, and whether there are as many."""

import re
from collections.abc import Iterable, Sequence

from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain

_NUMBER = re.compile(r"(?<![\d.,£])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(?![\d.,]*[\d%])")  # no sum of money, no share


def begins(text: str, words: Iterable[str]) -> bool:
    """Whether a text begins with one of some words."""
    return any(f"{plain(text)} ".startswith(f"{word} ") for word in words)


def is_count(row: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row says how many there are: its first cell begins or ends with a word for that, or a cell says no more."""
    first, *others = (cell for cell in row if cell)
    if begins(first, vocabulary.counts) or any(f" {_worded(first)}".endswith(f" {word}") for word in vocabulary.counts):
        return True
    return any(_worded(cell) in vocabulary.counts for cell in others)


def _worded(cell: str) -> str:
    """A cell in the plain form, without the figures after its words."""
    return re.sub(r"[ \d]+$", "", plain(cell))


def miscount(row: Sequence[str], read: int, counted: Sequence[int]) -> str:
    """What is told of a total; empty where it is that of all rows read, or of those since any total before it, and where it
    does not say one number. counted are how many rows had been read at each total before it, from 0.
    """
    numbers = [int(printed.partition(".")[0].replace(",", "")) for cell in row for printed in _NUMBER.findall(cell)]
    fits = {read - before for before in counted}
    if len(numbers) != 1 or numbers[0] in fits:
        return ""
    since = read - counted[-1] or read  # a grand total stands after the last of the others, and nobody between
    return f"The file says {numbers[0]:,}, we read {since:,}: look for rows that are missing or that we did not see"
