"""Reads a return as suppliers' systems write it flat: CSV or a spreadsheet's text, a row a person, into the same records."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import BinaryIO

from throughline.analytics.formats.nccis.days import MIDNIGHT, as_day
from throughline.analytics.formats.nccis.header import LEAVES, as_header
from throughline.analytics.formats.nccis.record import ELEMENTS, PRINTED, Header, Record
from throughline.core.problems import Problem, RefusedFileError

# The order in which Servelec's system writes them; any other order, and headings in any case, are read too.
COLUMNS = (
    "DatabaseId", "LEACode", "DateOfSend", "PeriodEnd", "SupplierName", "SupplierXMLVersion", "XMLSchemaVersion",
    "YoungPersonsID", "CohortStatus", "GivenName", "MiddleName", "FamilyName", "AddressLine1", "AddressLine2",
    "AddressLine3", "AddressLine4", "Town", "County", "Postcode", "Gender", "DOB", "Ethnicity", "LeadLEA", "EducatedLEA",
    "UniqueLearnerNo", "UniquePupilNumber", "PreviousYPIDIdentifier", "GuaranteeStatusIndicator", "LEACodeAtYear11",
    "TransferredToLACode", "LevelOfNeedCode", "SENDFlag", "SENSupportFlag", "CharacteristicCode", "ActivityCode",
    "StartDate", "DateAscertained", "DateVerified", "DueToLapseDate", "CurrencyLapsed", "EstablishmentNumber",
    "EstablishmentName", "UKProviderReferenceNumber", "PredictedEndDate", "ReviewDate", "NEETStartDate",
    "IntendedDestinationYr11",
)
_NEEDED = ("databaseid", "dateofsend", "periodend", "youngpersonsid")
_DATES = {"dateofsend", "periodend"}
_DAY_FIELDS = ("dob", "start_date", "date_ascertained", "date_verified", "review_date", "due_to_lapse_date",
               "neet_start_date", "predicted_end_date")
_AUTHORITY_FIELDS = ("lead_lea", "educated_lea", "transferred_to", "lea_at_year_11", "year_11_lea", "year_12_lea")
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 as spreadsheets count, from 1 March 1900 on
_SERIALS = range(61, 80_000)  # to the year 2119
_SERIAL = re.compile(r"([0-9]{2,5})(?:\.0+)?")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})" + f"(?:{MIDNIGHT})?")
_ENGLISH = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})(?: 00:00(?::00)?)?")
_SEVERAL = re.compile(r"[;,| ]+")
_LONGEST = 1 << 20  # characters of a cell
_DELIMITERS = ",;\t"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BEGINNING = 8_000  # bytes in which the headings stand


class FlatFile:
    """The records of one such file, in order. The file is read twice: once for what its header is, which every row repeats.

    Raises RefusedFileError where it cannot be read. refusals and forgiven are always empty; notes tells of columns passed over.
    """

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._stream, self._file = stream, file
        self.refusals: list[Problem] = []
        self.forgiven: list[Problem] = []
        self.notes: list[Problem] = []
        self._delimiter = self._find_delimiter()
        self._encoding = self._find_encoding()
        rows = self._rows()
        _, headings = next(rows, (1, []))
        self._places = self._find(headings)
        self.header = self._read_header(rows)

    def _find_delimiter(self) -> str:
        """What parts the headings of the first row; refuses bytes in which no heading of a return stands, whatever they are."""
        self._stream.seek(0)
        content = self._stream.read(_BEGINNING)
        text = content.decode("utf-16" if content.startswith(UTF16_MARKS) else "latin-1", "replace").lstrip("\ufeff\r\n ,;\t")
        line = next(iter(text.splitlines()), "")
        known = {sign: sum(_plain(heading) in _KNOWN for heading in line.split(sign)) for sign in _DELIMITERS}
        if not any(known.values()):
            remedy = ("this is no return: give the department’s XML, or the CSV that a supplier’s system writes of it, with "
                      "columns such as YoungPersonsID and PeriodEnd")
            raise RefusedFileError([Problem(self._file, None, "", "", "XML or CSV", remedy)])
        return max(_DELIMITERS, key=known.__getitem__)

    def _find_encoding(self) -> str:
        """UTF-16 where it is marked, as Excel's Unicode text is; UTF-8 where it is, and otherwise what Windows writes."""
        self._stream.seek(0)
        if self._stream.read(2) in UTF16_MARKS:
            return "utf-16"
        self._stream.seek(0)
        reader = io.TextIOWrapper(self._stream, encoding="utf-8-sig")
        try:
            while reader.read(1 << 20):
                pass
        except UnicodeDecodeError:
            return "cp1252"
        finally:
            reader.detach()
        return "utf-8-sig"

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line it began on; empty ones are passed over."""
        self._stream.seek(0)
        text = io.TextIOWrapper(self._stream, encoding=self._encoding, newline="")
        before = csv.field_size_limit(_LONGEST)
        try:
            reader, line = csv.reader(text, strict=True, delimiter=self._delimiter), 1
            for row in reader:
                if any(row):
                    yield line, row
                line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as error:
            why = "a letter of it cannot be read" if isinstance(error, UnicodeDecodeError) else str(error)
            remedy, at = f"save the file as CSV in UTF-8: {why}", reader.line_num or None
            raise RefusedFileError([Problem(self._file, at, "", "", "readable CSV", remedy)]) from error
        finally:
            csv.field_size_limit(before)
            text.detach()

    def _find(self, headings: Sequence[str]) -> dict[str, int]:
        """Where each known column stands, by its name in small letters."""
        places: dict[str, int] = {}
        for place, heading in enumerate(headings):
            name = _plain(heading)
            if name not in _KNOWN:
                if name:
                    self.notes.append(Problem(self._file, 1, heading, "", "a known column", "it was passed over"))
                continue
            if name in places:
                raise RefusedFileError([Problem(self._file, 1, heading, "", "each column once", "take one of the two out")])
            places[name] = place
        missing = [name for name in _NEEDED if name not in places]
        if missing:
            raise RefusedFileError([
                Problem(self._file, 1, LEAVES.get(name, "YoungPersonsID"), "", "a column that is needed",
                        "add it, with its heading in the first row") for name in missing])
        return places

    def _read_header(self, rows: Iterator[tuple[int, list[str]]]) -> Header:
        """What the rows say of the file: all of them the same, but for the authorities, which are gathered."""
        found: dict[str, dict[str, int]] = {name: {} for name in LEAVES}
        columns = [(name, self._places[name], found[name]) for name in LEAVES if name in self._places]
        for line, row in rows:
            for name, place, values in columns:
                printed = row[place].strip() if place < len(row) else ""
                if printed and printed not in values:
                    values[printed] = line
                    if name not in ("leacode", "databaseid") and len({_day(each) for each in values}) > 1:
                        raise RefusedFileError([Problem(self._file, line, LEAVES[name], printed, "one header in every row",
                                                        "give every row the same; one file is one return")])
        given = {name: [_day(each) if name in _DATES else each for each in values] for name, values in found.items()}
        given["leacode"] = [_authority(each) for each in given["leacode"]]
        return as_header(given, self._file, 2)

    def __iter__(self) -> Iterator[Record]:
        width = max(self._places.values()) + 2
        places = [self._places.get(_plain(ELEMENTS[field]), width - 1) for field in PRINTED]
        pick = itemgetter(*places)
        days = [PRINTED.index(field) for field in _DAY_FIELDS]
        authorities = [PRINTED.index(field) for field in _AUTHORITY_FIELDS]
        codes = self._places.get("characteristiccode", width - 1)
        rows = self._rows()
        next(rows, None)
        for line, row in rows:
            cells = [cell.strip() for cell in row[: width - 1]] + [""] * (width - len(row[: width - 1]))
            values = list(pick(cells))
            for place in days:
                values[place] = _day(values[place])
            for place in authorities:
                values[place] = _authority(values[place])
            characteristics = tuple(code for code in _SEVERAL.split(cells[codes]) if code)
            yield Record(**dict(zip(PRINTED, values, strict=True)), characteristics=characteristics, line=line)


def _plain(heading: str) -> str:
    """A heading without case, spaces, marks and a slash; Year11/LEACode and Year 11 LEA code are the same."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


_KNOWN = {_plain(element) for element in ELEMENTS.values()} | set(LEAVES)


def _day(printed: str) -> str:
    """A day as the return prints it, from a spreadsheet's serial, with a midnight after it or as 30/04/2019.

    What is none of these, or no day of the calendar, stays as it is, for the rules to find and to tell as it stands there.
    """
    serial = _SERIAL.fullmatch(printed)
    if serial:
        return str(_FIRST_SERIAL + timedelta(int(serial[1]))) if int(serial[1]) in _SERIALS else printed
    found = _ISO.fullmatch(printed) or _ENGLISH.fullmatch(printed)
    if found is None:
        return printed
    day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    return day if as_day(day) else printed


def _authority(printed: str) -> str:
    """An authority's number with the noughts in front that a spreadsheet drops."""
    return printed.zfill(3) if printed.isascii() and printed.isdecimal() else printed
