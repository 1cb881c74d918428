"""The months that the name, a title or a heading of a list says, with their year or without; a season is several."""

import re

_NAMES = ("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?", "sept?(?:ember)?",
          "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?")
_SEASONS = {"spring": (1, 4), "summer": (4, 8), "autumn": (9, 12)}  # the months that a school's term of that name touches
A_MONTH = rf"(?<![a-z])(?:{'|'.join(_NAMES)})(?![a-z])"
_NAME = rf"(?P<name>{A_MONTH})\.?"
_SEASON = rf"(?<![a-z])(?P<season>{'|'.join(_SEASONS)})(?: term)?(?![a-z])"
_YEAR = r"(?<!\d)(?P<year>20\d\d)(?!\d)"
# Figures before the year say a month only where they cannot be a year group, as in “Year 11 2026”.
_WITH_A_YEAR = [re.compile(form, re.IGNORECASE) for form in (
    rf"{_NAME}(?: of)?,?[ -]?{_YEAR}", rf"{_NAME}(?:-|[ ]?['’]|)(?P<short>\d\d)(?!\d)", rf"{_YEAR}[ -]?{_NAME}",
    rf"{_SEASON}(?: of)?,?[ -]?{_YEAR}", rf"{_SEASON}[ -]?['’]?(?P<short>[23]\d)(?![\d/-])", rf"{_YEAR}[ -]?{_SEASON}",
    r"(?<!\d)(?P<year>20\d\d)[-/. ]?(?P<figures>0[1-9]|1[0-2])(?!\d)",
    rf"(?<![a-z\d])(?<!year )(?<!yr )(?P<figures>0[1-9]|1[0-2](?=[-/.]))[-/. ]{_YEAR}")]
# A season is a place's name as well, as Spring Lane, so that alone it is one at a name's end or as a term or half of one.
_IN_A_NAME = [re.compile(form, re.IGNORECASE) for form in (
    rf"{_NAME} (?P<short>[23]\d)(?!\d)", _NAME, rf"{_SEASON}(?:(?<=term)|(?= ?[12]?\s*$))")]
# In a sentence “may” and “March” are mostly something else, and “June” is somebody.
_IN_A_SENTENCE = [re.compile(rf"\b(?:in|for|during|month(?: of)?):? (?-i:(?=[A-Z])){_NAME}(?-i:(?! [A-Z]))", re.IGNORECASE)]
_OF_A_YEAR = 12

Time = tuple[int | None, int | None, int | None]  # year, month and day, None where it is not said


def months_in(text: str, is_name: bool) -> tuple[list[str], tuple[Time, ...], str]:
    """What in a text says months, as printed; the months from the first to the last of them; and the text without. Alone a month
    is one in a name, elsewhere after words such as “in”. Two years of a school year, as 2025-26, are no month.
    """
    printed, ends = list[str](), list[tuple[int | None, int]]()

    def taken(match: re.Match[str]) -> str:
        said = match.groupdict()
        year = int(said.get("year") or f"20{said['short']}") if said.get("year") or said.get("short") else None
        if said.get("figures") and year and int(said["figures"]) == (year + 1) % 100:
            return match[0]
        printed.append(match[0])
        ends.extend((year, month) for month in _months_of(said))
        return " "

    for form in (*_WITH_A_YEAR, *(_IN_A_NAME if is_name else _IN_A_SENTENCE)):
        text = form.sub(taken, text)
    return printed, _from_first_to_last(ends), text


def _months_of(said: dict[str, str]) -> tuple[int, ...]:
    if said.get("season"):
        return _SEASONS[said["season"].lower()]
    return (int(said.get("figures") or 0) or _number(said["name"]),)


def _number(name: str) -> int:
    return next(number for number, form in enumerate(_NAMES, 1) if re.fullmatch(form, name, re.IGNORECASE))


def _from_first_to_last(ends: list[tuple[int | None, int]]) -> tuple[Time, ...]:
    """All months between some. One without a year beside one with, as in “May to December 2026”, is the last before that."""
    last = max(((year, month) for year, month in ends if year), default=None)
    if last is None:
        months = [month for _, month in ends]
        return tuple((None, month, None) for month in range(min(months), max(months) + 1)) if months else ()
    counted = [(year or last[0] - (month > last[1])) * _OF_A_YEAR + month - 1 for year, month in ends]
    return tuple((each // _OF_A_YEAR, each % _OF_A_YEAR + 1, None) for each in range(min(counted), max(counted) + 1))
