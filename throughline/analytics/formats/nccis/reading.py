"""Opens a return, whichever way it is written: the department's XML, or a supplier's flat CSV."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from throughline.analytics.formats.nccis.document import Document
from throughline.analytics.formats.nccis.flat import UTF16_MARKS, FlatFile
from throughline.analytics.formats.nccis.record import Header, Record
from throughline.core.problems import Problem, RefusedFileError


class Return(Protocol):
    """A return that is being read: its header, and its records one after the other, each once.

    refusals, reasons to reject the file that do not stop the reading, forgiven, such reasons of which nothing that was read
    comes to harm, and notes, what was put right or passed over, are complete when the records have been read. Iterating raises
    RefusedFileError where the file cannot be read on.
    """

    header: Header

    @property
    def refusals(self) -> list[Problem]: ...

    @property
    def forgiven(self) -> list[Problem]: ...

    @property
    def notes(self) -> list[Problem]: ...

    def __iter__(self) -> Iterator[Record]: ...


def open_return(stream: BinaryIO, file: str) -> Return:
    """A return to be read from a stream that can be read again from its start; file is its name, for what is said of it.

    Raises RefusedFileError for a file that is neither kind, or has no header that can be read.
    """
    stream.seek(0)
    beginning = stream.read(512)
    stream.seek(0)
    if not beginning.strip():
        raise RefusedFileError([Problem(file, None, "", "", "a file that is not empty", "the file is empty: export it again")])
    if beginning.startswith(b"PK"):
        raise RefusedFileError([Problem(file, None, "", "", "XML or CSV", "save the workbook as CSV, or export the XML")])
    encoding = "utf-16" if beginning.startswith(UTF16_MARKS) else "utf-8-sig"
    if beginning.decode(encoding, "replace").lstrip().startswith("<"):
        return Document(stream, file)
    return FlatFile(stream, file)
