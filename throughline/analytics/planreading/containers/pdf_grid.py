"""Tables drawn with ruled lines: which lines make one grid, which of its cells are one, and the words in each."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from throughline.analytics.planreading.containers.pdf_lines import cell_text
from throughline.analytics.planreading.containers.pdf_page import Box, Page, Rule, Word

_TOUCHING = 3.0  # points; rules that come this near meet
_NARROWEST = 7.0  # points; borders of two rows closer than this are one column's
_LOWEST = 4.0  # points; as _NARROWEST, for rows
_MOST_RULES = 1_000  # of a page once pieces of one line are joined; more is a drawing
_MOST_SQUARES = 20_000


@dataclass
class Grid:
    """A ruled table: its column and row borders, and for each square of the grid the first square of its cell."""

    xs: list[float]
    ys: list[float]
    cell_of: dict[tuple[int, int], tuple[int, int]]

    @property
    def box(self) -> Box:
        """The table's outer border."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, word: Word) -> bool:
        """Whether a word's middle is inside."""
        across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.xs[0] - 1 <= across < self.xs[-1] + 1 and self.ys[0] - 1 <= down < self.ys[-1] + 1

    def rows(self, words: Iterable[Word]) -> list[list[str]]:
        """The text of every square, row by row: a cell's words in its first square and "" in its others."""
        held: dict[tuple[int, int], list[Word]] = defaultdict(list)
        for word in words:
            column = _square(self.xs, (word.x0 + word.x1) / 2)
            row = _square(self.ys, (word.top + word.bottom) / 2)
            held[self.cell_of[column, row]].append(word)
        ends: dict[tuple[int, int], int] = defaultdict(int)
        for (column, _), first in self.cell_of.items():
            ends[first] = max(ends[first], column + 1)
        texts = {first: cell_text(inside, self.xs[first[0]], self.xs[ends[first]]) for first, inside in held.items()}
        return [[texts.get((column, row), "") for column in range(len(self.xs) - 1)] for row in range(len(self.ys) - 1)]


def _square(borders: list[float], place: float) -> int:
    return min(max(bisect_right(borders, place) - 1, 0), len(borders) - 2)


def grids(page: Page) -> list[Grid]:
    """The ruled tables of a page, top to bottom, those that stand inside another left out."""
    across, down = _joined(page.across), _joined(page.down)
    if len(across) + len(down) > _MOST_RULES:
        return []
    found = [grid for rules in _meeting(across, down) if (grid := _grid(*rules)) is not None]
    found.sort(key=lambda grid: (grid.box.x1 - grid.box.x0) * (grid.box.bottom - grid.box.top), reverse=True)
    kept: list[Grid] = []
    for grid in found:
        if not any(_inside(grid.box, other.box) for other in kept):
            kept.append(grid)
    return sorted(kept, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _inside(box: Box, other: Box) -> bool:
    middle, height = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return other.x0 <= middle <= other.x1 and other.top <= height <= other.bottom


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one drawn line as one rule: Word and browsers draw a border cell by cell."""
    lined: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda each: each.at):
        if lined and rule.at - lined[-1][0].at <= 2:
            lined[-1].append(rule)
        else:
            lined.append([rule])
    joined: list[Rule] = []
    for pieces in lined:
        joined += _end_to_end(sorted(pieces, key=lambda each: each.start))
    return joined


def _end_to_end(pieces: Sequence[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    for piece in pieces:
        if joined and piece.start <= joined[-1].end + _TOUCHING:
            joined[-1].end = max(joined[-1].end, piece.end)
        else:
            joined.append(Rule(piece.at, piece.start, piece.end))
    return joined


def _meeting(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or through others, taken together."""
    left = set(range(len(down)))
    unseen = set(range(len(across)))
    groups = []
    while unseen:
        rows: list[Rule] = []
        columns: list[Rule] = []
        waiting = [(True, unseen.pop())]
        while waiting:
            lies, index = waiting.pop()
            rule = (across if lies else down)[index]
            (rows if lies else columns).append(rule)
            others, rest = (down, left) if lies else (across, unseen)
            met = {other for other in rest if _meet(rule, others[other])}
            rest -= met
            waiting += [(not lies, other) for other in met]
        groups.append((rows, columns))
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    return (one.start - _TOUCHING <= other.at <= one.end + _TOUCHING
            and other.start - _TOUCHING <= one.at <= other.end + _TOUCHING)


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    """The grid that rules make, or None where it has no two columns: a box around text is not a table."""
    if not down:
        return None
    xs = _borders([rule.at for rule in down], min(r.start for r in across), max(r.end for r in across), _NARROWEST)
    ys = _borders([rule.at for rule in across], min(r.start for r in down), max(r.end for r in down), _LOWEST)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_SQUARES:
        return None
    upright, level = _by_border(xs, down), _by_border(ys, across)
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            first[column, row] = (column, row)
            if column and not _covered(upright[column], ys[row], ys[row + 1]):
                _unite(first, (column - 1, row), (column, row))
            if row and not _covered(level[row], xs[column], xs[column + 1]):
                _unite(first, (column, row - 1), (column, row))
    return Grid(xs, ys, {square: _root(first, square) for square in first})


def _borders(places: Sequence[float], start: float, end: float, nearest: float) -> list[float]:
    """Where borders stand, near ones taken as one; start and end are borders too where nothing is drawn there."""
    borders: list[float] = []
    for place in sorted([*places, start, end]):
        if not borders or place - borders[-1] > nearest:
            borders.append(place)
    return borders


def _by_border(borders: list[float], rules: Sequence[Rule]) -> dict[int, list[Rule]]:
    drawn: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        drawn[min(range(len(borders)), key=lambda index: abs(borders[index] - rule.at))].append(rule)
    return drawn


def _covered(rules: Sequence[Rule], start: float, end: float) -> bool:
    """Whether a rule is drawn along at least half of a side of a square."""
    return sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules) > 0.5 * (end - start)


def _root(first: dict[tuple[int, int], tuple[int, int]], square: tuple[int, int]) -> tuple[int, int]:
    while first[square] != square:
        square = first[square]
    return square


def _unite(first: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    a, b = _root(first, one), _root(first, other)
    keep, drop = sorted((a, b), key=lambda square: (square[1], square[0]))
    first[drop] = keep
