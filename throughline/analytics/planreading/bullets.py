"""A cell or a paragraph taken apart into the entries it lists, whatever marks them."""

import re
from collections.abc import Callable
from functools import lru_cache

from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import plain

_DIGIT = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})(?:[.)](?:\s+(?=\S)|(?=[^\W\d]))|(?::|\s[-–])\s+(?=[^\W\d]))")
_LETTER = re.compile(r"(?:(?<=\s)|^)\(?([a-z])[.)]\s+(?=\S)|(?:(?<=\s)|^)\(?([A-Za-z])\)\s*(?=[^\W\d])")


def split_entries(text: str, templates: Templates) -> list[str]:
    """The entries of a cell, one a list entry or a line; labels ("II.", "(a)") are kept and symbols dropped.

    A text that is no list comes back whole, on one line a paragraph.
    """
    return [entry for line in text.splitlines() for entry in _line_entries(plain(line), templates)]


def lead_and_entries(text: str, templates: Templates) -> tuple[str, list[str]]:
    """What a cell says before its list, and its list. A cell that is a list from the start has its first entry as lead."""
    lead: list[str] = []
    entries: list[str] = []
    for line in (plain(each) for each in text.splitlines()):
        found = _line_entries(line, templates)
        if found and not entries and not is_entry(line, templates):
            lead.append(found.pop(0))
        entries += found
    if not lead and entries:
        return entries[0], entries[1:]
    return " ".join(lead), entries


def is_entry(line: str, templates: Templates) -> bool:
    """Whether a line begins with the mark of a list."""
    return bool(_symbol(templates).match(line) or _opening_symbol(templates).match(line) or _label(line, templates))


def mark_and_rest(line: str, templates: Templates) -> tuple[str, str]:
    """The mark a line begins with, as printed, and what follows it; "" where it begins with none."""
    found = _symbol(templates).match(line) or _opening_symbol(templates).match(line) or _label(line, templates)
    return (found.group().strip(), line[found.end():].strip()) if found else ("", line)


def _line_entries(line: str, templates: Templates) -> list[str]:
    if not line:
        return []
    pieces = [piece.strip() for piece in _symbol(templates).split(line)]
    entries = [entry for piece in pieces for entry in _marked(piece, templates)]
    return [entry for entry in entries if entry]


def _marked(piece: str, templates: Templates) -> list[str]:
    opening = _opening_symbol(templates).match(piece)
    if opening:
        return [part.strip() for part in _between(opening.group(), piece[opening.end():])]
    for starts in (_roman_starts(piece, templates), _counted(piece, _DIGIT, int), _counted(piece, _LETTER, ord)):
        if starts and starts[0] == 0:
            return [piece[start:end].strip() for start, end in zip(starts, [*starts[1:], len(piece)], strict=True)]
    return [piece]


def _between(mark: str, rest: str) -> list[str]:
    """The entries after a mark of the line's start; only marks set close to their words ("-Names -Places") come again in it."""
    if mark.strip().isalpha():
        return re.split(rf"\s{mark.strip()}\s+(?=[A-Z])", rest)
    return [rest] if mark != mark.strip() else re.split(rf"\s{re.escape(mark)}(?=[^\W\d])", rest)


def _roman_starts(piece: str, templates: Templates) -> list[int]:
    """Where Roman labels stand. Plans print them out of order, so any will do once the piece begins with one."""
    return [found.start() for found in _roman(templates).finditer(piece)]


def _counted(piece: str, pattern: re.Pattern[str], value: Callable[[str], int]) -> list[int]:
    """Where labels stand that count up by one: "1. … 2. …", "(a) … (b) …"."""
    starts: list[int] = []
    expected: int | None = None
    for found in pattern.finditer(piece):
        number = value(found.group(found.lastindex or 1))
        if expected is None or number == expected:
            starts.append(found.start())
            expected = number + 1
    return starts


def _label(line: str, templates: Templates) -> re.Match[str] | None:
    return _roman(templates).match(line) or _DIGIT.match(line) or _LETTER.match(line)


@lru_cache(maxsize=4)
def _roman(templates: Templates) -> re.Pattern[str]:
    words = "|".join(sorted((word.upper() for word in templates.words("bullets", "labels", "roman")), key=len, reverse=True))
    return re.compile(rf"(?:(?<=\s)|^)\(?(?:{words}|{words.lower()})[.)]\s+(?=\S)")


@lru_cache(maxsize=4)
def _symbol(templates: Templates) -> re.Pattern[str]:
    marks = "".join(re.escape(mark) for mark in templates.words("bullets", "symbols", "anywhere"))
    return re.compile(rf"[{marks}]\s*")


@lru_cache(maxsize=4)
def _opening_symbol(templates: Templates) -> re.Pattern[str]:
    marks = sorted(templates.words("bullets", "symbols", "line_start"), key=len, reverse=True)
    spaced = templates.words("bullets", "symbols", "letters")
    either = "|".join([*(rf"{re.escape(mark)}\s" if mark.isalpha() else rf"{re.escape(mark)}(?=\s|[^\W\d])" for mark in marks),
                       *(rf"{re.escape(mark)}\s" for mark in spaced)])
    return re.compile(rf"(?:{either})\s*")
