"""The kinds of file that may be kept as evidence, each known by what the file holds and not by its name."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

LARGEST = 10_000_000  # bytes
LARGEST_SAID = "10 MB"
KINDS_SAID = "PDF, Word (docx), Excel (xlsx), PNG, JPEG, text or CSV"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_FEWEST_PARTS, _MOST_PARTS = 2, 5000


class RefusedKindError(Exception):
    """Raised for a file that is not what it is called, or of no kind that is taken; says so in a sentence."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, and whether some bytes are one."""

    media_type: str
    holds: Callable[[bytes], bool]


def media_type_of(name: str, content: bytes) -> str:
    """The media type of a file, by its ending and its content, which must agree. Raises RefusedKindError."""
    ending = PurePath(name.replace("\\", "/")).suffix.lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise RefusedKindError(f"Choose a file of one of these kinds: {KINDS_SAID}")
    if not kind.holds(content):
        raise RefusedKindError(f"The file is not what its name says: it ends in {ending}, but does not hold that. "
                               "Open it, save it again and choose the new file")
    return kind.media_type


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _office(part: str) -> Callable[[bytes], bool]:
    """Whether bytes are an Office file with this part and no macro in it; nothing of it is unpacked."""

    def holds(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                names = packed.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        macros = any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names)
        return part in names and "[Content_Types].xml" in names and not macros and _FEWEST_PARTS <= len(names) <= _MOST_PARTS

    return holds


def _is_text(content: bytes) -> bool:
    """Whether bytes are written text: UTF-8, UTF-16 with its mark, or Windows' own letters, with no control signs."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text)
    return False


KINDS = {
    ".pdf": Kind("application/pdf", _begins(b"%PDF-")),
    ".png": Kind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
    ".docx": Kind(f"{_OFFICE}wordprocessingml.document", _office("word/document.xml")),
    ".xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", _office("xl/workbook.xml")),
    ".txt": Kind("text/plain", _is_text),
    ".csv": Kind("text/csv", _is_text),
}
