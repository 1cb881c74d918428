"""When something is due, as plans print it: days, months, terms, years, lists and ranges of them, and what comes again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from throughline.analytics.planreading.tree import When
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import plain
from throughline.core.periods import Period, UnreadablePeriodError, parse_period

_CENTURY = 2000
_NEAR = 40  # letters before a date in which the word that binds it stands
_BETWEEN = re.compile(r"\s*(?:-|–|—|to|until|/(?=\s*[A-Za-z]))\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|and|/|;)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    """One date or period found: where it stands, and the first and last day it names, None while its year is unknown."""

    begins: int
    ends: int
    first: date | None
    last: date | None
    month: int | None = None
    day: int | None = None
    single: bool = False  # one day, not a stretch of days


def read_when(printed: str, templates: Templates, heading_year: int | None = None, above: When | None = None) -> When:
    """What a printed time means.

    heading_year is the year that a date without one falls in, where the plan's heading gives it; above is the row above,
    which "As above" repeats. A date's start and end are ISO days, "" at the open end of "from September 2016".
    understood is false where nothing was found, or where numbers or words of time are left over.
    """
    text = plain(printed)
    if not text:
        return When("")
    ditto = templates.pattern("dates", "open", "ditto").search(text)
    found = _with_years(list(_dates(text, templates)), text, heading_year)
    dates = [*(above.dates if ditto and above else []), *_bound(found, text, templates)]
    recurrence, said = _recurrence(text, templates)
    if ditto and above and not recurrence:
        recurrence = above.recurrence
    ongoing = bool(templates.pattern("dates", "open", "ongoing").search(text))
    left = _left_over(text, found, said, templates, bool(ditto and above))
    anything = bool(dates or recurrence or ongoing or (ditto and above))
    return When(text, dates, recurrence, ongoing, anything and not left)


@lru_cache(maxsize=4096)
def says_a_time(text: str, templates: Templates) -> float:
    """How far a cell is a time and nothing else: from 0, no time in it, to 1, nothing but one."""
    line = plain(text)
    if not line or len(line) > 200:
        return 0.0
    spans = [(each.begins, each.ends) for each in _dates(line, templates)]
    for pattern in (*_recurrence_patterns(templates).values(), templates.pattern("dates", "open", "ongoing", "ditto")):
        spans += [found.span() for found in pattern.finditer(line)]
    covered = {place for begins, ends in spans for place in range(begins, ends)}
    rest = "".join(" " if place in covered else letter for place, letter in enumerate(line))
    rest = templates.pattern("dates", "binding", "by", "from", "onwards").sub(" ", rest)
    letters = sum(letter.isalnum() for letter in line)
    left = sum(letter.isalnum() for letter in rest)
    return (letters - left) / letters if letters and covered else 0.0


def is_year_or_years(text: str) -> bool:
    """Whether a text is a year or a stretch of years: "2015", "2016/17", "2007 - 2008"."""
    return bool(re.fullmatch(r"(?:19|20)\d{2}(?:\s*[-–/]\s*(?:\d{2}|(?:19|20)\d{2}))?", plain(text)))


@lru_cache(maxsize=4)
def _pattern(templates: Templates) -> re.Pattern[str]:
    month = f"(?P<month>{any_of(tuple(templates.months))}|(?:{'|'.join(templates.months)})(?=\\d))"
    term = f"(?P<term>{any_of(tuple(word for key in templates.table('dates', 'terms').values() for word in key))})"
    ordinal = r"\d{1,2}\s?(?:st|nd|rd|th)?"
    year = r"(?P<year>(?:19|20)\d{2}|\d{2})"
    return re.compile(
        r"(?P<iso>\b(?:19|20)\d{2}-\d{2}-\d{2}\b)"
        r"|(?P<slashed>\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b|\b\d{1,2}-\d{1,2}-\d{4}\b)"
        rf"|(?:(?P<days>(?<![\w/.])(?:{ordinal}\s*(?:/|&|,|and)\s*)*{ordinal})\s*(?:of\s+)?)?{month}\.?"
        rf"(?:\s*['’]?{year}(?![\d/]|\s*(?:st|nd|rd|th)\b|\s+\d{{4}}))?"
        rf"|{term}\s*(?:term)?\s*['’]?(?P<termyear>\d{{4}}/\d{{2}}|(?:19|20)\d{{2}}|\d{{2}})?(?!\d)"
        rf"|\b(?:{_either(templates, 'quarter')})\s?(?P<quarter>[1-4],?\s+(?:of\s+)?\d{{4}}[/-]\d{{2}}\b)"
        rf"|(?:(?:\b(?:{_either(templates, 'academic')})|\b(?P<financial>{_either(templates, 'financial')}))\s*|(?<![\w/£]))"
        r"(?P<years>(?:(?:19|20)\d{2}\s*[/–-]\s*(?:(?:19|20)\d{2}|\d{2})|\d{2}\s?[/-]\s?\d{2})(?![\w/%]))"
        r"|(?P<one>(?<![\w/£.])(?:19|20)\d{2}(?![\w/%]))",
        re.IGNORECASE,
    )


def _either(templates: Templates, key: str) -> str:
    return "|".join(re.escape(word) for word in templates.words("dates", "years", key))


def _dates(text: str, templates: Templates) -> Iterator[_Found]:
    for found in _pattern(templates).finditer(text):
        read = _read(found, templates)
        if read is not None:
            yield from read


def _read(found: re.Match[str], templates: Templates) -> list[_Found] | None:
    try:
        if found["iso"] or found["slashed"]:
            day = date.fromisoformat(found["iso"]) if found["iso"] else _slashed(found["slashed"])
            return [_Found(*found.span(), day, day, single=True)]
        if found["month"]:
            return _months(found, templates)
        if found["term"]:
            return _term(found, templates)
        period = _period(found)
        return [_Found(*found.span(), period.start, period.end)] if period else None
    except (ValueError, UnreadablePeriodError):
        return None


def _slashed(printed: str) -> date:
    day, month, year = (int(part) for part in re.split(r"[/.-]", printed))
    return date(year if year > 99 else _CENTURY + year, month, day)


def _months(found: re.Match[str], templates: Templates) -> list[_Found]:
    month = templates.months[found["month"].casefold()]
    year = _year(found["year"])
    days = [int(day) for day in re.findall(r"\d{1,2}", found["days"] or "")]
    if not days:
        return [_placed(found.span(), year, month, None)]
    return [_placed(found.span(), year, month, day) for day in days]


def _placed(span: tuple[int, int], year: int | None, month: int, day: int | None) -> _Found:
    if year is None:
        return _Found(*span, None, None, month, day, day is not None)
    if day is not None:
        return _Found(*span, date(year, month, day), date(year, month, day), month, day, single=True)
    period, _ = parse_period(str(year), _MONTH_NAMES[month - 1])
    return _Found(*span, period.start, period.end, month)


def _year(printed: str | None) -> int | None:
    if not printed:
        return None
    return int(printed) if len(printed) == 4 else _CENTURY + int(printed)


def _term(found: re.Match[str], templates: Templates) -> list[_Found] | None:
    """A term of a school year; "Summer term 08" is in the school year that ends in 2008. A term without a year is not dated."""
    if not found["termyear"]:
        return None
    said = plain(found["term"]).casefold()
    term = next(key for key, words in templates.table("dates", "terms").items() if said in words)
    if "/" in found["termyear"]:
        start = int(found["termyear"][:4])
    else:
        year = _year(found["termyear"]) or 0
        start = year if term == "autumn" else year - 1
    period, _ = parse_period(f"{start}/{(start + 1) % 100:02d}", f"{term} term")
    return [_Found(*found.span(), period.start, period.end)]


def _period(found: re.Match[str]) -> Period | None:
    if found["quarter"]:
        return parse_period(found["quarter"].split()[-1], f"financial year q{found['quarter'][0]}")[0]
    if found["one"]:
        return parse_period(found["one"])[0]
    printed = re.sub(r"\s", "", found["years"]).replace("–", "-")
    first, last = re.split(r"[/-]", printed)
    if len(first) == 2 and (int(first) + 1) % 100 != int(last):
        return None
    return parse_period(f"{_year(first)}/{last}", "financial year" if found["financial"] else "academic year")[0]


_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
                "december")


def _with_years(found: list[_Found], text: str, heading_year: int | None) -> list[_Found]:
    """Months printed without a year take that of the next in the same list or range, or the heading's."""
    dated: list[_Found] = []
    following: _Found | None = None
    for each in reversed(found):
        if each.first is None and each.month is not None:
            year = _borrowed(each, following, text) or heading_year
            if year is not None and (each.day is None or each.day <= 28 or _is_day(year, each.month, each.day)):
                each = _placed((each.begins, each.ends), year, each.month, each.day)
        dated.append(each)
        following = each
    return dated[::-1]


def _borrowed(each: _Found, following: _Found | None, text: str) -> int | None:
    if following is None or following.first is None or following.month is None or each.month is None:
        return None
    between = text[each.ends:following.begins]
    if following.begins == each.begins or _AND.fullmatch(between):
        return following.first.year
    if _BETWEEN.fullmatch(between):
        return following.first.year - (each.month > following.month)
    return None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _bound(found: list[_Found], text: str, templates: Templates) -> list[dict[str, Any]]:
    """The dates with how they bind; two with a dash between them are one stretch."""
    bound: list[dict[str, Any]] = []
    place = 0
    while place < len(found):
        each, last = found[place], found[place]
        if place + 1 < len(found) and _BETWEEN.fullmatch(text[each.ends:found[place + 1].begins]):
            place += 1
            last = found[place]
        place += 1
        if each.first is None or last.last is None or last.last < each.first:
            continue
        kind, begins, ends = _binding(each, last, text, templates)
        end = "" if kind == "from" else last.last.isoformat()
        bound.append({"kind": kind, "start": each.first.isoformat(), "end": end, "text": text[begins:ends].strip()})
    return bound


def _binding(each: _Found, last: _Found, text: str, templates: Templates) -> tuple[str, int, int]:
    """How a date binds, and where the words that say so begin and end."""
    after = re.compile(r"\s*" + templates.pattern("dates", "binding", "onwards").pattern, re.IGNORECASE).match(text, last.ends)
    if after:
        return "from", each.begins, after.end()
    if each is last:
        for kind in ("by", "from"):
            words = any_of(templates.words("dates", "binding", kind))
            start = max(0, each.begins - _NEAR)
            before = re.search(words + r"\s*(?:the\s+|end\s+)*$", text[start:each.begins], re.IGNORECASE)
            if before:
                return kind, start + before.start(), each.ends
    return ("on" if each is last and each.single else "during"), each.begins, last.ends


@lru_cache(maxsize=4)
def _recurrence_patterns(templates: Templates) -> dict[str, re.Pattern[str]]:
    return {key: re.compile(any_of(words), re.IGNORECASE) for key, words in templates.table("dates", "recurrence").items()}


def _recurrence(text: str, templates: Templates) -> tuple[str, list[tuple[int, int]]]:
    """The first recurrence printed, and where it stands. A second is left over, for a person to look at."""
    found = [(match.start(), -match.end(), key) for key, pattern in _recurrence_patterns(templates).items()
             for match in pattern.finditer(text)]
    if not found:
        return "", []
    begins, ends, key = min(found)
    return key, [(start, -stop) for start, stop, each in found if each == key or (start >= begins and stop >= ends)]


def _left_over(text: str, found: list[_Found], said: list[tuple[int, int]], templates: Templates, ditto: bool) -> bool:
    """Whether numbers, or words that say a time, are left when all that was read is taken away."""
    spans = [(each.begins, each.ends) for each in found if each.first is not None] + said
    covered = {place for begins, ends in spans for place in range(begins, ends)}
    rest = "".join(" " if place in covered else letter for place, letter in enumerate(text))
    rest = templates.pattern("dates", "open", "ongoing", *(("ditto",) if ditto else ())).sub(" ", rest)
    if re.search(r"\d", rest) or templates.pattern("dates", "open", "ditto").search(rest):
        return True
    if any(pattern.search(rest) for pattern in _recurrence_patterns(templates).values()):
        return True
    undated = any(each.first is None for each in found)
    return undated or bool(templates.pattern("dates", "open", "time").search(rest))
