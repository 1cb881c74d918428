"""What an officer says otherwise than a code list: as it always was, from a day on, or of a code it has not; laid over it."""

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.analytics.participation.codesets import Code, CodeSet, read_lines

NO_LINE = "The list has no such line any more"
NO_SUCH_DAY = "The list says nothing of that day any more"
SAYS_ITSELF = "The list has a line from that day on itself"
HAS_IT_ITSELF = "The list has this code itself now"


@dataclass(frozen=True)
class Place:
    """Where a list may be said otherwise: the line of its file that begins on starts (None where it has no first day).

    What is onward is no line of the file: it holds from the day starts on, to the end of the line that the day is of. What is
    added is a code that the file has not; its line is put right, and said otherwise from a day on, as if it were of the file.
    """

    code: str
    starts: date | None
    onward: bool = False
    added: bool = False

    @property
    def order(self) -> tuple[bool, bool, date]:
        """What is laid over a list in order of: codes that are added, what always was so, then what holds from a day on, from
        the earliest.
        """
        return not self.added, self.onward, self.starts or date.min


def added(code: str) -> Place:
    """Where a code is added to a list."""
    return Place(code, None, added=True)


@dataclass(frozen=True)
class Change:
    """Some columns of a code said otherwise, as printed: as it always was, or from a day on, as its place has it; or all the
    columns of one that is added.
    """

    place: Place
    says: Mapping[str, str]


@dataclass(frozen=True)
class LaidOver:
    """A list with what is said otherwise: the place of each of its lines, and what could not be laid over it, each with why."""

    codes: CodeSet
    places: tuple[Place, ...]
    void: tuple[tuple[Change, str], ...]

    def lines_of(self, code: str) -> list[tuple[Place, Code]]:
        """The lines of a code with their places, the earliest first."""
        found = [(place, line) for place, line in zip(self.places, self.codes.lines, strict=True) if line.code == code]
        return sorted(found, key=lambda each: each[1].valid_from or date.min)

    def line_at(self, place: Place) -> Code | None:
        """The line that a place gives, if any."""
        return next((line for at, line in zip(self.places, self.codes.lines, strict=True) if at == place), None)


def laid_over(listed: CodeSet, changes: Iterable[Change] = ()) -> LaidOver:
    """A list with each change that it has a place for: first the codes that are added, each where it comes in order in a list
    that is in order, else last; then what always was so, then from the earliest day on.

    What holds from a day on says only what differs from the day before, so that an earlier change of another column goes on
    through a later one. Raises RefusedFileError for what the list's file could not hold.
    """
    lines, void = [(Place(line.code, line.valid_from), line) for line in listed.lines], []
    for change in sorted(changes, key=lambda each: each.place.order):
        if why := (_add if change.place.added else _say)(listed, lines, change):
            void.append((change, why))
    codes = CodeSet(listed.name, read_lines(listed.name, [(None, line.printed) for _, line in lines]))
    return LaidOver(codes, tuple(place for place, _ in lines), tuple(void))


def _add(listed: CodeSet, lines: list[tuple[Place, Code]], change: Change) -> str:
    """Put the line of a code that is added among the lines of its list; answers why not, where it has no place. A column of
    which the change says nothing is empty.
    """
    codes = [line.code for _, line in lines]
    if change.place.code in codes:
        return HAS_IT_ITSELF
    columns = dict.fromkeys(listed.lines[0].printed, "")
    says = {column: value for column, value in change.says.items() if column in columns}
    [line] = read_lines(listed.name, [(None, columns | says | {"code": change.place.code})])
    at = bisect(codes, line.code) if codes == sorted(codes) else len(codes)
    lines.insert(at, (Place(line.code, line.valid_from), line))
    return ""


def _say(listed: CodeSet, lines: list[tuple[Place, Code]], change: Change) -> str:
    """Say a line otherwise; answers why not, where it has no place."""
    at = next((at for at, line in enumerate(lines) if _is_of(change.place, *line)), None)
    if at is None:
        return NO_SUCH_DAY if change.place.onward else NO_LINE
    if change.place.onward and lines[at][1].valid_from == change.place.starts:
        return SAYS_ITSELF
    lines[at:at + 1] = _said(listed.name, *lines[at], change)
    return ""


def _is_of(asked: Place, place: Place, line: Code) -> bool:
    if asked.onward and asked.starts:
        return line.code == asked.code and line.holds_on(asked.starts)
    return place == asked


def _said(name: str, place: Place, line: Code, change: Change) -> list[tuple[Place, Code]]:
    """The line as it is said to be; of what holds from a day on, as it was until then and as it is since."""
    if not change.place.onward or change.place.starts is None:
        [said] = read_lines(name, [(None, line.printed | dict(change.says))])
        return [(place, said)]
    until, since = change.place.starts - timedelta(days=1), change.place.starts
    before, after = read_lines(name, [(None, line.printed | {"valid_to": until.isoformat()}),
                                      (None, line.printed | dict(change.says) | {"valid_from": since.isoformat()})])
    return [(place, before), (change.place, after)]
