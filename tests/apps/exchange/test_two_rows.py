"""A list with two rows about one young person: what they say of them against one another is asked about, in either order."""

from datetime import date
from itertools import permutations

import pytest

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.leaving_out import leave_out
from throughline.apps.exchange.models import Row
from throughline.apps.learners.models import Learner

pytestmark = pytest.mark.django_db
HEADINGS = "Forename,Surname,DOB,Activity,Start date,Expected end date,Leaving date\n"
WHO = "Ade,O'Brien,05/11/2009"


@pytest.fixture(autouse=True)
def known(accepted):
    """Ade and Bo in the register, doing what the return of a month says."""
    accepted(made(record(ADE), record(BO)))


def brought(bring, rows):
    return bring((HEADINGS + "".join(f"{WHO},{row}\n" for row in rows)).encode(), "list.csv")


def asked(delivery):
    """The rows, by their lines, whose activity was not taken, with the line that speaks against each."""
    return {row.line: each["remedy"].split(" has them")[0] for row in Row.objects.filter(delivery=delivery)
            for each in row.problems if each["rule"] == "one activity for each young person"}


def taken(delivery):
    """What the rows would have Ade do beside what is held."""
    return [each["after"] for row in delivery.rows.order_by("line") for each in row.changes if each["what"] == "activity"]


@pytest.mark.parametrize("rows", permutations(["NEET,,,", "Apprenticeship,,,"]))
def test_two_activities_of_nobody_knows_when_are_both_asked_about(bring, rows):
    delivery = brought(bring, rows)
    assert asked(delivery) == {2: "line 3", 3: "line 2"}
    assert taken(delivery) == []


@pytest.mark.parametrize("rows", permutations([
    "NEET,12/10/2026,,", "Apprenticeship,02/11/2026,,", "College,07/09/2026,,09/10/2026"]))
def test_those_that_are_over_when_the_next_begins_follow_one_another(bring, officer, rows):
    delivery = brought(bring, rows)
    assert asked(delivery) == {}
    accept(by=officer, delivery=delivery)
    held = Learner.objects.get(number=1).activities.known().order_by("start")
    assert [(one.code, one.start) for one in held] == [
        ("230", date(2026, 9, 1)), ("619", date(2026, 10, 12)), ("310", date(2026, 11, 2))]
    assert [one.confirmed for one in held] == [date(2026, 10, 9), date(2026, 11, 1), delivery.as_at]


@pytest.mark.parametrize("rows", permutations(["NEET,12/10/2026,,", "NEET,20/10/2026,,", "Apprenticeship,02/11/2026,,"]))
def test_spells_of_one_kind_end_when_the_next_thing_begins(bring, officer, rows):
    delivery = brought(bring, rows)
    accept(by=officer, delivery=delivery)
    *_, (code, start, verified) = Learner.objects.get(number=1).activities.known().order_by("start").values_list(
        "code", "start", "verified")
    assert (code, start, verified) == ("310", date(2026, 11, 2), delivery.as_at)
    assert asked(delivery) == {}


@pytest.mark.parametrize("rows", [
    ("Sixth form,01/09/2026,,", "Volunteering,05/10/2026,,"),  # beside it
    ("Full time college,01/09/2026,31/07/2027,", "Part time job,05/10/2026,,"),
    ("College,01/09/2026,,", "NEET,02/11/2026,,"),
    ("NEET,,,", "Apprenticeship,02/11/2026,,"), ("NEET,02/11/2026,,", "Apprenticeship,02/11/2026,,"),
    ("NEET,02/11/1026,,", "Apprenticeship,02/11/2026,,"),
])
def test_those_of_which_nobody_can_tell_ask(bring, rows):
    for given in permutations(rows):
        delivery = brought(bring, given)
        assert asked(delivery) == {2: "line 3", 3: "line 2"}
        assert taken(delivery) == []


@pytest.mark.parametrize("rows", [
    ("Apprenticeship,02/11/2026,,", "310,,,"), ("Apprenticeship,,,", ",,,"), ("Apprenticeship,,,", "not known,,,"),
    ("NEET,05/09/2026,,", "Apprenticeship,02/11/2026,,", "Apprenticeship,03/11/2026,,"),
    ("NEET,02/11/2026,,", "Apprenticeship,05/01/2027,,"),  # what comes next
])
def test_rows_that_say_no_two_things_are_not_against_one_another(bring, rows):
    for given in permutations(rows):
        delivery = brought(bring, given)
        assert asked(delivery) == {}
        assert taken(delivery)


@pytest.mark.parametrize(("rows", "against"), [
    (("College,07/09/2026,,", "College,07/09/2026,,20/10/2026"), {"20/10/2026"}),  # one of two courses
    (("College,,,", "College,,,20/10/2026"), {"20/10/2026"}), (("College,,,", ",,,20/10/2026"), {"20/10/2026"}),
    (("College,02/11/2026,,", "College,07/09/2026,,20/10/2026"), set()),  # come back
    (("Apprenticeship,02/11/2026,,", "College,07/09/2026,,20/10/2026"), set()),
])
def test_whoever_left_one_of_two_courses_is_there_still(bring, officer, rows, against):
    for given in permutations(rows):
        delivery = brought(bring, given)
        assert {given[line - 2].rsplit(",")[-1] for line in asked(delivery)} == against
    if against:
        accept(by=officer, delivery=delivery)
        [held] = Learner.objects.get(number=1).activities.known()
        assert (held.code, held.predicted_end, held.verified) == ("230", date(2027, 7, 31), delivery.as_at)


def test_a_row_that_is_against_another_may_be_left_out_and_the_other_is_taken(bring, officer):
    delivery = brought(bring, ("NEET,,,", "Apprenticeship,,,"))
    leave_out(by=officer, row=delivery.rows.get(line=2))
    assert asked(delivery) == {}
    assert ["310" in after for after in taken(delivery)] == [True]


def test_rows_of_two_people_are_not_against_one_another(bring):
    text = f"{HEADINGS}{WHO},NEET,,,\nBo,Ng,15/01/2010,Apprenticeship,,,\n"
    delivery = bring(text.encode(), "list.csv")
    assert asked(delivery) == {}
    assert Learner.objects.count() == 2
