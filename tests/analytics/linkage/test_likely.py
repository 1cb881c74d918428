"""Whom a row may be about comes in the order of what agrees, and what is the other way round is told."""

from datetime import date

import pytest

from throughline.analytics.linkage.exact import Person
from throughline.analytics.linkage.likely import likeness, swapped_day

BORN, SWAPPED, OTHER = date(2009, 5, 3), date(2009, 3, 5), date(2008, 1, 20)
ROW = Person("Harrvey", "Warburton", BORN, {"uln": "9276308686"})
# The likeliest first: given, family, born, what is told of them.
ORDER = [
    ("Harrvey", "Warburton", BORN, ("The same name", "The same date of birth")),
    ("Warburton", "Harrvey", BORN, ("First name and surname are the other way round", "The same date of birth")),
    ("Harvey", "Warburton", BORN, ("The same date of birth",)),
    ("Harrvey", "Warburton", SWAPPED, ("The same name", "Day and month of birth are the other way round")),
    ("Warburton", "Harrvey", OTHER, ("First name and surname are the other way round",)),
    ("Kai", "Ainscough", BORN, ("The same date of birth",)),
    ("Kai", "Ainscough", OTHER, ()),
]


def test_the_likeliest_come_first_and_what_agrees_is_told():
    people = [Person(given, family, born) for given, family, born, _ in ORDER]
    found = [likeness(ROW, person) for person in people]
    by_degree = sorted(range(len(found)), key=lambda at: -found[at].degree)
    assert by_degree[:3] == [0, 1, 2]
    assert by_degree[-1] == 6
    assert by_degree.index(3) < by_degree.index(4)
    assert [one.remarks for one in found] == [remarks for *_, remarks in ORDER]


def test_a_number_that_is_the_same_counts_and_so_does_a_name_they_had_before():
    alone, numbered = Person("Kai", "Ainscough", OTHER), Person("Kai", "Ainscough", OTHER, {"uln": "9276308686"})
    assert likeness(ROW, numbered).degree > likeness(ROW, alone).degree
    assert likeness(ROW, numbered).remarks == ("The same ULN",)
    renamed = Person("Harrvey", "Poe", None, None, (("Harrvey", "Warburton"),))
    assert likeness(ROW, renamed).remarks == ("A name that they had before",)


@pytest.mark.parametrize(("born", "swapped"), [(BORN, SWAPPED), (date(2009, 5, 13), None), (date(2009, 5, 5), None)])
def test_day_and_month_the_other_way_round(born, swapped):
    assert swapped_day(born) == swapped
