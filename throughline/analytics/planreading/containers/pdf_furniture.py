"""What is printed on every page of a PDF alike: running headers and footers and page numbers, set apart from the text."""

import re
from collections import Counter
from collections.abc import Sequence
from math import ceil

from throughline.analytics.planreading.containers.pdf_lines import Line
from throughline.analytics.planreading.containers.pdf_page import Page

_EDGE = 0.12  # of the page's height, at its top and its foot
_MOST_LINES = 4  # at each edge
_SHARE = 0.4  # of the pages, so that headers of odd and even pages count
_PAGE_NUMBER = re.compile(r"\W*(page\s*)?#(\s*(of|/)\s*#)?\W*", re.IGNORECASE)

Printed = tuple[Page, list[Line]]


def repeated(pages: Sequence[Printed]) -> tuple[set[int], dict[str, tuple[int, ...]]]:
    """The ids of lines that are furniture, and their words as first printed with the pages they stand on.

    A line is furniture when it stands at the top, or at the foot, of at least two fifths of the pages, and of two at
    least, numbers aside. Page numbers are among the ids and not among the words: they say nothing.
    """
    if len(pages) < 2:
        return set(), {}
    edges = [(page.number, edge, line) for page, lines in pages for edge, line in _at_edges(page, lines)]
    seen = Counter({(number, edge, _wording(line)) for number, edge, line in edges})
    standing = Counter((edge, wording) for _, edge, wording in seen)
    enough = max(2, ceil(_SHARE * len(pages)))
    ids: set[int] = set()
    words: dict[str, tuple[str, tuple[int, ...]]] = {}
    for number, edge, line in edges:
        wording = _wording(line)
        if standing[edge, wording] < enough:
            continue
        ids.add(id(line))
        if not _PAGE_NUMBER.fullmatch(wording):
            first, on = words.get(wording, (line.text, ()))
            words[wording] = (first, (*on, number))
    return ids, dict(words.values())


def _at_edges(page: Page, lines: Sequence[Line]) -> list[tuple[str, Line]]:
    top = [line for line in lines if line.bottom < _EDGE * page.height][:_MOST_LINES]
    foot = [line for line in lines if line.top > (1 - _EDGE) * page.height][-_MOST_LINES:]
    return [*(("top", line) for line in top), *(("foot", line) for line in foot)]


def _wording(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)
