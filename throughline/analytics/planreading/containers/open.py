"""Opens a plan in whatever container it came: by the file's ending, held against its first bytes."""

from collections.abc import Callable
from pathlib import Path

from throughline.analytics.planreading.containers import excel, html, markdown, pdf, text, tsv, word
from throughline.analytics.planreading.containers.refusal import check_size, refusal
from throughline.analytics.planreading.document import Document

READERS: dict[str, Callable[[Path], Document]] = {
    ".docx": word.read, ".xlsx": excel.read, ".xlsm": excel.read, ".pdf": pdf.read, ".html": html.read, ".htm": html.read,
    ".md": markdown.read, ".markdown": markdown.read, ".txt": text.read_text, ".tsv": tsv.read, ".csv": tsv.read,
}
_ZIPPED = {".docx", ".xlsx", ".xlsm"}
_OLD = {".doc": "Word document", ".xls": "Excel workbook", ".ppt": "PowerPoint presentation"}
_OFFERED = "a Word document (.docx), an Excel workbook (.xlsx), a PDF, a web page (.html), Markdown (.md), text (.txt) or .tsv"
_HEAD = 1024  # bytes; a PDF may have something before its mark


def open_document(path: Path) -> Document:
    """The document in a file.

    Raises RefusedFileError when there is no such file, or it is empty, locked, damaged, too large, of a kind that
    cannot be read, or of another kind than its name says.
    """
    if not path.is_file():
        raise refusal(path, "a file that is there", "check the name and the folder; there is no such file")
    suffix = path.suffix.lower()
    _refuse_old(path, suffix)
    if suffix not in READERS:
        raise refusal(path, "a kind of file that can be read", f"save the plan as {_OFFERED}")
    check_size(path)
    _refuse_disguised(path, suffix)
    return READERS[suffix](path)


def _refuse_old(path: Path, suffix: str) -> None:
    if suffix in _OLD:
        raise refusal(path, "a kind of file that can be read",
                      f"open the file and save it as {suffix}x; a {_OLD[suffix]} of before 2007 cannot be read")


def _refuse_disguised(path: Path, suffix: str) -> None:
    """Raise RefusedFileError when the first bytes are those of another kind of file than the ending says."""
    with path.open("rb") as held:
        head = held.read(_HEAD)
    is_pdf = b"%PDF-" in head
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_container(path)
    if head.startswith(b"{\\rtf"):
        raise refusal(path, "a kind of file that can be read", "this is rich text; open it in Word and save it as .docx")
    if is_pdf and suffix != ".pdf" and (suffix in _ZIPPED or head.startswith(b"%PDF-")):
        raise refusal(path, "a file of the kind its name says", "this is a PDF; give its name the ending .pdf")
    if suffix == ".pdf" and not is_pdf:
        raise refusal(path, "a PDF", f"this is not a PDF; save the plan as {_OFFERED}")
    if suffix in _ZIPPED and not head.startswith(b"PK"):
        raise refusal(path, "a file of the kind its name says",
                      f"this is not what a {suffix} file holds; open it in the program it came from and save it as {suffix}")
    if suffix not in _ZIPPED and head.startswith(b"PK\x03\x04"):
        raise refusal(path, "a file of the kind its name says",
                      "this is a zip, Word or Excel file; give its name the ending .docx or .xlsx, or unpack it first")


def _old_container(path: Path) -> Exception:
    """The refusal of a file in the container that Word and Excel used before 2007, and still use for a password."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return refusal(path, "a file that is not locked", "open the file, take the password off and save it again")
    return refusal(path, "a kind of file that can be read",
                   "this is a Word or Excel file of before 2007; open it and save it as .docx or .xlsx")
