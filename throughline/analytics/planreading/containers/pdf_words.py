"""The words printed on a page of a PDF, with where they stand: quick, for it asks after few letters of each word."""

import ctypes
from itertools import groupby
from math import hypot
from typing import Any

import pypdfium2.raw as raw

from throughline.analytics.planreading.containers.pdf_page import Box, Frame, Page, Rule, Word

MOST_LETTERS = 60_000  # a page so full that nobody could read it
_ABOVE, _BELOW = 0.9, 0.25  # times a letter's height: how far it reaches above and below its line
_BLANKS = {0x20, 0x09, 0x0A, 0x0D, 0xA0}
_NO_LETTER = {0, 0xFFFD, 0xFFFE, 0xFFFF}
_LINE_END_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line

Walls = dict[int, list[Rule]]  # the lines drawn down a page, by the point across it where they stand


def read_words(page: Page, text: Any, frame: Frame) -> None:
    """Put a page's words into page, in the order the file holds them; text is PDFium's own page of text."""
    count = max(0, raw.FPDFText_CountChars(text))
    page.too_full = page.too_full or count > MOST_LETTERS
    codes = [raw.FPDFText_GetUnicode(text, index) for index in range(min(count, MOST_LETTERS))]
    page.unmapped = sum(code in _NO_LETTER for code in codes)
    walls: Walls = {}
    for rule in page.down:
        walls.setdefault(round(rule.at), []).append(rule)
    words: list[Word] = []
    for blank, run in groupby(range(len(codes)), lambda index: codes[index] in _BLANKS or codes[index] in _NO_LETTER):
        if not blank:
            indexes = list(run)
            words += _words(text, codes, indexes[0], indexes[-1] + 1, frame, walls)
    page.words = [word for word in _sideways_joined(words) if _is_on(word, page)]


def _is_on(word: Word, page: Page) -> bool:
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return -2 <= across <= page.width + 2 and -2 <= down <= page.height + 2


def _words(text: Any, codes: list[int], start: int, end: int, frame: Frame, walls: Walls) -> list[Word]:
    """The letters from start to end as one word, or as several where they do not stand side by side."""
    size, bold, lying = _font(text, start)
    if lying:
        first, last = _lying_box(text, start, lying * size, frame), _lying_box(text, end - 1, lying * size, frame)
    else:
        first, last = _letter_box(text, start, frame), _letter_box(text, end - 1, frame)
    together = lying or _is_one(first, last, (end - start) * size, size, walls)
    pieces = [(start, end, Box.around([first, last]))] if together else _cut(text, start, end, size, frame, walls)
    sideways = bool(lying) != (frame.turned in (90, 270))
    return [Word(_spelt(codes[a:b]), box.x0, box.x1, box.top, box.bottom, size, bold, sideways) for a, b, box in pieces]


def _is_one(first: Box, last: Box, longest: float, size: float, walls: Walls) -> bool:
    level = min(first.bottom, last.bottom) - max(first.top, last.top) > 0.5 * size
    if not level or not -0.1 < last.x1 - first.x0 <= max(longest, size):
        return False
    return not _is_walled(first.x0 + 1.5, last.x1 - 1.5, first, walls)


def _is_walled(left: float, right: float, letter: Box, walls: Walls) -> bool:
    """Whether a ruled line runs down between two places beside a letter."""
    height = (letter.top + letter.bottom) / 2
    return any(left < at < right and any(rule.start <= height <= rule.end for rule in walls[at]) for at in walls)


def _cut(text: Any, start: int, end: int, size: float, frame: Frame, walls: Walls) -> list[tuple[int, int, Box]]:
    """The letters from start to end cut where one stands apart from the next, on another line or beyond a ruled line."""
    pieces: list[tuple[int, int, Box]] = []
    for index in range(start, end):
        box = _letter_box(text, index, frame)
        if pieces and _follows(pieces[-1][2], box, size, walls):
            pieces[-1] = (pieces[-1][0], index + 1, Box.around([pieces[-1][2], box]))
        else:
            pieces.append((index, index + 1, box))
    return pieces


def _follows(before: Box, box: Box, size: float, walls: Walls) -> bool:
    gap = box.x0 - before.x1
    if not -0.5 * size < gap < 0.4 * size:
        return False
    if min(box.bottom, before.bottom) - max(box.top, before.top) < 0.3 * min(box.bottom - box.top, before.bottom - before.top):
        return False
    return not _is_walled(before.x1 - 1, box.x0 + 1, box, walls)


def _font(text: Any, index: int) -> tuple[float, bool, int]:
    """A letter's height, whether it is bold, and how it lies in the file's own coordinates.

    It lies 0 where it stands upright, 1 where its line runs up the page and -1 where it runs down.
    """
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = abs(raw.FPDFText_GetFontSize(text, index)) * (hypot(matrix.c, matrix.d) or 1.0)
    bold = raw.FPDFText_GetFontWeight(text, index) >= 600 or _says_bold(text, index)
    return size, bold, 0 if abs(matrix.a) >= abs(matrix.b) else 1 if matrix.b > 0 else -1


def _says_bold(text: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, index, name, 128, ctypes.c_int())
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))


def _letter_box(text: Any, index: int, frame: Frame) -> Box:
    loose = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, loose)
    return frame.box(loose.left, loose.bottom, loose.right, loose.top)


def _lying_box(text: Any, index: int, height: float, frame: Frame) -> Box:
    """The box of a letter on its side, for which PDFium gives none: height is below zero where its line runs down."""
    edges = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, index, *edges)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    _, _, bottom, top = (edge.value for edge in edges)
    return frame.box(x.value - _ABOVE * height, bottom, x.value + _BELOW * height, top)


def _spelt(codes: list[int]) -> str:
    return "".join("-" if code == _LINE_END_HYPHEN else chr(code) for code in codes)


def _sideways_joined(words: list[Word]) -> list[Word]:
    """Words that run up or down the page, one after the other, are one: no line of the page holds them in order."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and word.sideways and last.sideways and abs(word.x0 + word.x1 - last.x0 - last.x1) < word.size:
            box = Box.around([Box(last.x0, last.top, last.x1, last.bottom), Box(word.x0, word.top, word.x1, word.bottom)])
            joined[-1] = Word(f"{last.text} {word.text}", box.x0, box.x1, box.top, box.bottom, last.size, last.bold, True)
        else:
            joined.append(word)
    return joined
