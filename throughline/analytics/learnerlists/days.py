"""The days, months and years that a text says, as a title, a heading or a name does."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import PurePath

from throughline.analytics.learnerlists.cells import as_date
from throughline.analytics.learnerlists.months import A_MONTH, Time, months_in
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain

_MONTH = r"[a-z]{3,9}\.?"
_NOT_AFTER = r"(?<!\d)(?<!year )(?<!yr )"  # “Year 11 May 2026” says no day, nor does “Y11 May”
_FORMS = (
    rf"(?<![a-z])\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]\d{{4}}", rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", r"\d{1,2}([-/. ])\d{1,2}\1\d{4}", r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", r"\d{8}",
)
_DAY = re.compile(f"{_NOT_AFTER}(?:{'|'.join(_FORMS)})(?!\\d)", re.IGNORECASE)
_OF_A_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{A_MONTH}\.?"
# In a name “Nov 26” is a month of a year, as “26 Nov” is a day: of 20 and above only what has “th” or the like after it is one.
_OF_NO_YEAR, _OF_NO_YEAR_IN_A_NAME = (re.compile(
    rf"{_NOT_AFTER}(?<![a-z])(?<!\d[-/])(?:{_OF_A_MONTH}|{A_MONTH}\.? {figures}(?:st|nd|rd|th)?)(?!\w)", re.IGNORECASE)
    for figures in (r"\d{1,2}", r"(?:[01]?\d|\d\d(?=[snrt]))"))
_YEARS = re.compile(r"(?<!\d)(20\d\d)(?:(?: ?[-/–] ?| to )(\d\d|20\d\d))?(?!\d)")
# Two figures are years only beside the next two and from 20 on: below that, as 12-13, they are year groups or ages.
_SHORT_YEARS = re.compile(r"(?<![\d/.-])([23]\d)[-/–]([23]\d)(?![\d/.-])")
_YEARS_IN_A_NAME = re.compile(r"(?<!\d)((?:20)?[23]\d)_((?:20)?[23]\d)(?!\d)")
_A_LEAP_YEAR = 2024  # in which any day without a year may be
_AUGUST = 8  # the last month of a school year


class Detail(IntEnum):
    """How closely a text says when."""

    DAY = 0
    MONTH = 1
    YEAR = 2


@dataclass(frozen=True)
class Spoken:
    """A day, a month or a year that a text says, as printed; times has each that is meant, in order, as the months of a term."""

    printed: str
    detail: Detail
    times: tuple[Time, ...]

    @property
    def day(self) -> date | None:
        """The day that it says with its year."""
        (year, month, day), *_ = self.times
        return date(year, month, day) if year and month and day else None

    def may_be(self, time: Time) -> bool:
        """Whether it is of some time, as far as that is said."""
        return _may_be_one(self.times, [time])


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


def file_in_words(file: str) -> str:
    """A file's name as words, without its ending."""
    return name_in_words(PurePath(file).stem)


def name_in_words(name: str) -> str:
    """A name as words, with spaces between them."""
    return _YEARS_IN_A_NAME.sub(r"\1-\2", name).replace("_", " ")


def spoken_in(text: str, is_name: bool) -> list[Spoken]:
    """The days that a text says, then its months, then its years."""
    found = list[Spoken]()

    def taken(match: re.Match[str]) -> str:
        time = _day_in(match[0])
        found.extend([Spoken(match[0], Detail.DAY, (time,))] if time else [])
        return " " if time else match[0]

    without_days = (_OF_NO_YEAR_IN_A_NAME if is_name else _OF_NO_YEAR).sub(taken, _DAY.sub(taken, text))
    printed, months, rest = months_in(without_days, is_name)
    return [*found, *(Spoken(each, Detail.MONTH, months) for each in printed), *_years_in(rest)]


def _day_in(printed: str) -> Time | None:
    """A day as it is found; None where the calendar has none such. Of eight figures the year is first or last."""
    if printed.isdecimal():
        day = as_date(f"{printed[:4]}-{printed[4:6]}-{printed[6:]}") or as_date(f"{printed[:2]}/{printed[2:4]}/{printed[4:]}")
    else:
        day = as_date(printed)
    if day:
        return day.year, day.month, day.day
    day = as_date(f"{printed} {_A_LEAP_YEAR}") or as_date(f"{printed}, {_A_LEAP_YEAR}")
    return (None, day.month, day.day) if day else None


def _years_in(text: str) -> Iterator[Spoken]:
    """A year; the months of a school year; and any year of several."""
    for found in (*_YEARS.finditer(text), *_SHORT_YEARS.finditer(text)):
        first, last = (int(f"20{(year or found[1])[-2:]}") for year in found.groups())
        if last == first + 1:
            months = (*range(_AUGUST + 1, 13), *range(1, _AUGUST + 1))
            times: tuple[Time, ...] = tuple((first + (month <= _AUGUST), month, None) for month in months)
        elif found.re is _SHORT_YEARS:
            continue
        else:
            times = tuple((year, None, None) for year in range(first, last + 1))
        if times:
            yield Spoken(found[0], Detail.YEAR, times)


Said = tuple[frozenset[Time], ...]  # the times that some texts say, at each detail
NOTHING: Said = (frozenset(),) * len(Detail)


def said_by_name(name: str, vocabulary: Vocabulary) -> Said:
    """What a name, as words, says of when a list is of."""
    return _at_each_detail(spoken_in(but_ages(name, vocabulary), is_name=True))


def said_by_titles(titles: Iterable[str], vocabulary: Vocabulary) -> tuple[Said, Said]:
    """What a list's titles say of when it is of, and what they say beside words of plans and printing. Ages are of something
    else, and where some titles have words such as “as at”, so are the days in others.
    """
    texts = [text for whole in titles if (text := but_ages(whole, vocabulary))]
    named = [text for text in texts if has(text, vocabulary.as_at)]
    planned = [text for text in texts if text not in named and has(text, vocabulary.plans)]
    own = [one for text in texts if text not in planned for one in spoken_in(text, is_name=False)
           if not named or text in named or one.detail != Detail.DAY]
    return _at_each_detail(own), _at_each_detail(one for text in planned for one in spoken_in(text, is_name=False))


def _at_each_detail(several: Iterable[Spoken]) -> Said:
    held = list(several)
    return tuple(frozenset(time for one in held if one.detail == detail for time in one.times) for detail in Detail)


def both(some: Said, others: Said) -> Said:
    """What some texts and others say together."""
    return tuple(one | other for one, other in zip(some, others, strict=True))


def agree(some: Said, others: Said) -> bool:
    """Whether some texts may be of when others are of, as far as either say: at each detail, by what the others say at the same
    one, or else at their closest.
    """
    closest = next(filter(None, others), None)
    return closest is None or all(_may_be_one(times, same or closest) for times, same in zip(some, others, strict=True) if times)


def _may_be_one(some: Collection[Time], others: Collection[Time]) -> bool:
    """Whether one of some times may be one of some others."""
    pairs = [zip(one, other, strict=True) for other in others for one in some]
    return any(all(one is None or other is None or one == other for one, other in pair) for pair in pairs)
