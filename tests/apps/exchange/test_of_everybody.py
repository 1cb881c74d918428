"""What is said of everybody on a list holds for whoever it says nothing else of; and cells that say nothing change nothing."""

from datetime import date
from types import MappingProxyType

import pytest

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.learners.models import Learner

pytestmark = pytest.mark.django_db
AS_AT, COLLEGE = date(2026, 11, 30), "3584000"


def of_everybody(bring, headings, *cells, constants=MappingProxyType({"activity": "230"})):
    """A list of a college with these cells, a person each, and what is said of everybody."""
    people = "".join(f"{name},Okafor,05/11/2009,{each}\n" for name, each in zip(("Ade", "Bo", "Cy", "Di"), cells, strict=False))
    content = f"Forename,Surname,DOB,{headings}\n{people}".encode()
    return bring(content, "college.csv", as_at=AS_AT, constants=constants, establishment=COLLEGE)


def taken(delivery):
    """Of each row whether somebody is said by it to be doing something, and whether it asks about what was not taken."""
    rows = delivery.rows.order_by("line")
    return [bool(row.values.get("doing")) for row in rows], [any(one["when"] == "read" for one in row.problems) for row in rows]


@pytest.mark.parametrize(("headings", "cells", "expected"), [
    ("Current activity", ["left college", "not at college", "withdrawn", "xyzzy"], [False] * 4),
    ("Status", ["enrolled", "withdrawn", "did not start"], [False] * 3),
    ("Leaving date", ["withdrawn", "soon"], [False] * 2),
    ("Leaving date,Reason for leaving", ["30/10/2026,personal", ",personal", "02/10/2026,", ",other"],
     [True, False, True, False]),
    ("Leaving date,Reason for leaving", ["30/10/2026,bored", ",bored"], [True, False]),
    ("Leaving date", ["N/A", "-", "30/10/2026"], [True, True, True]),
    ("Withdrawn", ["No", "N/A", "yes", "N"], [True, True, False, True]),
    ("Notes", ["left college", "withdrawn"], [True] * 2),
])
def test_it_is_not_said_of_whoever_may_have_left(bring, headings, cells, expected):
    assert taken(of_everybody(bring, headings, *cells)) == (expected, [not each for each in expected])


@pytest.mark.parametrize(("headings", "cells", "expected"), [
    ("Leaving date", ["20/11/2026", "n/a", "19/11/2026", "soon"], [True, True, True, False]),
    ("Leaving date,Reason for leaving", ["n/a,Dismissed", ",n/a", "20/11/2026,personal", ",personal"],
     [False, True, True, False]),
    ("Leaving date", ["soon", "20/11/2026", "", "n/a"], [False, False, True, True]),  # too few are days: it is not used
    ("Leaving date", ["20/11/2026", "Unknown", "Not known", "tbc"], [True, False, False, False]),
    ("Leaving date", ["20/11/2026", "current", "No", "0"], [True, True, True, True]),
    ("Reason for leaving", ["Dropped out", "Stopped coming", "", "n/a"], [False, False, True, True]),
    ("Date left,Reason for leaving", ["20/11/2026,", ",Stopped coming", ",", "19/11/2026,Stopped coming"],
     [True, False, True, True]),
    ("End date,Actual end date", ["31/07/2027,20/11/2026", "31/07/2027,", "31/07/2027,19/11/2026", "31/07/2027,"], [True] * 4),
    ("Left", ["FALSE", "Active", "0", "continuing"], [True] * 4),
    ("Reason", ["has a plan", "", "n/a", "has a plan"], [True, True, True, True]),
])
def test_what_a_row_says_they_do_is_not_taken_where_they_may_have_left(bring, headings, cells, expected):
    delivery = of_everybody(bring, f"Activity,{headings}", *(f"Apprenticeship,{cell}" for cell in cells), constants={})
    assert taken(delivery)[0] == expected


def test_an_empty_cell_takes_it(bring):
    delivery = of_everybody(bring, "Current activity", "left college", "")
    assert taken(delivery)[0] == [False, True]
    assert "its column is not used" in delivery.rows.earliest("line").problems[0]["remedy"]


def test_once_the_column_is_used_each_cell_is_read_or_asks(bring, officer):
    delivery = of_everybody(bring, "Status", "enrolled", "withdrawn", "")
    used = {**delivery.mapping, "3": "activity"}
    again = set_mapping(by=officer, delivery=delivery, mapping=used, constants={"activity": "230"}, establishment=COLLEGE,
                        words={"enrolled": "230"})
    assert taken(again) == ([True, False, True], [False, True, False])


@pytest.mark.parametrize("nothing", ["not known", "Unknown", "N/A", "n/a.", "TBC", "-"])
def test_words_that_say_nothing_replace_nothing(accepted, bring, nothing):
    accepted(made(record({**ADE, "AddressLine1": "1 High Street", "Postcode": "SA1 1AA"}), record(BO)))
    learner = Learner.objects.get(names__family="O'Brien")
    before = [str(each) for each in learner.addresses.known()], list(learner.contacts.known().values_list("phone", flat=True))
    row = f"Ade,{nothing},05/11/2009,9276308686,{nothing},{nothing},{nothing},{nothing}"
    accepted(f"Forename,Surname,DOB,ULN,Address,Postcode,Telephone,Email\n{row}\n".encode(), "list.csv", as_at=AS_AT)
    assert before == ([str(each) for each in learner.addresses.known()],
                      list(learner.contacts.known().values_list("phone", flat=True)))
    assert learner.names.known().get().family == "O'Brien"


def test_what_may_be_a_name_is_one_and_says_nothing_elsewhere(accepted, bring):
    accepted(made(record({**ADE, "AddressLine1": "1 High Street"})))
    accepted(b"Forename,Surname,DOB,ULN,Address\nAde,Na,05/11/2009,9276308686,NA\n", "list.csv", as_at=AS_AT)
    learner = Learner.objects.get()
    assert (learner.names.known().latest("pk").family, learner.addresses.known().get().line_1) == ("Na", "1 High Street")


def test_a_column_is_known_by_those_of_its_cells_that_say_something(bring):
    people = "".join(f"Ade,O'Brien,05/11/2009,{number}\n" for number in ("n/a", "not known", "tbc", "07700 900123"))
    delivery = bring(f"Forename,Surname,DOB,Telephone\n{people}".encode(), "list.csv", as_at=AS_AT)
    assert delivery.mapping["3"] == "phone"


def test_of_two_columns_of_ends_the_actual_one_says_who_left(bring):
    delivery = of_everybody(bring, "End date,Actual end date", "31/07/2027,20/11/2026", "31/07/2027,", "31/07/2027,19/11/2026")
    assert [row.values["doing"].get("left", False) for row in delivery.rows.order_by("line")] == [True, False, True]


def test_a_day_among_cells_that_say_nothing_is_read(bring):
    delivery = of_everybody(bring, "Leaving date", "30/10/2026", "N/A", "n/a", "none")
    assert [row.values["doing"].get("left", False) for row in delivery.rows.order_by("line")] == [True, False, False, False]
