"""What every loader shares: its result, its list of faults, and how a CSV, a workbook or a zip is opened."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import openpyxl
import pyarrow as pa

from throughline.core.problems import Problem, RefusedFileError

LARGEST_MEMBER = 500_000_000  # bytes; a small zip that unpacks to more than this is not a published file


@dataclass(frozen=True)
class Read:
    """What a loader read: rows of a declared table, and the faults that left the rest usable."""

    table: pa.Table
    problems: list[Problem]


@dataclass
class Faults:
    """Faults found in one file, those that refuse it kept apart from those that do not.

    strict says whether the publisher's present rules hold for the file: if so a breach of them refuses it.
    """

    file: str
    strict: bool = True
    refusing: list[Problem] = field(default_factory=list)
    beside: list[Problem] = field(default_factory=list)

    def refuse(self, line: int | None, field: str, value: str, rule: str, remedy: str) -> None:
        """Record a fault for which nothing of the file may be loaded."""
        self.refusing.append(Problem(self.file, line, field, value, rule, remedy))

    def note(self, line: int | None, field: str, value: str, rule: str, remedy: str) -> None:
        """Record a fault that leaves the rest usable."""
        self.beside.append(Problem(self.file, line, field, value, rule, remedy))

    def breach(self, line: int | None, field: str, value: str, rule: str, remedy: str) -> None:
        """Record a breach of the publisher's present rules: refused when they hold for this file."""
        (self.refuse if self.strict else self.note)(line, field, value, rule, remedy)

    def stop_if_refused(self) -> None:
        """Raise RefusedFileError with every fault that refuses the file, if there is one."""
        if self.refusing:
            raise RefusedFileError(self.refusing)


@dataclass(frozen=True)
class Sheet:
    """A heading row and the rows under it, all as text; lines are counted as an editor or a spreadsheet counts."""

    file: str
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    _columns: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)

    def column(self, name: str) -> list[str]:
        """The cells under a heading, spaces around them dropped."""
        if name not in self._columns:
            place = self.header.index(name)
            self._columns[name] = [row[place].strip() for row in self.rows]
        return self._columns[name]

    def renamed(self, names: dict[str, str]) -> "Sheet":
        """The same sheet under other headings; those not in names stay as they are.

        Raises RefusedFileError when two columns come to have one heading.
        """
        header = tuple(names.get(name, name) for name in self.header)
        for printed, name in zip(self.header, header, strict=True):
            if printed != name and header.count(name) > 1:
                raise refused(self.file, "each heading once", f"remove one; {printed} and {name} are the same", 1, printed)
        return Sheet(self.file, header, self.rows, self.lines)

    def keeping(self, kept: Sequence[bool]) -> "Sheet":
        """Only the rows marked True."""
        if all(kept):
            return self
        return Sheet(
            self.file, self.header,
            [row for row, keep in zip(self.rows, kept, strict=True) if keep],
            [line for line, keep in zip(self.lines, kept, strict=True) if keep],
        )


def refused(file: str, rule: str, remedy: str, line: int | None = None, field: str = "",
            value: str = "") -> RefusedFileError:
    """The refusal of a file for one fault."""
    return RefusedFileError([Problem(file, line, field, value, rule, remedy)])


def read_csv(path: Path, unique_headings: bool = True) -> Sheet:
    """A CSV file in UTF-8, with or without its mark, or in Windows-1252 as Excel saves it.

    Rows with nothing in any cell are passed over. Raises RefusedFileError when the file is not text, is
    empty, repeats a heading that must be unique, or has lines with more or fewer cells than headings: each
    is named.
    """
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    first = 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(first)
            first = reader.line_num + 1
    except csv.Error as error:
        raise refused(path.name, "readable CSV", f"save the file again as CSV: {error}", reader.line_num) from error
    if not rows:
        raise refused(path.name, "something in the file", "give the file as it was published; this one is empty")
    return _checked(path.name, rows, lines, unique_headings)


def _text(path: Path) -> str:
    content = path.read_bytes()
    if b"\0" in content:
        raise refused(path.name, "a text file", "give a CSV file saved as UTF-8; this is a workbook, a zip or UTF-16")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(path.name, "a text file", "save the file as CSV in UTF-8; some of its letters cannot be read")


def _checked(file: str, rows: list[list[str]], lines: list[int], unique_headings: bool) -> Sheet:
    header = tuple(name.strip() for name in rows[0])
    while header and not header[-1] and all(len(row) == len(header) and not row[-1] for row in rows):
        rows = [row[:-1] for row in rows]  # a comma closing every line, as Excel leaves
        header = header[:-1]
    faults = Faults(file)
    repeated = {name for name in header if name and header.count(name) > 1}
    for name in sorted(repeated if unique_headings else ()):
        faults.refuse(lines[0], name, "", "each heading once", f"rename or remove the second column headed {name}")
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if len(row) != len(header):
            faults.refuse(line, "", "", "as many cells as headings",
                          f"give {len(header)} cells, one under each heading; this line has {len(row)}")
    faults.stop_if_refused()
    return Sheet(file, header, rows[1:], lines[1:])


def require_columns(sheet: Sheet, names: Iterable[str], rule: str = "column present") -> None:
    """Raise RefusedFileError naming each of names that the sheet has no column for."""
    faults = Faults(sheet.file)
    for name in names:
        if name not in sheet.header:
            faults.refuse(1, name, "", rule, f"the file needs a column headed {name}")
    faults.stop_if_refused()


def workbook_rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """Each row of the first sheet of an Excel workbook with its number, a row at a time.

    Raises RefusedFileError when the file is not a workbook.
    """
    for _, _, rows in islice(workbook_sheets(path), 1):
        yield from rows


def workbook_sheets(path: Path) -> Iterator[tuple[str, bool, Iterator[tuple[int, list[Any]]]]]:
    """Each sheet of an Excel workbook: what it is called, whether it is hidden, and its rows with their numbers, a row at a time.

    Raises RefusedFileError when the file is not a workbook, of rows as they are read.
    """
    with _readable(path), closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as workbook:
        for sheet in workbook.worksheets:
            yield sheet.title, sheet.sheet_state != "visible", _rows(path, sheet)


def _rows(path: Path, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    with _readable(path):
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, list(row)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What damage a workbook shows while it is read, as the refusal of it."""
    try:
        yield
    except RefusedFileError:
        raise
    except Exception as error:  # damage shows in any of a dozen ways inside zipfile, the XML parser or openpyxl
        remedy = "open the file in Excel and save it as .xlsx; it cannot be read"
        raise refused(path.name, "an Excel workbook", remedy) from error


def is_workbook(path: Path) -> bool:
    """Whether a file is to be read as a workbook: by its name, or because it is a zip under another name."""
    return path.suffix.lower() in (".xlsx", ".xlsm") or zipfile.is_zipfile(path)


def sheet_rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """Each row, headings included, of a workbook or of a CSV file, with its number."""
    if is_workbook(path):
        yield from workbook_rows(path)
        return
    sheet = read_csv(path, unique_headings=False)
    yield 1, list(sheet.header)
    yield from zip(sheet.lines, sheet.rows, strict=True)


def unpack_pair(path: Path, folder: Path) -> tuple[Path, Path]:
    """The data file and the meta file of a zip, unpacked into folder.

    Raises RefusedFileError unless the zip holds exactly one CSV and its .meta.csv.
    """
    remedy = "give a zip that holds one data file and its .meta.csv"
    try:
        with zipfile.ZipFile(path) as packed:
            members = [m for m in packed.infolist() if m.filename.lower().endswith(".csv")]
            members = [m for m in members if "__MACOSX" not in m.filename]
            metas = [m for m in members if m.filename.lower().endswith(".meta.csv")]
            if len(members) != 2 or len(metas) != 1:
                raise refused(path.name, "one data file and its meta file", remedy)
            if sum(member.file_size for member in members) > LARGEST_MEMBER:
                raise refused(path.name, "a reasonable size", "give the data file and its meta file unpacked")
            data = next(m for m in members if m is not metas[0])
            return _unpacked(packed, data, folder), _unpacked(packed, metas[0], folder)
    except RefusedFileError:
        raise
    except Exception as error:  # damage shows as BadZipFile, zlib.error, NotImplementedError, RuntimeError and more
        raise refused(path.name, "a zip file", remedy) from error


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> Path:
    # Only the last part of the name: a member must not write outside the folder.
    target = folder / PurePosixPath(member.filename.replace("\\", "/")).name
    target.write_bytes(packed.read(member))
    return target


def as_text(cell: Any) -> str:
    """A cell of a workbook as it would be typed: whole numbers without a decimal point, nothing for none."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
