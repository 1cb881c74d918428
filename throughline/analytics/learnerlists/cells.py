"""What a cell of a list says: dates as people write them, names, genders, yes and no, numbers, activities."""

import re
from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta

from dateutil import parser

from throughline.analytics.formats.postcodes import POSTCODE
from throughline.analytics.learnerlists.beside import read_words
from throughline.analytics.learnerlists.signs import TICKS
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain
from throughline.analytics.participation.tables import EHC_PLAN, NO_SUPPORT, SEN_SUPPORT

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"\d{5}(\.0+)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_TWO_NUMBERS_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: 00:00(?::00)?)?")
_WITH_A_MONTH = re.compile(
    r"\d{1,2}(st|nd|rd|th)?[ -]?(of )?[a-z]{3,9}\.?,?[ -]?\d{2,4}|[a-z]{3,9}\.? \d{1,2}(st|nd|rd|th)?,? \d{4}", re.IGNORECASE
)
_PHONE_AFTER_NAME = re.compile(r"(.*[^\W\d_].*?)[\s,;:/-]*((?:\+|\(?0)[\d ()-]{8,16}\d)")
_REASON = re.compile(r"0?([1-9]\d?)(?:\s*[-–—:=(,.](?!\s*\d).*)?")
_FIGURES = 3  # of a code of an activity or an intended destination
_CODE = re.compile(r"(?<!\d)\d{3}(?!\d)")
_INWARD = 3  # signs of a postcode after its space
_GENDERS = {"f": "F", "female": "F", "girl": "F", "woman": "F", "m": "M", "male": "M", "boy": "M", "man": "M",
            "u": "U", "unknown": "U", "not known": "U", "w": "W", "other": "W", "non binary": "W",
            "prefers to self describe": "W"}
_YES = {"y", "yes", "true", "t", "1"}
_NO = {"n", "no", "false", "f", "0", "none", "no plan"}
# Support as the school census codes it, and as people write it.
_SUPPORT = {
    EHC_PLAN: {"e", "ehcp", "ehc", "ehc plan", "education health and care plan", "s", "statement"},
    SEN_SUPPORT: {"k", "sen support", "support"},
    NO_SUPPORT: {"n", "no", "none", "no sen", "no special educational need", "no special educational needs", "no sen support"},
}
_CENTURY_TURNS = 40  # two figures of a year: 00 to 39 are of this century


def as_date(printed: str, month_first: bool = False) -> date | None:
    """The day that a cell says, or None where it says none that exists.

    Day before month unless month_first; a year written first is followed by the month. Whole numbers of five figures
    are Excel's count of days. Two figures of a year below 40 are of this century.
    """
    text = printed.strip()
    if is_serial(text):
        return _EXCEL_DAY_ZERO + timedelta(days=int(text.split(".")[0]))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _TWO_NUMBERS_FIRST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        return _day(year, first, second) if month_first else _day(year, second, first)
    if _WITH_A_MONTH.fullmatch(text):
        return _spelt_out(text)
    return None


def is_serial(printed: str) -> bool:
    """Whether a cell may be a day as Excel counts them."""
    return bool(_SERIAL.fullmatch(printed.strip()))


def is_no_day(printed: str) -> bool:
    """Whether a cell is written as a date is, though the calendar has no such day, as 31/02/2010."""
    text = printed.strip()
    written = any(form.fullmatch(text) for form in (_YEAR_FIRST, _TWO_NUMBERS_FIRST, _WITH_A_MONTH))
    return written and as_date(text) is None


def _year(printed: str) -> int:
    year = int(printed)
    return year if len(printed) == 4 else year + (2000 if year < _CENTURY_TURNS else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _spelt_out(text: str) -> date | None:
    # Two dates that never fill a gap alike: what dateutil had to make up is found out by reading it twice.
    try:
        first = parser.parse(text, dayfirst=True, default=datetime(2000, 1, 1)).date()  # noqa: DTZ001
        second = parser.parse(text, dayfirst=True, default=datetime(2001, 2, 2)).date()  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None
    return first if first == second else None


def month_first(cells: Iterable[str]) -> bool:
    """Whether a column writes the month before the day: some cell is a date only so, and none only the other way."""
    pairs = [found for cell in cells if (found := _TWO_NUMBERS_FIRST.fullmatch(cell.strip()))]
    return any(int(found[2]) > 12 for found in pairs) and not any(int(found[1]) > 12 for found in pairs)


def as_name(printed: str) -> str:
    """A name with single spaces; one written all in capitals is put in the usual letters."""
    name = " ".join(printed.replace("’", "'").replace("`", "'").split())
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name) if name.isupper() and len(name) > 1 else name


def name_and_phone(printed: str) -> tuple[str, str]:
    """A name, and the telephone number that follows it in the same cell; empty where none does."""
    found = _PHONE_AFTER_NAME.fullmatch(printed)
    return (found[1].strip(), found[2]) if found else (printed, "")


def split_name(printed: str) -> tuple[str, str]:
    """Given and family name of a full name: “Family, Given” or the last word as the family name."""
    if "," in printed:
        family, given = printed.split(",", 1)
        return as_name(given), as_name(family)
    words = printed.split()
    return as_name(" ".join(words[:-1])), as_name(words[-1] if words else "")


def as_gender(printed: str) -> str | None:
    """The code of the list gender, or None for a word we do not know."""
    return _GENDERS.get(plain(printed))


def as_flag(printed: str) -> bool | None:
    """Yes or no, or None for a word we do not know."""
    word = plain(printed)
    return True if word in _YES else False if word in _NO else None


def as_yes_no(printed: str, words: Container[str], american: bool = False) -> bool | date | None:
    """Yes or no of what a column asks, or None. A cell that repeats what the column asks, one of words, says yes, and no with
    “not” before it; a day is that from which it has held.
    """
    word, bare = plain(printed), printed.strip().removesuffix(".0")
    if bare in TICKS or word in words:
        return True
    if word.removeprefix("not ") in words:
        return False
    answer = as_flag(bare)
    return as_date(printed, american) if answer is None else answer


def as_confirmed(printed: str, vocabulary: Vocabulary, american: bool = False) -> date | str | None:
    """The day on which a cell says that something was confirmed, empty where it says that it was and no day, or None."""
    answer = _answer_of_confirmed(printed, vocabulary, american)
    return answer if isinstance(answer, date) else "" if answer else None


def says_unconfirmed(printed: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell that should say when something was confirmed says that it was not: “No”, “tbc”."""
    return _answer_of_confirmed(printed, vocabulary) is False


def _answer_of_confirmed(printed: str, vocabulary: Vocabulary, american: bool = False) -> bool | date | None:
    field = vocabulary.fields["verified"]
    return False if vocabulary.is_unconfirmed(printed) else as_yes_no(printed, (*field.headings, *field.second), american)


def as_level(printed: str, vocabulary: Vocabulary) -> str | None:
    """The code of the level of need that a cell holds or means and beside which it says nothing else, or None."""
    left, found = f" {plain(printed.strip().removesuffix('.0').lstrip('0'))} ", set()
    for phrase, code in (*vocabulary.levels_by_phrase, *((code, code) for code in vocabulary.levels)):
        if f" {phrase} " in left:
            found.add(code)
            left = left.replace(f" {phrase} ", " ")
    return found.pop() if len(found) == 1 and not left.strip() else None


def as_support(printed: str, yes: str = "") -> str | None:
    """EHC_PLAN, SEN_SUPPORT or NO_SUPPORT, as a cell says; None for a word we do not know.

    yes is what a plain yes means under the column's heading; under one that asks of no sort of support it means nothing.
    """
    word = plain(printed)
    if found := next((support for support, words in _SUPPORT.items() if word in words), None):
        return found
    answer = as_flag(printed)
    return NO_SUPPORT if answer is False else (yes or None) if answer else None


def as_postcode(printed: str) -> str | None:
    """A postcode with its one space, or None where it has not the shape of one."""
    signs = re.sub(r"\s+", "", printed.upper())
    spaced = f"{signs[:-_INWARD]} {signs[-_INWARD:]}"
    return spaced if POSTCODE.fullmatch(spaced) else None


def as_number(printed: str, length: int) -> str | None:
    """An identifying number of so many figures, without the marks that spreadsheets and people put into it."""
    text = re.sub(r"[\s/'-]", "", printed).removesuffix(".0")
    return text if text.isascii() and text.isdigit() and len(text) == length else None


def as_activity(printed: str, vocabulary: Vocabulary, codes: frozenset[str]) -> str | None:
    """The activity code that a cell holds or means, one of codes, or None; words mean one where all that stands beside them is
    harmless, as read_words() has it.
    """
    if not (code := _in_figures(printed)):
        reading = read_words(printed, vocabulary)
        code = "" if reading.why_not else reading.code
    return code if code in codes else None


def why_no_activity(printed: str, vocabulary: Vocabulary) -> str:
    """What keeps a cell that has words for an activity from being read so; empty where it has none, and for a code in figures."""
    return "" if _in_figures(printed) else read_words(printed, vocabulary).why_not


def of_school_age(printed: str, vocabulary: Vocabulary, codes: frozenset[str]) -> str:
    """The code that a cell's words for an activity mean of somebody of compulsory school age, where that is another than of those
    who are older; empty otherwise, and for a code in figures.
    """
    if _in_figures(printed):
        return ""
    reading = read_words(printed, vocabulary)
    code = "" if reading.why_not else vocabulary.of_school_age.get(reading.phrase, "")
    return code if code in codes else ""


def as_intended(printed: str, vocabulary: Vocabulary) -> str | None:
    """The code of what a leaver intends that a cell holds or means and does not deny, or None, likewise."""
    code = _in_figures(printed) or _said_in(printed, vocabulary.intended_by_phrase, vocabulary.denials)[1]
    return code if code in vocabulary.intended else None


def as_leaving_reason(printed: str, vocabulary: Vocabulary) -> str | None:
    """The code of why somebody left that a cell holds or means and does not deny, or None, likewise: a code stands alone, or with
    a sign between it and the words after it; “2 weeks ill” and “2-3 weeks” begin with none. A nought before a code is not of it.
    """
    if (figures := _REASON.fullmatch(printed.strip().removesuffix(".0"))) and figures[1] in vocabulary.reasons:
        return figures[1]
    return _said_in(printed, vocabulary.reasons_by_phrase, vocabulary.denials)[1] or None


def is_one_code(printed: str) -> bool:
    """Whether a cell begins with one code of three figures, and no other stands in it, be it in a list or not."""
    return len(_in_figures(printed)) == _FIGURES


def _in_figures(printed: str) -> str:
    """The three figures with which a cell begins, which can be no more than a code, with any others of three that stand behind
    them, so that they are none; empty where it begins otherwise.
    """
    if not _CODE.match(printed.strip()):
        return ""
    return " ".join(dict.fromkeys(_CODE.findall(printed)))


def _said_in(printed: str, phrases: Iterable[tuple[str, str]], otherwise: Iterable[str]) -> tuple[str, str]:
    """The first of some phrases that stands in a cell as whole words, with its code; empty where none does, and where a word
    beside all that stand there makes them mean otherwise, as “not” does.
    """
    left, found = f" {plain(printed)} ", []
    for phrase, code in phrases:
        if f" {phrase} " in left:
            found.append((phrase, code))
            left = left.replace(f" {phrase} ", " | ")
    return found[0] if found and not any(f" {word} " in left for word in otherwise) else ("", "")
