"""The day that a list says of itself, above its headings or in its file's name, where it says one plainly; and the survey's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.analytics.learnerlists.days import (
    AUGUST,
    DAY,
    OF_NO_YEAR,
    YEARS,
    but_ages,
    has,
    in_year,
    name_in_words,
    read_day,
)
from throughline.analytics.learnerlists.months import Month, months_in
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain_heading

_LONGEST_AGO = timedelta(days=2 * 365)  # an older day is a birthday or the like
_YEARS_APART = 10  # what is further from the day of a list is a number or a birthday, and says nothing of it


@dataclass(frozen=True)
class Printed:
    """The day that a list says, and whether it stands above the headings; otherwise it is in the file's name."""

    day: date
    above: bool


def printed_day(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> Printed | None:
    """The day that a list speaks of by its own words. A day to come is none of its own, and neither is one of years ago.

    Above the headings the day after words such as “as at” counts before others; where several days are left, none is plain.
    """
    lines = [(text, list(_days(text, today))) for title in sheet.above if (text := but_ages(title, vocabulary))]
    every = [day for _, days in lines for day in days]
    named = [day for text, days in lines if has(text, vocabulary.as_at) for day in days]
    for said, above in ((named, True), (every, True), (_days(name_in_words(sheet.file), today), False)):
        if len(found := set(said)) == 1:
            return Printed(found.pop(), above)
    return None


def _days(text: str, today: date) -> Iterable[date]:
    """The days in a text, day before month, that a list of today may speak of."""
    for found in DAY.finditer(text):
        day = read_day(found[0])
        if day and today - _LONGEST_AGO <= day <= today:
            yield day


def is_survey(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> bool:
    """Whether a list is of the activity survey: by a heading, or by its title or name where it says no other day plainly."""
    survey = vocabulary.survey
    if any(plain_heading(heading) in survey.headings for heading in sheet.headings):
        return True
    titles = " ".join((*sheet.above, name_in_words(sheet.file)))
    printed = printed_day(sheet, vocabulary, today)
    return has(titles, survey.names) and (printed is None or _is_surveys(printed.day, vocabulary))


def survey_day(vocabulary: Vocabulary, today: date) -> date:
    """The last day that is past of those that the survey asks about, one a year."""
    this_year = date(today.year, vocabulary.survey.month, vocabulary.survey.day)
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)


def printed_survey_day(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> Printed | None:
    """The survey's day of the year that its title or its file's name says, where either says one plainly and it is past."""
    for texts, above in ((sheet.above, True), ((name_in_words(sheet.file),), False)):
        found = {day for text in texts for year in _survey_years(text, vocabulary)
                 if (day := date(year, vocabulary.survey.month, vocabulary.survey.day)) <= today}
        if len(found) == 1:
            return Printed(found.pop(), above)
    return None


def _survey_years(text: str, vocabulary: Vocabulary) -> Iterable[int]:
    """The years in a text: those that stand alone, the first of two of a school year, and those of the survey's own day."""
    for found in DAY.finditer(text):
        if (day := read_day(found[0])) and _is_surveys(day, vocabulary):
            yield day.year
    yield from (int(found[1]) for found in YEARS.finditer(DAY.sub(" ", text)))


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
    said = [f"its name says “{one.printed}”" for one in _of_other_days(name_in_words(sheet.file), day, is_name=True)]
    titles = {title: but_ages(title, vocabulary) for title in sheet.above}
    if _named(titles.values(), vocabulary) == {day}:
        titles = {title: DAY.sub(" ", text) for title, text in titles.items()}
    headings = {heading: but_ages(heading, vocabulary) for heading in sheet.headings}
    for what, texts in (("title", titles), ("heading", headings)):
        for whole, text in texts.items():
            plans = has(whole, vocabulary.plans)
            said += [f"the {what} “{whole}” says “{one.printed}”" for one in _of_other_days(text, day, is_name=False)
                     if not (plans and one.later)]
    return said


def _named(titles: Iterable[str], vocabulary: Vocabulary) -> set[date]:
    """The days in titles that have words such as “as at”."""
    return {day for text in titles if has(text, vocabulary.as_at) for found in DAY.finditer(text) if (day := read_day(found[0]))}


def _of_other_days(text: str, day: date, is_name: bool) -> Iterable[_Other]:
    for found in DAY.finditer(text):
        if (said := read_day(found[0])) and said != day and abs(said.year - day.year) < _YEARS_APART:
            yield _Other(found[0], said > day)
    without = DAY.sub(" ", text)
    for found in OF_NO_YEAR.finditer(without):
        if (said := in_year(found[0], day.year)) and said != day:
            yield _Other(found[0], said > day)
    months, without = months_in(OF_NO_YEAR.sub(lambda one: " " if in_year(one[0], day.year) else one[0], without), is_name)
    yield from _of_other_months(months, day)
    for found in YEARS.finditer(without):
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


def _year_of(day: date, school_year: bool) -> int:
    """The year of a day, or that in which its school year begins."""
    return day.year - (school_year and day.month <= AUGUST)
