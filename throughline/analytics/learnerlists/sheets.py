"""Which sheets of a workbook are one list: those under the same headings. The others that hold rows are told of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from throughline.analytics.learnerlists.vocabulary import plain_heading

Numbered = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Place:
    """Where in a sheet its table begins. sure says that its headings are known or somebody stands in it; headed that no person
    is its first row.
    """

    row: int
    sure: bool
    headed: bool


@dataclass(frozen=True)
class Together:
    """The rows of the sheets of a workbook that are one list, those of each after those of the one before it.

    sheets has what each is called and how many lines are counted before its first, where more than one sheet says something;
    unread why the rows of each other sheet were not read.
    """

    numbered: Numbered
    sheets: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()


def together(book: Sequence[tuple[str, Numbered]], place_in: Callable[[Numbered], Place | None]) -> Together:
    """The first sheet that is a list, with all below the headings of the sheets after it that have the same ones.

    place_in finds the table of a sheet. A sheet without one, as a cover page is, is passed over.
    """
    said = [(name, rows) for name, rows in book if any(any(cells) for _, cells in rows)]
    found = [(name, rows, place) for name, rows in said if (place := place_in(rows))]
    if not found or len(said) == 1:
        return Together(said[0][1] if said else [])
    first, rows, place = next((one for one in found if one[2].sure), found[0])
    headings, numbered = rows[place.row][1], list(rows)
    before = dict(zip((name for name, _ in said), _lines_before(first, said), strict=True))
    sheets, unread = [(first, 0)], list[str]()
    for name, others, of_other in found:
        order = _order(headings, others[of_other.row][1]) if place.headed and before[name] else None
        if order is not None:
            numbered += [(line + before[name], [cells[at] if at < len(cells) else "" for at in order])
                         for line, cells in others[of_other.row + 1:]]
            sheets.append((name, before[name]))
        elif name != first and (many := sum(any(cells) for _, cells in others[of_other.row + of_other.headed:])):
            rows_are = f"{many:,} {'row that is' if many == 1 else 'rows that are'}"
            unread.append(f"the sheet “{name}” has {rows_are} not under the headings of the sheet “{first}”, so nothing of it "
                          "was read; send it as a file of its own")
    return Together(numbered, tuple(sheets), tuple(unread))


def _lines_before(first: str, said: Sequence[tuple[str, Numbered]]) -> list[int]:
    """How many lines are counted before each sheet, from the one that the list begins with on."""
    names = [name for name, _ in said]
    counted = [rows[-1][0] if at >= names.index(first) else 0 for at, (_, rows) in enumerate(said)]
    return [0, *accumulate(counted[:-1])]


def _order(ours: Sequence[str], theirs: Sequence[str]) -> list[int] | None:
    """Where each of our columns stands under their headings; None where those are not the same, in whatever order."""
    known, others = (_without_end(list(map(plain_heading, headings))) for headings in (ours, theirs))
    if known == others:
        return list(range(max(len(ours), len(theirs))))
    same = sorted(known) == sorted(others) and len(set(known)) == len(known)
    return [others.index(heading) for heading in known] if same else None


def _without_end(headings: list[str]) -> list[str]:
    """Headings without the empty ones at their end."""
    while headings and not headings[-1]:
        headings = headings[:-1]
    return headings


def place_of(line: int, sheets: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """The sheet that a line is on, empty where there is one only, and the line as that sheet counts it."""
    name, before = next(((name, before) for name, before in reversed(sheets) if before < line), ("", 0))
    return name, line - before


def line_in_words(line: int, sheets: Sequence[tuple[str, int]]) -> str:
    """A line as somebody finds it: with the sheet that it is on, where there are several."""
    name, own = place_of(line, sheets)
    return f"line {own} of the sheet “{name}”" if name else f"line {own}"
