"""A change as a page says it: what differs, what stays, and places by their names."""

from dataclasses import replace
from datetime import date

import pytest

from throughline.analytics.formats.nccis.record import ELEMENTS
from throughline.analytics.intake.activities import NO_LONGER
from throughline.analytics.intake.differences import LEFT_OUT_TOO
from throughline.apps.exchange import words
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.readers import Reader
from throughline.core.problems import Problem

pytestmark = pytest.mark.django_db
PLACES = {"8994000": "Saltmere Harbour School"}
HELD = "230 from 1 September 2026, at 8994000, confirmed 30 September 2026"


def _said(what, before, after, how="confirmed"):
    changes = [{"what": what, "how": how, "before": before, "after": after}]
    row = Row(delivery=Delivery(as_at=date(2026, 10, 31)), changes=changes)
    [said] = words.shown(row, Reader(True, frozenset(), frozenset()), PLACES)
    return said["before"], said["after"], said["stays"]


def test_of_an_activity_what_differs_stands_apart_from_what_stays():
    before, after, stays = _said("activity", HELD, HELD.replace("30 September", "31 October"))
    assert (before, after) == ("confirmed 30 September 2026", "confirmed 31 October 2026")
    assert stays == "Full-time education: further education (230) from 1 September 2026, at Saltmere Harbour School, 8994000"


def test_that_nobody_knew_stands_whole_with_its_label_where_it_is_no_longer_held():
    said = _said("activity", "810 from 5 October 2026, confirmed 30 October 2026", "", NO_LONGER)
    assert said == ("", "Current situation not known (810) from 5 October 2026, confirmed 30 October 2026", "")


def test_what_is_filled_in_has_nothing_before():
    assert _said("activity", HELD, f"{HELD}, provider number 10001234", "filled in")[:2] == ("", "provider number 10001234")


NAMED = "210 from 1 September 2026, at {}, confirmed 30 September 2026"


@pytest.mark.parametrize(("was", "now", "told"), [
    ("8994000", "Saltmere Harbour School", ("at 8994000", "at Saltmere Harbour School")),
    ("8994000", "Harbour, Saltmere", ("at 8994000", "at Harbour, Saltmere")),
    ("Harbour, Saltmere", "8994000", ("at Harbour, Saltmere", "at 8994000")),
    ("8994009", "8994000", ("at 8994009", "at Saltmere Harbour School, 8994000")),
    ("Harbour, Saltmere", "Mill, Saltmere", ("at Harbour, Saltmere", "at Mill, Saltmere")),
])
def test_a_place_of_which_another_thing_is_said_is_told_as_it_was_and_as_it_would_be(was, now, told):
    """A number with its name, and a name with a comma in it, are one part of an activity, not two."""
    assert _said("activity", NAMED.format(was), NAMED.format(now), "filled in")[:2] == told


def test_a_place_stays_whole_beside_what_differs():
    before = NAMED.format("Harbour, Saltmere")
    *told, stays = _said("activity", before, f"{before}, called Harbour, Saltmere and Mill")
    assert told == ["", "called Harbour, Saltmere and Mill"]
    assert stays.endswith("at Harbour, Saltmere, confirmed 30 September 2026")


@pytest.mark.parametrize(("what", "before", "after", "told"), [
    ("activity", "", HELD, "at Saltmere Harbour School, 8994000"),
    ("school_at_16", "", "8994000", "Saltmere Harbour School, 8994000"),
    ("identifier", "", "upn 8994000", "UPN 8994000"),
    ("identifier", "", "young persons id 3580000000001", "Young person's identifier 3580000000001"),
    ("identifier", "", "previous young persons id 3580000000001", "Previous young person’s identifier 3580000000001"),
    ("identifier", "", "3580000000001", "3580000000001"),
    ("address", "1 Row, Town", "2 Row, Town", "2 Row, Town"),
])
def test_anything_else_is_said_whole_and_a_place_by_its_name(what, before, after, told):
    said = _said(what, before, after)
    assert told in said[1]
    assert (said[0], said[2]) == (before, "")


def test_the_places_of_rows_are_asked_for_once(monkeypatch):
    asked = []
    monkeypatch.setattr(words, "school_names", lambda numbers: asked.append(set(numbers)) or PLACES)
    said = Row(changes=[{"after": "at 8994000"}], problems=[{"remedy": "we hold 230 at 8994001"}])
    assert words.places_in([said, Row(changes=[{"after": "9926"}])]) == PLACES
    assert asked == [{"8994000", "8994001"}]


@pytest.mark.parametrize(("sensitive", "reason"), [(True, "reason for leaving: Injury or illness, "), (False, "")])
def test_why_somebody_left_is_said_in_words_to_whoever_may_know(sensitive, reason):
    after = f"{HELD.replace('30 September', '20 October')}, to end 20 October 2026, reason for leaving: 3, meant to do next: 311"
    row = Row(delivery=Delivery(as_at=date(2026, 10, 31)),
              changes=[{"what": "activity", "how": "ended", "before": HELD, "after": after}])
    [said] = words.shown(row, Reader(sensitive, frozenset(), frozenset()), PLACES)
    assert said["after"] == (f"confirmed 20 October 2026, to end 20 October 2026, {reason}"
                             "meant to do next: Employment with training, apprenticeships included")


HELD_NOW = "we hold {} 1 September 2026, at 8994000, confirmed 30 September 2026; find out which is so, and record it"
WE_HOLD, HOLDS = HELD_NOW.format("230 from"), HELD_NOW.format("230 Full-time education: further education from")
PRISON = "we hold 710 from 1 September 2026, at Prison; find out, to end 1 June 2027; correct it by hand if the file is right"
SIXTH, GUARDED = "Full-time education: school sixth form", "“In other activity”"


@pytest.mark.parametrize(("value", "code", "remedy", "sensitive", "told"), [
    ("Sixth form", "210", WE_HOLD, False, ("Sixth form", f"that is 210 {SIXTH}; {HOLDS}")),
    ("210", "210", WE_HOLD, True, ("210", f"that is {SIXTH}; {HOLDS}")),
    ("210", "", WE_HOLD, True, ("210", f"that is {SIXTH}; {HOLDS}")),  # as rows had it before
    ("custody", "710", WE_HOLD, False, ("", f"that is {GUARDED}; {HOLDS}")),
    ("710", "", WE_HOLD, False, ("", f"that is {GUARDED}; {HOLDS}")),
    ("custody", "710", WE_HOLD, True, ("custody", f"that is 710 Custody (young adult offender); {HOLDS}")),
    ("210", "210", PRISON, False, ("210", f"that is {SIXTH}; we hold {GUARDED}; correct it by hand if the file is right")),
])
def test_what_a_row_says_and_what_is_held_have_labels_and_what_is_guarded_its_group_alone(value, code, remedy, sensitive, told):
    each = {"field": "activity", "when": "compared", **({"code": code} if code else {})}
    problem = words.asked(Problem("f.csv", 2, "activity", value, "", remedy), each, date(2026, 11, 29), sensitive)
    assert (problem.value, problem.remedy) == told


def test_what_is_held_of_somebody_who_left_is_guarded_too():
    remedy = "we hold 710 from 1 September 2026, at Prison; if they were there, record on their page what they did"
    for more in ("", f"; {LEFT_OUT_TOO}"):
        problem = Problem("f.csv", 2, "leaving", "2026-10-20", "", remedy + more)
        told = words.asked(problem, {"field": "leaving", "when": "compared"}, date(2026, 11, 29), False)
        assert told == replace(problem, remedy=f"we hold {GUARDED}; if they were there, record on their page what they did{more}")


@pytest.mark.parametrize(("rule", "field", "told"), [
    ("rule 259, priority 2", "DueToLapseDate", "Date on which it lapses (DueToLapseDate)"),
    ("rule 43", "Postcode", "Postcode"), ("rule 240", "Activities", "What they are doing (Activities)"),
    ("a day of the calendar", "DOB", "DOB"), ("a number that can be one", "upn", "UPN"), ("a rule of the return", "", ""),
])
def test_an_element_of_the_return_stands_in_plain_words_with_its_name(rule, field, told):
    """What a list says under a heading of the same name stands as its heading has it."""
    assert words.titled(Problem("", 2, field, "", rule, "")) == told


@pytest.mark.parametrize("element", sorted({element.rpartition("/")[2] for element in ELEMENTS.values()}))
def test_every_element_has_plain_words(element):
    told = words.titled(Problem("", 2, element, "", "rule 1", ""))
    assert told.endswith(f" ({element})") != (told == element in ("County", "Gender", "Postcode", "Town"))
