"""What a row changes of somebody who is held, field by field, and what it leaves."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.intake.people import BORN, RULES, activity, ade, doing, row
from throughline.analytics.formats.nccis.unsaid import NO_ADDRESS
from throughline.analytics.intake.addresses import as_kept
from throughline.analytics.intake.differences import differences
from throughline.analytics.intake.held import ADDRESS, CONTACT, LEVEL, TRAIT, UNKNOWN, Belief, Held
from throughline.analytics.intake.said import Leaving, Said, as_json, from_json

AS_AT = date(2026, 9, 30)
SINCE = {"starts": date(2025, 9, 1), "ends": None}
ELSEWHERE = {"line_1": "3 Mill Lane", "town": "Saltmere", "postcode": "ZZ1 2BB"}
PLAN = Belief(TRAIT, {"trait": "ehc_plan", **SINCE}, 9, from_return=True)
BY_HAND = Belief(TRAIT, {"trait": "110", **SINCE}, 10)
# what is said, what changes as (what, how, before, after), the rules of what is left
CASES = [
    ("nothing", row(), [], []),
    ("another spelling", row(given="ADE", family="OBRIEN"), [], []),
    ("what they are called by", row(given="Addie"), [], []),
    ("another family name", row(family="Okafor"), [("name", "replaced", "Ade O'Brien", "Ade Okafor")], []),
    ("the names the other way round", row(given="O'Brien", family="Ade"), [], ["first name before surname"]),
    ("the names the other way round, from one cell", row(given="O'Brien", family="Ade", either_way=True), [], []),
    ("another name from one cell", row(given="Okafor", family="Ade", either_way=True), [], []),
    ("another family name, from one cell", row(family="Okafor", either_way=True),
     [("name", "replaced", "Ade O'Brien", "Ade Okafor")], []),
    ("another name that a person says stays", row(given="Ad", family="Okafor", keeps_name=True), [], []),
    ("another name that a person takes", row(given="Addie", family="Okafor", takes_name=True),
     [("name", "replaced", "Ade O'Brien", "Addie Okafor")], []),
    ("another first name in the return", row(given="Adeola", whole=True), [("name", "replaced", "Ade O'Brien", "Adeola O'Brien")],
     []),
    ("the same address, written otherwise", row(address={"line_1": "12 HIGH ST", "postcode": "ZZ1 1AA"}), [], []),
    ("only the postcode", row(address={"postcode": "zz11aa"}), [], []),
    ("nobody's postcode", row(address={"postcode": "ZZ99 9ZZ"}), [], []),
    ("a move", row(address=ELSEWHERE),
     [("address", "replaced", "12 High Street, Saltmere, ZZ1 1AA", "3 Mill Lane, Saltmere, ZZ1 2BB")], []),
    ("next door", row(address={"line_1": "14 High Street", "postcode": "ZZ1 1AA"}),
     [("address", "replaced", "12 High Street, Saltmere, ZZ1 1AA", "14 High Street, ZZ1 1AA")], []),
    ("a number that was missing", row(identifiers={"upn": "B801200005001"}), [("identifier", "new", "", "upn B801200005001")],
     []),
    ("the number that is held", row(identifiers={"uln": "9276308686"}), [], []),
    ("another number", row(identifiers={"uln": "1111111111"}), [], ["another number is held"]),
    ("an ethnic group that was missing", row(ethnic_group="WBRI"), [("ethnic_group", "new", "NOBT", "WBRI")], []),
    ("another gender", row(gender="M"), [], ["another one is held"]),
    ("a gender that says nothing", row(gender="U"), [], []),
    ("another date of birth", row(born=date(2010, 1, 1)), [], ["another one is held"]),
    ("a plan, in a list", row(traits=frozenset({"ehc_plan"})), [("trait", "new", "", "ehc_plan")], []),
    ("a level of need", row(level_of_need="2"), [("level of need", "new", "", "2")], []),
    ("a guarantee", row(guarantees={"year_11": ("110", "899")}), [("guarantee", "new", "", "110")], []),
    ("work before they were 14", row(doing=doing("310", "4/11/23", "20/9/26"), phone="07700 900123"),
     [("activity", "new", "", "310 from 20 September 2026, confirmed 20 September 2026"), ("contact", "new", "", "07700 900123")],
     ["a start when they were old enough"]),
    ("a sixth form, by the day they came to the school", row(doing=doing("210", "1/9/21", "20/9/26")),
     [("activity", "new, at no place, since the list names none", "", "210 from 20 September 2026, confirmed 20 September 2026")],
     ["a start when they were old enough"]),
    ("work on the day they were 14", row(doing=doing("310", "5/11/23", "20/9/26")),
     [("activity", "new", "", "310 from 5 November 2023, confirmed 20 September 2026")], []),
    ("school before they were 14", row(born=None, doing=doing("110", "1/9/21", "20/9/26")),
     [("activity", "new", "", "110 from 1 September 2021, confirmed 20 September 2026")], []),
    ("work from a day that is none", row(doing=doing("310", "", "30/9/26", unread_start="31/09/2026")),
     [("activity", "new", "", "310 from 30 September 2026, confirmed 30 September 2026")], ["a day of the calendar"]),
    ("leaving what began before they were 14", row(leaving=Leaving(date(2026, 9, 1), was=doing("310", "1/9/20", "1/9/26"))),
     [("activity", "new", "", "310 from 1 September 2026, confirmed 1 September 2026")], ["a start when they were old enough"]),
    ("a telephone number", row(phone="07700 900123"), [("contact", "new", "", "07700 900123")], []),
    ("a list never says that somebody left", row(status="A"), [], []),
    ("a return says that somebody left", row(status="E", whole=True), [("membership", "left", "P", "E")], []),
    ("who is tracked has not reached the upper age", row(status="A", whole=True), [], ["older than who is tracked"]),
    ("nor has who is older with a plan", row(born=date(2007, 1, 5), status="A", whole=True, traits=frozenset({"ehc_plan"})),
     [("trait", "new", "", "ehc_plan")], ["another one is held", "older than who is tracked"]),
    ("who is older than the tracked has", row(born=date(2007, 1, 5), status="A", whole=True),
     [("membership", "left", "P", "A")], ["another one is held"]),
]


@pytest.mark.parametrize(("verified", "which"), [("30/9/26", "the day of the list"),
                                                 ("20/9/26", "the day on which it was last confirmed")])
def test_which_day_is_taken_for_a_start_that_is_none_is_said(verified, which):
    said = row(doing=doing("310", "", verified, unread_start="31/09/2026"))
    _, [note] = differences(said, ade(), AS_AT, RULES)
    assert note.value == "31/09/2026"
    assert note.remedy.startswith(f"we took {verified[:2]} September 2026, {which}, instead; ")
    assert differences(said, ade(activity("310", "1/8/26", "1/9/26")), AS_AT, RULES)[1] == [], "what is held stays"


@pytest.mark.parametrize(("said", "changed", "left"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_row_changes(said, changed, left):
    changes, notes = differences(said, ade(), AS_AT, RULES)
    assert [(each.what, each.how, each.before, each.after) for each in changes] == changed
    assert [note.rule for note in notes] == left


@pytest.mark.parametrize(("case", "held", "said", "leaves"), [
    ("added by hand", replace(PLAN, from_return=False), {}, False),
    ("that the return no longer has", replace(PLAN, from_return=False), {"ended": frozenset({"ehc_plan"})}, False),
    ("of an earlier return, which this one has too", PLAN, {"traits": frozenset({"ehc_plan"})}, False),
    ("of an earlier return, which this one no longer has", PLAN, {"ended": frozenset({"ehc_plan"})}, True),
    ("that ended before", PLAN.again(ends=date(2026, 9, 29)), {}, True),
    ("until that day", PLAN.again(ends=AS_AT), {}, False),
    ("from the day after", PLAN.again(starts=date(2026, 10, 1)), {}, True),
    ("from the day after, and in the return", PLAN.again(starts=date(2026, 10, 1)), {"traits": frozenset({"ehc_plan"})}, False),
    ("none, but another characteristic", BY_HAND, {}, True),
], ids=lambda each: each if isinstance(each, str) else "")
def test_whoever_is_over_the_age_is_tracked_with_a_plan_that_is_held_once_the_row_is_taken(case, held, said, leaves):
    born = date(2007, 1, 5)
    person = replace(ade(held), details={**ade().details, "born": born})
    changes, notes = differences(row(born=born, status="A", whole=True, **said), person, AS_AT, RULES)
    assert (["left"] if leaves else [], [] if leaves else ["older than who is tracked"]) == (
        [each.how for each in changes if each.what == "membership"], [note.rule for note in notes])


@pytest.mark.parametrize(("born", "traits", "right"), [
    (date(2009, 1, 5), {"ehc_plan"}, "put their date of birth right"), (date(2009, 1, 5), set(), "put their date of birth right"),
    (date(2007, 1, 5), {"ehc_plan"}, "put their date of birth or their EHC plan right"),
])
def test_whoever_is_tracked_whoever_they_are_is_told_nothing_of_a_plan(born, traits, right):
    person = replace(ade(), details={**ade().details, "born": born})
    _, notes = differences(row(born=born, status="A", whole=True, traits=frozenset(traits)), person, AS_AT, RULES)
    assert [note.remedy.endswith(right) for note in notes] == [True]


def test_a_return_ends_what_a_return_began_and_a_list_ends_nothing_but_asks():
    person = ade(PLAN, BY_HAND)
    ended = frozenset({"ehc_plan", "110"})
    changes, _ = differences(row(ended=ended, whole=True), person, AS_AT, RULES)
    assert [(each.how, each.before) for each in changes] == [("ended", "ehc_plan")]
    assert changes[0].comes[0].values["ends"] == date(2026, 9, 29)
    changes, notes = differences(row(ended=ended | {"160"}), person, AS_AT, RULES)
    assert (changes, [(note.field, note.value) for note in notes]) == ([], [("trait", "110"), ("trait", "ehc_plan")])
    assert notes[0].remedy.startswith("we hold it since 1 September 2025: find out which is right")
    assert differences(row(ended=ended), person, date(2025, 9, 1), RULES)[1] == [], "what is held began no earlier than the list"
    assert differences(row(traits=frozenset({"160"})), person, AS_AT, RULES)[1] == [], "of the others the list says nothing"


def test_a_file_of_an_earlier_day_begins_nothing_again_that_has_ended_since():
    was = Belief(TRAIT, {"trait": "110", "starts": date(2026, 9, 30), "ends": date(2026, 10, 30)}, 9, from_return=True)
    said = row(traits=frozenset({"110"}), whole=True)
    for as_at in (date(2026, 8, 31), date(2026, 9, 30)):
        assert differences(said, ade(was), as_at, RULES) == ([], [])
    [change], _ = differences(said, ade(was), date(2026, 11, 30), RULES)
    assert change.how == "new"


def test_the_name_before_is_kept_and_still_known():
    changes, _ = differences(row(family="Okafor"), ade(), AS_AT, RULES)
    person = ade().after(changes)
    assert [(name.values["family"], name.values["ends"]) for name in person.of("name")] == [
        ("O'Brien", date(2026, 9, 29)), ("Okafor", None)]
    assert differences(row(family="O'Brien"), person, date(2026, 10, 31), RULES) == ([], [])


def test_a_file_of_an_earlier_day_moves_nobody():
    changes, notes = differences(row(address=ELSEWHERE), ade(), date(2025, 8, 31), RULES)
    assert (changes, [note.rule for note in notes]) == ([], ["older than what we hold"])


MOVED = ade().after(differences(row(address=ELSEWHERE), ade(), date(2026, 11, 1), RULES)[0])
HOME = {"line_1": "12 HIGH ST", "postcode": "ZZ1 1AA"}
OTHER = {"line_1": "9 Other Street", "postcode": "ZZ1 2CC"}


def _sheltered(person, *homes):
    """Somebody as held, some of whose homes are protected."""
    return replace(person, beliefs=tuple(one.again(protected=True) if one in homes else one for one in person.beliefs))


@pytest.mark.parametrize(("address", "as_at", "whole", "left"), [
    (HOME, date(2026, 11, 29), False, "31 October 2026"),
    (HOME, date(2026, 11, 30), True, "31 October 2026"),
    (HOME, date(2026, 11, 1), False, "31 October 2026"),
    ({"postcode": "ZZ11AA"}, date(2026, 11, 29), False, "31 October 2026"),
    (HOME, date(2026, 10, 31), False, ""),  # they lived there then
    (HOME, date(2025, 8, 31), False, "31 October 2026"),  # before we held anything of it
    (ELSEWHERE, date(2026, 11, 29), False, ""),
])
def test_an_address_that_they_left_moves_nobody_back_and_is_told(address, as_at, whole, left):
    changes, notes = differences(row(address=address, whole=whole), MOVED, as_at, RULES)
    told = [("address", "the address where they live now")] if left else []
    assert (changes, [(note.field, note.rule) for note in notes]) == ([], told)
    assert all(left in note.remedy and "Say where they live now" in note.remedy for note in notes)


def test_who_has_no_address_any_more_may_come_back_to_one():
    homeless = Held(MOVED.details, tuple(one for one in MOVED.beliefs if one.values.get("line_1") != "3 Mill Lane"))
    [change], notes = differences(row(address=HOME), homeless, date(2026, 11, 29), RULES)
    assert (change.how, change.after, notes) == ("new", "12 HIGH ST, ZZ1 1AA", [])


def test_a_protected_address_is_not_repeated_and_stays_protected():
    first, *others = MOVED.of(ADDRESS)
    sheltered = _sheltered(MOVED, first)
    days, then = (date(2026, 10, 1), date(2026, 11, 29)), (date(2026, 10, 1), date(2026, 10, 31))
    for person, on in ((replace(MOVED, protected_address=True), days), (_sheltered(MOVED, *others), days), (sheltered, then),
                       (ade(protected_address=True), days)):
        for address in (HOME, ELSEWHERE, OTHER):  # theirs before, theirs, and not
            for as_at in on:
                changes, [note] = differences(row(address=address), person, as_at, RULES)
                assert (changes, note.value, note.rule) == ([], "an address that is protected", "the address where they live now")
                assert not any(word in note.remedy for word in ("HIGH", "2026", "they left", "as we hold it"))
    homeless = replace(sheltered, beliefs=tuple(one for one in sheltered.beliefs if one not in others))
    [change], _ = differences(row(address=HOME), homeless, date(2026, 11, 29), RULES)
    assert (change.after, change.comes[-1].values["protected"]) == ("an address that is protected", True)


def test_a_protected_address_that_they_left_is_answered_as_one_that_was_never_held():
    """Their home is open since: what a list says of it is taken as anybody's, and the one that they left stays protected."""
    left = _sheltered(MOVED, MOVED.of(ADDRESS)[0])
    whole = ", ".join(ELSEWHERE.values())
    for address, words, protected in ((HOME, "12 HIGH ST, ZZ1 1AA", True), (OTHER, "9 Other Street, ZZ1 2CC", False)):
        [change], notes = differences(row(address=address), left, date(2026, 11, 29), RULES)
        assert (change.how, change.before, change.after, notes) == ("replaced", whole, words, [])
        assert [as_kept(one, left).values["protected"] for one in change.comes] == [False, protected]
        assert change.comes[-1].values["protected"] is False, "as the rules of the return read it before it is accepted"
        assert differences(row(address=address), left, date(2026, 11, 1), RULES)[1][0].rule == "older than what we hold"
    assert differences(row(address=ELSEWHERE), left, date(2026, 11, 29), RULES) == ([], [])
    assert differences(row(address={"line_1": NO_ADDRESS}, whole=True), left, date(2026, 11, 29), RULES) == ([], [])
    [open_home] = left.going_on(ADDRESS)
    gone = replace(left, beliefs=tuple(one.again(ends=date(2026, 11, 9)) if one is open_home else one for one in left.beliefs))
    told = [differences(row(address=address), gone, date(2026, 11, 29), RULES)[0][0] for address in (HOME, OTHER)]
    assert [(each.how, each.after) for each in told] == [("new", "12 HIGH ST, ZZ1 1AA"), ("new", "9 Other Street, ZZ1 2CC")]


def test_a_code_that_says_nothing_was_recorded_replaces_no_other():
    held = ade(Belief("guarantee", {"block": "year_11", "code": "110", "area": "899", **SINCE}, 5))
    assert differences(row(guarantees={"year_11": ("159", "899")}), held, AS_AT, RULES) == ([], [])


def test_the_same_number_however_it_is_written():
    held = ade(Belief(CONTACT, {"phone": "+44 7700 900123", "email": "", **SINCE}, 5))
    assert differences(row(phone="07700900123"), held, AS_AT, RULES) == ([], [])


def test_somebody_who_left_comes_back_with_a_later_return():
    left = ade().after(differences(row(status="T", transferred_to="202", whole=True), ade(), AS_AT, RULES)[0])
    changes, _ = differences(row(status="P", whole=True), left, date(2026, 10, 31), RULES)
    assert [(each.what, each.how) for each in changes] == [("membership", "came back")]


def test_somebody_new_is_all_that_the_row_says():
    said = row(gender="F", level_of_need="3", doing=doing("230", "1/9/26", "30/9/26"), status="P", whole=True)
    changes, notes = differences(said, Held(), AS_AT, RULES)
    person = Held().after(changes)
    assert notes == []
    assert person.details == {**UNKNOWN, "born": BORN, "gender": "F"}
    assert [belief.kind for belief in person.beliefs] == ["name", "membership", "activity", LEVEL]


ROWS = st.builds(
    row, given=st.sampled_from(["", "Ade", "Addie"]), family=st.sampled_from(["", "O'Brien", "OBRIEN", "Okafor"]),
    gender=st.sampled_from(["", "F", "M"]), ethnic_group=st.sampled_from(["", "NOBT", "WBRI", "AIND"]),
    identifiers=st.dictionaries(st.sampled_from(["upn", "uln", "previous_upn"]), st.sampled_from(["", "1", "2"])),
    address=st.sampled_from([{}, ELSEWHERE, {"postcode": "ZZ1 1AA"}, {"line_1": "12 High St"}]),
    doing=st.sampled_from([None, doing("230", "1/9/26", "30/9/26"), doing("619", "", "20/9/26")]),
    traits=st.frozensets(st.sampled_from(["110", "ehc_plan"])), ended=st.frozensets(st.sampled_from(["110", "ehc_plan"])),
    level_of_need=st.sampled_from(["", "1", "2"]), status=st.sampled_from(["", "P", "G", "A", "T"]),
    guarantees=st.sampled_from([{}, {"year_11": ("110", "899")}, {"year_11": ("159", "899")}]),
    phone=st.sampled_from(["", "07700 900123"]), email=st.sampled_from(["", "ade@example.org"]), whole=st.booleans(),
)
AS_ATS = st.dates(date(2025, 8, 1), date(2026, 12, 31))
HELD = st.sampled_from([ade(), Held(), ade(PLAN, BY_HAND), ade(activity("230", "1/9/26", "30/9/26"))])


@given(HELD, st.lists(st.tuples(ROWS, AS_ATS), max_size=3), ROWS, AS_ATS)
def test_running_it_again_changes_nothing(person, before, said, as_at):
    for earlier, day in before:
        person = person.after(differences(earlier, person, day, RULES)[0])
    person = person.after(differences(said, person, as_at, RULES)[0])
    assert differences(said, person, as_at, RULES)[0] == []


@given(HELD, st.booleans())
def test_a_blank_row_changes_nothing_of_somebody_held(person, whole):
    if person.beliefs:
        assert differences(Said(whole=whole), person, AS_AT, RULES) == ([], [])


@given(ROWS)
def test_what_is_said_is_kept_as_plain_values(said):
    assert from_json(json.loads(json.dumps(as_json(said)))) == said
