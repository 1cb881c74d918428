"""Days as a return prints them, read once each: a file says the same few thousand over and over."""

import re
from datetime import date

MIDNIGHT = r"[ T]00:00(?::00(?:\.0+)?)?"  # as databases and .NET write a day
_DAY, _AFTER = "([0-9]{4}-[0-9]{2}-[0-9]{2})", f"{MIDNIGHT}(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
_PRINTED = re.compile(f"{_DAY}(?:{_AFTER})?")
_IN_XML = re.compile(rf">\s*{_DAY}({_AFTER})\s*<")
_LENGTH = len("2019-04-30")
_HELD = 100_000  # as many days as three centuries have


class Days(dict[str, date | None]):
    """Every day asked for, by how it was printed; None for what is no day. Use it as days["2019-04-30"]."""

    def __missing__(self, printed: str) -> date | None:
        if len(self) >= _HELD:
            self.clear()
        day = self[printed] = as_day(printed)
        return day


def midnight_in(xml: str, start: int) -> re.Match[str] | None:
    """Where the first day with a midnight after it stands in a text of XML from a place on; its second group is the midnight."""
    if "T00:00" not in xml and " 00:00" not in xml:  # told faster than the expression does
        return None
    return _IN_XML.search(xml, start)


def without_midnight(printed: str) -> str:
    """A day as it is printed where no midnight stands after it; anything else as it is."""
    day = as_day(printed) if len(printed) > _LENGTH else None
    return day.isoformat() if day else printed


def as_day(printed: str) -> date | None:
    """A day printed as 2019-04-30, with a midnight after it or without; None for anything else."""
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None
