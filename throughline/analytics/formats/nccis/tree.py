"""The parser's side of reading a return: what elements mean, whatever their case, order and prefix."""

from collections.abc import Callable
from xml.parsers import expat

from throughline.analytics.formats.nccis import header as headers
from throughline.analytics.formats.nccis.record import PLACE, WITHDRAWN, Header, Record
from throughline.analytics.formats.nccis.tags import (
    CODE,
    CODES,
    CONTAINERS,
    HEADER,
    LEAVES,
    LONGEST,
    RECORD,
    ROOT,
    YEARS,
    field_of,
    plain,
    spelt,
)
from throughline.core.problems import Problem, RefusedFileError

_DEEPEST = 32  # levels; a return has six
_NOTED = 100  # of each kind
_LONGEST_NAME = 40  # of an element that is told of


class Tree:
    """Takes the parser's events and makes the header and the records of them.

    header is that of the file, once it was read or where it is known before.
    refusals are reasons for which the department rejects the file although it could be read, and forgiven those of them
    of which nothing that was read comes to harm; notes are what was put right or passed over in reading.
    """

    def __init__(self, parser: expat.XMLParserType, file: str, line: Callable[[], int], header: Header | None = None) -> None:
        self.header = header
        self._headed = False  # whether the file's own header has begun
        self.refusals: list[Problem] = []
        self.forgiven: list[Problem] = []
        self.notes: list[Problem] = []
        self.records: list[Record] = []
        self.depth = 0
        self._file, self._line = file, line
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._year = ""
        self._begun = 0
        self._printed: dict[str, list[str]] = {}
        self._noted: set[str] = set()
        self._seen: dict[str, list[str]] = {}  # fields and parts of this record, each with the parts around it
        self._values: list[str] = []
        self._codes: list[str] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        parser.buffer_text = True

    def take(self) -> list[Record]:
        """The records that are complete, each handed over once."""
        taken, self.records = self.records, []
        return taken

    def _refused(self, field: str, value: str, rule: str, remedy: str) -> RefusedFileError:
        return RefusedFileError([Problem(self._file, self._line(), field, value, rule, remedy)])

    def _refuse(self, field: str, value: str, rule: str, remedy: str) -> None:
        self.refusals.append(Problem(self._file, self._begun, field, value, rule, remedy))

    def _note(self, field: str, rule: str, remedy: str) -> None:
        """Tell of an element, under its own name, once in a file however it is written there."""
        if (rule + plain(field)) not in self._noted and len(self._noted) < _NOTED:
            self._noted.add(rule + plain(field))
            self.notes.append(Problem(self._file, self._line(), spelt(field), "", rule, remedy))

    def _entity(self, name: str, *_: object) -> None:
        raise self._refused("", str(name), "a return that declares no entities of its own",
                            "the file declares an entity of this name, by which it could be made to grow without end: take the "
                            "entity declarations out of its DOCTYPE")

    def _start(self, written: str, attributes: object) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._refused(spelt(written), "", f"at most {_DEEPEST} levels", "send the return as your system writes it")
        name = plain(written)
        within = self._path[1] if len(self._path) > 1 else ""
        if within == HEADER and (name not in headers.CONTAINERS and name not in headers.LEAVES or self._open_leaf()):
            raise self._refused("FileHeader", spelt(written), "nothing unknown in the header",
                                "take this element out of the header")
        if within == HEADER or self._path[-1:] == [HEADER]:
            self._refuse_words()
        self._path.append(name)
        self._text.clear()
        self._length = 0
        if self.depth == 1:
            self._start_first(name, written)
        elif self.depth == 2:
            self._start_second(name, written)
        elif within == RECORD:
            self._start_within(name, written)

    def _refuse_words(self) -> None:
        text = "".join(self._text).strip()
        if text:
            raise self._refused("FileHeader", text[:40], "nothing unknown in the header", "take these words out of the header")

    def _open_leaf(self) -> bool:
        return self._path[-1] in headers.LEAVES

    def _start_first(self, name: str, written: str) -> None:
        if not name.startswith(ROOT):
            self.forgiven.append(Problem(
                self._file, self._line(), spelt(written)[:_LONGEST_NAME], "", "a return whose outermost element is NCCIS",
                "the file was read all the same, but the department rejects it: call the outermost element NCCIS, or let whoever "
                "looks after the system that wrote it put this right"))

    def _start_second(self, name: str, written: str) -> None:
        if name == HEADER:
            if self._headed:
                raise self._refused("FileHeader", "", "one header", "send a file with a single header")
            self._headed, self._printed, self._begun = True, {}, self._line()
        elif name == RECORD:
            self._begun = self._line()
            self._values, self._codes, self._year = [""] * PLACE["characteristics"], [], ""
            self._seen = {}
        else:
            self._note(written, "a known element", "it was passed over: only FileHeader and YoungPersonsRecord are known here")

    def _start_within(self, name: str, written: str) -> None:
        if name in YEARS:
            self._year = name
        if name in CONTAINERS:
            if name in self._seen and name != CODES:
                self._note(name, "each part of a record once",
                           "the values used are those of the last; the department's system may refuse the file")
                self._forget(name)
            self._seen[name] = self._path[2:-1]
        elif name not in LEAVES:
            self._note(written, "a known element", "it was passed over: no field of the return has this name")

    def _forget(self, part: str) -> None:
        """Clear what an earlier part of this name held, so that two of them are never mixed."""
        for each in [each for each, around in self._seen.items() if part in around]:
            del self._seen[each]
            if each == CODES:
                self._codes.clear()
            elif each in PLACE:
                self._values[PLACE[each]] = ""

    def _characters(self, data: str) -> None:
        self._text.append(data)
        self._length += len(data)
        if self._length > LONGEST:
            raise self._refused(spelt(self._path[-1]), data[:40], f"at most {LONGEST:,} characters", "correct this element")

    def _end(self, name: str) -> None:
        name = self._path.pop()
        self.depth -= 1
        within = self._path[1] if len(self._path) > 1 else ""
        if within == HEADER or name == HEADER and self.depth == 1:
            self._end_of_header(name)
        elif within == RECORD:
            self._end_within(name)
        elif name == RECORD and self.depth == 1:
            self._end_of_record()
        self._text.clear()

    def _end_of_header(self, name: str) -> None:
        if name in headers.LEAVES:
            self._printed.setdefault(name, []).append("".join(self._text).strip())
        else:
            self._refuse_words()
        if name == HEADER:
            self.header = headers.as_header(self._printed, self._file, self._begun)

    def _end_within(self, name: str) -> None:
        if name in YEARS:
            self._year = ""
        if name not in LEAVES:
            return
        field, text = field_of(name, self._year), "".join(self._text).strip()
        if name == CODE:
            if text:
                self._codes.append(text)
                self._seen[CODES] = self._path[2:]
        elif field is None:
            if name not in WITHDRAWN:
                self._note(name, "an element in its place", "it was passed over: it does not belong here")
        else:
            if field in self._seen:
                self._note(name, "each field once", "the later one was read over the earlier")
            self._seen[field] = self._path[2:]
            self._values[PLACE[field]] = text

    def _end_of_record(self) -> None:
        learner = self._values[0]
        if "personaldetails" not in self._seen:
            self._refuse("PersonalDetails", learner, "personal details in every record", "give the record its PersonalDetails")
        if "activities" not in self._seen:
            self._refuse("Activities", learner, "240", "give the record its Activities, with what the young person is doing")
        self.records.append(tuple.__new__(Record, (*self._values, tuple(self._codes), self._begun)))

