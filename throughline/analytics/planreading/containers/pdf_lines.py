"""Words of a PDF put together again as lines, and lines as the paragraphs they were before they were wrapped."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.analytics.planreading.containers.marks import clean, marked, split_mark
from throughline.analytics.planreading.containers.pdf_page import Word

_SAME_LINE = 0.55  # share of the lower word's height that two words of a line have in common
_SAME_FOOT = 0.35  # share of the taller word's height that the feet of two words of a line may differ by
_ABUTTING = 0.08  # of the letters' height; a word this near the one before is its ending ("4" and a raised "th")
_SPARE = 0.03  # share of the column left over at the end of a line that was ended on purpose
_SPARE_IN_SENTENCE = 0.25  # the same where the next line begins with a small letter
_PARTED = 0.3  # of the letters' height; lines further apart than the closest ones by more belong to two paragraphs


@dataclass(slots=True)
class Line:
    """Words that stand on one line, left to right."""

    words: list[Word]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        """Where its first word begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where its last word ends."""
        return max(word.x1 for word in self.words)

    @property
    def size(self) -> float:
        """The height of its tallest letters."""
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold, the mark it may be listed under aside."""
        return all(word.bold for word in (self.words[1:] or self.words)) and (len(self.words) > 2 or self.words[0].bold)

    @property
    def text(self) -> str:
        """Its words with a space between them."""
        spelt = self.words[0].text
        for before, word in zip(self.words, self.words[1:], strict=False):
            abuts = -0.3 * before.size < word.x0 - before.x1 < _ABUTTING * before.size
            spelt += word.text if abuts else f" {word.text}"
        return clean(spelt)


@dataclass
class Printed:
    """A paragraph as printed: the mark it is listed under, its words, and how they look."""

    mark: str
    text: str
    first: Line
    last: Line
    bold: bool

    @property
    def whole(self) -> str:
        """The paragraph with its mark in front."""
        return marked(self.mark, self.text)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The lines that words stand on, top to bottom; a word on its side is a line of its own."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda each: (each.top, each.x0)):
        line = None if word.sideways else _line_for(word, lines[-4:])
        if line is None:
            lines.append(Line([word], word.top, word.bottom))
            continue
        line.words.append(word)
        if word.bottom - word.top > line.bottom - line.top:
            line.top, line.bottom = word.top, word.bottom
    for line in lines:
        line.words.sort(key=lambda each: each.x0)
    return sorted(lines, key=lambda line: (line.top, line.x0))


def _line_for(word: Word, lines: Sequence[Line]) -> Line | None:
    height = word.bottom - word.top
    for line in reversed(lines):
        shared = min(word.bottom, line.bottom) - max(word.top, line.top)
        near = abs(word.bottom - line.bottom) < _SAME_FOOT * max(height, line.bottom - line.top)
        if near and shared > _SAME_LINE * min(height, line.bottom - line.top) and not line.words[0].sideways:
            return line
    return None


def paragraphs(lines: Sequence[Line], right: float) -> list[Printed]:
    """Lines of one column or cell as paragraphs; right is as far as its words may reach, in points."""
    gaps = sorted(after.top - before.bottom for before, after in zip(lines, lines[1:], strict=False))
    closest = gaps[len(gaps) // 4] if gaps else 0.0
    found: list[Printed] = []
    for line in lines:
        mark, text = split_mark(line.text)
        if not text:
            continue
        last = found[-1] if found else None
        if last is None or mark or _parts(last, line, closest, right):
            found.append(Printed(mark, text, line, line, line.bold))
        else:
            last.text = _continued(last.text, text)
            last.last = line
            last.bold = last.bold and line.bold
    return found


def _parts(paragraph: Printed, line: Line, closest: float, right: float) -> bool:
    """Whether a line without a mark begins a paragraph of its own after this one."""
    before = paragraph.last
    if line.words[0].sideways or before.words[0].sideways:
        return True
    if abs(line.size - before.size) > 1 or line.bold != before.bold:
        return True
    if line.top - before.bottom > closest + _PARTED * before.size:
        return True
    # Where its first word would have fitted on the line before, that line was ended on purpose.
    first = line.words[0]
    spare = right - before.x1 - 0.3 * before.size - (first.x1 - first.x0)
    return spare > (_SPARE_IN_SENTENCE if first.text[0].islower() else _SPARE) * (right - before.x0)


def _continued(text: str, more: str) -> str:
    """A hyphen at the end of a line is kept, and the word goes on after it."""
    return text + more if text.endswith(("-", "‐")) and text[-2:-1].isalpha() else f"{text} {more}"


def cell_text(words: Sequence[Word], left: float, right: float) -> str:
    """The words of a cell between two ruled lines as its paragraphs, one a line."""
    lines = lines_of(words)
    if not lines:
        return ""
    margin = min(max(min(line.x0 for line in lines) - left, 0.0), 6.0)
    return "\n".join(printed.whole for printed in paragraphs(lines, right - margin))
