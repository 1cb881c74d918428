"""The ways in which the senders of files write a day."""

from datetime import date

_EXCEL_BEGINS = date(1899, 12, 30)
_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_TEENS = (11, 12, 13)


def written(day: date | None, form: str) -> str:
    """A day in a form: iso, british, british_short, british_time, serial (as Excel counts) or words; nothing for none."""
    if day is None:
        return ""
    match form:
        case "british":
            return f"{day.day:02}/{day.month:02}/{day.year}"
        case "british_short":
            return f"{day.day}/{day.month}/{day.year % 100:02}"
        case "british_time":
            return f"{day.day:02}/{day.month:02}/{day.year} 00:00:00"
        case "serial":
            return str((day - _EXCEL_BEGINS).days)
        case "words":
            return f"{day.day}{_ending(day.day)} {_MONTHS[day.month - 1]} {day.year}"
    return day.isoformat()


def _ending(day: int) -> str:
    return "th" if day in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
