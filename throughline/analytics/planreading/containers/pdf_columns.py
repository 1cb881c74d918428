"""Text set side by side without ruled lines: columns of running text to be read one after the other, and plain tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from throughline.analytics.planreading.containers.marks import split_mark
from throughline.analytics.planreading.containers.pdf_lines import Line, cell_text
from throughline.analytics.planreading.containers.pdf_page import Rule, Word

_APART = 1.6  # times the letters' height; words further apart stand in columns of their own
_NARROWEST = 0.4  # times the letters' height; a gutter between columns, wider than the space between words
_FEWEST_ROWS = 3  # with words in two columns, unless rules part them
_APART_DOWN = 0.8  # times the letters' height; columns of running text end before a gap across all of them
_FULL = 0.7  # share of its column that a line of running text fills
_WIDE = 0.6  # share of the lines' width that a rule between rows covers
_FURTHEST = 3.5  # times the letters' height; lines further apart do not belong to one table

Gutter = tuple[float, float]


@dataclass
class SideBySide:
    """Lines that keep the same gutters clear, top to bottom; gutters are the clear intervals across the page."""

    lines: list[Line]
    gutters: list[Gutter]

    def columns(self, line: Line) -> list[list[Word]]:
        """A line's words, column by column."""
        split: list[list[Word]] = [[] for _ in range(len(self.gutters) + 1)]
        for word in line.words:
            split[sum(word.x0 >= start - 0.5 for start, _ in self.gutters)].append(word)
        return split

    def is_running_text(self) -> bool:
        """Whether the columns are text that fills them, line after line, rather than cells of a table."""
        if len(self.gutters) > 2 or len(self.lines) < 6:
            return False
        edges = [min(line.x0 for line in self.lines), *(end for _, end in self.gutters)]
        ends = [*(start for start, _ in self.gutters), max(line.x1 for line in self.lines)]
        for column, (left, right) in enumerate(zip(edges, ends, strict=True)):
            held = [words for line in self.lines if (words := self.columns(line)[column])]
            full = sum(words[-1].x1 - left > _FULL * (right - left) for words in held)
            if len(held) < 5 or full < 0.5 * len(held) or median(len(words) for words in held) < 4:
                return False
        return True

    def rows(self, across: Sequence[Rule]) -> list[tuple[Line, list[str]]]:
        """The table's rows, each with the line it begins on; rules drawn across part rows where there are any."""
        starts = self._parted_by_rules(across) or self._parted_by_gaps()
        found = []
        for first, after in zip(starts, [*starts[1:], len(self.lines)], strict=True):
            cells: list[list[Word]] = [[] for _ in range(len(self.gutters) + 1)]
            for line in self.lines[first:after]:
                for cell, words in zip(cells, self.columns(line), strict=True):
                    cell += words
            found.append((self.lines[first], [self._text(column, words) for column, words in enumerate(cells)]))
        return found

    def _text(self, column: int, words: list[Word]) -> str:
        left = self.gutters[column - 1][1] if column else min(line.x0 for line in self.lines)
        held = [each for line in self.lines for each in self.columns(line)[column]]
        return cell_text(words, left, max((word.x1 for word in held), default=left) + 1)

    def rules(self, across: Sequence[Rule]) -> list[float]:
        """Where rules are drawn across most of the lines' width, among them or next to them."""
        left, right = min(line.x0 for line in self.lines), max(line.x1 for line in self.lines)
        top, bottom = self.lines[0].top - 2 * self.lines[0].size, self.lines[-1].bottom + 2 * self.lines[-1].size
        wide = [rule for rule in across if min(rule.end, right) - max(rule.start, left) > _WIDE * (right - left)]
        return sorted({round(rule.at) for rule in wide if top < rule.at < bottom})

    def _parted_by_rules(self, across: Sequence[Rule]) -> list[int]:
        rules = self.rules(across)
        starts = [0]
        for index, (before, line) in enumerate(zip(self.lines, self.lines[1:], strict=False), 1):
            if any(before.bottom - 0.3 * before.size < at < line.top + 0.3 * line.size for at in rules):
                starts.append(index)
        return starts if len(rules) > 1 else []

    def _parted_by_gaps(self) -> list[int]:
        gaps = [after.top - before.bottom for before, after in zip(self.lines, self.lines[1:], strict=False)]
        wide = min(gaps) + 0.25 * self.lines[0].size
        if sum(gap > wide for gap in gaps) > 1:  # one alone stands between the heading row and the rest
            return [0, *(index for index, gap in enumerate(gaps, 1) if gap > wide)]
        filled = [bool(self.columns(line)[0]) for line in self.lines]
        return [index for index, full in enumerate(filled) if full or index == 0]


def parts(lines: Sequence[Line], across: Sequence[Rule]) -> list[Line | SideBySide]:
    """Lines of a page in order, those that stand side by side taken together; across are the rules drawn across it."""
    found: list[Line | SideBySide] = []
    index = 0
    while index < len(lines):
        side = _side_by_side(lines, index, across)
        if side is None:
            found.append(lines[index])
            index += 1
        else:
            index += len(side.lines)
            # The first column may begin higher than the others.
            while found and isinstance(above := found[-1], Line) and _stands_over(above, side):
                side.lines.insert(0, above)
                found.pop()
            found.append(side)
    return found


def _stands_over(line: Line, side: SideBySide) -> bool:
    first = side.lines[0]
    close = first.top - line.bottom < 0.3 * line.size and abs(line.words[0].size - first.words[0].size) < 1
    return close and _kept_clear(side.gutters, line) == side.gutters


def _side_by_side(lines: Sequence[Line], start: int, across: Sequence[Rule]) -> SideBySide | None:
    """The lines from start on that keep a gutter clear with it; None where too few have words on both sides of one."""
    gutters = _gaps(lines[start])
    if not gutters:
        return None
    side = SideBySide([lines[start]], gutters)
    for line in lines[start + 1:]:
        clear = _kept_clear(side.gutters, line)
        narrowed = len(clear) < len(side.gutters) and not _gaps(line)
        apart = line.top - side.lines[-1].bottom
        if not clear or narrowed or apart > _FURTHEST * line.size or (apart > _APART_DOWN * line.size and side.is_running_text()):
            break
        side.gutters = clear
        side.lines.append(line)
    while len(side.lines) > 1 and _stands_off(side):
        side.lines.pop()
    if not side.is_running_text():
        side.gutters = _all_gutters(side)
    parted = sum(sum(map(bool, side.columns(line))) > 1 for line in side.lines)
    return side if parted >= (1 if len(side.rules(across)) > 1 else _FEWEST_ROWS) else None


def _all_gutters(side: SideBySide) -> list[Gutter]:
    """The gutters of the first line, and those that only later lines show: headings may stand closer than what they head."""
    shown = [gap for line in side.lines for gap in _gaps(line)]
    clear: list[Gutter] = [(min(line.x0 for line in side.lines), max(line.x1 for line in side.lines))]
    for line in side.lines:
        clear = _kept_clear(clear, line, cut=True)
    more = [gutter for gutter in clear if sum(start <= gutter[0] + 1 and gutter[1] - 1 <= end for start, end in shown) > 1]
    new = [gutter for gutter in more if not any(gutter[0] < end and gutter[1] > start for start, end in side.gutters)]
    return sorted([*side.gutters, *new])


def _stands_off(side: SideBySide) -> bool:
    """Whether the last line is the text after a table: in the first column alone, and apart from the line before."""
    before, last = side.lines[-2:]
    return not any(side.columns(last)[1:]) and last.top - before.bottom > 0.8 * last.size


def _gaps(line: Line) -> list[Gutter]:
    """The wide gaps between the words of a line, less that between a bullet and what it lists."""
    words = line.words
    found = [(one.x1, other.x0) for one, other in zip(words, words[1:], strict=False)
             if other.x0 - one.x1 > _APART * max(min(one.size, other.size), 4.0)]
    if found and split_mark(f"{words[0].text} x")[0] and found[0][0] == words[0].x1:
        return found[1:]
    return found


def _kept_clear(gutters: Sequence[Gutter], line: Line, cut: bool = False) -> list[Gutter]:
    """What a line leaves clear of each gutter, where that is still a gutter; with cut, on both sides of a word."""
    clear = list(gutters)
    for word in line.words:
        left: list[Gutter] = []
        for start, end in clear:
            if word.x0 >= end or word.x1 <= start:
                left.append((start, end))
            elif cut:
                left += [(start, word.x0), (word.x1, end)]
            else:
                left.append((start, word.x0) if word.x0 - start >= end - word.x1 else (word.x1, end))
        clear = left
    narrowest = max(_NARROWEST * line.size, 4.0)
    return [(start, end) for start, end in clear if end - start >= narrowest]
