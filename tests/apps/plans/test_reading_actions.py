"""Reading a file in, putting it right, undoing that, accepting and discarding: what is kept and what the audit says."""

import json

import pytest

from tests.apps.plans.reading_marlshire import AREA, DOCUMENT, NAME, fresh, read_marlshire
from throughline.core.problems import RefusedFileError


@pytest.fixture
def reading(by):
    """Marlshire's file, read."""
    return read_marlshire(by)


def _entries():
    from throughline.apps.accounts.models import AuditEntry

    return list(AuditEntry.objects.filter(subject_kind="reading").order_by("pk"))


def _edit(by, reading, key, **texts):
    from throughline.apps.plans.actions.reading import correct
    from throughline.apps.plans.reading_corrections import edited

    return correct(by=by, reading=reading, operation=edited, key=key, texts=texts)


def test_a_file_is_kept_with_what_was_read(by, reading):
    kept = fresh(reading)
    assert bytes(kept.content) == DOCUMENT.encode() and kept.state == "waiting" and kept.area == AREA
    assert kept.read == kept.tree and len(kept.read["sections"]) == 2
    assert [block["source"] for block in kept.document if block["kind"] == "table"] == [
        "table 1, line 15", "table 2, line 23", "table 3, line 30"]


def test_the_same_bytes_again_lead_to_the_reading_there_is(by, reading):
    from throughline.apps.plans.actions.reading import read_in

    again, new = read_in(by=by, area=AREA, name="another name.md", content=DOCUMENT.encode())
    assert (again.pk, new) == (reading.pk, False)
    other, new = read_in(by=by, area="355", name=NAME, content=DOCUMENT.encode())
    assert new and other.pk != reading.pk


def test_what_was_discarded_is_read_afresh_and_not_taken_up_beside_it(by, reading):
    from throughline.apps.organisations.actions.amending import RefusedError
    from throughline.apps.plans.actions.reading_settling import discard, take_up_again

    discard(by=by, reading=reading)
    assert read_marlshire(by).pk != reading.pk
    with pytest.raises(RefusedError, match="read again since"):
        take_up_again(by=by, reading=reading)
    assert fresh(reading).state == "discarded"


def test_a_file_that_cannot_be_read_is_not_kept(by):
    from throughline.apps.plans.actions.reading import read_in
    from throughline.apps.plans.models import Reading

    with pytest.raises(RefusedFileError) as refused:
        read_in(by=by, area=AREA, name="../../plan.pdf", content=b"not a PDF")
    assert refused.value.problems[0].file == "plan.pdf"
    assert not Reading.objects.exists()


def test_corrections_are_undone_from_the_last_and_all_kept(by, reading):
    from throughline.apps.organisations.actions.amending import RefusedError
    from throughline.apps.plans.actions.reading import undo

    _edit(by, reading, "a2", text="Visit every family")
    _edit(by, reading, "a2", owners="HOI\nQQZ")
    with pytest.raises(RefusedError, match="from the last"):
        undo(by=by, reading=reading, number=0)
    assert undo(by=by, reading=reading, number=1) == "Changed who of action 1.2"
    kept = fresh(reading)
    action = kept.tree["sections"][0]["actions"][1]
    assert (action["text"], [owner["printed"] for owner in action["owners"]]) == ("Visit every family", ["HOI"])
    undo(by=by, reading=reading, number=0)
    kept = fresh(reading)
    assert kept.tree == kept.read
    assert [("undone_at" in each, each["by"]) for each in kept.corrections] == [(True, by.pk), (True, by.pk)]
    assert kept.corrections[0]["changes"] == [{"path": "a2.text", "before": "Ring every family", "after": "Visit every family"}]


def test_a_correction_that_changes_nothing_is_none(by, reading):
    assert _edit(by, reading, "a2", text=" Ring every family ") is False
    assert fresh(reading).corrections == []


def test_the_audit_says_what_was_done_and_none_of_the_words(by, reading):
    from throughline.apps.plans.actions.reading_settling import accept

    _edit(by, reading, "a2", text="Visit every family", owners="Ann Example")
    accept(by=by, reading=reading)
    entries = _entries()
    assert [entry.verb for entry in entries] == ["created", "changed", "changed"]
    assert entries[1].detail == {"corrected": [None, "a2.text, a2.owners"]}
    said = json.dumps([(entry.detail, entry.subject_label) for entry in entries])
    assert not any(word in said for word in ("family", "Ann", "Marlshire"))


def test_what_is_accepted_is_the_reading_as_it_was_put_right(by, reading):
    from throughline.apps.plans.actions.reading_settling import accept
    from throughline.apps.plans.models import Action

    _edit(by, reading, "a2", text="Visit every family")
    plan = accept(by=by, reading=reading, title="  Our plan ")
    kept = fresh(reading)
    assert (kept.state, kept.plan, kept.settled_by, plan.title, plan.state) == ("accepted", plan, by, "Our plan", "draft")
    assert Action.objects.filter(plan=plan, text="Visit every family").count() == 1
    assert len(kept.tree["unread"]) == 3


@pytest.mark.parametrize("again", ["accept", "discard", "correct"])
def test_what_is_settled_stays_as_it_was(by, reading, again):
    from throughline.apps.organisations.actions.amending import RefusedError
    from throughline.apps.plans.actions.reading_settling import accept, discard
    from throughline.apps.plans.models import Plan

    accept(by=by, reading=reading)
    with pytest.raises(RefusedError, match="was accepted"):
        {"accept": lambda: accept(by=by, reading=reading), "discard": lambda: discard(by=by, reading=reading),
         "correct": lambda: _edit(by, reading, "a1", text="x")}[again]()
    assert Plan.objects.count() == 1


def test_what_somebody_corrected_meanwhile_is_looked_at_before_it_is_accepted(by, reading):
    from throughline.apps.organisations.actions.amending import RefusedError
    from throughline.apps.plans.actions.reading_settling import accept
    from throughline.apps.plans.models import Plan

    _edit(by, reading, "a1", text="x")
    with pytest.raises(RefusedError, match="while you had this page open"):
        accept(by=by, reading=reading, stamp=0)
    assert not Plan.objects.exists()


def test_a_reading_is_taken_up_again_once_its_plan_is_out_of_the_lists(by, reading):
    from throughline.apps.organisations.actions.amending import RefusedError
    from throughline.apps.plans.actions.editing import remove_plan
    from throughline.apps.plans.actions.reading_settling import accept, take_up_again

    plan = accept(by=by, reading=reading)
    with pytest.raises(RefusedError, match="Take the plan out"):
        take_up_again(by=by, reading=reading)
    remove_plan(by=by, plan=plan)
    take_up_again(by=by, reading=reading)
    assert (fresh(reading).state, fresh(reading).plan) == ("waiting", None)


def test_the_next_version_of_a_plan_shows_only_what_its_authors_changed(by, reading):
    from throughline.apps.plans.actions.reading import read_in
    from throughline.apps.plans.actions.reading_settling import accept
    from throughline.apps.plans.reading_changes import next_version_changes

    plan = accept(by=by, reading=reading)
    same, _ = read_in(by=by, area=AREA, name=NAME, content=DOCUMENT.encode() + b"\n", next_version_of=plan)
    assert next_version_changes(plan, same) == []
    text = DOCUMENT.replace("every family", "each family").replace("March 2027", "May 2027").replace("much", "a little")
    newer, _ = read_in(by=by, area=AREA, name=NAME, content=text.encode(), next_version_of=plan)
    found = {(each.what, each.field, each.after) for each in next_version_changes(plan, newer)}
    assert found == {("action", "Words", "Ring each family"), ("action", "When", "May 2027"),
                     ("measure", "Target", "a little better")}
    assert accept(by=by, reading=newer).previous == plan


def test_a_plan_that_is_out_of_the_lists_is_followed_by_none(by, reading):
    from throughline.apps.organisations.actions.amending import RefusedError
    from throughline.apps.plans.actions.editing import remove_plan
    from throughline.apps.plans.actions.reading import read_in
    from throughline.apps.plans.actions.reading_settling import accept

    plan = accept(by=by, reading=reading)
    newer, _ = read_in(by=by, area=AREA, name=NAME, content=b"# Another plan\n\n1. Do it\n", next_version_of=plan)
    remove_plan(by=by, plan=plan)
    with pytest.raises(RefusedError, match="out of the lists"):
        accept(by=by, reading=newer)
