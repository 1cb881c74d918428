"""Each way of putting a reading right: what it changes, that no word is lost, and what it refuses."""

import pytest

from tests.apps.plans.test_reading_pieces import read  # noqa: F401 (a fixture)
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans import reading_corrections as corrections
from throughline.apps.plans.reading_pieces import as_tree, pieces_of
from throughline.apps.plans.reading_words import LABELS, typed


@pytest.fixture
def pieces(read):  # noqa: F811
    """The pieces of Marlshire's tree."""
    return pieces_of(read)


def _done(pieces, changes):
    for change in changes:
        pieces.apply(change)
    return pieces


def test_saving_what_stands_there_changes_nothing(pieces):
    for key, piece in pieces.held.items():
        texts = {name: typed(name, piece[name]) for name in LABELS.get(piece["what"], {}) if name != "under"}
        assert corrections.edited(pieces, key, {name: f"{text}\r\n" for name, text in texts.items()}) == [], key


@pytest.mark.parametrize(("key", "name", "text", "expected"), [
    ("a1", "steps", "One\n\n  Two  words \n", ["One", "Two words"]),
    ("a1", "when", "By 3 March 2027", {"printed": "By 3 March 2027", "recurrence": "", "ongoing": False, "understood": True,
                                       "dates": [{"kind": "by", "start": "2027-03-03", "end": "2027-03-03",
                                                  "text": "By 3 March 2027"}]}),
    ("a1", "when", "", None),
    ("a2", "cost", "£5k per annum", {"printed": "£5k per annum",
                                     "amounts": [{"pounds": 5000, "basis": "per year", "source": ""}]}),
    ("a2", "owners", "HOI\nHead of Fish and Chips", [
        {"printed": "HOI", "name": "Head of Inclusion", "code": "HOI", "kind": "post"},
        {"printed": "Head of Fish and Chips", "name": "", "code": "", "kind": "post"}]),
    ("a2", "cross_references", "see 1.1.1", [{"printed": "see 1.1.1", "target": "1.1.1", "kind": "action", "found": True}]),
    ("a2", "cross_references", "Skills plan", [{"printed": "Skills plan", "target": "Skills plan", "kind": "plan",
                                                "found": False}]),
    ("m1", "trajectory", "2017 target: 6\n2019: 5.2", [{"period": "2017", "printed": "6", "kind": "target"},
                                                       {"period": "2019", "printed": "5.2", "kind": "trajectory"}]),
    ("plan", "glossary", "HOI: Head of Inclusion\nQQZ : Quay & Quarry: Zone", {"HOI": "Head of Inclusion",
                                                                               "QQZ": "Quay & Quarry: Zone"}),
])
def test_a_box_is_understood_as_reading_would(pieces, key, name, text, expected):
    [change] = corrections.edited(pieces, key, {name: text})
    assert change["path"] == f"{key}.{name}"
    assert change["after"] == expected


def test_a_line_that_stays_keeps_what_was_known_of_it(pieces):
    before = pieces.held["a1"]["owners"]
    before[1]["name"] = "Quay and Quarry Zone"
    [change] = corrections.edited(pieces, "a1", {"owners": f"{before[1]['printed']}\nSomebody else"})
    assert change["after"][0] == before[1]


def test_words_that_name_two_things_are_one_line_and_keep_both(pieces):
    both = [{"printed": "areas 1 and 9", "target": target, "kind": "section", "found": target == "1"} for target in ("1", "9")]
    pieces.held["s1"]["answers"] = both
    assert typed("answers", both) == "areas 1 and 9"
    [change] = corrections.edited(pieces, "s1", {"answers": "areas 1 and 9\n1"})
    assert [each["target"] for each in change["after"]] == ["1", "9", "1"]


@pytest.mark.parametrize(("key", "under", "field"), [
    ("s1", "s2", "beneath itself"), ("a1", "", "Choose a section"), ("a1", "s99", "still in the plan"),
    ("a1", "a2", "still in the plan"),
])
def test_nothing_is_moved_where_it_cannot_stand(pieces, key, under, field):
    with pytest.raises(RefusedError, match=field):
        corrections.edited(pieces, key, {"under": under})


def test_an_action_is_split_and_no_word_is_lost(pieces):
    before = set(pieces.held["a1"]["text"].split()) | {word for step in pieces.held["a1"]["steps"] for word in step.split()}
    changes = corrections.split(pieces, "a1", first="Agree who tells whom", number="1.1.1a", second="when a learner leaves",
                                steps=[1])
    _done(pieces, changes)
    [(first, one), (second, two)] = pieces.of("action", "s2")[:2]
    assert (one["text"], one["steps"]) == ("Agree who tells whom", ["I. Write the protocol"])
    assert (two["number"], two["text"], two["steps"]) == ("1.1.1a", "when a learner leaves", ["II. Sign it"])
    assert two["owners"] == one["owners"] and two["when"] == one["when"] and two["cost"] is None
    after = {word for piece in (one, two) for text in [piece["text"], *piece["steps"]] for word in text.split()}
    assert before <= after
    assert (first, second) == ("a1", "a5")


def test_an_action_is_joined_with_the_one_above_it(pieces):
    _done(pieces, corrections.joined(pieces, "a2"))
    one, two = pieces.held["a1"], pieces.held["a2"]
    assert one["number"] == "1.1.1"
    assert one["text"] == "Agree who tells whom when a learner leaves 1.1.2 Ring every family"
    assert one["when"]["printed"] == "By 30 September 2016; Termly" and one["when"]["recurrence"] == "termly"
    assert two["removed"] == "joined"
    with pytest.raises(RefusedError, match="joined to another"):
        corrections.restored(pieces, "a2")


def test_the_first_of_a_section_has_nothing_above_it(pieces):
    with pytest.raises(RefusedError, match="no action above"):
        corrections.joined(pieces, "a1")


def test_what_is_added_stands_last_in_its_section(pieces):
    changes = corrections.added(pieces, "action", {"under": "s2", "number": "1.1.9", "text": "Ask the schools", "when": "Termly"})
    actions = as_tree(_done(pieces, changes))["sections"][0]["sections"][0]["actions"]
    assert (actions[-1]["number"], actions[-1]["when"]["recurrence"]) == ("1.1.9", "termly")


@pytest.mark.parametrize(("what", "under"), [("action", ""), ("action", "s99"), ("section", "a1")])
def test_nothing_is_added_where_it_cannot_stand(pieces, what, under):
    held = dict(pieces.held)
    with pytest.raises(RefusedError):
        corrections.added(pieces, what, {"under": under, "text": "x", "title": "x"})
    assert pieces.held == held


@pytest.mark.parametrize(("taken_as", "into", "path", "after"), [
    ("step", "a2", "a2.steps", ["HIS"]), ("success", "a2", "a2.success", ["HIS"]), ("impact", "s3", "s3.impact", ["HIS"]),
])
def test_unread_words_are_taken_into_the_tree(pieces, taken_as, into, path, after):
    changes = corrections.taken(pieces, "u1", taken_as=taken_as, into=into, text="HIS\n")
    assert [(each["path"], each["after"]) for each in changes][0] == (path, after)
    assert as_tree(_done(pieces, changes))["unread"] == []


@pytest.mark.parametrize(("taken_as", "into"), [("action", "s2"), ("measure", ""), ("measure", "s1")])
def test_unread_words_become_a_thing_of_their_own_read_where_they_were(pieces, taken_as, into):
    changes = corrections.taken(pieces, "u1", taken_as=taken_as, into=into, text="Count\nthem")
    made = changes[0]["after"]
    assert (made["text"], made["source"], made["under"]) == ("Count them", "page 1, table 1, row 4", into)
    assert changes[1]["after"]["into"] == changes[0]["path"]
    as_tree(_done(pieces, changes))


@pytest.mark.parametrize(("given", "field"), [
    ({"taken_as": "nothing", "into": "", "text": "HIS"}, "why"), ({"taken_as": "step", "into": "s1", "text": "HIS"}, "into"),
    ({"taken_as": "impact", "into": "a1", "text": "HIS"}, "into"), ({"taken_as": "action", "into": "", "text": "HIS"}, "into"),
    ({"taken_as": "step", "into": "a1", "text": " "}, "text"),
])
def test_unread_words_are_not_put_where_they_cannot_go(pieces, given, field):
    with pytest.raises(RefusedError) as refused:
        corrections.taken(pieces, "u1", **given)
    assert refused.value.field == field


def test_words_are_placed_once(pieces):
    _done(pieces, corrections.taken(pieces, "u1", taken_as="nothing", into="", text="", why="a smudge"))
    with pytest.raises(RefusedError, match="already"):
        corrections.taken(pieces, "u1", taken_as="step", into="a1", text="HIS")
