"""Recording, confirming, correcting and withdrawing activities: what is believed, and what was."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.utils import timezone

from throughline.apps.accounts.models import AuditEntry
from throughline.apps.learners.actions import activities
from throughline.apps.learners.actions.undoing import WITHIN, last_change, undo_last_change
from throughline.apps.learners.doing import from_when
from throughline.apps.learners.models import Activity
from throughline.apps.organisations.actions.amending import RefusedError

SEPTEMBER = date(2026, 9, 1)


def held(learner, moment=None):
    """What is believed, or was, as (start, code, verified)."""
    return [(one.start, one.code, one.verified) for one in learner.activities.known(moment).order_by("start")]


@pytest.fixture
def seeking(officer, learner):
    return activities.record_activity(by=officer, learner=learner, code="619", start=SEPTEMBER, verified=date(2026, 9, 10),
                                      ascertained=date(2026, 9, 3))


def test_an_activity_is_ascertained_and_verified_today_unless_said(officer, learner):
    made = activities.record_activity(by=officer, learner=learner, code="230", start=SEPTEMBER)
    today = timezone.localdate()
    assert (made.ascertained, made.verified, made.recorded_by) == (today, today, officer)


def test_what_was_told_earlier_was_ascertained_on_that_day(officer, learner):
    told = date(2026, 9, 20)
    before = timezone.now()
    made = activities.record_activity(by=officer, learner=learner, code="230", start=SEPTEMBER, verified=told)
    assert (made.ascertained, made.verified) == (told, told)
    assert made.known_from >= before


@pytest.mark.parametrize(("words", "ascertained"), [
    ({"verified": date(2026, 9, 2)}, date(2026, 9, 2)),
    ({"start": date(2026, 9, 5)}, date(2026, 9, 5)),
    ({"verified": date(2026, 9, 20)}, date(2026, 9, 3)),
    ({"verified": None}, date(2026, 9, 3)),
    ({"verified": date(2026, 9, 2), "ascertained": date(2026, 9, 1)}, SEPTEMBER),
])
def test_correcting_moves_the_day_it_was_ascertained_only_as_far_as_it_must(officer, learner, seeking, words, ascertained):
    assert activities.correct_activity(by=officer, activity=seeking, **words).ascertained == ascertained


def test_the_audit_names_the_learner_by_number_and_says_no_more(officer, learner, seeking):
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.room, entry.subject_kind, entry.subject_id) == ("changed", "learners", "learner", str(learner.pk))
    assert (entry.subject_label, entry.detail) == (str(learner.number), {"activity": [None, "given"]})


def test_confirming_keeps_the_start_and_what_was_believed(officer, learner, seeking):
    before = timezone.now()
    made = activities.confirm_activity(by=officer, activity=seeking, verified=date(2026, 10, 1))
    assert held(learner) == [(SEPTEMBER, "619", date(2026, 10, 1))]
    assert held(learner, before) == [(SEPTEMBER, "619", date(2026, 9, 10))]
    assert made.ascertained == date(2026, 9, 3)


def test_what_nobody_knows_is_not_confirmed(officer, seeking):
    unknown = activities.correct_activity(by=officer, activity=seeking, code="810")
    with pytest.raises(RefusedError, match="nothing to confirm"):
        activities.confirm_activity(by=officer, activity=unknown, verified=date(2026, 10, 1))


@pytest.mark.parametrize(("reason", "confirmed"), [("2", False), ("", True)])
def test_what_they_are_known_to_have_left_is_not_confirmed_after_it(officer, seeking, reason, confirmed):
    end = date(2026, 9, 20)
    left = activities.correct_activity(by=officer, activity=seeking, code="230", predicted_end=end, leaving_reason=reason)
    assert activities.confirm_activity(by=officer, activity=left, verified=end).verified == end
    left = Activity.objects.known().get()
    if confirmed:
        assert activities.confirm_activity(by=officer, activity=left, verified=date(2026, 9, 21)).verified == date(2026, 9, 21)
        return
    with pytest.raises(RefusedError, match="why they left"):
        activities.confirm_activity(by=officer, activity=left, verified=date(2026, 9, 21))


def test_correcting_changes_the_day_and_the_code(officer, learner, seeking):
    activities.correct_activity(by=officer, activity=seeking, code="540", start=date(2026, 9, 2))
    assert held(learner) == [(date(2026, 9, 2), "540", date(2026, 9, 10))]
    assert Activity.objects.count() == 2


def test_what_was_never_so_is_withdrawn_and_can_be_brought_back(officer, learner, seeking):
    activities.withdraw_activity(by=officer, activity=seeking)
    assert held(learner) == []
    undo_last_change(by=officer, learner=learner, at=last_change(learner).at)
    assert held(learner) == [(SEPTEMBER, "619", date(2026, 9, 10))]


def test_two_people_at_once_lose_nothing(officer, learner, seeking):
    activities.correct_activity(by=officer, activity=seeking, code="230")
    for again in (lambda: activities.correct_activity(by=officer, activity=seeking, code="310"),
                  lambda: activities.confirm_activity(by=officer, activity=seeking, verified=date(2026, 10, 1)),
                  lambda: activities.withdraw_activity(by=officer, activity=seeking)):
        with pytest.raises(RefusedError, match="Somebody else changed this"):
            again()
    assert [code for _, code, _ in held(learner)] == ["230"]


@pytest.mark.parametrize("act", ["record", "correct"])
def test_a_day_on_which_another_began_is_refused_with_the_way_to_that_one(officer, learner, seeking, act):
    later = activities.record_activity(by=officer, learner=learner, code="230", start=date(2026, 10, 1))
    with pytest.raises(RefusedError) as refused:
        if act == "record":
            activities.record_activity(by=officer, learner=learner, code="310", start=seeking.start)
        else:
            activities.correct_activity(by=officer, activity=later, start=seeking.start)
    words, address = refused.value.way
    assert (refused.value.field, words) == ("start", "Correct what is recorded")
    assert address == f"/learners/{learner.pk}/activities/{seeking.pk}/correct/"


FAULTY = {
    "code": {"code": "999"},
    "a code of another time": {"code": "720"},
    "a code of files before 2015": {"code": "510"},
    "start": {"start": date(2019, 1, 1)},
    "start taken": {"start": SEPTEMBER},
    "verified": {"verified": date(2030, 1, 1)},
    "verified before start": {"verified": date(2026, 8, 1), "ascertained": date(2026, 9, 30)},
    "ascertained before start": {"ascertained": date(2026, 8, 1)},
    "predicted end": {"predicted_end": date(2026, 9, 1)},
    "review": {"review": date(2027, 9, 1), "predicted_end": date(2027, 7, 1)},
    "establishment": {"establishment": "12"},
    "ukprn": {"ukprn": "20012345"},
    "a reason of no list": {"leaving_reason": "42", "predicted_end": date(2026, 11, 1)},
    "a reason and nobody says when": {"leaving_reason": "44"},
    "an intention of no list": {"intended_next": "230"},
}


# born 4 March 2010: the code, the first day, and what is said of it
BEGUN = [
    ("310", date(2024, 3, 3), "They turned 14 on 4 March 2024. Enter that or a later day"),
    ("310", date(2024, 3, 4), ""),
    ("619", date(2020, 9, 1), "They turned 14 on 4 March 2024. Enter that or a later day"),
    ("110", date(2021, 9, 1), ""),
    ("110", date(2020, 3, 3), "They turned 10 on 4 March 2020. Enter that or a later day"),
]


@pytest.mark.parametrize(("code", "start", "said"), BEGUN)
def test_an_activity_begins_once_somebody_is_old_enough_for_it(officer, learner, code, start, said):
    with pytest.raises(RefusedError, match=said) if said else nullcontext() as refused:
        activities.record_activity(by=officer, learner=learner, code=code, start=start)
    assert not said or refused.value.field == "start"


def test_what_is_held_from_too_early_a_day_can_be_confirmed_and_not_recorded_so(officer, learner):
    made = Activity.objects.create(learner=learner, code="310", start=date(2020, 9, 1), verified=date(2026, 9, 1))
    made = activities.confirm_activity(by=officer, activity=made, verified=date(2026, 9, 20))
    with pytest.raises(RefusedError, match="turned 14"):
        activities.correct_activity(by=officer, activity=made, start=date(2021, 9, 1))


def test_what_is_yet_to_start_is_confirmed_by_nobody(officer, learner):
    made = activities.record_activity(by=officer, learner=learner, code="310", start=timezone.localdate() + timedelta(days=9))
    assert (made.ascertained, made.verified) == (None, None)


@pytest.mark.parametrize(("began", "words", "told"), [
    (4, {"verified": None}, (0, 0)), (0, {}, (0, 0)), (4, {"verified": 2}, (2, 2)), (-3, {}, None), (9, {"code": "320"}, None),
])
def test_a_planned_start_that_is_corrected_and_has_come_is_confirmed_by_whoever_tells_of_it(officer, learner, began, words, told):
    today = timezone.localdate()

    def ago(days):
        return days if days is None or isinstance(days, str) else today - timedelta(days=days)

    planned = Activity.objects.create(learner=learner, code="310", start=ago(9))
    made = activities.correct_activity(by=officer, activity=planned, start=ago(began),
                                       **{name: ago(value) for name, value in words.items()})
    assert (made.ascertained, made.verified) == (tuple(map(ago, told)) if told else (None, None))
    assert from_when(made).startswith("since" if told else "planned to start on" if began < 0 else "was to start on")


@pytest.mark.parametrize("why", FAULTY)
def test_what_cannot_be_right_is_refused_by_field_and_changes_nothing(officer, learner, seeking, why):
    given = {"code": "230", "start": date(2026, 9, 20), **FAULTY[why]}
    with pytest.raises(RefusedError) as refused:
        activities.record_activity(by=officer, learner=learner, **given)
    assert refused.value.field in (*FAULTY[why], "start", "predicted_end")
    assert Activity.objects.count() == 1


def test_why_somebody_left_stays_through_a_confirmation_and_is_changed_by_correcting(officer, learner):
    made = activities.record_activity(by=officer, learner=learner, code="230", start=SEPTEMBER, verified=date(2026, 9, 10),
                                      predicted_end=date(2026, 10, 20), leaving_reason="44", intended_next="311")
    made = activities.confirm_activity(by=officer, activity=made, verified=date(2026, 10, 20))
    assert (made.leaving_reason, made.intended_next) == ("44", "311")
    before = timezone.now()
    made = activities.correct_activity(by=officer, activity=made, leaving_reason="3")
    assert (made.leaving_reason, made.intended_next) == ("3", "311")
    assert learner.activities.known(before).get().leaving_reason == "44"


def test_a_reason_needs_no_last_day_where_something_is_held_after_it(officer, learner, seeking):
    course = activities.record_activity(by=officer, learner=learner, code="230", start=date(2026, 8, 1), leaving_reason="43")
    assert (course.leaving_reason, course.predicted_end) == ("43", None)


def test_only_the_last_change_is_undone_and_undoing_again_does_it_again(officer, learner, seeking):
    first = last_change(learner)
    activities.record_activity(by=officer, learner=learner, code="310", start=date(2026, 10, 5))
    with pytest.raises(RefusedError, match="changed since"):
        undo_last_change(by=officer, learner=learner, at=first.at)
    undo_last_change(by=officer, learner=learner, at=last_change(learner).at)
    assert [code for _, code, _ in held(learner)] == ["619"]
    undo_last_change(by=officer, learner=learner, at=last_change(learner).at)
    assert [code for _, code, _ in held(learner)] == ["619", "310"]


def test_what_was_changed_long_ago_or_added_the_learner_is_not_undone(learner, monkeypatch):
    assert last_change(learner) is None
    made = activities.record_activity(by=None, learner=learner, code="310", start=SEPTEMBER)
    assert last_change(learner).at == made.known_from
    later = timezone.now() + WITHIN + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert last_change(learner) is None
