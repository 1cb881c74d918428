"""Which sheets of a workbook are one list: those under the same headings and of the same day. Others with rows are told of."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from throughline.analytics.learnerlists.days import NOTHING, Said, agree, both
from throughline.analytics.learnerlists.vocabulary import plain_heading

Numbered = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Place:
    """Where in a sheet its table begins. sure says that its headings are known or somebody stands in it; headed that no person
    is its first row. name has what its sheet's name says of when it is of, titles what stands above the table does, and planned
    what stands there beside words of plans and printing.
    """

    row: int
    sure: bool
    headed: bool
    name: Said = NOTHING
    titles: Said = NOTHING
    planned: Said = NOTHING

    @property
    def own(self) -> Said:
        """What its sheet says of when it is of."""
        return both(self.name, self.titles)

    def may_be_of(self, others: Said) -> bool:
        """Whether its sheet is of when others are of, as far as either says."""
        return agree(self.name, others) and agree(self.titles, others)

    def of_another_day(self, first: "Place", file: Said) -> bool:
        """Whether its sheet says another day than a list's first one does, or than the file's name where that one agrees with it.
        Plans and printing count between sheets that say nothing else.
        """
        if not any(self.own):
            return not any(first.own) and not agree(self.planned, first.planned)
        others = [said for said in (first.own, file if first.may_be_of(file) else NOTHING) if any(said)]
        return not others or not all(map(self.may_be_of, others))


@dataclass(frozen=True)
class Together:
    """The rows of the sheets of a workbook that are one list, those of each after those of the one before it.

    names has what each is called; sheets that and how many lines are counted before its first, where more than one sheet of the
    workbook says something; unread why the rows of each other sheet were not read; above the rows over the headings of those
    after the first.
    """

    numbered: Numbered
    names: tuple[str, ...] = ()
    sheets: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()
    above: tuple[tuple[int, list[str]], ...] = ()


def together(
    book: Sequence[tuple[str, Numbered]], place_in: Callable[[str, Numbered], Place | None], hidden: Collection[str] = (),
    file: Said = NOTHING,
) -> Together:
    """The first sheet that is a list, or that says the file's own day where that one says another; with all below the headings of
    the others that have the same ones, unless they say that they are of another day.

    place_in finds the table of a sheet by its name and rows. A sheet without one, as a cover page is, is passed over. hidden are
    the names of sheets that whoever opens the workbook does not see; file has what the file's name says of its day.
    """
    said = [(name, rows) for name, rows in book if any(any(cells) for _, cells in rows)]
    tables = [(name, rows, place) for name, rows in said if (place := place_in(name, rows))]
    found = [table for table in tables if table[0] not in hidden]
    if not found or len(said) == 1:
        only = next(((name, rows) for name, rows in said if name not in hidden), ("", []))
        not_seen = (_why_hidden(name) for name, rows, place in tables if name in hidden and _rows_of(rows, place))
        return Together(only[1], (only[0],), unread=tuple(not_seen))
    first, rows, place = _first(found, file)
    numbered, above = list(rows), list[tuple[int, list[str]]]()
    lines_before, sheets, unread = _lines_before(first, said), [(first, 0)], list[str]()
    for name, others, at in tables:
        if name == first:
            continue
        order = _order(rows[place.row][1], others[at.row][1]) if place.headed else None
        if why := _why_unread(name, first, hidden, order is not None, at.of_another_day(place, file), _rows_of(others, at)):
            unread.append(why)
        elif order is not None and name not in hidden:
            moved = [(line + lines_before[name], [cells[column] if column < len(cells) else "" for column in order])
                     for line, cells in others]
            above += moved[:at.row]
            numbered += moved[at.row + 1:]
            sheets.append((name, lines_before[name]))
    return Together(numbered, tuple(name for name, _ in sheets), tuple(sheets), tuple(unread), tuple(above))


def _first(found: Sequence[tuple[str, Numbered, Place]], file: Said) -> tuple[str, Numbered, Place]:
    """The sheet that a list begins with: the first, or where that is of another day than the file, the next that says its day."""
    first, *others = [one for one in found if one[2].sure] or found
    return next((one for one in (first, *(one for one in others if any(one[2].own))) if one[2].may_be_of(file)), first)


def _rows_of(rows: Numbered, place: Place) -> int:
    """How many rows of a sheet's table say something."""
    return sum(any(cells) for _, cells in rows[place.row + place.headed:])


def _why_unread(name: str, first: str, hidden: Collection[str], same: bool, of_another_day: bool, many: int) -> str:
    """Why nothing of a sheet is read beside the first one, under the same headings or not, and of another day or not; empty where
    it is, or has no rows.
    """
    if not many:
        return ""
    if name in hidden:
        return _why_hidden(name)
    if not same:
        rows_are = f"{many:,} {'row that is' if many == 1 else 'rows that are'}"
        return (f"the sheet “{name}” has {rows_are} not under the headings of the sheet “{first}”, so nothing of it was read; "
                "send it as a file of its own")
    if of_another_day:
        return (f"the sheet “{name}” speaks of a day, month or year that the sheet “{first}” does not, so nothing of it was "
                "read; send it as a file of its own")
    return ""


def _why_hidden(name: str) -> str:
    return (f"the sheet “{name}” is hidden, so nothing of it was read; if it belongs to the list, unhide it in the workbook and "
            "give the file again")


def _lines_before(first: str, said: Sequence[tuple[str, Numbered]]) -> dict[str, int]:
    """How many lines are counted before each sheet: first those of the one that the list begins with, then of the others."""
    turns = sorted(said, key=lambda sheet: sheet[0] != first)
    return dict(zip((name for name, _ in turns), accumulate((rows[-1][0] for _, rows in turns), initial=0), strict=False))


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
