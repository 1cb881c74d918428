"""A day as people type it into three boxes: the month by its number or name, the year with four digits, from 1900 on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from throughline.ui.formats import MONTHS

_PARTS = ("day", "month", "year")
_SHORTEST = 3  # letters by which no month is taken for another
_DIGITS_OF_A_YEAR = 4
_EARLIEST = 1900  # nobody who is written about here was born before, so an earlier year is a slip


class TypedDay(str):
    """What was typed where it is no day, and each box of it, so that it is shown again as it was typed."""

    def __new__(cls, boxes: Mapping[str, str]) -> "TypedDay":
        """From what stands in the boxes: day, month and year."""
        made = super().__new__(cls, " ".join(boxes[part] for part in _PARTS))
        made.boxes = dict(boxes)
        return made

    boxes: dict[str, str]

    @property
    def wants_a_whole_year(self) -> bool:
        """Whether it would be a day if the year had all its digits, as 29 11 26 would."""
        year = self.boxes["year"]
        if not year.isdecimal() or len(year) == _DIGITS_OF_A_YEAR:
            return False
        return _day({**self.boxes, "year": "2000"}) is not None  # a leap year: 29 2 may be right


class DayBoxes(forms.SelectDateWidget):
    """The three boxes, under the names that Django gives them."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The day that was typed; where it is none, what was typed; None where the boxes are empty or were not sent."""
        sent = [data.get(f"{name}_{part}") for part in _PARTS]
        if None in sent:
            return data.get(name)
        boxes = {part: str(typed).strip() for part, typed in zip(_PARTS, sent, strict=True)}
        return (_day(boxes) or TypedDay(boxes)) if any(boxes.values()) else None

    def format_value(self, value: Any) -> dict[str, Any]:
        """What stands in each box."""
        return value.boxes if isinstance(value, TypedDay) else super().format_value(value)


class DayField(forms.DateField):
    """A day in three boxes."""

    def __init__(self, *, label: str, help_text: str = "Such as 27 3 2026", **kwargs: Any) -> None:
        named = f"“{label}”" if label.endswith("?") else label
        wrong = {"invalid": f"{named} must be a real day, such as 27 3 2026",
                 "required": f"Enter a day for “{label}”",
                 "year": f"The year of “{label}” must have four digits, such as 2026"}
        super().__init__(label=label, help_text=help_text, widget=DayBoxes, error_messages=wrong, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day. Refuses what is none, and says so where nothing but the year wants digits."""
        if isinstance(value, TypedDay) and value.wants_a_whole_year:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        return super().to_python(value)


def _day(boxes: Mapping[str, str]) -> date | None:
    """The day that stands in the boxes; None where it is none, the year has not its four digits, or is before 1900."""
    year = boxes["year"]
    try:
        found = date(_number(year), _month(boxes["month"]), _number(boxes["day"]))
    except (ValueError, OverflowError):
        return None
    return found if len(year) == _DIGITS_OF_A_YEAR and found.year >= _EARLIEST else None


def _number(typed: str) -> int:
    """What is typed in digits and nothing else: int() also takes 2_26 and +202. Raises ValueError."""
    if not typed.isdecimal():
        raise ValueError(typed)
    return int(typed)


def _month(typed: str) -> int:
    """A month by its number, its name or the beginning of that. Raises ValueError."""
    name = typed.removesuffix(".").casefold()
    if len(name) < _SHORTEST:
        return _number(typed)
    return next((at for at, month in enumerate(MONTHS, 1) if month.casefold().startswith(name)), 0)
