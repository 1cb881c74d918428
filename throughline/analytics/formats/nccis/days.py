"""Days as a return prints them, read once each: a file says the same few thousand over and over."""

import re
from datetime import date

MIDNIGHT = r"[ T]00:00(?::00(?:\.0+)?)?"  # as databases and .NET write a day
_PRINTED = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:{MIDNIGHT}(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?)?")
_HELD = 100_000  # as many days as three centuries have


class Days(dict[str, date | None]):
    """Every day asked for, by how it was printed; None for what is no day. Use it as days["2019-04-30"]."""

    def __missing__(self, printed: str) -> date | None:
        if len(self) >= _HELD:
            self.clear()
        day = self[printed] = as_day(printed)
        return day


def as_day(printed: str) -> date | None:
    """A day printed as 2019-04-30, with a midnight after it or without; None for anything else."""
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None
