"""The days, months and years that a text says, as a title, a heading or a name does."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import PurePath

from throughline.analytics.learnerlists.cells import as_date
from throughline.analytics.learnerlists.months import A_MONTH, months_in
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain

_MONTH = r"[a-z]{3,9}\.?"
_NOT_AFTER = r"(?<!\d)(?<!year )(?<!yr )"  # “Year 11 May 2026” says no day
_FORMS = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]\d{{4}}", rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", r"\d{1,2}([-/. ])\d{1,2}\1\d{4}", r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", r"\d{8}",
)
DAY = re.compile(f"{_NOT_AFTER}(?:{'|'.join(_FORMS)})(?!\\d)", re.IGNORECASE)
_WITHOUT_A_YEAR = (rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{A_MONTH}\.?", rf"{A_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?")
OF_NO_YEAR = re.compile(rf"{_NOT_AFTER}(?:{'|'.join(_WITHOUT_A_YEAR)})(?!\w)", re.IGNORECASE)
YEARS = re.compile(r"(?<!\d)(20\d\d)(?:(?: ?[-/–] ?| to )(\d\d|20\d\d))?(?!\d)")
_A_LEAP_YEAR = 2024  # in which any day without a year may be
AUGUST = 8  # the last month of a school year
Time = tuple[int | None, int | None, int | None]  # year, month and day, None where it is not said


def has(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of some phrases stands in a text as whole words."""
    words = f" {plain(text)} "
    return any(f" {phrase} " in words for phrase in phrases)


def but_ages(text: str, vocabulary: Vocabulary) -> str:
    """A text without what it says of ages: nothing where it has a word of those, or what stands from words such as “as at” on
    where they do not follow right upon it.
    """
    if not has(text, vocabulary.ages):
        return text
    for found in re.finditer(rf"\b(?:{'|'.join(vocabulary.as_at)})\b".replace(" ", r"\W+"), text, re.IGNORECASE):
        if not f" {plain(text[:found.start()])}".endswith(tuple(f" {word}" for word in vocabulary.ages)):
            return text[found.start():]
    return ""


def _eight_figures(printed: str) -> date | None:
    """A day written as 20261031 or as 31102026."""
    year_first = as_date(f"{printed[:4]}-{printed[4:6]}-{printed[6:]}")
    return year_first or as_date(f"{printed[:2]}/{printed[2:4]}/{printed[4:]}")


def read_day(printed: str) -> date | None:
    """A day as DAY finds it; None where the calendar has none such."""
    return _eight_figures(printed) if printed.isdecimal() else as_date(printed)


def in_year(printed: str, year: int) -> date | None:
    """A day without a year in a year."""
    return as_date(f"{printed} {year}") or as_date(f"{printed}, {year}")


def name_in_words(file: str) -> str:
    """A file's name as words: without its ending, and with spaces between them."""
    return PurePath(file).stem.replace("_", " ")


def times_in(texts: Iterable[str], vocabulary: Vocabulary, is_name: bool) -> frozenset[Time]:
    """What a list's titles, or its name, say of when it is of: the days, without any the months, without any the years. What they
    say of ages, plans and printing is of something else; where some have words such as “as at”, those alone count.
    """
    said = [text for whole in texts if (text := but_ages(whole, vocabulary))]
    named = [text for text in said if has(text, vocabulary.as_at)]
    by_detail: tuple[set[Time], ...] = (set(), set(), set())
    for text in named or [text for text in said if not has(text, vocabulary.plans)]:
        for found, times in zip(by_detail, _times(text, is_name), strict=True):
            found.update(times)
    return frozenset(next(filter(None, by_detail), ()))


def _times(text: str, is_name: bool) -> tuple[list[Time], list[Time], list[Time]]:
    days: list[Time] = [(day.year, day.month, day.day) for found in DAY.finditer(text) if (day := read_day(found[0]))]
    without = DAY.sub(" ", text)
    days += [(None, day.month, day.day) for found in OF_NO_YEAR.finditer(without) if (day := in_year(found[0], _A_LEAP_YEAR))]
    months, without = months_in(OF_NO_YEAR.sub(lambda one: " " if in_year(one[0], _A_LEAP_YEAR) else one[0], without), is_name)
    years: list[Time] = []
    for found in YEARS.finditer(without):
        year = int(found[1])
        years += [(year + (month <= AUGUST), month, None) for month in range(1, 13)] if found[2] else [(year, None, None)]
    return days, [(one.year, one.month, None) for one in months], years


def agree(some: Collection[Time], others: Collection[Time]) -> bool:
    """Whether one of some times may be one of some others."""
    pairs = [zip(one, other, strict=True) for one in some for other in others]
    return any(all(one is None or other is None or one == other for one, other in pair) for pair in pairs)
