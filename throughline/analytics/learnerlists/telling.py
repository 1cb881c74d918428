"""Cells by which a column or a row is known without any heading: a young person's date of birth, a number that checks itself."""

from collections.abc import Iterable
from datetime import date

from throughline.analytics.learnerlists.cells import as_date
from throughline.analytics.participation.identifiers import uln_fault, upn_fault

_AGES = range(13, 27)  # those of 14 to 24 who are followed, and who may stand on a list before or after
_OLDEST = 100


def is_ones_birth(cell: str, day: date, month_first: bool = False) -> bool:
    """Whether a cell is a date, day before month unless month_first, on which somebody was born who is of 13 to 26 on a day."""
    born = as_date(cell, month_first)
    return born is not None and _age(born, day) in _AGES


def is_no_birth(born: date, day: date) -> bool:
    """Whether nobody on a list of a day can have been born on another: it is after that day, or more than 100 years before it."""
    return born > day or _age(born, day) > _OLDEST


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_ones_number(cell: str) -> bool:
    """Whether a cell is a unique pupil number, of whatever authority, or a unique learner number, each by its own algorithm."""
    number = "".join(cell.split()).upper()
    return upn_fault(number, {number[1:4]: None}) is None or uln_fault(number) is None


def is_somebody(cells: Iterable[str], day: date) -> bool:
    """Whether a row can only be about somebody, since no heading is a young person's date of birth or number."""
    return any(is_ones_birth(cell, day) or is_ones_birth(cell, day, month_first=True) or is_ones_number(cell) for cell in cells)
