"""What a row says of an end or of a day, beside what it says somebody does: planned ends, what they left or left for, no's."""

from datetime import date

import pytest

from tests.apps.exchange.returns_made import ADE, made, record
from tests.apps.exchange.test_of_everybody import of_everybody, taken
from throughline.apps.learners.models import Activity

pytestmark = pytest.mark.django_db
AS_AT = date(2026, 11, 29)
SIXTH_FORM = {"ActivityCode": "210", "EstablishmentNumber": "3584001", "EstablishmentName": ""}
COLLEGE = {"ActivityCode": "220"}


def after(accepted, held, headings, cells):
    """What is held once a list with these cells of Ade's is accepted, with its last day and when it was confirmed; and the rules
    by which its row asks.
    """
    accepted(made(record({**ADE, **held})))
    text = f"Learner,Date of birth,{headings}\nAde O'Brien,05/11/2009,{cells}\n"
    delivery = accepted(text.encode(), "Provider apprentices 29 Nov 2026.csv")
    kept = Activity.objects.known().order_by("start").values_list("code", "predicted_end", "verified")
    return list(kept), [one["rule"] for one in delivery.rows.get().problems]


@pytest.mark.parametrize(("cells", "comes", "asks"), [
    ("Apprenticeship,30/11/2027", ("310", date(2027, 11, 30), AS_AT), False),
    ("Employed,31/03/2027", ("330", date(2027, 3, 31), AS_AT), False),
    ("NEET,31/12/2026", None, True),
    ("not known,31/12/2026", None, True),
    (",31/12/2026", ("220", date(2026, 12, 31), AS_AT), False),
])
def test_an_end_to_come_is_that_of_what_the_row_says_they_do(accepted, cells, comes, asks):
    kept, rules = after(accepted, COLLEGE, "Status,End date", cells)
    assert kept[-1] == (comes or ("220", date(2027, 7, 31), date(2026, 9, 20)))
    assert bool(rules) == asks


@pytest.mark.parametrize(("headings", "cells"), [
    ("Status,End date,Withdrawn", "Apprenticeship,31/07/2027,Yes"),
    ("Status,End date,Date left", "Apprenticeship,31/07/2027,dropped out"),
    ("Status,End date,Reason for leaving", "Apprenticeship,31/07/2027,stopped coming"),
    ("Status,Reason for leaving", "Apprenticeship,Not disclosed"), ("Status,Reason for leaving", "Apprenticeship,No details"),
    ("Status,Leaving date", "Apprenticeship,Not disclosed"), ("Status,Left", "Apprenticeship,x"),
    ("Status,Withdrawn", "Apprenticeship,X"), ("Status,Left", "Apprenticeship,xx"),
])
def test_an_end_to_come_silences_nothing_by_which_they_may_have_left_and_nor_does_what_tells_no_more(accepted, headings, cells):
    kept, rules = after(accepted, COLLEGE, headings, cells)
    assert kept == [("220", date(2027, 7, 31), date(2026, 9, 20))]
    assert rules


@pytest.mark.parametrize("said", ["No", "", "still here"])
def test_what_they_do_is_taken_where_they_have_not_left(accepted, said):
    (*_, (code, _, verified)), rules = after(accepted, COLLEGE, "Status,End date,Withdrawn", f"Apprenticeship,31/07/2027,{said}")
    assert (code, verified, rules) == ("310", AS_AT, [])


def test_an_end_to_come_of_what_is_held_is_shown_to_confirm_it_and_one_that_has_come_to_end_it(accepted, bring):
    accepted(made(record({**ADE, **COLLEGE})))
    shown = [bring(f"Learner,Date of birth,End date\nAde O'Brien,05/11/2009,{day}\n".encode(), "list.csv", as_at=AS_AT)
             for day in ("31/07/2027", "31/12/2026", "20/11/2026")]
    assert [[each["how"] for each in delivery.rows.get().changes] for delivery in shown] == [["confirmed"], ["ended"], ["ended"]]


def test_an_end_to_come_of_what_is_not_understood_is_no_end_of_what_is_held(accepted, bring):
    accepted(made(record({**ADE, **COLLEGE})))
    rows = "Ade O'Brien,05/11/2009,wants a job,31/12/2026\nBo Ng,15/01/2010,NEET,\nCy Ng,16/01/2010,NEET,\n"
    row = bring(f"Learner,Date of birth,Status,End date\n{rows}".encode(), "list.csv", as_at=AS_AT).rows.earliest("line")
    assert (row.changes, [one["field"] for one in row.problems]) == ([], ["activity", "leaving"])


@pytest.mark.parametrize("heading", ["What are they doing now", "Activity code", "Current situation"])
@pytest.mark.parametrize("cell", ["NEET", "Apprenticeship", "job", "619", "310", "330"])
@pytest.mark.parametrize("left", ["Left", "Leaving date"])
def test_what_they_left_is_asked_where_they_may_have_left_it_for_what_they_do(accepted, heading, cell, left):
    kept, rules = after(accepted, SIXTH_FORM, f"{left},{heading}", f"20/10/2026,{cell}")
    assert (kept, rules) == ([("210", date(2027, 7, 31), date(2026, 9, 20))], ["what they left, or what they do since"])


# what is held, the headings and cells, and what is held then with its last day where the row does not ask
@pytest.mark.parametrize(("held", "headings", "cells", "comes"), [
    ({}, "Left,Current situation", "20/10/2026,college", [("230", date(2026, 10, 20))]),  # that very activity
    ({}, "Left,Current situation", "20/10/2026,sixth form college", [("230", date(2026, 10, 20))]),  # of one kind with it
    (SIXTH_FORM, "Left,Current situation", "20/10/2026,not known", [("210", date(2026, 10, 20))]),  # which says nothing
    (SIXTH_FORM, "Left,Actual destination", "20/10/2026,Apprenticeship", [("210", date(2026, 10, 20)), ("310", None)]),
    (SIXTH_FORM, "Start date,Left,Current situation", "01/09/2026,20/10/2026,NEET", None),  # it began as what is held did
    (SIXTH_FORM, "Start date,Left,Activity code", "01/11/2026,20/11/2026,619",
     [("210", date(2027, 7, 31)), ("619", date(2026, 11, 20))]),
])
def test_what_is_plain_of_a_leaving_is_read(accepted, held, headings, cells, comes):
    kept, rules = after(accepted, held, headings, cells)
    assert (([row[:2] for row in kept], rules) == (comes, [])) if comes else rules == ["what they left, or what they do since"]


@pytest.mark.parametrize("then", ["Apprenticeship", "NEET"])
def test_what_they_left_for_is_no_question_once_it_is_held(accepted, then):
    after(accepted, SIXTH_FORM, "Left,Actual destination", f"20/10/2026,{then}")
    held = list(Activity.objects.known().values_list("code", "predicted_end"))
    delivery = accepted(f"Learner,Date of birth,Left,Doing now\nAde O'Brien,05/11/2009,20/10/2026,{then}\n".encode(), "list.csv",
                        as_at=AS_AT)
    assert delivery.rows.get().problems == []
    assert held == list(Activity.objects.known().values_list("code", "predicted_end"))


@pytest.mark.parametrize(("cells", "ends"), [(",20/10/2026,NEET", None), ("01/09/2026,20/10/2026,619", date(2026, 10, 20))])
def test_being_neet_is_left_by_nobody_but_where_the_row_says_when_it_began(accepted, cells, ends):
    kept, rules = after(accepted, {"ActivityCode": "619", "EstablishmentNumber": "", "EstablishmentName": "",
                                   "PredictedEndDate": ""}, "Start date,End date,Activity code", cells)
    assert (kept[0][1], bool(rules)) == (ends, ends is None)


def test_a_reason_beside_a_day_to_come_is_of_a_leaving(accepted):
    kept, rules = after(accepted, {}, "Status,End date,Reason for leaving", "College,18/12/2026,Personal")
    assert (kept, rules) == ([("230", date(2026, 12, 18), AS_AT)], [])
    assert Activity.objects.known().get().leaving_reason == "44"


SAID_OF_ALL = {"activity": "210"}
STATUS = ["Completion Status", "Enrolment Status", "Learner Status", "Exit", "Enrolment", "Anything else", "Course",
          "Expected end"]


@pytest.mark.parametrize("heading", STATUS)
@pytest.mark.parametrize("word", ["Withdrawn", "withdrew", "Left", "Leaver", "Off roll", "Exited", "Transferred out", "Deferred",
                                  "Left – don't know when", "Withdrawn (personal)", "Withdrawn 06/11/2026"])
def test_whoever_left_in_a_word_is_not_said_to_do_what_everybody_does(bring, heading, word):
    delivery = of_everybody(bring, heading, word, "", "active", "enrolled", constants=SAID_OF_ALL)
    assert [each[:2] for each in taken(delivery)] == [[False, True], [True, False]]
    assert taken(delivery)[0][2:] == [True, True]


@pytest.mark.parametrize(("headings", "cells", "expected"), [
    ("Completion Status,Exit Date,Exit Reason", ["Withdrawn,06/11/2026,Personal", "Withdrawn,,", ",,Personal", "Continuing,,"],
     [True, False, False, True]),
    ("Enrolment Status,Date of Exit", ["Left,06/11/2026", "Withdrew,", "Current,", ","], [True, False, True, True]),
    ("Learner Status", ["Left", "Left – don't know when", "Single Registration", "Enrolled - full time"],
     [False, False, True, True]),
    ("Enrolment state", ["Withdrawn/Left", "Withdrawn from all courses", "No longer attending since October", "Live learner"],
     [False, False, False, True]),
    ("Completion status", ["3 - Withdrawn", "3", "The learner has withdrawn from the learning activities", "1 - Continuing"],
     [False, False, False, True]),
    ("Enrolment status", ["Excluded (permanent)", "Not attending", "Left the college", "Single Registration"],
     [False, False, False, True]),
    ("Cohort", ["Leaver in 2027", "leaver due 2028", "2027", ""], [True] * 4),
    ("Attendance", ["Excluded (2 days)", "Leavers 2026", "Left-handed", "95%"], [True] * 4),
    ("Leaver", ["Y", "No", "", "N/A"], [False, True, True, True]),
    ("Exit reason", ["Personal", "bored", "", "n/a"], [False, False, True, True]),
    ("Contact", ["Mrs Left", "Left a message", "has left home", "left-handed"], [True] * 4),
    ("Middle name", ["Left", "Leaver", "", ""], [True] * 4),
    ("Notes", ["Left", "Withdrawn", "", ""], [True] * 4),
    ("YOT", ["Left", "Withdrawn", "", ""], [True] * 4),
    ("Course", ["Withdrawn", "Art", "Left-wing politics", "Maths"], [False, True, True, True]),
])
def test_who_left_by_which_column(bring, headings, cells, expected):
    assert taken(of_everybody(bring, headings, *cells, constants=SAID_OF_ALL))[0] == expected


def test_words_of_leaving_are_looked_for_where_something_is_said_of_all(bring):
    """A list of those who are NEET has a column of why."""
    for headings, asks in (("Status,Reason NEET", [False, False]), ("Status,Enrolment status", [True, False])):
        delivery = of_everybody(bring, headings, "NEET,Withdrawn", "NEET,conditional", constants={})
        assert taken(delivery) == ([True, True], asks)


@pytest.mark.parametrize("heading", ["Status", "Outcome", "Enrolment", "Course status", "Learner status"])
def test_a_status_of_leaving_keeps_what_a_row_says_from_it_in_every_list(bring, heading):
    rows = ("College,Withdrawn,31/07/2027", "Sixth form,Continuing,31/07/2027", "College,Single,31/07/2027")
    delivery = of_everybody(bring, f"Activity,{heading},End date", *rows, constants={})
    assert taken(delivery)[0] == [False, True, True]


@pytest.mark.parametrize(("headings", "cells"), [
    ("Activity,Outcome", "NEET,Dropped out"), ("Activity,Enrolment status", "NEET,Withdrawn"), ("Activity,Status", "NEET,Left")])
def test_who_is_neet_is_so_also_where_they_left(bring, headings, cells):
    assert taken(of_everybody(bring, headings, cells, "College,", constants={}))[0] == [True, True]


def test_a_status_of_learners_that_says_what_they_do_is_that(bring):
    delivery = of_everybody(bring, "Learner Status", "College", "NEET", "Left", "Apprenticeship", constants={})
    assert taken(delivery) == ([True, True, False, True], [False, False, True, False])


@pytest.mark.parametrize("status", ["Withdrawn", "Current"])
def test_who_left_is_told_by_the_day_though_a_status_stands_before_it(bring, status):
    delivery = of_everybody(bring, "Completion Status,Exit Date,Exit Reason", f"{status},06/11/2026,Personal", "Current,,",
                            constants=SAID_OF_ALL)
    left = delivery.rows.earliest("line").values["doing"]
    assert (left["left"], left["predicted_end"], left["leaving_reason"]) == (True, "2026-11-06", "44")


@pytest.mark.parametrize("heading", ["Confirmed", "Verified?", "Verified (Y/N)", "Destination confirmed"])
@pytest.mark.parametrize("no", ["No", "N", "not confirmed", "unconfirmed", "TBC", "0", "FALSE"])
def test_what_a_row_does_not_confirm_is_not_taken_and_asks(bring, heading, no):
    delivery = of_everybody(bring, f"Status,{heading}", f"NEET,{no}", f"college,{no}", "sixth form,Yes", "NEET,", constants={})
    assert taken(delivery) == ([False, False, True, True], [True, True, False, False])
    assert taken(of_everybody(bring, f"{heading},Form", f"{no},12B", "Yes,12B", ",12B"))[0] == [False, True, True]


def test_days_of_confirmation_among_answers_are_read(bring):
    delivery = of_everybody(bring, "Status,Confirmed", "NEET,05/11/2025", "NEET,Yes", "NEET,No", "NEET,Y", constants={})
    said = [row.values.get("doing", {}).get("verified") for row in delivery.rows.order_by("line")]
    assert said == ["2025-11-05", "2026-11-30", None, "2026-11-30"]


def test_what_is_not_confirmed_is_no_leaving_either(accepted):
    kept, rules = after(accepted, {}, "Left,Confirmed", "20/10/2026,No")
    assert (kept, len(rules)) == ([("230", date(2027, 7, 31), date(2026, 9, 20))], 1)


@pytest.mark.parametrize("headings", ["Date confirmed,Confirmed", "Confirmed,Date confirmed"])
def test_beside_the_day_of_confirmation_a_column_of_answers_gives_way_and_a_no_asks(bring, headings):
    cells = [("05/11/2026", "No"), ("05/11/2026", "Yes"), ("", "confirmed")]
    rows = (",".join(each if headings.startswith("Date") else each[::-1]) for each in cells)
    delivery = of_everybody(bring, f"Status,{headings}", *(f"NEET,{row}" for row in rows), constants={})
    said = [row.values.get("doing", {}).get("verified") for row in delivery.rows.order_by("line")]
    assert said == [None, "2026-11-05", "2026-11-30"]
