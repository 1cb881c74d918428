"""When a target falls due, from the words plans use: "by September 2018", "from 2016/17", "termly", "by end of 2017"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.analytics.targets.language import Due, Recurrence

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
_SHORT = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?" \
        r"|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?:19[5-9]|20[0-9])[0-9]"
_HOW = r"(?P<how>by the end of|by end of|by|before|no later than|until|from|starting(?: in)?|in|during|for|on)"
_PART = r"(?:(?:the )?(?P<part>end|close|start|beginning) of (?:the )?)?"
_KINDS = (
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<day_month>{MONTH})\b,? (?P<day_year>{_YEAR})\b",
    rf"(?P<iso>{_YEAR}-[0-9]{{2}}-[0-9]{{2}})\b",
    rf"(?P<slashed>[0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR})\b",
    rf"(?P<month>{MONTH})\b,? ?['’]?(?P<month_year>{_YEAR}|[0-9]{{2}})\b(?!%)",
    rf"(?P<term>autumn|spring|summer)(?: term)?,? (?P<term_year>{_YEAR})\b",
    rf"(?:(?:the )?(?P<convention>academic|school|financial) year )?(?P<split>{_YEAR} ?[/–-] ?(?:20)?[0-9]{{2}})\b",
    rf"(?:(?:the )?(?:calendar )?year )?(?P<year>{_YEAR})\b(?![/–-]|\.[0-9])",
    r"(?P<short>(?:0[0-9]|1[0-9])[-/]?[0-9]{2})\b(?![,.]?[0-9])",
    rf"(?P<only_month>{MONTH})\b",
)
_MOMENT = rf"(?:{'|'.join(_KINDS)})"
_STATED = re.compile(rf"(?<![\w-])(?:{_HOW} {_PART}{_MOMENT}(?P<onwards> onwards)?)", re.IGNORECASE)
_OPEN = re.compile(rf"(?<![\w-])(?P<how>()){_PART}{_MOMENT}(?P<onwards> onwards)?", re.IGNORECASE)
_BRACKETED = re.compile(rf"\((?P<how>()){_PART}{_MOMENT}(?P<onwards> onwards)?\)", re.IGNORECASE)
# At the very end a date needs no "by" before it; a bare year there is as often the year of something else.
_CLOSING = re.compile(rf"(?<![\w-])(?<!since )(?P<how>){_PART}(?!{_YEAR}){_MOMENT}(?P<onwards> onwards)?\W*$", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:(?P<adverb>annually|yearly|half[- ]termly|termly|quarterly|monthly|weekly)"
    r"|(?:each|every|per|a) (?P<noun>half[- ]term|year|term|quarter|month|week))\b", re.IGNORECASE)
_ANNUAL = re.compile(r"\s*annual\s*", re.IGNORECASE)
_ALWAYS = re.compile(r"\b(?:on-?going|at all times|throughout)\b", re.IGNORECASE)
_TERMS = {"autumn": ((9, 1), (12, 31)), "spring": ((1, 1), (4, 15)), "summer": ((4, 16), (8, 31))}
_RECURRENCES = {
    "annually": Recurrence.YEARLY, "yearly": Recurrence.YEARLY, "year": Recurrence.YEARLY, "termly": Recurrence.TERMLY,
    "term": Recurrence.TERMLY, "half-termly": Recurrence.HALF_TERMLY, "half-term": Recurrence.HALF_TERMLY,
    "quarterly": Recurrence.QUARTERLY, "quarter": Recurrence.QUARTERLY, "monthly": Recurrence.MONTHLY,
    "month": Recurrence.MONTHLY, "weekly": Recurrence.WEEKLY, "week": Recurrence.WEEKLY,
}


@dataclass(frozen=True)
class Found:
    """A due date or recurrence and where in the text it stands, start to end."""

    due: Due
    start: int
    end: int


def month_number(printed: str) -> int:
    """1 to 12 for a month's name or its shortening; KeyError otherwise."""
    return _SHORT[printed[:3].lower()]


def parse_due(text: str, after: date | None = None) -> Due | None:
    """What a cell that holds nothing but a time says; None where it says none.

    after is the day the plan was made: a month with no year is the next one after it.
    """
    found = find_dues(text, after)
    if not found:
        found = [*_moments(_OPEN, text, after)]
    if not found and _ANNUAL.fullmatch(text):
        found = [Found(Due(recurrence=Recurrence.YEARLY, printed=text.strip()), 0, len(text))]
    return merged(found)


def find_dues(text: str, after: date | None = None) -> list[Found]:
    """Every time stated in running words, in their order; a bare date counts only in brackets of its own."""
    found = [*_moments(_STATED, text, after), *_moments(_BRACKETED, text, after)]
    if not found:
        found = [*_moments(_CLOSING, text, after)]
    for match in _AGAIN.finditer(text):
        word = (match["adverb"] or match["noun"]).lower().replace(" ", "-")
        found.append(Found(Due(recurrence=_RECURRENCES[word], printed=match[0]), *match.span()))
    found.extend(Found(Due(ongoing=True, printed=match[0]), *match.span()) for match in _ALWAYS.finditer(text))
    return sorted(found, key=lambda one: one.start)


def merged(found: Iterable[Found]) -> Due | None:
    """One due from several: the first day to be met by, the first to start from, the first recurrence."""
    dues = [one.due for one in found]
    if not dues:
        return None
    return Due(
        by=next((due.by for due in dues if due.by), None),
        start=next((due.start for due in dues if due.start), None),
        recurrence=next((due.recurrence for due in dues if due.recurrence), None),
        ongoing=any(due.ongoing for due in dues),
        printed=", ".join(due.printed for due in dues),
    )


def _moments(pattern: re.Pattern[str], text: str, after: date | None) -> Iterable[Found]:
    for match in pattern.finditer(text):
        stretch = _stretch(match, after)
        if stretch is not None:
            yield Found(_due(match, stretch), *match.span())


def _due(match: re.Match[str], stretch: tuple[date, date]) -> Due:
    """What a stretch of time means for a due: by its last day, from its first, or within it."""
    first, last = stretch
    how, printed = match["how"].lower(), match[0].strip("()")
    if match["part"] and match["part"].lower() in ("start", "beginning"):
        last = first
    if how.startswith(("from", "starting")) or match["onwards"]:
        return Due(start=first, printed=printed)
    if how == "before":
        return Due(by=first - timedelta(days=1), printed=printed)
    within = first != last and not match["part"] and (match["split"] or match["short"]) and not how.startswith(("by", "no", "un"))
    return Due(by=last, start=first if within else None, printed=printed)


def _stretch(match: re.Match[str], after: date | None) -> tuple[date, date] | None:
    """First and last day of what was printed, or None where there is no such day or the words are no time."""
    try:
        return _day(match) or _month(match, after) or _years(match)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> tuple[date, date] | None:
    if match["day"]:
        one = date(int(match["day_year"]), month_number(match["day_month"]), int(match["day"]))
    elif match["iso"]:
        one = date.fromisoformat(match["iso"])
    elif match["slashed"]:
        day, month, year = (int(part) for part in match["slashed"].split("/"))
        one = date(year, month, day)
    else:
        return None
    return one, one


def _month(match: re.Match[str], after: date | None) -> tuple[date, date] | None:
    if match["month"]:
        year = int(match["month_year"])
        return _whole_month(year if year > 99 else 2000 + year, month_number(match["month"]))
    if match["term"]:
        first, last = _TERMS[match["term"].lower()]
        return date(int(match["term_year"]), *first), date(int(match["term_year"]), *last)
    if match["only_month"] and after:
        month = month_number(match["only_month"])
        return _whole_month(after.year if month >= after.month else after.year + 1, month)
    return None


def _years(match: re.Match[str]) -> tuple[date, date] | None:
    if match["year"]:
        return date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)
    if match["split"]:
        start, end = int(match["split"][:4]), int(match["split"][-2:])
        month = 4 if (match["convention"] or "").lower() == "financial" else 9
    elif match["short"]:
        start, end, month = 2000 + int(match["short"][:2]), int(match["short"][-2:]), 9
    else:
        return None
    if end != (start + 1) % 100:
        return None
    return date(start, month, 1), date(start + 1, month, 1) - timedelta(days=1)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)
