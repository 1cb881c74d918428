"""A directory of postcodes, each with the district it lies in: the Office for National Statistics' own, or one of its columns.

Read as a stream: the whole country has two and a half million of them, those no longer used included.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from throughline.core.problems import Problem, RefusedFileError

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_DISTRICT = re.compile(r"[A-Z][0-9]{8}")
_MONTH = re.compile(r"[0-9]{4}(0[1-9]|1[0-2])")
_NEEDED = ("postcode", "district")


@dataclass(frozen=True, slots=True)
class Placed:
    """A postcode with one space before its last three, and the nine-character code of its district.

    introduced and ended are first days of months; None where the directory does not say.
    """

    postcode: str
    district: str
    introduced: date | None = None
    ended: date | None = None


def spaced(typed: str) -> str:
    """A postcode in capitals with one space before its last three letters and figures, whatever was typed."""
    code = "".join(typed.split()).upper()
    return f"{code[:-3]} {code[-3:]}" if code else ""


def read(path: Path, definitions: Path) -> Iterator[Placed | Problem]:
    """Each postcode of a CSV file, or what is wrong with its row; rows without a district are passed over.

    Postcodes outside Great Britain and Northern Ireland have districts of no code and are problems like any other. Raises
    RefusedFileError for a file that is not text, or in which no column is known to hold the postcode or the district.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            places = _columns(path.name, next(rows, []), definitions)
            for row in rows:
                if any(row) and (found := _placed(path.name, rows.line_num, row, places)):
                    yield found
    except (UnicodeDecodeError, csv.Error) as error:
        remedy = "save the directory as CSV in UTF-8"
        raise RefusedFileError([Problem(path.name, None, "", "", "readable text", f"{remedy}: {error}")]) from error


def _columns(name: str, headings: list[str], definitions: Path) -> dict[str, int]:
    """The position of each thing that we read, where the file has it."""
    known = tomllib.loads((definitions / "mappings" / "postcodes.toml").read_text(encoding="utf-8"))
    printed = [heading.strip().lower() for heading in headings]
    places = {what: place for what, patterns in known.items() for pattern in reversed(patterns)
              for place, heading in enumerate(printed) if fnmatchcase(heading, pattern)}
    if lacking := [what for what in _NEEDED if what not in places]:
        raise RefusedFileError([
            Problem(name, 1, what, ", ".join(headings)[:100], "a column of each",
                    f"give a column headed {' or '.join(known[what])}")
            for what in lacking])
    return places


def _placed(name: str, line: int, row: list[str], places: dict[str, int]) -> Placed | Problem | None:
    said = {what: row[place].strip() if place < len(row) else "" for what, place in places.items()}
    if not said["district"]:
        return None
    postcode, district = spaced(said["postcode"]), said["district"].upper()
    if not POSTCODE.fullmatch(postcode):
        return Problem(name, line, "postcode", said["postcode"], "a whole postcode", "write it as SA1 1AA")
    if not _DISTRICT.fullmatch(district):
        return Problem(name, line, "district", district, "a nine-character code", "write the code as E07000001")
    for what in ("introduced", "ended"):
        if (printed := said.get(what, "")) and not _MONTH.fullmatch(printed):
            return Problem(name, line, what, printed, "a year and a month", "write it as 202608")
    return Placed(postcode, district, _month(said.get("introduced", "")), _month(said.get("ended", "")))


def _month(printed: str) -> date | None:
    return date(int(printed[:4]), int(printed[4:]), 1) if printed else None
