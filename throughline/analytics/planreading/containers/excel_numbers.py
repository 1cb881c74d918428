"""Writes the value of a spreadsheet's cell as the spreadsheet prints it: dates, percentages, money, plain numbers."""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]
_DAY_FIRST = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy"}  # "short date", printed as the machine's country does
_DATE_PART = re.compile(r'"([^"]*)"|\\(.)|(d{1,4}|m{1,5}|y{1,4})|(.)')
_NUMBER_MASK = re.compile(r"[#0?,]*[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+,*")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|(.)')
_LARGEST = 1e15  # beyond it a spreadsheet has no digits to print either
_MOST_DIGITS = 11  # as many as a spreadsheet shows where no format says more


def printed(value: Any, number_format: str) -> str:
    """A cell's value as printed under its number format.

    A month alone is "Sept 2016", however few letters of it the format prints; a day in a format we do not know, or
    with the time of day, is ISO ("2016-09-01"). Percentages, thousands, decimals and signs of money follow the format.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return _date(value, number_format)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _date(value: date, number_format: str) -> str:
    shape = re.sub(r"\[[^\]]*\]", "", _DAY_FIRST.get(number_format, number_format.split(";")[0])).strip()
    parts = [match for match in _DATE_PART.finditer(shape) if match[0] != "@"]
    tokens = [match[3] for match in parts if match[3]]
    if not any("m" in token for token in tokens) or re.search(r"[hs#0]", shape, re.IGNORECASE):
        return value.strftime("%Y-%m-%d") if tokens != ["yyyy"] else str(value.year)
    if not any("d" in token for token in tokens):
        return f"{_MONTHS[value.month - 1]} {value.year}"
    return "".join(_date_part(value, match[3]) if match[3] else match[1] or match[2] or match[4] or "" for match in parts)


def _date_part(value: date, token: str) -> str:
    month = value.strftime("%B")
    written = {
        "d": str(value.day), "dd": f"{value.day:02}", "ddd": value.strftime("%a"), "dddd": value.strftime("%A"),
        "m": str(value.month), "mm": f"{value.month:02}", "mmm": month[:3], "mmmm": month, "mmmmm": month[:1],
    }
    year = f"{value.year % 100:02}" if len(token) < 3 else str(value.year)
    return written.get(token, year)


def _number(value: float, number_format: str) -> str:
    shape, shown = _section(value, number_format)
    shape = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', shape)
    shape = re.sub(r"\[[^\]]*\]", "", shape)
    bare = re.sub(r'"[^"]*"|\\.', lambda found: "\0" * len(found[0]), shape)
    mask = _NUMBER_MASK.search(bare)
    if not mask or shape.lower() == "general" or re.search(r"[/?]|[Ee][+-]|[yd@]", bare) or not abs(value) < _LARGEST:
        return _plain(value)
    if "%" in bare:
        shown *= 100
    before, after = shape[:mask.start()], shape[mask.end():]
    digits = _digits(shown, mask[0])
    sign = "-" if digits.startswith("-") else ""
    return (sign + _literal(before) + digits.removeprefix("-") + _literal(after)).strip()


def _section(value: float, number_format: str) -> tuple[str, float]:
    """The part of a format that a value is printed by, and the value as that part takes it."""
    sections = re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', number_format or "General")
    if value < 0 and len(sections) > 2 and sections[1]:
        return sections[1], abs(value)
    if value == 0 and len(sections) > 3 and _NUMBER_MASK.search(sections[2]):
        return sections[2], value
    return sections[0], value


def _digits(value: float, mask: str) -> str:
    shape = mask.rstrip(",")
    whole, _, decimals = shape.partition(".")
    scaled = Decimal(repr(value)).scaleb(-3 * (len(mask) - len(shape)))  # each comma at the end leaves thousands out
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    fewest = decimals.rstrip("#")
    if len(fewest) < len(decimals):
        shown, _, tail = text.partition(".")
        text = f"{shown}.{tail.rstrip('0').ljust(len(fewest), '0')}".rstrip(".")
    needed = whole.count("0")
    shown, dot, tail = text.removeprefix("-").partition(".")
    return ("-" if rounded < 0 else "") + shown.rjust(needed, "0") + dot + tail


def _literal(shape: str) -> str:
    return "".join(match[1] or match[2] or match[3] or "" for match in _LITERAL.finditer(shape))


def _plain(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 10**_MOST_DIGITS):
        return str(int(value))
    return f"{value:.{_MOST_DIGITS}g}"
