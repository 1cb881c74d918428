"""What a reported activity does to those held: a table of cases, and properties that hold for every history."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.intake.people import RULES, activity, ade, day, doing, row
from throughline.analytics.intake.activities import LATER, OTHERWISE, activity_changes, of_a_list
from throughline.analytics.intake.differences import differences
from throughline.analytics.intake.held import ACTIVITY
from throughline.analytics.intake.said import Doing
from throughline.analytics.participation.currency import load_currency

COLLEGE = activity("230", "1/9/26", "30/9/26", "8994000")
NEET = activity("619", "10/11/26", "12/11/26")
UNPLACED = activity("230", "1/9/26", "30/9/26")
HELD_NEET = ("619", "10/11/26", "12/11/26", "")
PLANNED = activity("310", "12/10/26")
ELSEWHERE = activity("230", "2/11/26", "5/11/26", "8994001")
LEFT = doing("230", "1/9/26", "10/11/26", left=True, predicted_end=day("10/11/26"))
# held, reported, how, what is held afterwards as (code, start, verified, place), the rule of what was left
CASES = [
    ("a first activity", [], doing("230", "1/9/26", "30/9/26"), "new", [("230", "1/9/26", "30/9/26", "")], ""),
    ("the same again, later", [COLLEGE], doing("230", "1/9/26", "31/10/26", "8994000"), "confirmed",
     [("230", "1/9/26", "31/10/26", "8994000")], ""),
    ("the same again, as known", [COLLEGE], doing("230", "1/9/26", "30/9/26", "8994000"), "",
     [("230", "1/9/26", "30/9/26", "8994000")], ""),
    ("never back", [COLLEGE], doing("230", "1/9/26", "15/9/26", "8994000"), "", [("230", "1/9/26", "30/9/26", "8994000")], ""),
    ("31 days apart is the same", [COLLEGE], doing("230", "2/10/26", "31/10/26"), "confirmed",
     [("230", "1/9/26", "31/10/26", "8994000")], ""),
    ("32 days apart is another", [COLLEGE], doing("230", "3/10/26", "31/10/26"), "new",
     [("230", "1/9/26", "30/9/26", "8994000"), ("230", "3/10/26", "31/10/26", "")], ""),
    ("another college is another", [COLLEGE], doing("230", "8/9/26", "31/10/26", "8994001"), "new",
     [("230", "1/9/26", "30/9/26", "8994000"), ("230", "8/9/26", "31/10/26", "8994001")], ""),
    ("where it is becomes known", [UNPLACED], doing("230", "1/9/26", "15/9/26", "8994000"), "filled in",
     [("230", "1/9/26", "30/9/26", "8994000")], ""),
    ("earlier adds to the history", [NEET], doing("230", "1/9/26", "31/10/26"), "added to the history",
     [("230", "1/9/26", "31/10/26", ""), ("619", "10/11/26", "12/11/26", "")], ""),
    ("history up to the day before the next began", [NEET], doing("230", "1/9/26", "9/11/26"), "added to the history",
     [("230", "1/9/26", "9/11/26", ""), HELD_NEET], ""),
    *((f"something else since, {words}", [NEET], doing("230", "1/9/26", vouched), "", [HELD_NEET], OTHERWISE)
      for words, vouched in (("from that very day", "10/11/26"), ("confirmed after that day", "11/11/26"),
                             ("confirmed on that day", "12/11/26"), ("confirmed before that day", "5/12/26"))),
    ("a list that has not heard of the next", [COLLEGE, NEET], doing("230", "1/9/26", "5/12/26"), "",
     [("230", "1/9/26", "30/9/26", "8994000"), HELD_NEET], OTHERWISE),
    ("a correction that has not heard of the next", [COLLEGE, NEET], doing("310", "1/9/26", "5/12/26"), "",
     [("230", "1/9/26", "30/9/26", "8994000"), HELD_NEET], OTHERWISE),
    ("the same at another college since", [ELSEWHERE], doing("230", "1/9/26", "5/11/26", "8994000"), "",
     [("230", "2/11/26", "5/11/26", "8994001")], OTHERWISE),
    ("the same from a later day", [ELSEWHERE], doing("230", "1/9/26", "5/11/26"), "added to the history",
     [("230", "1/9/26", "1/11/26", ""), ("230", "2/11/26", "5/11/26", "8994001")], ""),
    ("something else that is yet to start", [activity("310", "1/12/26")], doing("230", "1/9/26", "30/11/26"),
     "added to the history", [("230", "1/9/26", "30/11/26", ""), ("310", "1/12/26", "", "")], ""),
    ("left on the day on which the next began", [NEET], LEFT, "added to the history",
     [("230", "1/9/26", "9/11/26", ""), HELD_NEET], ""),
    ("left on the day on which another was confirmed", [COLLEGE],
     doing("310", "10/9/26", "30/9/26", left=True, predicted_end=day("30/9/26")), "new",
     [("230", "1/9/26", "30/9/26", "8994000"), ("310", "10/9/26", "30/9/26", "")], ""),
    ("something else between the start that is held and the one that is said", [COLLEGE, activity("310", "5/9/26", "6/9/26")],
     doing("230", "10/9/26", "31/10/26"), "", [("230", "1/9/26", "30/9/26", "8994000"), ("310", "5/9/26", "6/9/26", "")],
     OTHERWISE),
    ("left on the day on which the next was to start", [activity("310", "10/11/26")], LEFT, "added to the history",
     [("230", "1/9/26", "9/11/26", ""), ("310", "10/11/26", "", "")], ""),
    ("left after the same began anew", [ELSEWHERE], LEFT, "", [("230", "2/11/26", "5/11/26", "8994001")], OTHERWISE),
    ("left after the next began", [NEET], replace(LEFT, verified=day("11/11/26")), "", [HELD_NEET], OTHERWISE),
    ("another, confirmed that very day", [COLLEGE], doing("310", "10/9/26", "30/9/26"), "",
     [("230", "1/9/26", "30/9/26", "8994000")], OTHERWISE),
    ("another, confirmed the day before", [COLLEGE], doing("310", "10/9/26", "1/10/26"), "new",
     [("230", "1/9/26", "30/9/26", "8994000"), ("310", "10/9/26", "1/10/26", "")], ""),
    ("another with no start, confirmed that very day", [COLLEGE], doing("310", "", "30/9/26"), "",
     [("230", "1/9/26", "30/9/26", "8994000")], OTHERWISE),
    ("another that was left that very day", [COLLEGE.again(predicted_end=day("30/9/26"))], doing("310", "10/9/26", "30/9/26"),
     "new", [("230", "1/9/26", "30/9/26", "8994000"), ("310", "10/9/26", "30/9/26", "")], ""),
    ("nobody knew, that very day", [activity("810", "1/9/26", "30/9/26")], doing("310", "10/9/26", "30/9/26"), "new",
     [("810", "1/9/26", "30/9/26", ""), ("310", "10/9/26", "30/9/26", "")], ""),
    ("nobody knew since, and now it is known", [activity("810", "5/10/26", "30/10/26")], doing("310", "10/9/26", "30/10/26"),
     "new, no longer held", [("310", "10/9/26", "30/10/26", "")], ""),
    ("nobody knew since, of what is held", [COLLEGE, activity("810", "2/9/26", "30/10/26")], doing("230", "5/9/26", "5/11/26"),
     "confirmed, no longer held", [("230", "1/9/26", "5/11/26", "8994000")], ""),
    ("nobody knew from the same day", [activity("810", "1/9/26", "30/9/26")], doing("310", "1/9/26", "30/9/26"),
     "new, no longer held", [("310", "1/9/26", "30/9/26", "")], ""),
    ("nobody knew since, of what is held as it is", [COLLEGE, activity("810", "5/9/26", "30/9/26")],
     doing("230", "1/9/26", "30/9/26", "8994000"), "no longer held", [("230", "1/9/26", "30/9/26", "8994000")], ""),
    ("something else since that is over", [COLLEGE, NEET.again(predicted_end=day("20/11/26"))],
     doing("230", "1/9/26", "5/12/26", "8994000"), "confirmed", [("230", "1/9/26", "9/11/26", "8994000"), HELD_NEET],
     LATER),
    ("something else since that is over that very day", [COLLEGE, NEET.again(predicted_end=day("5/12/26"))],
     doing("230", "1/9/26", "5/12/26", "8994000"), "confirmed", [("230", "1/9/26", "9/11/26", "8994000"), HELD_NEET],
     LATER),
    ("something else since that is over, though confirmed that very day", [COLLEGE, activity("310", "10/11/26", "5/12/26").again(
        predicted_end=day("5/12/26"))], doing("230", "1/9/26", "5/12/26", "8994000"), "confirmed",
     [("230", "1/9/26", "9/11/26", "8994000"), ("310", "10/11/26", "5/12/26", "")], LATER),
    ("something else since, confirmed after it was to end", [activity("310", "16/11/26", "26/11/26").again(
        predicted_end=day("21/11/26"))], doing("619", "12/11/26", "23/11/26"), "",
     [("310", "16/11/26", "26/11/26", "")], OTHERWISE),
    ("something else since that they left, confirmed after that", [activity("310", "16/11/26", "26/11/26").again(
        predicted_end=day("21/11/26"), leaving_reason="3")], doing("619", "12/11/26", "23/11/26"), "added to the history",
     [("619", "12/11/26", "15/11/26", ""), ("310", "16/11/26", "26/11/26", "")], LATER),
    ("another, confirmed that very day after it was to end", [COLLEGE.again(predicted_end=day("20/9/26"))],
     doing("310", "10/9/26", "30/9/26"), "", [("230", "1/9/26", "30/9/26", "8994000")], OTHERWISE),
    ("something else since that goes on for a day", [COLLEGE, NEET.again(predicted_end=day("6/12/26"))],
     doing("230", "1/9/26", "5/12/26", "8994000"), "", [("230", "1/9/26", "30/9/26", "8994000"), HELD_NEET], OTHERWISE),
    ("something else that was to start, and nobody confirmed", [COLLEGE, activity("310", "10/11/26", "")],
     doing("230", "1/9/26", "5/12/26", "8994000"), "confirmed",
     [("230", "1/9/26", "9/11/26", "8994000"), ("310", "10/11/26", "", "")], LATER),
    ("something else that was to start that very day", [COLLEGE, activity("310", "10/11/26", "")],
     doing("230", "1/9/26", "10/11/26", "8994000"), "confirmed",
     [("230", "1/9/26", "9/11/26", "8994000"), ("310", "10/11/26", "", "")], LATER),
    *((f"nobody knew since, up to something else that {words}", [activity("810", since, "30/9/26"), planned],
       doing("230", "1/9/26", "5/11/26"), "added to the history, no longer held",
       [("230", "1/9/26", "11/10/26", ""), ("310", "12/10/26", confirmed, "")], LATER)
      for words, since, planned, confirmed in (
          ("nobody confirmed", "1/9/26", PLANNED, ""), ("nobody confirmed, since a later day", "5/9/26", PLANNED, ""),
          ("is over", "1/9/26", PLANNED.again(verified=day("13/10/26"), predicted_end=day("14/10/26")), "13/10/26"))),
    ("nobody knew since, after something else that nobody confirmed",
     [COLLEGE, activity("310", "10/10/26", ""), activity("810", "20/10/26", "30/10/26")],
     doing("230", "1/9/26", "5/12/26", "8994000"), "confirmed",
     [("230", "1/9/26", "9/10/26", "8994000"), ("310", "10/10/26", "", ""), ("810", "20/10/26", "30/10/26", "")],
     LATER),
    ("nobody knew since, after something else that is over",
     [COLLEGE, activity("310", "10/10/26", "12/10/26").again(predicted_end=day("15/10/26")),
      activity("810", "20/10/26", "30/10/26")],
     doing("230", "1/9/26", "5/12/26", "8994000"), "confirmed",
     [("230", "1/9/26", "9/10/26", "8994000"), ("310", "10/10/26", "12/10/26", ""), ("810", "20/10/26", "30/10/26", "")],
     LATER),
    ("nobody knew since, confirmed after", [activity("810", "5/10/26", "31/10/26")], doing("310", "10/9/26", "30/10/26"), "",
     [("810", "5/10/26", "31/10/26", "")], OTHERWISE),
    ("nobody knew since, and then something else", [activity("810", "5/10/26", "30/10/26"), NEET],
     doing("310", "10/9/26", "9/11/26"), "added to the history, no longer held",
     [("310", "10/9/26", "9/11/26", ""), HELD_NEET], ""),
    ("nobody knew since, and something else by now", [activity("810", "5/10/26", "30/10/26"), NEET],
     doing("310", "10/9/26", "5/12/26"), "", [("810", "5/10/26", "30/10/26", ""), HELD_NEET], OTHERWISE),
    ("nobody knew since they left", [activity("810", "5/10/26", "30/10/26")], LEFT, "", [("810", "5/10/26", "30/10/26", "")],
     OTHERWISE),
    ("nobody knew since, nor does the report", [activity("810", "5/10/26", "30/10/26")], doing("810", "1/8/26", "30/10/26"),
     "added to the history", [("810", "1/8/26", "4/10/26", ""), ("810", "5/10/26", "30/10/26", "")], ""),
    ("the same again, confirmed that very day", [COLLEGE.again(verified=day("31/10/26"))],
     doing("230", "3/10/26", "31/10/26", "8994000"), "new",
     [("230", "1/9/26", "31/10/26", "8994000"), ("230", "3/10/26", "31/10/26", "8994000")], ""),
    ("the same start, another code, later", [COLLEGE], doing("310", "1/9/26", "31/10/26"), "corrected",
     [("310", "1/9/26", "31/10/26", "")], ""),
    ("the same start, another code, no later", [COLLEGE], doing("310", "1/9/26", "30/9/26"), "",
     [("230", "1/9/26", "30/9/26", "8994000")], "older than what we hold"),
    ("older than a confirmation that it would cut short", [COLLEGE], doing("310", "10/9/26", "20/9/26"), "",
     [("230", "1/9/26", "30/9/26", "8994000")], "older than what we hold"),
    ("no start, the same", [COLLEGE], doing("230", "", "31/10/26"), "confirmed", [("230", "1/9/26", "31/10/26", "8994000")], ""),
    ("no start, another", [COLLEGE], doing("619", "", "31/10/26"), "new",
     [("230", "1/9/26", "30/9/26", "8994000"), ("619", "31/10/26", "31/10/26", "")], ""),
    ("to start next month", [], doing("310", "1/12/26", "20/11/26"), "new", [("310", "1/12/26", "", "")], ""),
    ("to start next month, said again", [activity("310", "1/12/26")], doing("310", "1/12/26", "25/11/26"), "",
     [("310", "1/12/26", "", "")], ""),
    ("to start sooner than was said", [activity("310", "1/12/26")], doing("310", "20/11/26", "20/11/26"), "",
     [("310", "1/12/26", "", "")], ""),
    ("to start on the next day, near to what is held", [COLLEGE], doing("230", "2/10/26", "1/10/26", "8994000"), "",
     [("230", "1/9/26", "30/9/26", "8994000")], ""),
    ("to start next month, and nobody knows what they do meanwhile", [COLLEGE, activity("810", "5/9/26", "20/9/26")],
     doing("230", "1/10/26", "25/9/26", "8994000"), "",
     [("230", "1/9/26", "30/9/26", "8994000"), ("810", "5/9/26", "20/9/26", "")], OTHERWISE),
    ("begun as it was said", [activity("310", "1/12/26")], doing("310", "1/12/26", "10/12/26"), "confirmed",
     [("310", "1/12/26", "10/12/26", "")], ""),
]


@pytest.mark.parametrize(("filled", "before", "after"), [
    ({"establishment_name": "Marlbeck College"}, "at 8994000, confirmed", "at Marlbeck College, confirmed"),
    ({"ukprn": "10001234"}, "confirmed 30 September 2026", "confirmed 30 September 2026, provider number 10001234"),
    ({"ascertained": day("3/9/26")}, "confirmed 30 September 2026", "confirmed 30 September 2026, found out on 3 September 2026"),
])
def test_what_is_filled_in_is_seen(filled, before, after):
    held = COLLEGE.again(ascertained=None)
    [change] = activity_changes(replace(doing("230", "1/9/26", "30/9/26", "8994000"), **filled), ade(held), RULES)[0]
    assert change.how == "filled in"
    assert (before in change.before, after in change.after) == (True, True)


@given(st.data())
def test_a_change_never_reads_the_same_before_and_after(data):
    days = st.dates(date(2026, 9, 1), date(2026, 12, 31))
    held = activity("230", "1/9/26", "30/9/26", data.draw(st.sampled_from(["", "8994000"]))).again(
        **data.draw(st.fixed_dictionaries({}, optional={"ascertained": days, "neet_start": days, "ukprn": st.just("10001234")})))
    reported = replace(doing("230", "1/9/26", "30/9/26", data.draw(st.sampled_from(["", "8994000"]))), **data.draw(
        st.fixed_dictionaries({}, optional={"ascertained": days, "neet_start": days, "ukprn": st.just("10001234"),
                                            "establishment_name": st.just("Marlbeck"), "review": days, "predicted_end": days})))
    for change in activity_changes(reported, ade(held), RULES)[0]:
        assert change.before != change.after


@pytest.mark.parametrize(("held", "reported", "how", "after", "left"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])
def test_what_a_report_does(held, reported, how, after, left):
    person = ade(*held)
    changes, notes = activity_changes(reported, person, RULES)
    assert ", ".join(change.how for change in changes) == how
    assert [note.rule for note in notes] == ([left] if left else [])
    assert _shown(person.after(changes)) == [(code, day(start), day(verified), place) for code, start, verified, place in after]


def test_that_nobody_knew_is_no_longer_held_apart_from_what_is_known_now():
    held = ade(COLLEGE, activity("810", "5/10/26", "30/10/26"), activity("810", "20/10/26", "30/10/26"))
    for report, how in ((doing("310", "2/10/26", "30/10/26"), "new"), (doing("230", "1/9/26", "30/10/26"), "confirmed")):
        known, *gone = activity_changes(report, held, RULES)[0]
        assert (known.how, "810" in known.before + known.after) == (how, False)
        assert [(change.how, change.before, change.after) for change in gone] == [
            ("no longer held", f"810 from {day} October 2026, confirmed 30 October 2026", "") for day in (5, 20)]


def test_a_row_asks_about_what_is_held_on_its_day_in_its_own_words():
    reported = doing("230", "1/9/26", "5/12/26", written="college")
    _, [note] = activity_changes(reported, ade(COLLEGE, NEET, activity("310", "20/11/26", "21/11/26")), RULES)
    assert (note.value, note.code) == ("college", "230")
    assert note.remedy == "we hold 310 from 20 November 2026, confirmed 21 November 2026; find out which is so, and record it"


STAYS, NOWHERE = ", at the place that is held", ", at no place, since the list names none"
SIXTH = activity("210", "1/9/26", "30/9/26", "8994000")
# held, what a row of a list reports, how, the code and place of what is held last afterwards
LISTS = [
    ("another code of the kind", SIXTH, doing("220", "", "31/10/26"), f"new{STAYS}", ("220", "8994000")),
    ("corrected within the kind", SIXTH, doing("220", "1/9/26", "31/10/26"), f"corrected{STAYS}", ("220", "8994000")),
    ("the same code from a later day", SIXTH, doing("210", "3/10/26", "31/10/26"), f"new{STAYS}", ("210", "8994000")),
    ("another kind", SIXTH, doing("230", "", "31/10/26"), f"new{NOWHERE}", ("230", "")),
    ("a code that keeps no place", SIXTH, doing("619", "", "31/10/26"), "new", ("619", "")),
    ("a place of its own", SIXTH, doing("220", "", "31/10/26", "8994001"), "new", ("220", "8994001")),
    ("a provider of its own", SIXTH, doing("220", "", "31/10/26", ukprn="10001234"), "new", ("220", "")),
    ("what was to end before", SIXTH.again(predicted_end=day("31/7/26")), doing("220", "", "31/10/26"), f"new{NOWHERE}",
     ("220", "")),
    ("the same, confirmed", SIXTH, doing("210", "", "31/10/26"), "confirmed", ("210", "8994000")),
    ("held at no place", UNPLACED, doing("220", "", "31/10/26"), f"new{NOWHERE}", ("220", "")),
]


# held, what comes of a row of a list that says that nobody knew on 31 October, and whether it asks
NOT_KNOWN_TO_A_LIST = [
    ("in learning", [SIXTH], "", True),
    ("confirmed since", [activity("210", "1/9/26", "20/11/26")], "", True),
    ("NEET", [activity("619", "1/9/26", "30/9/26")], "", True),
    ("planned alone", [activity("310", "12/10/26")], "new", False),
    ("in learning, with a start that was planned", [SIXTH, activity("310", "12/10/26")], "", True),
    ("to end before", [SIXTH.again(predicted_end=day("20/10/26"))], "new", False),
    ("not known, after learning", [SIXTH, activity("810", "5/10/26", "7/10/26")], "", False),
    ("refused, after learning", [SIXTH, activity("830", "5/10/26", "7/10/26")], "", False),
    ("of compulsory school age, which they are past", [activity("110", "1/9/21", "30/9/26")], "new", False),
    ("lapsed", [activity("330", "1/9/25", "1/10/25")], "new", False),
    ("to begin later", [activity("310", "5/11/26", "6/11/26")], "added to the history", False),
    ("nothing", [], "new", False),
]


@pytest.mark.parametrize("start", ["", "14/10/26"], ids=["no start", "a start"])
@pytest.mark.parametrize(("held", "how", "asks"), [case[1:] for case in NOT_KNOWN_TO_A_LIST],
                         ids=[case[0] for case in NOT_KNOWN_TO_A_LIST])
def test_a_list_that_does_not_know_takes_nothing_from_what_is_held(definitions, held, how, asks, start):
    said = row(doing=doing("810", start, "31/10/26"))
    by = replace(RULES, currency=load_currency(definitions).on(date(2026, 10, 31)))
    changes, notes = differences(said, ade(*held), date(2026, 10, 31), by)
    assert ([change.how.partition(",")[0] for change in changes], [note.rule for note in notes]) == (
        [how] if how else [], ["what they do is held"] if asks else [])


def test_a_return_that_does_not_know_is_taken_at_its_word():
    changes, _ = differences(row(doing=doing("810", "14/10/26", "31/10/26"), whole=True), ade(SIXTH), date(2026, 10, 31), RULES)
    assert [change.how for change in changes if change.what == ACTIVITY] == ["new"]


@pytest.mark.parametrize(("held", "reported", "how", "last"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_a_list_that_names_no_place_leaves_them_where_they_are_in_one_kind_of_activity(held, reported, how, last):
    person = ade(held)
    changes, _ = of_a_list(reported, person, RULES)
    assert [change.how for change in changes] == [how]
    code, *_, place = _shown(person.after(changes))[-1]
    assert (code, place) == last


MARL, BROOK = "8994000", "8994001"


# what is held, as code, day of start and place; what a list without a place says on 31 December; where they are then
@pytest.mark.parametrize(("history", "code", "place"), [
    ([("210", "1/9/26", MARL), ("220", "1/10/26", MARL)], "230", ""),  # 210 and 230 are of no kind
    ([("210", "1/9/26", MARL), ("220", "1/10/26", MARL), ("220", "1/12/26", MARL)], "230", ""),
    ([("210", "1/9/26", MARL), ("220", "1/10/26", MARL)], "210", MARL),
    ([("210", "1/9/26", BROOK), ("220", "1/10/26", MARL)], "230", MARL),
    ([("210", "1/9/25", MARL), ("619", "1/8/26", ""), ("220", "1/10/26", MARL)], "230", MARL),
    ([("310", "1/9/26", MARL), ("220", "1/10/26", MARL)], "230", MARL),  # a place is never kept from 310: it was named
    ([("210", "1/9/26", MARL), ("230", "1/10/26", MARL)], "220", MARL),
    ([("210", "1/7/26", MARL), ("220", "1/8/26", MARL), ("230", "1/10/26", MARL)], "220", MARL),  # named, since not to be kept
])
def test_one_list_after_another_that_names_no_place_does_not_lead_from_kind_to_kind(history, code, place):
    person = ade(*(activity(of, start, start, at) for of, start, at in reversed(history)))
    changes, _ = of_a_list(doing(code, "", "31/12/26"), person, RULES)
    assert _shown(person.after(changes))[-1][0::3] == (code, place)


ONE, OTHER = {"ukprn": "10001234"}, {"ukprn": "10004321"}


@pytest.mark.parametrize(("was", "now", "kept"), [
    (ONE, {**ONE, "establishment": MARL}, False), (ONE, OTHER, True), ({"establishment": MARL}, ONE, True),
])
def test_a_place_is_the_same_by_what_both_say_of_it(was, now, kept):
    person = ade(activity("210", "1/9/26", "1/9/26").again(**was), activity("220", "1/10/26", "1/10/26").again(**now))
    [change], _ = of_a_list(doing("230", "", "31/12/26"), person, RULES)
    assert (STAYS if kept else NOWHERE) in change.how


def test_a_return_says_itself_that_somebody_is_nowhere():
    said = row(doing=doing("220", "1/9/26", "31/10/26"), whole=True)
    changes, _ = differences(said, ade(SIXTH), day("31/10/26"), RULES)
    assert [change.how for change in changes] == ["corrected"]
    assert "8994000" not in changes[0].after


def _shown(person):
    held = sorted(person.of(ACTIVITY), key=lambda one: one.values["start"])
    return [(one.values["code"], one.values["start"], one.values["verified"], one.values["establishment"]) for one in held]


DAYS = st.dates(date(2026, 8, 1), date(2026, 12, 31))
UNKNOWN = "810"


def _reports(codes, days, after, started):
    """Reports from such days, vouched for so many days after: of what is yet to start, and of what was to end, too."""
    return st.builds(
        lambda code, start, after, place, started, ends: Doing(
            code, start + timedelta(days=after), start if started else None, establishment=place,
            predicted_end=None if ends is None else start + timedelta(days=ends)),
        st.sampled_from(codes), days, after, st.sampled_from(["", "8994000", "8994001"]), started, st.none() | st.integers(0, 30))


REPORTS = _reports(["230", "310", "619", UNKNOWN], DAYS, st.integers(-20, 60), st.booleans())
OF_TWO_DAYS = _reports(["230", UNKNOWN], st.sampled_from([date(2026, 9, 1), date(2026, 10, 12)]), st.sampled_from([-20, 0, 60]),
                       st.just(True))


def _told(reports):
    person = ade()
    for report in reports:
        person = person.after(activity_changes(report, person, RULES)[0])
    return person


@given(st.lists(REPORTS, max_size=6))
def test_a_report_that_was_taken_in_changes_nothing_when_it_comes_again(reports):
    person = _told(reports)
    if reports:
        assert activity_changes(reports[-1], person, RULES)[0] == []


@given(st.lists(REPORTS, max_size=6) | st.lists(OF_TWO_DAYS, min_size=3, max_size=6))
def test_one_activity_starts_on_a_day_and_none_is_confirmed_before_it_starts(reports):
    held = _shown(_told(reports))
    starts = [start for _, start, _, _ in held]
    assert starts == sorted(set(starts))
    assert all(verified is None or start <= verified for _, start, verified, _ in held)


@given(st.lists(REPORTS, max_size=5), REPORTS)
def test_confirmations_never_go_back(reports, report):
    person = _told(reports)
    before = {start: (code, verified) for code, start, verified, _ in _shown(person)}
    changes = activity_changes(report, person, RULES)[0]
    after = {start: (code, verified) for code, start, verified, _ in _shown(person.after(changes))}
    gone = {one.day("start") for change in changes for one in change.ceases if one.values["code"] == UNKNOWN}
    assert set(before) <= set(after) | gone
    assert all(after[start][1] >= verified for start, (code, verified) in before.items()
               if verified and start in after and after[start][0] == code)


@given(st.lists(REPORTS, max_size=5), REPORTS)
def test_nobody_confirms_on_a_day_of_which_the_report_says_nothing(reports, report):
    """What comes is confirmed on the day of the report or as it was held; on another only where the same goes on from then, or
    the report asks about what comes after.
    """
    person = _told(reports)
    changes, notes = activity_changes(report, person, RULES)
    for change in changes:
        if not (now := next(iter(change.comes), None)):
            continue
        days = {None, report.verified, now.day("start"), *(one.values["verified"] for one in change.ceases)}
        after = [one for one in person.after(changes).of(ACTIVITY) if one.day("start") > now.day("start")]
        goes_on = after and min(after, key=lambda one: one.day("start")).values["code"] == report.code
        assert now.values["verified"] in days or goes_on or notes
