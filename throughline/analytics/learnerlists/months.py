"""The months that the name, a title or a heading of a list says, with their year or without."""

import re
from dataclasses import dataclass

_NAMES = ("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?", "sept?(?:ember)?",
          "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?")
A_MONTH = rf"(?<![a-z])(?:{'|'.join(_NAMES)})(?![a-z])"
_NAME = rf"(?P<name>{A_MONTH})\.?"
_YEAR = r"(?<!\d)(?P<year>20\d\d)(?!\d)"
# Figures before the year say a month only where they cannot be a year group, as in “Year 11 2026”.
_WITH_A_YEAR = [re.compile(form, re.IGNORECASE) for form in (
    rf"{_NAME}(?: of)?,?[ -]?{_YEAR}", rf"{_NAME}(?:-|[ ]?['’])(?P<short>\d\d)(?!\d)", rf"{_YEAR}[ -]?{_NAME}",
    r"(?<!\d)(?P<year>20\d\d)[-/. ]?(?P<figures>0[1-9]|1[0-2])(?!\d)",
    rf"(?<![a-z\d])(?<!year )(?<!yr )(?P<figures>0[1-9]|1[0-2](?=[-/.]))[-/. ]{_YEAR}")]
_ALONE = re.compile(_NAME, re.IGNORECASE)
# In a sentence “may” and “March” are mostly something else, and “June” is somebody.
_IN_A_SENTENCE = re.compile(rf"\b(?:in|for|during|month(?: of)?):? (?-i:(?=[A-Z])){_NAME}(?-i:(?! [A-Z]))", re.IGNORECASE)


@dataclass(frozen=True)
class Month:
    """A month as it is printed; year is None where none is said."""

    printed: str
    year: int | None
    month: int


def months_in(text: str, is_name: bool) -> tuple[list[Month], str]:
    """The months that a text says, and the text without them. Alone a month is one in a file's name, elsewhere after words such
    as “in”. Two years of a school year, as 2025-26, are no month.
    """
    found: list[Month] = []

    def taken(match: re.Match[str]) -> str:
        said = match.groupdict()
        year = int(said.get("year") or f"20{said['short']}") if said.get("year") or said.get("short") else None
        if said.get("figures") and year and int(said["figures"]) == (year + 1) % 100:
            return match[0]
        found.append(Month(match[0], year, int(said.get("figures") or 0) or _number(said["name"])))
        return " "

    for form in (*_WITH_A_YEAR, _ALONE if is_name else _IN_A_SENTENCE):
        text = form.sub(taken, text)
    return found, text


def _number(name: str) -> int:
    return next(number for number, form in enumerate(_NAMES, 1) if re.fullmatch(form, name, re.IGNORECASE))
