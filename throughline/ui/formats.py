"""Numbers, dates and sizes as GOV.UK writes them."""

from datetime import date, datetime

from django.utils import timezone

from throughline.core.rounding import round_half_up

MINUS, NONE = "\N{MINUS SIGN}", "–"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
          "September", "October", "November", "December")


def number(value: float, decimals: int = 0) -> str:
    """1,234.5 with thousands commas and a real minus sign; a value that rounds to zero has no sign."""
    printed = f"{round_half_up(value, decimals):,.{decimals}f}"
    if not printed.startswith("-"):
        return printed
    magnitude = printed[1:]
    return magnitude if not magnitude.strip("0.,") else MINUS + magnitude


def signed(value: float, decimals: int = 0) -> str:
    """A number with its sign always shown, zero excepted."""
    printed = number(value, decimals)
    return printed if printed.startswith(MINUS) or not printed.strip("0.,") else f"+{printed}"


def day(value: date | datetime | None) -> str:
    """22 November 2026; nothing for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def month(value: date | None) -> str:
    """November 2026; nothing for None."""
    return "" if value is None else f"{MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """22 November 2026 at 4:05pm, in local time; nothing for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = f"{local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"
    return f"{day(local)} at {clock}"


def age(days: int) -> str:
    """How long ago in the largest unit that says it: 3 days, 7 months, 4 years."""
    for length, unit in ((730, "year"), (61, "month"), (0, "day")):
        if days >= length:
            count = days // {"year": 365, "month": 30, "day": 1}[unit]
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return "not yet released"


def count(how_many: int, one: str, more: str = "") -> str:
    """1 figure, 1,234 figures; more is the plural where an s is not enough."""
    return f"{number(how_many)} {one if how_many == 1 else more or f'{one}s'}"


def points(value: float | None) -> str:
    """A difference of two percentages, in words."""
    return NONE if value is None else f"{value:.1f} points"


def size(octets: int) -> str:
    """12 KB or 3.4 MB, in thousands as file listings print them."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))} KB"
    return f"{octets / 1_000_000:.1f} MB"


FILTERS = {"number": number, "signed": signed, "day": day, "month": month, "moment": moment, "age": age, "count": count,
           "size": size, "points": points}
