"""The day that a list says of itself, above its headings or in its file's name, where it says one plainly; and the survey's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

from throughline.analytics.learnerlists.cells import as_date
from throughline.analytics.learnerlists.months import A_MONTH, Month, months_in
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain, plain_heading

_LONGEST_AGO = timedelta(days=2 * 365)  # an older day is a birthday or the like
_MONTH = r"[a-z]{3,9}\.?"
_NOT_AFTER = r"(?<!\d)(?<!year )(?<!yr )"  # “Year 11 May 2026” says no day
_FORMS = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]\d{{4}}", rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", r"\d{1,2}([-/. ])\d{1,2}\1\d{4}", r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", r"\d{8}",
)
_DAY = re.compile(f"{_NOT_AFTER}(?:{'|'.join(_FORMS)})(?!\\d)", re.IGNORECASE)
_WITHOUT_A_YEAR = (rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{A_MONTH}\.?", rf"{A_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?")
_OF_NO_YEAR = re.compile(rf"{_NOT_AFTER}(?:{'|'.join(_WITHOUT_A_YEAR)})(?!\w)", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(20\d\d)(?:(?: ?[-/–] ?| to )(\d\d|20\d\d))?(?!\d)")
_YEARS_APART = 10  # what is further from the day of a list is a number or a birthday, and says nothing of it
_AUGUST = 8  # the last month of a school year


@dataclass(frozen=True)
class Printed:
    """The day that a list says, and whether it stands above the headings; otherwise it is in the file's name."""

    day: date
    above: bool


def printed_day(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> Printed | None:
    """The day that a list speaks of by its own words. A day to come is none of its own, and neither is one of years ago.

    Above the headings the day after words such as “as at” counts before others; where several days are left, none is plain.
    """
    lines = [(text, list(_days(text, today))) for title in sheet.above if (text := _but_ages(title, vocabulary))]
    every = [day for _, days in lines for day in days]
    named = [day for text, days in lines if _has(text, vocabulary.as_at) for day in days]
    for said, above in ((named, True), (every, True), (_days(_name(sheet.file), today), False)):
        if len(found := set(said)) == 1:
            return Printed(found.pop(), above)
    return None


def _has(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of some phrases stands in a text as whole words."""
    words = f" {plain(text)} "
    return any(f" {phrase} " in words for phrase in phrases)


def _but_ages(text: str, vocabulary: Vocabulary) -> str:
    """A text without what it says of ages: nothing where it has a word of those, or what stands from words such as “as at” on
    where they do not follow right upon it.
    """
    if not _has(text, vocabulary.ages):
        return text
    for found in re.finditer(rf"\b(?:{'|'.join(vocabulary.as_at)})\b".replace(" ", r"\W+"), text, re.IGNORECASE):
        if not f" {plain(text[:found.start()])}".endswith(tuple(f" {word}" for word in vocabulary.ages)):
            return text[found.start():]
    return ""


def _name(file: str) -> str:
    return PurePath(file).stem.replace("_", " ")


def _days(text: str, today: date) -> Iterable[date]:
    """The days in a text, day before month, that a list of today may speak of."""
    for found in _DAY.finditer(text):
        day = _read(found[0])
        if day and today - _LONGEST_AGO <= day <= today:
            yield day


def _eight_figures(printed: str) -> date | None:
    """A day written as 20261031 or as 31102026."""
    year_first = as_date(f"{printed[:4]}-{printed[4:6]}-{printed[6:]}")
    return year_first or as_date(f"{printed[:2]}/{printed[2:4]}/{printed[4:]}")


def is_survey(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> bool:
    """Whether a list is of the activity survey: by a heading, or by its title or name where it says no other day plainly."""
    survey = vocabulary.survey
    if any(plain_heading(heading) in survey.headings for heading in sheet.headings):
        return True
    titles = " ".join((*sheet.above, _name(sheet.file)))
    printed = printed_day(sheet, vocabulary, today)
    return _has(titles, survey.names) and (printed is None or _is_surveys(printed.day, vocabulary))


def survey_day(vocabulary: Vocabulary, today: date) -> date:
    """The last day that is past of those that the survey asks about, one a year."""
    this_year = date(today.year, vocabulary.survey.month, vocabulary.survey.day)
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)


def printed_survey_day(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> Printed | None:
    """The survey's day of the year that its title or its file's name says, where either says one plainly and it is past."""
    for texts, above in ((sheet.above, True), ((_name(sheet.file),), False)):
        found = {day for text in texts for year in _survey_years(text, vocabulary)
                 if (day := date(year, vocabulary.survey.month, vocabulary.survey.day)) <= today}
        if len(found) == 1:
            return Printed(found.pop(), above)
    return None


def _survey_years(text: str, vocabulary: Vocabulary) -> Iterable[int]:
    """The years in a text: those that stand alone, the first of two of a school year, and those of the survey's own day."""
    for found in _DAY.finditer(text):
        if (day := _read(found[0])) and _is_surveys(day, vocabulary):
            yield day.year
    yield from (int(found[1]) for found in _YEARS.finditer(_DAY.sub(" ", text)))


def _is_surveys(day: date, vocabulary: Vocabulary) -> bool:
    return (day.month, day.day) == (vocabulary.survey.month, vocabulary.survey.day)


@dataclass(frozen=True)
class _Other:
    """Another day, month or year than the one taken, as printed, and whether it is after that."""

    printed: str
    later: bool


def other_days(sheet: ListSheet, vocabulary: Vocabulary, day: date) -> list[str]:
    """What in the titles, the headings or the file's name speaks of another day, month or year than the one that was taken, in
    words. Where a title names that day behind words such as “as at”, other days above the headings are of something else.
    """
    said = [f"its name says “{one.printed}”" for one in _of_other_days(_name(sheet.file), day, is_name=True)]
    titles = {title: _but_ages(title, vocabulary) for title in sheet.above}
    if _named(titles.values(), vocabulary) == {day}:
        titles = {title: _DAY.sub(" ", text) for title, text in titles.items()}
    headings = {heading: _but_ages(heading, vocabulary) for heading in sheet.headings}
    for what, texts in (("title", titles), ("heading", headings)):
        for whole, text in texts.items():
            plans = _has(whole, vocabulary.plans)
            said += [f"the {what} “{whole}” says “{one.printed}”" for one in _of_other_days(text, day, is_name=False)
                     if not (plans and one.later)]
    return said


def _named(titles: Iterable[str], vocabulary: Vocabulary) -> set[date]:
    """The days in titles that have words such as “as at”."""
    return {day for text in titles if _has(text, vocabulary.as_at) for found in _DAY.finditer(text) if (day := _read(found[0]))}


def _of_other_days(text: str, day: date, is_name: bool) -> Iterable[_Other]:
    for found in _DAY.finditer(text):
        if (said := _read(found[0])) and said != day and abs(said.year - day.year) < _YEARS_APART:
            yield _Other(found[0], said > day)
    without = _DAY.sub(" ", text)
    for found in _OF_NO_YEAR.finditer(without):
        if (said := _in_year(found[0], day.year)) and said != day:
            yield _Other(found[0], said > day)
    months, without = months_in(_OF_NO_YEAR.sub(lambda one: " " if _in_year(one[0], day.year) else one[0], without), is_name)
    yield from _of_other_months(months, day)
    for found in _YEARS.finditer(without):
        year, of_day = int(found[1]), _year_of(day, school_year=bool(found[2]))
        if abs(year - day.year) < _YEARS_APART and year != of_day:
            yield _Other(found[0], year > of_day)


def _of_other_months(months: Iterable[Month], day: date) -> Iterable[_Other]:
    """The months as printed, where a day is in none of them nor between them."""
    near = [one for one in months if abs((one.year or day.year) - day.year) < _YEARS_APART]
    spoken_of = sorted((one.year or day.year, one.month) for one in near)
    of_day = (day.year, day.month)
    if near and not spoken_of[0] <= of_day <= spoken_of[-1]:
        yield from (_Other(one.printed, spoken_of[0] > of_day) for one in near)


def _in_year(printed: str, year: int) -> date | None:
    """A day without a year in a year."""
    return as_date(f"{printed} {year}") or as_date(f"{printed}, {year}")


def _year_of(day: date, school_year: bool) -> int:
    """The year of a day, or that in which its school year begins."""
    return day.year - (school_year and day.month <= _AUGUST)


def _read(printed: str) -> date | None:
    return _eight_figures(printed) if printed.isdecimal() else as_date(printed)
