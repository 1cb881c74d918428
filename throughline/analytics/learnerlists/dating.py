"""The day that a list says of itself, above its headings or in its file's name, where it says one plainly; and the survey's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.analytics.learnerlists.days import Spoken, but_ages, file_in_words, has, name_in_words, spoken_in
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
    for said, above in ((named, True), (every, True), (_days(file_in_words(sheet.file), today), False)):
        if len(found := set(said)) == 1:
            return Printed(found.pop(), above)
    return None


def _days(text: str, today: date) -> Iterable[date]:
    """The days in a text, day before month, that a list of today may speak of."""
    return (day for day in _whole_days(text) if today - _LONGEST_AGO <= day <= today)


def _whole_days(text: str) -> Iterable[date]:
    """The days in a text that it says with their year."""
    return (one.day for one in spoken_in(text, is_name=False) if one.day)


def is_survey(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> bool:
    """Whether a list is of the activity survey: by a heading, or by its title or name where it says no other day plainly."""
    survey = vocabulary.survey
    if any(plain_heading(heading) in survey.headings for heading in sheet.headings):
        return True
    titles = " ".join((*sheet.above, file_in_words(sheet.file)))
    printed = printed_day(sheet, vocabulary, today)
    return has(titles, survey.names) and (printed is None or _is_surveys(printed.day, vocabulary))


def survey_day(vocabulary: Vocabulary, today: date) -> date:
    """The last day that is past of those that the survey asks about, one a year."""
    this_year = date(today.year, vocabulary.survey.month, vocabulary.survey.day)
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)


def printed_survey_day(sheet: ListSheet, vocabulary: Vocabulary, today: date) -> Printed | None:
    """The survey's day of the year that its title or its file's name says, where either says one plainly and it is past."""
    for texts, above in ((sheet.above, True), ((file_in_words(sheet.file),), False)):
        found = {day for text in texts for one in spoken_in(text, is_name=not above) for year in _years_of(one)
                 if (day := date(year, vocabulary.survey.month, vocabulary.survey.day)) <= today and one.may_be(_time_of(day))}
        if len(found) == 1:
            return Printed(found.pop(), above)
    return None


def _years_of(one: Spoken) -> set[int]:
    return {year for year, _, _ in one.times if year}


def _time_of(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _is_surveys(day: date, vocabulary: Vocabulary) -> bool:
    return (day.month, day.day) == (vocabulary.survey.month, vocabulary.survey.day)


def other_days(sheet: ListSheet, vocabulary: Vocabulary, day: date) -> list[str]:
    """What in the titles, the headings, or the names of the file and its sheets speaks of another day, month or year than the one
    that was taken, in words. Where a title names that day behind words such as “as at”, other days above the headings are of
    something else.
    """
    named = {each for title in sheet.above if has(text := but_ages(title, vocabulary), vocabulary.as_at)
             for each in _whole_days(text)}
    said = [f"its name says “{one.printed}”" for one in _others(file_in_words(sheet.file), day, is_name=True)]
    said += [f"the name of its sheet “{name}” says “{one.printed}”" for name in sheet.names
             for one in _others(but_ages(name_in_words(name), vocabulary), day, is_name=True)]
    for what, texts in (("title", sheet.above), ("heading", sheet.headings)):
        for whole in dict.fromkeys(texts):
            planned, is_named = has(whole, vocabulary.plans), what == "title" and named == {day}
            said += [f"the {what} “{whole}” says “{one.printed}”"
                     for one in _others(but_ages(whole, vocabulary), day, is_name=False)
                     if not (planned and _is_later(one, day)) and not (is_named and one.day)]
    return said


def _others(text: str, day: date, is_name: bool) -> list[Spoken]:
    """What a text says that is not of a day, nor far from it."""
    return [one for one in spoken_in(text, is_name) if not one.may_be(_time_of(day))
            and any(abs((year or day.year) - day.year) < _YEARS_APART for year, _, _ in one.times)]


def _is_later(one: Spoken, day: date) -> bool:
    """Whether what is said begins after a day, of whose year, month or day of the month it is where it says none."""
    first = tuple(said or own for said, own in zip(one.times[0], _time_of(day), strict=True))
    return first > _time_of(day)
