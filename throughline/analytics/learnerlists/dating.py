"""The day that a list says of itself, above its headings or in its file's name, where it says one plainly."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

from throughline.analytics.learnerlists.cells import as_date
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain

_LONGEST_AGO = timedelta(days=2 * 365)  # an older day is a birthday or the like
_MONTH = r"[a-z]{3,9}\.?"
_NOT_AFTER = r"(?<!\d)(?<!year )(?<!yr )"  # “Year 11 May 2026” says no day
_FORMS = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]\d{{4}}", rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", r"\d{1,2}([-/. ])\d{1,2}\1\d{4}", r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", r"\d{8}",
)
_DAY = re.compile(f"{_NOT_AFTER}(?:{'|'.join(_FORMS)})(?!\\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """The day that a list says, and whether it stands above the headings; otherwise it is in the file's name."""

    day: date
    above: bool


def printed_day(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> Printed | None:
    """The day that a list speaks of by its own words. A day to come is none of its own, and neither is one of years ago.

    Above the headings the day after words such as “as at” counts before others; where several days are left, none is plain.
    """
    lines = [(text, list(_days(text, today))) for text in sheet.above]
    every = [day for _, days in lines for day in days]
    named = [day for text, days in lines if _says_as_at(text, vocabulary) for day in days]
    for said, above in ((named, True), (every, True), (_days(_name(sheet.file), today), False)):
        if len(found := set(said)) == 1:
            return Printed(found.pop(), above)
    return None


def _says_as_at(text: str, vocabulary: Vocabulary) -> bool:
    words = f" {plain(text)} "
    return any(f" {phrase} " in words for phrase in vocabulary.as_at)


def _name(file: str) -> str:
    return PurePath(file).stem.replace("_", " ")


def _days(text: str, today: date) -> Iterable[date]:
    """The days in a text, day before month, that a list of today may speak of."""
    for found in _DAY.finditer(text):
        day = _eight_figures(found[0]) if found[0].isdecimal() else as_date(found[0])
        if day and today - _LONGEST_AGO <= day <= today:
            yield day


def _eight_figures(printed: str) -> date | None:
    """A day written as 20261031 or as 31102026."""
    year_first = as_date(f"{printed[:4]}-{printed[4:6]}-{printed[6:]}")
    return year_first or as_date(f"{printed[:2]}/{printed[2:4]}/{printed[4:]}")
