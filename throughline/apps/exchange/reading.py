"""A file as rows that say things of people, whatever sort of file it is; a return is never held whole."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone

from throughline.analytics.formats.nccis.across import Across
from throughline.analytics.formats.nccis.check import errors_between, refusals_of, rejected_for
from throughline.analytics.formats.nccis.checking import Context, Error, check_record
from throughline.analytics.formats.nccis.known import Setting
from throughline.analytics.formats.nccis.reading import Return, open_return
from throughline.analytics.formats.nccis.record import Header, Record
from throughline.analytics.intake import entries as of_list
from throughline.analytics.intake import records as of_return
from throughline.analytics.intake.held import Note
from throughline.analytics.intake.said import Said
from throughline.analytics.learnerlists.cells import as_number
from throughline.analytics.learnerlists.dating import other_days
from throughline.analytics.learnerlists.entries import entries
from throughline.analytics.learnerlists.mapping import fits, guess, missing, passed_over, signature
from throughline.analytics.learnerlists.sheet import ListSheet, read_sheet
from throughline.analytics.learnerlists.telling import is_somebody
from throughline.apps.exchange import read_by
from throughline.apps.exchange.headline_of_file import HeadlineOfFile
from throughline.apps.exchange.models import Delivery, RememberedMapping
from throughline.apps.exchange.would_break import Ruling, broken_of, note_of
from throughline.apps.learners.return_rules import codes, editions
from throughline.core.problems import Problem, RefusedFileError

_XML_BEGINS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_FLAT_HEADINGS = ("databaseid", "periodend", "youngpersonsid")  # what a supplier's CSV of the return has, and no list
_LOOKED_AT = 8_000  # bytes from which it is told what a file is
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files of other kinds by how they begin: what each is, and what to do.
_OTHERS = {
    b"%PDF-": ("a PDF file", "ask its sender for the CSV or Excel file that it was made from, or save it as one of those"),
    _OLD_EXCEL: ("an old Excel file (.xls), or one with a password",
                 "open it in Excel, save it as an Excel workbook (.xlsx) or as CSV, without a password, and give that file"),
}
_LONGEST_NAME = 60  # of a file on disk: letters of other scripts take several bytes each
_TELLING = {"activity", "next_activity", "leaving"}  # fields that tell what somebody does, or does no more
NOT_KNOWN = "What the columns of this list hold is not known yet"
_UNUSABLE, _NOT_BORN = "a row that names somebody", "a date of birth or an identifier"


@dataclass(frozen=True)
class Stated:
    """A row as it was read: what it says, None where nothing of it can be used, and what of it was left."""

    line: int
    said: Said | None
    notes: tuple[Note, ...] = ()


class Opened:
    """A file opened to be read through, as often as it takes: a return as a stream, a list as a sheet that is held.

    no_headings says whether the first row of a list is somebody; None finds it out. Raises RefusedFileError for bytes that are
    neither, and for a list that is too large to be held.
    """

    def __init__(self, file: BinaryIO, name: str, of_return: bool, no_headings: bool | None = None) -> None:
        self.sheet = None if of_return else sheet_of(name, file, no_headings)
        self._file, self._name = file, name
        self._ruled: Ruled | None = None

    def period(self) -> date:
        """The last day of a return's month. Raises RefusedFileError for what is no return."""
        return self._return().header.period_end

    def rows(self, delivery: Delivery, by_rules: bool = True) -> Iterator[Stated]:
        """Every row, as the delivery says the file is to be understood. Raises RefusedFileError where it cannot be read on.

        A return is read once without by_rules, to find who is who and which records clash, and then by the numbered rules.
        """
        if self.sheet is not None:
            return _entries(delivery, self.sheet)
        file = self._return()
        if by_rules:
            return _records(delivery, file, file, self._ruled or Ruled(file.header, self._name))
        self._ruled = Ruled(file.header, self._name)
        return _records(delivery, file, self._ruled.taking_note(file), None)

    def read_as_remembered(self, area: str, whose: str) -> RememberedMapping | None:
        """What was said last of lists such as this one; where it was said that those have no headings, it is read so from now on.
        None where nothing was said, and for a return.
        """
        if self.sheet is None:
            return None
        if (held := remembered(area, self.sheet, whose)) or self.sheet.sure or self.sheet.no_headings:
            return held
        without = sheet_of(self._name, self._file, no_headings=True)
        first = replace(without, rows=without.rows[:1], lines=without.lines[:1])
        if (held := remembered(area, without, whose)) and _fits(first, held):
            self.sheet = without
            return held
        return None

    def _return(self) -> Return:
        self._file.seek(0)
        return open_return(self._file, self._name)


def is_return(file: BinaryIO, name: str = "") -> bool:
    """Whether a file can only be the department's return: XML, or named so, or the CSV that suppliers' systems write of it."""
    if name.lower().endswith(".xml"):
        return True  # what is not is answered as no return, rather than as a list without headings
    file.seek(0)
    begins = file.read(_LOOKED_AT)
    if begins[:200].lstrip().startswith(_XML_BEGINS):
        return True
    headings = re.split("[,;\t]", re.sub(rb"[^a-z0-9,;\t]", b"", begins.lower().partition(b"\n")[0]).decode("ascii"))
    return all(name in headings for name in _FLAT_HEADINGS)


def plain_name(name: str) -> str:
    """A file's name without what could lead elsewhere."""
    plain = "".join(sign for sign in name if sign.isprintable() and sign not in "/\\").lstrip(".")
    return plain[-_LONGEST_NAME:] or "list"


def sheet_of(name: str, file: BinaryIO, no_headings: bool | None = None) -> ListSheet:
    """A list's sheet; no_headings says whether its first row is somebody where few headings are known, None finds it out.

    Raises RefusedFileError for bytes that are none, for more of them than a list may have, and for nobody.
    """
    size, largest = file.seek(0, os.SEEK_END), settings.LARGEST_LIST
    if size > largest:
        remedy = (f"give it in parts of at most {largest // 1_000_000:,} MB: a list is held in memory while it is read, "
                  "which the department’s return as XML or a supplier’s CSV is not")
        raise RefusedFileError([Problem(name, None, "", "", "a list of a size that can be held", remedy)])
    file.seek(0)
    begins = file.read(len(_OLD_EXCEL))
    for mark, (what, remedy) in _OTHERS.items():
        if begins.startswith(mark):
            raise RefusedFileError([Problem(name, None, "", what, "CSV, Excel or XML", remedy)])
    file.seek(0)
    with TemporaryDirectory() as folder:
        path = Path(folder) / plain_name(name)
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        sheet = read_sheet(path, read_by.vocabulary(), name, _is_somebody, no_headings)
    if not sheet.rows:
        remedy = "give the list with a row for each young person: there is nobody under its headings"
        raise RefusedFileError([Problem(name, sheet.heading_line, "", "", "a row about somebody", remedy)])
    return sheet


def columns_of(delivery: Delivery, sheet: ListSheet) -> dict[int, str]:
    """The fields of a list's columns by their place, those that we know."""
    known, width = read_by.vocabulary().fields, len(sheet.headings)
    return {int(place): field for place, field in delivery.mapping.items() if field in known and int(place) < width}


def still_known(mapping: Mapping[str, str]) -> dict[str, str]:
    """A mapping without the fields that no list may say any more."""
    return {place: field for place, field in mapping.items() if field in read_by.vocabulary().fields}


def _is_somebody(cells: Sequence[str]) -> bool:
    return is_somebody(cells, timezone.localdate())


def remembered(area: str, sheet: ListSheet, whose: str) -> RememberedMapping | None:
    """What was said last of lists with these headings by the authority, or by the staff of the place whose list it is; of one
    without headings only what its cells bear out.
    """
    found = RememberedMapping.objects.filter(area=area, whose__in={"", whose}, signature=signature(sheet)).order_by("-at")
    return next((held for held in found if not sheet.no_headings or _fits(sheet, held)), None)


def _fits(sheet: ListSheet, held: RememberedMapping) -> bool:
    words = read_by.vocabulary(timezone.localdate())
    columns = {int(place): field for place, field in held.mapping.items() if field in words.fields}
    narrow = any(place >= len(sheet.headings) for place in columns)
    return not narrow and fits(sheet, columns, words, read_by.activity_codes(), timezone.localdate())


def guessed(sheet: ListSheet) -> dict[str, str]:
    """The mapping of a list's columns that its headings and its cells tell."""
    today = timezone.localdate()
    found = guess(sheet, read_by.vocabulary(today), read_by.activity_codes(), today)
    return {str(each.column): each.field for each in found if each.field}


def noticed(delivery: Delivery, sheet: ListSheet) -> dict[str, Any]:
    """What is to be told of a list before anybody decides on it, as a delivery keeps it: what speaks of another day than the one
    that was taken, unless that was said of it; totals that are not the number of rows; whether the headings look like somebody,
    as was said not to be so; why columns are not used; and the sheets of a workbook that are one list.
    """
    unsaid = delivery.dated_by != Delivery.DatedBy.SAID
    words = read_by.vocabulary(delivery.as_at)
    guesses = guess(sheet, words, read_by.activity_codes(), timezone.localdate())
    days = other_days(sheet, words, delivery.as_at) if unsaid else []
    unused = {str(each.column): each.why for each in guesses if not each.field and not delivery.mapping.get(str(each.column))}
    somebody = not sheet.sure and not sheet.no_headings and _is_somebody(sheet.headings)
    told = {"days": days, "totals": list(sheet.miscounted), "somebody": somebody, "unused": unused,
            "sheets": [list(each) for each in sheet.sheets]}
    return {what: said for what, said in told.items() if said}


def lacking(mapping: Mapping[str, str]) -> str:
    """What a mapping lacks before anybody can be found by it, in a sentence; empty when nothing."""
    return missing({field for field in mapping.values() if field})


def tells_activity(delivery: Delivery) -> bool:
    """Whether a list says what people are doing, in a column or of everybody on it alike, or that they left it."""
    return not _TELLING.isdisjoint(delivery.mapping.values()) or bool(delivery.constants.get("activity"))


def _records(delivery: Delivery, file: Return, records: Iterable[Record], ruled: "Ruled | None") -> Iterator[Stated]:
    lists, headline = read_by.lists(), HeadlineOfFile(delivery.as_at)
    for place, record in enumerate(records, 1):
        failed = ruled.failed_by(record, place) if ruled else []
        broken = [note_of(error, error.others) for error in failed]
        if why := why_not_ours(record, (delivery.area,)):
            yield Stated(record.line, None, (why, *broken))
        else:
            said, notes = of_return.said_by(record, delivery.as_at, lists)
            if ruled:
                headline.record(record, failed)
            yield Stated(record.line, said, (*notes, *broken))
    delivery.passed_over = [[problem.line, problem.remedy] for problem in file.refusals]
    if ruled:
        delivery.rejected, delivery.broken = ruled.why_rejected(file.refusals, file.forgiven), ruled.counted()
        delivery.could_fall = headline.could_fall


class Ruled:
    """The numbered rules of the return, of the edition that holds for its month, on a file that is read twice.

    Which records clash is known only once all have been read: the first reading takes note of a few bytes of each.
    """

    def __init__(self, header: Header, name: str) -> None:
        edition, self._name = editions().on(header.period_end), name
        setting = Setting(header.period_end, frozenset(header.authorities), frozenset(header.database_ids))
        self._context = Context(edition, codes(), setting)
        self._between: dict[int, list[Error]] = {}  # by the record's place: several may begin on one line
        self._broken = Counter[Ruling]()
        self._first: Problem | None = None  # of what lets the department take none of the file
        self._many = 0

    def taking_note(self, file: Iterable[Record]) -> Iterator[Record]:
        """The records of a first reading as they came; what they fail together is known after the last."""
        across = Across()
        for record in file:
            across.add(record)
            yield record
        for error in errors_between(across, self._context):
            self._between.setdefault(error.place, []).append(error)

    def failed_by(self, record: Record, place: int) -> list[Error]:
        """What the record in a place, counted from 1, of the second reading fails, alone and beside the others."""
        alone = check_record(record, self._context)
        for problem in refusals_of(record, alone, self._context, self._name):
            self._first, self._many = self._first or problem, self._many + 1
        found = [*alone, *(self._between.pop(place, ()) if self._between else ())]
        self._broken.update((error.rule.number, error.rule.priority, str(error.rule.who), error.rule.message) for error in found)
        return found

    def counted(self) -> list[dict[str, Any]]:
        """How many records break each rule, in its own words, once the file was read; the most first."""
        return broken_of(self._broken)

    def why_rejected(self, refusals: Sequence[Problem], forgiven: Sequence[Problem]) -> str:
        """Why the department would take none of the file, once it was read, as a return tells it; empty where it would.

        It names nobody and repeats no value: whoever may see the rows finds them there by the line.
        """
        first = next(iter(refusals), self._first) or next(iter(forgiven), None)
        if first is None:
            return ""
        unnamed = replace(first, value="", remedy=first.remedy.partition(", of learner")[0])
        return rejected_for(unnamed, self._many + len(refusals) + len(forgiven))


def why_not_ours(record: Record, areas: Collection[str]) -> Note | None:
    """Why a record of a return is none to be brought in by these authorities, or counted as theirs; None where it is one."""
    if record.lead_lea and record.lead_lea not in areas:
        return Note("lead_lea", record.lead_lea, "a record of your own authority",
                    f"leave it out, or give it to authority {record.lead_lea}; yours is {' or '.join(areas)}")
    if record.cohort_status == "X":
        return Note("cohort_status", "X", "a status of the return", "write A, T, D, M, L or E, or leave the record out")
    return None


def _entries(delivery: Delivery, sheet: ListSheet) -> Iterator[Stated]:
    delivery.passed_over = [*([None, why] for why in sheet.unread), *([line, why] for line, why in sheet.passed_over)]
    everybody = read_by.everybody(delivery.as_at, _constants(delivery), delivery.sent)
    codes = read_by.usable_activities(delivery.as_at)
    columns, words = columns_of(delivery, sheet), read_by.vocabulary(delivery.as_at)
    aside = passed_over(sheet, columns, words, of_all=bool(delivery.constants.get("activity")))
    for entry in entries(sheet, columns, words, codes, delivery.words, aside):
        said, notes = of_list.said_by(entry, everybody)
        unread = [Note(cell.field, cell.printed, cell.rule, cell.remedy, column=cell.column) for cell in entry.unread]
        if not said.identifiers and not said.given and not said.family:
            lacks = Note("", "", _UNUSABLE, "give a name and a date of birth, or an identifier")
            yield Stated(entry.line, None, (*unread, *notes, lacks))
        elif not said.identifiers and not said.born and not unread and all(note.field != "born" for note in notes):
            lacks = Note("born", "", _NOT_BORN, "give a date of birth or an identifier: a name alone finds nobody for sure")
            yield Stated(entry.line, said, (*notes, lacks))
        else:
            yield Stated(entry.line, said, (*unread, *notes))


def _constants(delivery: Delivery) -> dict[str, Any]:
    """What holds for everybody: what was said, and the establishment whose list it is."""
    number = as_number(delivery.establishment, 7)
    return {**({"establishment": number} if number else {}), **{name: text for name, text in delivery.constants.items() if text}}
