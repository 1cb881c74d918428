"""What holds of a learner for a time, whom to speak to, and leaving the cohort."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.utils import timezone

from throughline.apps.learners.actions import circumstances as actions
from throughline.apps.learners.actions import identity
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.actions.membership import end_membership, rejoin, take_back_leaving
from throughline.apps.learners.actions.undoing import last_change, undo_last_change
from throughline.apps.learners.codes import trait_label
from throughline.apps.learners.forms import TraitForm
from throughline.apps.learners.models import Source
from throughline.apps.learners.returned import records
from throughline.apps.learners.would_find import returned_next
from throughline.apps.organisations.actions.amending import RefusedError

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 30)


def spans(rows, field):
    """What is believed, in time order."""
    return [(getattr(one, field), one.starts, one.ends) for one in rows.known().order_by("starts")]


def test_a_characteristic_holds_from_a_day_to_a_day_and_again_later(learner):
    trait = actions.add_trait(by=None, learner=learner, trait="110", starts=JANUARY)
    with pytest.raises(RefusedError, match="already"):
        actions.add_trait(by=None, learner=learner, trait="110", starts=JUNE)
    actions.close_trait(by=None, trait=trait, ends=JUNE)
    actions.add_trait(by=None, learner=learner, trait="110", starts=JUNE + timedelta(days=1))
    assert spans(learner.traits, "trait") == [("110", JANUARY, JUNE), ("110", JUNE + timedelta(days=1), None)]
    with pytest.raises(RefusedError, match="Somebody else changed"):
        actions.close_trait(by=None, trait=trait, ends=JUNE)


OURS = {
    "free_school_meals": "Eligible for free school meals", "additional_language": "English as an additional language",
    "child_protection": "Child protection plan", "child_in_need": "Child in need", "home_educated": "Elective home education",
}


@pytest.mark.parametrize("trait", OURS)
def test_what_the_return_does_not_ask_for_is_kept_with_days_and_source_and_stays_out_of_it(learner, trait):
    told = Source.objects.create(area="358", kind=Source.Kind.PERSON, name="School, college or provider")
    record_activity(by=None, learner=learner, code="220", start=JANUARY)
    actions.add_trait(by=None, learner=learner, trait="110", starts=JANUARY)
    made = actions.add_trait(by=None, learner=learner, trait=trait, starts=JANUARY, source=told)
    assert (made.source, made.starts, trait_label(trait)) == (told, JANUARY, OURS[trait])
    assert (trait, OURS[trait]) in TraitForm(area="358").fields["trait"].choices
    [record] = records("358", returned_next())
    assert record.characteristics == ("110",)
    actions.close_trait(by=None, trait=made, ends=JUNE)
    assert (trait, JANUARY, JUNE) in spans(learner.traits, "trait")


@pytest.mark.parametrize(("words", "field"), [
    ({"trait": "999"}, "trait"), ({"trait": "210", "starts": date(2019, 1, 1)}, "trait"),
    ({"trait": "110", "starts": JUNE, "ends": JANUARY}, "ends"),
])
def test_what_is_no_characteristic_is_refused(learner, words, field):
    with pytest.raises(RefusedError) as refused:
        actions.add_trait(by=None, learner=learner, **words)
    assert refused.value.field == field


def test_a_level_of_need_and_a_guarantee_follow_one_another(learner):
    actions.set_level_of_need(by=None, learner=learner, level="3", since=JANUARY)
    actions.set_level_of_need(by=None, learner=learner, level="1", since=JUNE)
    actions.set_level_of_need(by=None, learner=learner, level="2", since=JUNE)
    assert spans(learner.levels_of_need, "level") == [("3", JANUARY, JUNE - timedelta(days=1)), ("2", JUNE, None)]
    actions.set_guarantee(by=None, learner=learner, block="year_12", code="114", since=JANUARY)
    with pytest.raises(RefusedError):
        actions.set_guarantee(by=None, learner=learner, block="year_11", code="114")
    with pytest.raises(RefusedError):
        actions.set_level_of_need(by=None, learner=learner, level="9")


def test_a_contact_has_a_way_of_being_reached_and_its_past_is_kept(learner):
    with pytest.raises(RefusedError):
        actions.add_contact(by=None, learner=learner, name="Nobody")
    contact = actions.add_contact(by=None, learner=learner, phone="01632 960001")
    before = timezone.now()
    changed = actions.change_contact(by=None, contact=contact, phone="01632 960002")
    assert [one.phone for one in learner.contacts.known()] == ["01632 960002"]
    assert [one.phone for one in learner.contacts.known(before)] == ["01632 960001"]
    actions.end_contact(by=None, contact=changed)
    assert learner.contacts.known().get().ends == timezone.localdate()


def test_a_leaver_is_reported_in_the_month_of_leaving_and_no_longer(learner):
    today = timezone.localdate()
    left = end_membership(by=None, learner=learner, status="T", transferred_to="202", left_on=today)
    assert (left.starts, left.status, left.transferred_to) == (today, "T", "202")
    assert left.ends.month == today.month
    assert (left.ends + timedelta(days=1)).day == 1
    assert [status for status, *_ in spans(learner.memberships, "status")] == ["P", "T"]
    assert learner.left_on == today


def test_a_leaver_learnt_of_late_is_reported_in_this_month(learner):
    left = end_membership(by=None, learner=learner, status="E", left_on=date(2026, 3, 3))
    assert left.starts == date(2026, 3, 3)
    assert left.ends > timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(("words", "field"), [
    ({"status": "P"}, "status"), ({"status": "X"}, "status"), ({"status": "T"}, "transferred_to"),
    ({"status": "E", "transferred_to": "202"}, "transferred_to"), ({"status": "T", "transferred_to": "358"}, "transferred_to"),
    ({"status": "T", "transferred_to": "004"}, "transferred_to"), ({"status": "E", "left_on": date(2020, 1, 1)}, "left_on"),
    ({"status": "E", "left_on": date(2099, 1, 1)}, "left_on"),
])
def test_what_the_return_would_not_take_is_refused(learner, words, field):
    with pytest.raises(RefusedError) as refused:
        end_membership(by=None, learner=learner, **words)
    assert refused.value.field == field


@pytest.mark.parametrize(("born", "plan", "refused"), [
    (date(2009, 1, 5), False, "17 on that day, and"), (date(2010, 9, 30), False, "15 on that day, and"),
    (date(2009, 1, 5), True, "17 on that day, and"), (date(2008, 1, 5), True, "18 on that day, with their EHC plan, and"),
    (date(2008, 1, 5), False, ""), (date(2001, 1, 5), True, ""),
])
def test_nobody_leaves_by_the_upper_age_while_they_are_tracked(enrol, born, plan, refused):
    learner = enrol(born=born)
    if plan:
        actions.add_trait(by=None, learner=learner, trait="ehc_plan", starts=date(2024, 9, 1))
    with pytest.raises(RefusedError, match=f"{refused} not older than those who are tracked") if refused else nullcontext():
        end_membership(by=None, learner=learner, status="A", left_on=date(2026, 11, 2))
    assert learner.memberships.known().filter(status="A").exists() is not bool(refused)


def test_leaving_is_undone_and_coming_back_is_possible(learner):
    end_membership(by=None, learner=learner, status="L", left_on=date(2026, 3, 3))
    with pytest.raises(RefusedError, match="left the cohort already"):
        end_membership(by=None, learner=learner, status="L")
    rejoin(by=None, learner=learner)
    assert [status for status, *_ in spans(learner.memberships, "status")] == ["P", "L", "P"]
    learner.refresh_from_db()
    assert learner.left_on is None
    undo_last_change(by=None, learner=learner, at=last_change(learner).at)
    assert [status for status, *_ in spans(learner.memberships, "status")] == ["P", "L"]
    learner.refresh_from_db()
    assert learner.left_on == date(2026, 3, 3)
    with pytest.raises(RefusedError):
        rejoin(by=None, learner=learner, since=date(2026, 3, 1))


@pytest.mark.parametrize(("joined", "left_before", "then"), [
    (date(2025, 9, 1), None, [("P", date(2025, 9, 1), None)]),
    ("today", None, [("P", "today", None)]),
    # somebody left in March, a file says today that they left, and what stood before March does not come back
    (date(2025, 9, 1), date(2026, 3, 3), [("P", date(2025, 9, 1), date(2026, 3, 2)), ("L", date(2026, 3, 3), "yesterday"),
                                          ("P", "today", None)]),
])
def test_that_somebody_left_is_taken_back_on_the_same_day(enrol, joined, left_before, then):
    today = timezone.localdate()
    days = {"today": today, "yesterday": today - timedelta(days=1)}
    learner = enrol(since=days.get(joined, joined))
    end_membership(by=None, learner=learner, status="L", left_on=left_before or today)
    if left_before:
        (late,) = learner.memberships.known().filter(starts=left_before)
        moment = timezone.now()
        learner.memberships.filter(pk=late.pk).cease(moment)
        for fact in (late.again(ends=days["yesterday"]), late.again(status="D", starts=today)):
            fact.known_from = moment
            fact.save()
    believed, told = spans(learner.memberships, "status"), timezone.now()
    identity.move_house(by=None, learner=learner, line_1="2 Low Street")  # so that it is the last change no more
    rejoin(by=None, learner=learner)
    assert spans(learner.memberships, "status") == [tuple(days.get(each, each) for each in one) for one in then]
    learner.refresh_from_db()
    assert learner.left_on is None
    assert [one.status for one in learner.memberships.known(told).order_by("starts")] == [status for status, *_ in believed]
    undo_last_change(by=None, learner=learner, at=last_change(learner).at)
    assert spans(learner.memberships, "status") == believed
    learner.refresh_from_db()
    assert learner.left_on == today


def _left(day):
    return lambda learner: end_membership(by=None, learner=learner, status="E", left_on=day)


def _again(day):
    return lambda learner: rejoin(by=None, learner=learner, since=day)


def _undone(learner):
    undo_last_change(by=None, learner=learner, at=last_change(learner).at)


def _never_left(learner):
    take_back_leaving(by=None, learner=learner)


def _ended_and_left(learner):
    """Their time ended, and later somebody said as what: what was held without an end ceased for another reason."""
    held = learner.memberships.known().get()
    believe(by=None, learner=learner, came=[held.again(ends=FIFTH - timedelta(days=1))], ceased=[held])
    believe(by=None, learner=learner, came=[held.again(status="E", starts=FIFTH, ends=TENTH)])


MAY, FIFTH, TENTH = date(2026, 5, 20), date(2026, 6, 5), date(2026, 6, 10)
NEVER_LEFT, TWICE = [("P", MAY, None)], [("P", MAY, FIFTH - timedelta(days=1)), ("E", FIFTH, TENTH - timedelta(days=1))]


# what happened to somebody of the cohort since May, and what is held once it is said that they never left
@pytest.mark.parametrize(("happened", "then"), [
    ([_left(FIFTH)], NEVER_LEFT),
    ([_left(FIFTH), _again(TENTH), _undone], NEVER_LEFT),
    ([_left(FIFTH), _never_left, _left(TENTH)], NEVER_LEFT),
    ([_left(FIFTH), _never_left, _undone], NEVER_LEFT),
    ([_left(FIFTH), _again(TENTH), _left(JUNE)], [*TWICE, ("P", TENTH, None)]),
    ([_left(FIFTH), _again(TENTH)], None),
    ([_left(FIFTH), _undone], None),
    ([_ended_and_left], None),
    ([], None),
])
def test_that_somebody_left_is_taken_back_whatever_the_day(enrol, happened, then):
    learner = enrol(since=MAY)
    for step in happened:
        step(learner)
    if then is None:
        with pytest.raises(RefusedError, match="no leaving"):
            _never_left(learner)
        return
    left, believed = learner.memberships.known().latest("starts").starts, spans(learner.memberships, "status")
    for way in (_never_left, _again(left)):
        way(learner)
        assert spans(learner.memberships, "status") == then
        learner.refresh_from_db()
        assert learner.left_on is None
        _undone(learner)
        assert spans(learner.memberships, "status") == believed


def test_a_change_by_hand_of_what_a_file_brought_is_undone_and_what_the_file_brought_is_not(enrol):
    file = Source.objects.create(area="358", kind=Source.Kind.IMPORT, name="Starters")
    learner = enrol(line_1="1 High Street", source=file)
    assert last_change(learner) is None
    identity.move_house(by=None, learner=learner, line_1="2 Low Street")
    undo_last_change(by=None, learner=learner, at=last_change(learner).at)
    now = learner.addresses.known().get()
    assert (now.line_1, now.source) == ("1 High Street", file)
