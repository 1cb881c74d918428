"""What an officer says otherwise than a code list: as it always was, or from a day on; laid over the list's own lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.analytics.participation.codesets import Code, CodeSet, read_lines

NO_LINE = "The list has no such line any more"
NO_SUCH_DAY = "The list says nothing of that day any more"
SAYS_ITSELF = "The list has a line from that day on itself"


@dataclass(frozen=True)
class Place:
    """Where a list may be said otherwise: the line of its file that begins on starts (None where it has no first day).

    What is onward is no line of the file: it holds from the day starts on, to the end of the line that the day is of.
    """

    code: str
    starts: date | None
    onward: bool = False

    @property
    def order(self) -> tuple[bool, date]:
        """What is laid over a list in order of: what always was so, then what holds from a day on, from the earliest."""
        return self.onward, self.starts or date.min


@dataclass(frozen=True)
class Change:
    """Some columns of a code said otherwise, as printed: as it always was, or from a day on, as its place has it."""

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
    """A list with each change that it has a place for: first what always was so, then from the earliest day on.

    What holds from a day on says only what differs from the day before, so that an earlier change of another column goes on
    through a later one. Raises RefusedFileError for what the list's file could not hold.
    """
    lines, void = [(Place(line.code, line.valid_from), line) for line in listed.lines], []
    for change in sorted(changes, key=lambda each: each.place.order):
        at = next((at for at, line in enumerate(lines) if _is_of(change.place, *line)), None)
        if at is None or (change.place.onward and lines[at][1].valid_from == change.place.starts):
            void.append((change, SAYS_ITSELF if at is not None else NO_SUCH_DAY if change.place.onward else NO_LINE))
        else:
            lines[at:at + 1] = _said(listed.name, *lines[at], change)
    codes = CodeSet(listed.name, read_lines(listed.name, [(None, line.printed) for _, line in lines]))
    return LaidOver(codes, tuple(place for place, _ in lines), tuple(void))


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
