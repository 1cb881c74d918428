"""Reads a return's XML as a stream: a parser for what is unusual, learnt shapes for the records that are all alike.

Memory does not grow with the file. What a learnt shape matches is cut out of the text before the parser sees it; the
parser is given all the rest, in order, so that it still judges the whole document. A record is only cut out where the
parser has just ended one and nothing but space lies between.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from throughline.analytics.formats.nccis.days import midnight_in
from throughline.analytics.formats.nccis.lesson import learn
from throughline.analytics.formats.nccis.record import Header, Record
from throughline.analytics.formats.nccis.shape import Shape, united
from throughline.analytics.formats.nccis.tags import HEADER, RECORD_END, RECORD_START, ROOT, SPACE, STRAY, plain
from throughline.analytics.formats.nccis.tree import Tree
from throughline.core.problems import Problem, RefusedFileError

_BLOCK = 1 << 18  # bytes read at a time
_LONGEST_HELD = 1 << 20  # characters without the end of a record, before the parser is given them as they are
_SHAPES, _LESSONS = 8, 100  # shapes kept, and records that one is looked for in
_EXACT = 3  # so many shapes stand side by side before they are united where they can be
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE = ("utf-16", "utf-32")  # no file that begins with "<?xml" in single bytes is written in these
_BEGINNING = 8_000  # characters in which the outermost element begins
_ELEMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<([^\s/>!?<]+)", re.DOTALL)
_LONGEST_NAME = 40  # of an element that is told of
_LONGEST_DAY = 100  # characters in which a day and its midnight stand between two tags, with space around them
_NOTED = 20  # stray ampersands told of one by one
_CUT_OFF = {expat.errors.codes[words] for words in (
    expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN, expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION)}  # what the parser finds at its end in a file that is not whole
_WHOLE = "a whole XML file"
_AMPERSANDS = "well-formed XML, with ampersands written as &amp;"
_WITH_STRAYS = ("the file was read all the same, but the department rejects it, since it is not well-formed XML: write each such "
                "ampersand as &amp;, or let whoever looks after the system that wrote it put this right")
_ENDS_TOO_SOON = "the file ends too soon, as one does that was not copied whole: export it again"


class Document:
    """The records of one XML file, in order, each read as it is asked for. learning=False gives all to the parser.

    The header may stand before, between or after the records, the parts of a record and the elements of each part in any order.
    Where records come before the header, the file is read through once more before, from its start, to find it.
    Iterating raises RefusedFileError where the file cannot be read on; refusals and notes fill up as it goes.
    """

    def __init__(self, stream: BinaryIO, file: str, learning: bool = True) -> None:
        self._stream, self._file, self._learning = stream, file, learning
        self._root, self._names_header = "", False  # what the beginning shows: the outermost element, and any header
        self._begin(None)
        while self._tree.header is None and not self._tree.records and self._give():
            pass
        has_records = bool(self._tree.records)
        if self._tree.header is None and has_records and (late := self._find_header()):
            self._begin(late)
        if self._tree.header is None:
            if self._is_of_another_kind() and not has_records:
                raise self._no_return()
            raise self._refused("", "", "a header", "put a FileHeader before the records")
        self.header: Header = self._tree.header

    def _begin(self, header: Header | None) -> None:
        """Stand at the start of the file; header is its header where that was found already."""
        self._stream.seek(0)
        self._parser = expat.ParserCreate("utf-8")
        self._skipped = 0  # lines that the parser was not given
        self._tree = Tree(self._parser, self._file, self._line, header)
        self._text, self._position = "", 0
        self._ended = self._done = self._at_boundary = False
        self._decoder: io.IncrementalNewlineDecoder | None = None
        self._encoding = "utf-8"
        self._shapes: list[Shape] = []
        self._lessons = _LESSONS if self._learning else 0
        self._strays, self._noted_midnight = 0, False

    def _find_header(self) -> Header | None:
        """The header of a file that begins with records, which are read past; None where there is none."""
        for _ in self:
            if self._tree.header is not None:
                break
        return self._tree.header

    @property
    def refusals(self) -> list[Problem]:
        """Reasons to reject the file that did not stop the reading."""
        return self._tree.refusals

    @property
    def forgiven(self) -> list[Problem]:
        """Reasons to reject the file of which nothing that was read comes to harm."""
        return self._tree.forgiven

    @property
    def notes(self) -> list[Problem]:
        """What was put right or passed over in reading."""
        return self._tree.notes

    def __iter__(self) -> Iterator[Record]:
        yield from self._tree.take()
        while True:
            if self._shapes and self._at_boundary:
                yield from self._cut()
            if not self._give():
                return
            yield from self._tree.take()

    def _cut(self) -> Iterator[Record]:
        """The records from here on that are of a known shape."""
        while True:
            text, position = self._text, self._position
            line = self._line()
            shapes = self._shapes
            first = shapes[0].match
            while True:
                start = text.find("<", position)
                if start < 0 or (start > position and text[position:start].strip(SPACE)):
                    break
                begun = line + text.count("\n", position, start)
                found = first(text, start, begun)
                if found is None:
                    found = self._by_another(text, start, begun)
                    if found is None:
                        break
                    first = shapes[0].match
                record, end = found
                line = begun + text.count("\n", start, end)
                position = end
                yield record
            self._skipped += line - self._line()
            self._position = position
            if self._ended or RECORD_END.search(text, position):
                return
            if len(text) - position > _LONGEST_HELD or not self._read():
                return

    def _by_another(self, text: str, start: int, line: int) -> tuple[Record, int] | None:
        for place, shape in enumerate(self._shapes[1:], 1):
            found = shape.match(text, start, line)
            if found is not None:
                self._shapes.insert(0, self._shapes.pop(place))
                return found
        return None

    def _give(self) -> bool:
        """Give the parser the text up to the end of the next record; whether there was anything left to give."""
        while not self._ended:
            end = RECORD_END.search(self._text, self._position)
            if end is not None:
                self._parse(end.end())
                return True
            if len(self._text) - self._position > _LONGEST_HELD:
                self._parse(max(self._text.rfind("<"), self._position + _LONGEST_HELD))
                return True
            self._read()
        end = RECORD_END.search(self._text, self._position)
        if end is not None:
            self._parse(end.end())
            return True
        if not self._done:
            self._done = True
            self._parse(len(self._text), last=True)
        return False

    def _parse(self, end: int, last: bool = False) -> None:
        given = self._text[self._position:end]
        before, refused, noted = len(self._tree.records), len(self.refusals), len(self.notes)
        self._position = end
        try:
            self._parser.Parse(self._without_strays(given).encode(), last)
        except expat.ExpatError as error:
            if self._tree.header is None and self._is_of_another_kind() and not self._names_header:
                raise self._no_return() from error
            line = error.lineno + self._skipped
            words = expat.errors.messages.get(error.code, str(error))
            rule, remedy = ((_WHOLE, _ENDS_TOO_SOON) if error.code in _CUT_OFF else
                            ("well-formed XML", f"the XML cannot be read from here on: {words}. Export the file again, or let "
                             "whoever looks after the system that wrote it put this right"))
            raise RefusedFileError([Problem(self._file, line, "", "", rule, remedy)]) from error
        complete = len(self._tree.records) - before
        self._at_boundary = complete == 1 and not last
        clean = (len(self.refusals), len(self.notes)) == (refused, noted)
        if self._at_boundary and self._lessons and clean:
            self._learn(given)

    def _learn(self, given: str) -> None:
        """Take a lesson from the record that ends what the parser was given."""
        self._lessons -= 1
        starts = [found.start() for found in RECORD_START.finditer(given)]
        if not starts or "<!" in given[starts[-1]:]:
            return
        shape = learn(given[starts[-1]:])
        if shape is not None and shape.pattern not in {known.pattern for known in self._shapes}:
            self._shapes = _with(shape, self._shapes)

    def _without_strays(self, given: str) -> str:
        """The text with every ampersand that starts no reference written as one, and a note of where it stood."""
        if "&" not in given:
            return given
        line = self._line()

        def mend(found: re.Match[str]) -> str:
            if found[0] != "&":
                return found[0]
            if self._strays < _NOTED:
                here = line + given.count("\n", 0, found.start())
                self.notes.append(Problem(self._file, here, "", "&", _AMPERSANDS, "it was read as it stands"))
                if not self._strays:
                    self.forgiven.append(Problem(self._file, here, "", "&", _AMPERSANDS, _WITH_STRAYS))
            self._strays += 1
            return "&amp;"

        return STRAY.sub(mend, given)

    def _line(self) -> int:
        return self._parser.CurrentLineNumber + self._skipped

    def _read(self) -> bool:
        """Take another block of the file into the text; False when there is none."""
        block = self._stream.read(_BLOCK)
        if self._decoder is None:
            self._encoding = self._encoding_of(block)
            # Every end of a line becomes one character, as the parser would make of it.
            self._decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(self._encoding)(), translate=True)
        try:
            more = self._decoder.decode(block, final=not block)
        except UnicodeError as error:
            if not block:
                raise self._refused("", "", _WHOLE, _ENDS_TOO_SOON) from error  # in the middle of a letter
            why = error.reason if isinstance(error, UnicodeDecodeError) else str(error)
            raise self._refused("", "", "characters of its encoding",
                                f"save the file as UTF-8: it cannot be read as {self._encoding} ({why})") from error
        if not self._root:
            self._root, self._names_header = _root(more), HEADER in more.casefold()
        held = len(self._text) - self._position
        self._text = self._text[self._position:] + more
        self._position = 0
        self._ended = not block
        self._note_midnight(max(0, held - _LONGEST_DAY))
        return bool(block)

    def _note_midnight(self, start: int) -> None:
        """Tell of the first day of the file with a midnight after it, which stands in the text from a place on."""
        found = None if self._noted_midnight else midnight_in(self._text, start)
        if found is not None:
            self._noted_midnight = True
            here = self._line() + self._text.count("\n", 0, found.start(2))
            self.notes.append(Problem(self._file, here, "", found[2].strip(), "days written as year-month-day",
                                      "days were read without the midnight; the department's system may refuse the file"))

    def _encoding_of(self, block: bytes) -> str:
        """The encoding that the file begins to say it has, where that can be true."""
        for mark, name in _MARKS:
            if block.startswith(mark):
                return name
        found = _DECLARED.match(block[:400])
        declared = found[1].decode("ascii") if found else "utf-8"
        if not _reads_its_declaration(declared):
            raise self._refused("encoding", declared, "a known encoding", "save the file as UTF-8")
        if codecs.lookup(declared).name.startswith(_WIDE):
            self.forgiven.append(Problem(
                self._file, 1, "encoding", declared, "the encoding that the file has",
                "it was read as UTF-8, which is how it is saved, but the department rejects a file that says it has another: "
                "write UTF-8 there, or save the file as it says"))
            return "utf-8"
        return declared

    def _is_of_another_kind(self) -> bool:
        return bool(self._root) and not plain(self._root).startswith(ROOT)

    def _no_return(self) -> RefusedFileError:
        remedy = (f"this is no NCCIS return: its outermost element is {self._root[:_LONGEST_NAME]}, where NCCIS is expected with "
                  "the FileHeader and the records right within it; give the file as your system exports it")
        return RefusedFileError([Problem(self._file, None, "", "", "an NCCIS return", remedy)])

    def _refused(self, field: str, value: str, rule: str, remedy: str) -> RefusedFileError:
        return RefusedFileError([Problem(self._file, self._line(), field, value, rule, remedy)])


def _with(shape: Shape, known: list[Shape]) -> list[Shape]:
    """The shapes known with one more. Where there are many, one for them all, if they only leave out different elements."""
    if len(known) < _EXACT - 1 and not any(part.sometimes for each in known for part in each.parts):
        return [shape, *known]
    whole: Shape | None = shape
    for each in known:
        whole = united(whole, each) if whole is not None else None
    return [whole] if whole is not None else [shape, *known[: _SHAPES - 1]]


def _root(text: str) -> str:
    """The name of the first element in a file's beginning, as it is printed; nothing where there is none."""
    return next((found[1] for found in _ELEMENT.finditer(text[:_BEGINNING]) if found[1]), "")


def _reads_its_declaration(encoding: str) -> bool:
    """Whether an encoding declared in plain letters is one of text, and could have these letters; the wide ones, which could
    not, are let through: .NET says so of what it saves as UTF-8.
    """
    try:
        known = codecs.lookup(encoding)
        # Python also knows encodings of bytes (hex, zlib) and of names (punycode) by this name.
        return known._is_text_encoding and (known.name.startswith(_WIDE) or known.decode(b"<?xml")[0] == "<?xml")
    except (LookupError, UnicodeError):
        return False
