"""What a row that says somebody left ends, keeps or leaves to an officer; and what rows of lists of leavers say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.intake.people import RULES, activity, ade, day, row
from throughline.analytics.intake.activities import LATER, OLDER
from throughline.analytics.intake.differences import differences
from throughline.analytics.intake.entries import Everybody, said_by
from throughline.analytics.intake.held import ACTIVITY
from throughline.analytics.intake.leaving import LAST_DAY, NOTHING, TOO_EARLY, WHICH
from throughline.analytics.intake.said import Doing, Leaving, as_json, from_json
from throughline.analytics.learnerlists.entries import Entry

MARL, BROOK = "8994000", "8994001"
JULY = day("31/7/27")
COLLEGE = activity("230", "1/9/26", "30/9/26", MARL).again(predicted_end=JULY)
AFTER = activity("619", "25/10/26", "25/10/26")
UNPLACED = activity("230", "1/9/26", "30/9/26")
LEFT = Leaving(day("20/10/26"), "44", "311", establishment=MARL)
THERE, NOWHERE = {"establishment": MARL}, {"establishment": ""}
AS_AT = date(2026, 10, 31)
# what is held, what is otherwise about the leaving, what then ends and on which day, the rule of what was left
CASES = [
    ("at the place", [COLLEGE], {}, ("230", "20/10/26"), ""),
    ("at the place, and something since", [COLLEGE, AFTER], {}, ("230", "20/10/26"), ""),
    ("on the day on which the next began", [COLLEGE, AFTER], {"on": day("25/10/26")}, ("230", "25/10/26"), ""),
    ("after the next began", [COLLEGE, AFTER], {"on": day("26/10/26")}, None, LATER),
    ("on the first day", [COLLEGE], {"on": day("1/9/26")}, ("230", "1/9/26"), ""),
    ("before the first day", [COLLEGE], {"on": day("31/8/26")}, None, TOO_EARLY),
    ("at another place", [COLLEGE], {"establishment": BROOK}, None, NOTHING),
    ("at a place of the same name", [UNPLACED.again(establishment_name="Marl College")],
     {**NOWHERE, "establishment_name": "MARL COLLEGE"}, ("230", "20/10/26"), ""),
    ("at the place before the last", [COLLEGE, activity("230", "10/10/26", "12/10/26", BROOK)], {}, None, LATER),
    ("with no place in the list", [COLLEGE], NOWHERE, ("230", "20/10/26"), ""),
    ("with no place held", [UNPLACED], {}, ("230", "20/10/26"), ""),
    ("with no place in the list, and something since that day", [COLLEGE, activity("619", "20/10/26")], NOWHERE,
     ("230", "20/10/26"), ""),
    ("with no place in the list, and NEET by then", [COLLEGE, activity("619", "10/10/26")], NOWHERE, None, NOTHING),
    ("with nothing held", [], {}, None, NOTHING),
    ("confirmed since the list was made", [COLLEGE.again(verified=day("1/11/26"))], {}, None, OLDER),
    ("confirmed since they are said to have left", [COLLEGE.again(verified=day("30/10/26"))], {}, ("230", "20/10/26"), ""),
    ("of whom all of it is held", [COLLEGE.again(predicted_end=day("20/10/26"), verified=day("20/10/26"), leaving_reason="44",
                                                 intended_next="311")], {}, None, ""),
]


@pytest.mark.parametrize(("held", "otherwise", "ends", "left"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_leaving_ends(held, otherwise, ends, left):
    person = ade(*held)
    changes, notes = differences(row(leaving=replace(LEFT, **otherwise)), person, AS_AT, RULES)
    assert [(change.how, change.comes[0].values["code"], change.comes[0].values["predicted_end"]) for change in changes] == (
        [("ended", ends[0], day(ends[1]))] if ends else [])
    assert [note.rule for note in notes] == ([left] if left else [])


def _after(person, said, as_at=AS_AT):
    changes, _ = differences(said, person, as_at, RULES)
    held = person.after(changes)
    return sorted((one.values for one in held.of(ACTIVITY)), key=lambda values: values["start"])


def test_why_they_left_is_kept_and_they_were_there_until_then():
    [held] = _after(ade(COLLEGE.again(review=day("1/12/26"))), row(leaving=LEFT))
    assert (held["leaving_reason"], held["intended_next"], held["verified"], held["review"]) == (
        "44", "311", day("20/10/26"), None)


def test_a_list_that_says_no_reason_keeps_the_one_that_is_held():
    person = ade(COLLEGE.again(leaving_reason="3", intended_next="111"))
    [held] = _after(person, row(leaving=replace(LEFT, reason="", intended="")))
    assert (held["leaving_reason"], held["intended_next"]) == ("3", "111")


def test_what_somebody_means_to_do_is_kept_before_they_leave():
    [held] = _after(ade(COLLEGE), row(leaving=Leaving(intended="311", **THERE)))
    assert (held["intended_next"], held["predicted_end"], held["verified"]) == ("311", JULY, day("30/9/26"))


@pytest.mark.parametrize("code", ["310", "220"])
def test_what_they_do_next_begins_once_they_have_left_and_not_at_the_place_they_left(code):
    said = row(leaving=LEFT, doing=Doing(code, AS_AT, day("21/10/26")))
    assert [(one["code"], one["start"], one["predicted_end"], one["establishment"]) for one in _after(ade(COLLEGE), said)] == [
        ("230", day("1/9/26"), day("20/10/26"), MARL), (code, day("21/10/26"), None, "")]


WAS = Doing("230", day("20/10/26"), day("1/9/26"), predicted_end=day("20/10/26"), left=True, leaving_reason="44", **THERE)
WORK_BASED = activity("410", "1/10/26", "5/10/26", MARL)
# what is held, what is otherwise about the row that has the code of what they left, what then ends or is added, what is asked
CODED = [
    ("confirmed last before they left", [COLLEGE], {}, [("ended", "230", "1/9/26")], []),
    ("confirmed since", [COLLEGE.again(verified=day("25/10/26"))], {}, [("ended", "230", "1/9/26")], []),
    ("with a number more than is held", [COLLEGE], {"ukprn": "10001234"}, [("ended", "230", "1/9/26")], []),
    ("and something else there since", [COLLEGE, WORK_BASED], {}, [], [LATER]),
    ("and something else there since they left", [COLLEGE, WORK_BASED.again(start=day("25/10/26"))], {},
     [("ended", "230", "1/9/26")], []),
    ("with no start", [COLLEGE], {"start": None}, [("ended", "230", "1/9/26")], []),
    ("with no start, and elsewhere since", [COLLEGE, activity("230", "1/10/26", "", BROOK)], {"start": None}, [], [LATER]),
    ("with no start and of another code", [COLLEGE], {"start": None, "code": "220"}, [("ended", "230", "1/9/26")], []),
    ("with no start and of another kind", [COLLEGE], {"start": None, "code": "310"}, [], [WHICH]),
    ("with no start and of another kind, as is said of everybody", [COLLEGE], {"start": None, "code": "310", "of_all": True},
     [("ended", "230", "1/9/26")], []),
    ("with no start, which nobody can have left, and nothing held", [], {"start": None, "code": "619"}, [], [WHICH]),
    ("with no start, at another place", [COLLEGE], {"start": None, "establishment": BROOK}, [], [NOTHING]),
    ("with no start, and nothing held", [], {"start": None}, [("new", "230", "20/10/26")], []),
    ("with no start, before it began", [COLLEGE.again(start=day("25/10/26"))], {"start": None}, [], [TOO_EARLY]),
    ("with a start near that of what began since they left", [COLLEGE.again(start=day("25/10/26"))],
     {"start": day("1/10/26")}, [], [TOO_EARLY]),
    ("confirmed after it was to end", [COLLEGE.again(predicted_end=day("22/10/26"), verified=day("25/10/26"))], {},
     [("ended", "230", "1/9/26")], []),
    ("that is not held", [activity("210", "1/9/25", "1/7/26")], {}, [("new", "230", "1/9/26")], []),
    ("that is not held, until the day on which the next began", [activity("230", "20/10/26", "25/10/26", MARL)], {},
     [("added to the history", "230", "1/9/26")], []),
]


@pytest.mark.parametrize(("held", "otherwise", "changed", "asked"), [case[1:] for case in CODED], ids=[case[0] for case in CODED])
def test_a_row_that_has_the_code_of_what_they_left_ends_that_and_nothing_else(held, otherwise, changed, asked):
    said, person = row(doing=replace(WAS, **otherwise)), ade(*held)
    changes, notes = differences(said, person, AS_AT, RULES)
    assert [(each.how, each.comes[0].values["code"], each.comes[0].values["start"]) for each in changes] == [
        (how, code, day(start)) for how, code, start in changed]
    assert all(each.comes[0].values["predicted_end"] == day("20/10/26") for each in changes)
    assert all(each.comes[0].values["leaving_reason"] == "44" for each in changes)
    assert [note.rule for note in notes] == asked
    assert differences(said, person.after(changes), AS_AT, RULES)[0] == []


def test_what_they_left_ends_by_its_code_where_the_row_says_what_they_do_next_too():
    said = row(leaving=replace(LEFT, was=WAS), doing=Doing("310", AS_AT, day("21/10/26")))
    for held in ([COLLEGE], []):
        assert [(one["code"], one["start"], one["predicted_end"]) for one in _after(ade(*held), said)] == [
            ("230", day("1/9/26"), day("20/10/26")), ("310", day("21/10/26"), None)]


def test_the_same_somewhere_else_soon_after_is_another_activity():
    """Whoever changes college in September goes on with the same code within the days in which two starts are one."""
    september = replace(LEFT, on=day("20/9/26"))
    said = row(leaving=september, doing=Doing("230", AS_AT, day("21/9/26")))
    begun = activity("230", "5/9/26", "10/9/26", MARL)
    assert [(one["start"], one["predicted_end"], one["establishment"]) for one in _after(ade(begun), said)] == [
        (day("5/9/26"), day("20/9/26"), MARL), (day("21/9/26"), None, "")]


ELSEWHERE = activity("230", "1/10/26", "5/10/26", BROOK)
# what is held, what they do next, what is held then, and the rule of what is to be looked at
NEXT = [
    ("a later activity is held", [COLLEGE, ELSEWHERE], "310", ["230", "230"], LATER),
    ("it was confirmed since", [COLLEGE.again(verified=day("1/11/26"))], "310", ["230"], OLDER),
    ("they are held elsewhere, and nobody knows what they do", [ELSEWHERE], "810", ["230"], NOTHING),
    ("they are held elsewhere, and do something new", [ELSEWHERE], "310", ["230", "310"], NOTHING),
    ("nobody knows what they do", [COLLEGE], "810", ["230", "810"], ""),
    ("nobody knows what they do, and nothing is held", [], "810", ["810"], NOTHING),
    ("nobody knows what they do, and we found out", [COLLEGE, activity("310", "21/10/26")], "810", ["230", "310"], ""),
    ("nobody knows what they do, and they began something later", [COLLEGE, activity("310", "25/10/26")], "810",
     ["230", "310"], ""),
]


@pytest.mark.parametrize(("held", "code", "then", "asked"), [case[1:] for case in NEXT], ids=[case[0] for case in NEXT])
def test_what_they_do_next_does_not_follow_a_leaving_that_what_is_held_says_otherwise_than(held, code, then, asked):
    said = row(leaving=LEFT, doing=Doing(code, AS_AT, day("21/10/26")))
    _, notes = differences(said, ade(*held), AS_AT, RULES)
    assert [note.rule for note in notes] == ([asked] if asked else [])
    assert all(("what they do next was left out" in note.remedy) == (len(then) == len(held)) for note in notes)
    assert [one["code"] for one in _after(ade(*held), said)] == then


def test_what_says_only_that_nobody_knows_replaces_nothing_and_is_kept_where_nothing_is_held():
    unknown = replace(LEFT, reason="98", intended="611")
    for known, kept in (({"leaving_reason": "3", "intended_next": "111"}, ("3", "111")), ({}, ("98", "611"))):
        [held] = _after(ade(COLLEGE.again(**known)), row(leaving=unknown))
        assert (held["leaving_reason"], held["intended_next"]) == kept


NEET_THERE = activity("619", "25/9/26", "25/9/26", MARL)


@pytest.mark.parametrize(("since", "ends"), [
    (NEET_THERE, ["LATER"]), (activity("410", "20/10/26", "", MARL), ["230"]), (NEET_THERE.again(start=day("20/10/26")), ["230"]),
])
def test_what_is_left_at_a_place_is_what_can_be_left_and_began_before(since, ends):
    changes, notes = differences(row(leaving=LEFT), ade(COLLEGE, since), AS_AT, RULES)
    assert [each.comes[0].values["code"] for each in changes] + ["LATER" for note in notes if note.rule == LATER] == ends


@pytest.mark.parametrize("days", [("20/9/26", "20/10/26"), ("20/10/26", "20/9/26")])
def test_of_two_rows_of_one_list_the_later_last_day_stands_whichever_comes_first(days):
    person = ade(COLLEGE.again(verified=day("1/9/26")))
    for _ in range(2):
        for last in days:
            changes, _ = differences(row(leaving=replace(LEFT, on=day(last))), person, AS_AT, RULES)
            person = person.after(changes)
    assert [one.values["predicted_end"] for one in person.of(ACTIVITY)] == [day("20/10/26")]
    assert differences(row(leaving=replace(LEFT, on=day("20/9/26"))), person, AS_AT, RULES)[1][0].rule == LAST_DAY


@pytest.mark.parametrize(("left", "kept", "ends"), [("20/6/26", "311", None), ("20/10/26", "", day("20/10/26"))])
def test_whether_somebody_without_a_date_of_birth_leaves_in_year_11_is_told_by_the_one_that_is_held(left, kept, ends):
    person = ade(activity("230", "1/9/25", "1/10/25", MARL))
    person = replace(person, details={**person.details, "born": date(2010, 2, 1)})
    said = row(born=None, leaving=replace(LEFT, on=day(left), reason=""), doing=Doing("310", AS_AT, day(left)))
    changes, _ = differences(said, person, AS_AT, RULES)
    after = person.after(changes)
    assert after.details["intended_destination"] == kept
    assert min(after.of(ACTIVITY), key=lambda one: one.day("start")).values["predicted_end"] == ends


def test_a_confirmation_keeps_why_they_left_and_another_code_does_not():
    left = COLLEGE.again(leaving_reason="44", intended_next="311")
    for code, kept in (("230", ("44", "311")), ("310", ("", ""))):
        [held] = _after(ade(left), row(doing=Doing(code, AS_AT, day("1/9/26"), **THERE), whole=True))
        assert (held["leaving_reason"], held["intended_next"]) == kept


_CODES, _DAYS = st.sampled_from(["", "44"]), st.dates(date(2026, 8, 1), date(2026, 12, 31))
_PLACES, _DONE = st.sampled_from(["", MARL, BROOK]), st.sampled_from(["230", "619", "210"])
_HISTORY = st.lists(st.tuples(_DONE, _DAYS, _PLACES), max_size=4, unique_by=lambda one: one[1])
_LEAVINGS = st.builds(Leaving, on=_DAYS, reason=_CODES, intended=st.sampled_from(["", "311"]),
                      establishment=st.sampled_from(["", MARL]))


@st.composite
def _left(draw) -> Doing:
    """What somebody did and left, as a row has it with its code."""
    start, left = draw(st.none() | _DAYS), draw(_DAYS)
    if start:
        start, left = sorted((start, left))
    return Doing(draw(_DONE), min(left, AS_AT), start, predicted_end=left, left=True, leaving_reason=draw(_CODES),
                 establishment=draw(_PLACES))


def _lived(history):
    return ade(*(activity(code, "", "", place).again(start=start, verified=start) for code, start, place in history))


def _followed(leaving, was, code):
    """A row with what they did, if it says that, and what they do from the day after they left."""
    since = leaving.on + timedelta(days=1)
    if was:
        begun = was.start and min(was.start, leaving.on)
        was = replace(was, start=begun, verified=min(leaving.on, AS_AT), predicted_end=leaving.on)
    return row(leaving=replace(leaving, was=was), doing=Doing(code, max(since, AS_AT), since))


@given(st.builds(lambda doing: row(doing=doing), _left()) | st.builds(_followed, _LEAVINGS, st.none() | _left(), _DONE), _HISTORY)
def test_a_row_that_comes_again_changes_nothing(said, history):
    changes, _ = differences(said, _lived(history), AS_AT, RULES)
    after = _lived(history).after(changes)
    assert differences(said, after, AS_AT, RULES)[0] == []
    assert all(one.values["predicted_end"] is None or one.day("start") <= one.day("predicted_end") for one in after.of(ACTIVITY))


@given(_LEAVINGS, _HISTORY)
def test_a_leaving_ends_one_thing_at_most_says_otherwise_what_to_do_and_says_nothing_twice(leaving, history):
    person = _lived(history)
    changes, notes = differences(row(leaving=leaving), person, AS_AT, RULES)
    assert len(changes) + len(notes) == 1
    for change in changes:
        [was], [now] = change.ceases, change.comes
        assert (now.values["code"], now.values["start"]) == (was.values["code"], was.values["start"])
        assert now.values["predicted_end"] == leaving.on >= now.values["start"]
        assert differences(row(leaving=leaving), person.after(changes), AS_AT, RULES) == ([], [])


def test_what_a_row_says_of_leaving_is_kept_as_plain_values():
    doing = Doing("310", AS_AT, day("21/10/26"), leaving_reason="2", intended_next="111", left=True)
    said = row(leaving=replace(LEFT, was=WAS), doing=doing)
    assert from_json(as_json(said)) == said


YEAR_11, YEAR_12, YEAR_13 = date(2011, 2, 1), date(2010, 2, 1), date(2009, 2, 1)
SUMMER, AUTUMN = day("31/7/26"), day("20/10/26")
# born, what the row says beside names, what is kept for year 11, and what is meant to come next
INTENDED = [
    ("in year 11", YEAR_11, {}, "311", None),
    ("just out of year 11", YEAR_12, {}, "311", None),
    ("in year 13", YEAR_13, {}, "", Leaving(intended="311")),
    ("leaving in year 11", YEAR_12, {"leaving": SUMMER}, "311", None),
    ("leaving in year 12", YEAR_12, {"leaving": AUTUMN}, "", Leaving(AUTUMN, intended="311")),
    ("leaving, of unknown age", None, {"leaving": AUTUMN}, "", Leaving(AUTUMN, intended="311")),
    ("of unknown age", None, {}, "311", None),
]


def _said(values, born=YEAR_12, **everybody):
    known = {"given_name": "Ade", "family_name": "O'Brien", **({"date_of_birth": born} if born else {})}
    of_all = Everybody(AS_AT, everybody, {}, lambda scheme, number: None, RULES.at_a_place)
    return said_by(Entry(2, {**known, **values}, ()), of_all)


@pytest.mark.parametrize(("born", "values", "year_11", "leaving"), [case[1:] for case in INTENDED],
                         ids=[case[0] for case in INTENDED])
def test_a_destination_is_of_year_11_or_of_what_they_leave(born, values, year_11, leaving):
    said, _ = _said({"intended_destination": "311", **values}, born)
    assert (said.intended_destination, said.leaving) == (year_11, leaving)


def test_the_school_of_year_11_is_not_the_one_they_leave_later():
    for values, school in (({"leaving": SUMMER}, MARL), ({"leaving": AUTUMN}, ""), ({}, MARL)):
        assert _said({"intended_destination": "311", **values}, establishment=MARL)[0].school_at_16 == school


@pytest.mark.parametrize(("values", "place"), [
    ({"activity": "230"}, MARL), ({"activity": "310"}, MARL), ({"activity": "670"}, ""), ({"activity": "810"}, ""),
    ({"activity": "330"}, ""), ({"activity": "670", "establishment": "8994001"}, "8994001"),
    ({"next_activity": "619"}, ""), ({"next_activity": "210"}, MARL),
])
def test_the_place_of_a_list_is_of_what_happens_at_a_place(values, place):
    assert _said(values, establishment=MARL)[0].doing.establishment == place


def test_nothing_is_confirmed_after_the_day_of_the_list():
    for start, verified in (("1/9/27", AS_AT), ("1/9/26", AS_AT)):
        assert _said({"activity": "310", "start": day(start)})[0].doing.verified == verified
    said, _ = _said({"next_activity": "310", "leaving": day("20/11/26")})
    assert (said.doing.start, said.doing.verified) == (day("21/11/26"), AS_AT)


def test_they_were_there_until_they_left_whenever_the_row_says_that_it_was_confirmed():
    for verified in ("30/9/26", "25/10/26"):
        said, _ = _said({"activity": "230", "start": day("1/9/26"), "verified": day(verified), "leaving": AUTUMN})
        assert (said.doing.verified, said.doing.predicted_end) == (AUTUMN, AUTUMN)


@pytest.mark.parametrize(("values", "of_all"), [({"activity": "230"}, False), ({}, True)])
def test_what_they_left_is_said_of_everybody_where_the_row_does_not_say_it(values, of_all):
    assert _said({"leaving": AUTUMN, **values}, activity="210")[0].doing.of_all == of_all


def test_a_reason_without_a_day_is_left_out_and_said():
    said, [note] = _said({"leaving_reason": "44"})
    assert (said.leaving, note.field) == (None, "leaving")


def test_what_they_do_next_is_what_they_do_where_nobody_says_that_they_left():
    for values in ({}, {"leaving": SUMMER}):
        said, _ = _said({"next_activity": "310", **values})
        assert (said.doing.code, said.doing.start, said.doing.predicted_end, said.leaving) == ("310", None, None, None)
    said, _ = _said({"next_activity": "310", "leaving": AUTUMN, "leaving_reason": "97"}, activity="230", establishment=MARL)
    assert (said.doing.code, said.doing.start, said.doing.establishment) == ("310", day("21/10/26"), "")
    assert replace(said.leaving, was=None) == Leaving(AUTUMN, "97", establishment=MARL)
    assert (said.leaving.was.code, said.leaving.was.establishment, said.leaving.was.left) == ("230", MARL, True)


def test_what_they_do_after_year_11_has_neither_the_start_nor_the_place_of_what_they_left():
    said, _ = _said({"next_activity": "330", "leaving": SUMMER, "start": day("1/9/21"), "predicted_end": day("1/9/27")},
                    establishment=MARL)
    assert (said.doing.start, said.doing.establishment, said.doing.predicted_end) == (None, "", None)


def test_leaving_before_starting_confirms_nothing_and_is_said_once():
    values = {"activity": "230", "start": AUTUMN, "leaving": day("1/10/26"), "leaving_reason": "44"}
    said, [note] = _said(values)
    assert (said.doing, said.leaving, note.rule) == (None, None, "leaving after starting")


def test_an_activity_that_they_left_has_the_reason_and_no_leaving_beside_it():
    said, _ = _said({"activity": "230", "leaving": AUTUMN, "leaving_reason": "97", "intended_destination": "311"})
    assert (said.leaving, said.doing.left, said.doing.leaving_reason, said.doing.intended_next) == (None, True, "97", "311")


@pytest.mark.parametrize(("values", "written"), [
    ({"activity": "210", "activity_as_written": "Sixth form"}, "Sixth form"), ({"activity": "210"}, ""),
    ({"next_activity": "310", "next_activity_as_written": "a job"}, "a job"),
    ({"next_activity": "310", "next_activity_as_written": "a job", "activity": "210", "activity_as_written": "Sixth form",
      "leaving": AUTUMN}, "a job"),
    ({"next_activity": "310", "activity": "210", "activity_as_written": "Sixth form"}, ""),
])
def test_what_they_do_is_kept_in_the_rows_own_words(values, written):
    assert _said(values)[0].doing.written == written
