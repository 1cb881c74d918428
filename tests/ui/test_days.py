"""Days as people type them: the month by number or name, and what is said where it is no day."""

from datetime import date

import pytest
from django import forms
from django.conf import settings

from throughline.ui.days import DayField

REAL = "When must be a real day, such as 27 3 2026"
YEAR = "The year of “When” must have four digits, such as 2026"


class Asked(forms.Form):
    """One day that is asked, and one that may be left empty."""

    on = DayField(label="When")
    until = DayField(label="Until when?", required=False)


def _sent(name: str, typed: str) -> dict[str, str]:
    """Three boxes, typed between strokes."""
    return {f"{name}_{part}": box for part, box in zip(("day", "month", "year"), typed.split("/"), strict=True)}


@pytest.mark.parametrize(("typed", "day"), [
    ("5/12/2026", date(2026, 12, 5)), ("05/07/2026", date(2026, 7, 5)), (" 5 / 12 / 2026 ", date(2026, 12, 5)),
    ("5/December/2026", date(2026, 12, 5)), ("5/dec/2026", date(2026, 12, 5)), ("5/DEC./2026", date(2026, 12, 5)),
    ("1/Sept/2026", date(2026, 9, 1)), ("1/sep/2026", date(2026, 9, 1)), ("1/May/2026", date(2026, 5, 1)),
    ("1/jun/2026", date(2026, 6, 1)), ("1/July/2026", date(2026, 7, 1)), ("29/2/2028", date(2028, 2, 29)),
    ("1/1/1900", date(1900, 1, 1)),
])
def test_a_day_is_read_by_the_number_or_the_name_of_its_month(typed, day):
    form = Asked(_sent("on", typed))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == day


@pytest.mark.parametrize(("typed", "said"), [
    ("29/11/26", YEAR), ("5/12/26", YEAR), ("5/Dec/26", YEAR), ("5/12/026", YEAR), ("5/12/20266", YEAR), ("29/2/28", YEAR),
    ("31/2/26", REAL), ("31/2/2026", REAL), ("29/2/2026", REAL), ("5/13/2026", REAL), ("5/0/2026", REAL), ("0/5/2026", REAL),
    ("5/Ju/2026", REAL), ("5/Decembers/2026", REAL), ("5/Foo/2026", REAL), ("5//2026", REAL), ("/12/2026", REAL),
    ("5/12/", REAL), ("five/12/2026", REAL), ("5/12/soon", REAL),
    ("5/12/2_26", REAL), ("5/12/+202", REAL), ("5/12/0026", REAL), ("31/12/1899", REAL), ("+5/12/2026", REAL),
    ("5/+1/2026", REAL), ("//", "Enter a day for “When”"),
])
def test_what_is_no_day_is_refused_and_shown_again_as_it_was_typed(typed, said):
    form = Asked(_sent("on", typed))
    assert form.errors == {"on": [said]}
    shown = form["on"].field.widget.format_value(form["on"].value())
    assert [shown.get(part) or "" for part in ("day", "month", "year")] == typed.split("/")


def test_a_question_stands_between_marks_in_what_is_said_of_it():
    assert Asked({**_sent("on", "5/12/2026"), **_sent("until", "31/2/2026")}).errors == {
        "until": ["“Until when?” must be a real day, such as 27 3 2026"]}


def test_every_mistake_is_said_at_once():
    form = Asked({**_sent("on", "29/11/26"), **_sent("until", "5/12/26")})
    assert list(form.errors) == ["on", "until"]


def test_a_day_that_was_not_asked_or_may_be_left_empty_is_none():
    form = Asked({**_sent("on", "5/12/2026"), "until": ""})
    assert (form.is_valid(), form.cleaned_data["until"]) == (True, None)
    assert Asked({**_sent("on", "5/12/2026"), **_sent("until", "//")}).is_valid()


def test_no_room_reads_days_in_another_way():
    rooms = (settings.ROOT / "throughline" / "apps").rglob("*.py")
    assert [str(path) for path in rooms if "SelectDateWidget" in path.read_text(encoding="utf-8")] == []
