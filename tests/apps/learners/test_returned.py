"""What the return says of somebody: the place, and what holds of them in the month."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.analytics.formats.nccis.checking import check_record
from throughline.analytics.participation.stated import Place
from throughline.apps.codelists.actions import amend_rule
from throughline.apps.learners import returned
from throughline.apps.learners.actions.activities import (
    confirm_activity,
    correct_activity,
    record_activity,
    withdraw_activity,
)
from throughline.apps.learners.actions.circumstances import add_trait, set_guarantee, set_level_of_need
from throughline.apps.learners.actions.learners import amend_details
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.learners.models import Activity, Trait
from throughline.apps.learners.return_rules import context
from throughline.apps.learners.standings import standing_on
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
SCHOOL, PROVIDER = "3584000", "10001234"
DIRECTORY = {SCHOOL: "Marlbeck College", PROVIDER: "Marl Training"}


@pytest.mark.parametrize(("place", "called"), [
    ({"establishment": SCHOOL}, "Marlbeck College"), ({"ukprn": PROVIDER}, "Marl Training"), ({"establishment": "3584999"}, ""),
    ({"establishment": SCHOOL, "establishment_name": "The College"}, "The College"), ({}, ""),
])
def test_the_return_has_the_name_that_somebody_said_or_that_the_directory_gives(learner, monkeypatch, place, called):
    monkeypatch.setattr(returned, "school_names", lambda numbers: {each: DIRECTORY.get(each, "") for each in numbers})
    record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 7), ascertained=date(2026, 9, 7), **place)
    [written] = returned.records("358", date(2026, 10, 31))
    assert written.establishment_name == called


def test_the_activity_of_a_month_is_the_last_that_had_begun_by_its_last_day(learner):
    for code, start in (("230", date(2026, 9, 7)), ("310", date(2026, 10, 31)), ("320", date(2026, 11, 1))):
        record_activity(by=None, learner=learner, code=code, start=start, ascertained=start)
    months = (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30))
    assert [[one.activity_code for one in returned.records("358", end)] for end in months] == [["230"], ["310"], ["320"]]


def test_the_activity_is_there_of_whoever_was_a_member_as_it_was_known_then(learner):
    record_activity(by=None, learner=learner, code="230", **CONFIRMED)
    before = timezone.now()
    end_membership(by=None, learner=learner, status="E", left_on=date(2026, 9, 20))
    later = date(2027, 1, 31)  # when it is no longer told that they left
    found = [[(one.cohort_status, one.activity_code) for one in returned.records("358", later, known=known)]
             for known in (None, before)]
    assert found == [[], [("P", "230")]]


CONFIRMED = {"start": date(2026, 9, 7), "ascertained": date(2026, 9, 7)}
YEAR_11, YEAR_12, YEAR_13 = date(2011, 3, 4), date(2010, 3, 4), date(2009, 3, 4)  # born, in the year from September 2026
JUNE, SEPTEMBER, OCTOBER, MARCH = date(2027, 6, 30), date(2026, 9, 30), date(2026, 10, 31), date(2027, 3, 31)
EARLY = date(2025, 9, 1)


def plan_and_support(learner):
    for trait in ("ehc_plan", "sen_support"):
        add_trait(by=None, learner=learner, trait=trait, starts=EARLY)


def support_alone(learner):
    add_trait(by=None, learner=learner, trait="sen_support", starts=EARLY)


def confirmed_in_november(learner):
    record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 7), ascertained=date(2026, 11, 20))


def confirmed_each_month(learner):
    activity = record_activity(by=None, learner=learner, code="230", **CONFIRMED)
    for day in (date(2026, 10, 12), date(2026, 11, 20)):
        activity = confirm_activity(by=None, activity=activity, verified=day)


def had_lapsed(learner):
    activity = record_activity(by=None, learner=learner, code="330", start=date(2026, 3, 2), ascertained=date(2026, 3, 2))
    confirm_activity(by=None, activity=activity, verified=date(2026, 11, 20))


def mistyped_and_put_right(learner):
    activity = record_activity(by=None, learner=learner, code="230", **CONFIRMED)
    for day in (date(2026, 10, 12), date(2026, 10, 28)):
        activity = confirm_activity(by=None, activity=activity, verified=day)
    activity = correct_activity(by=None, activity=activity, verified=date(2026, 10, 12))
    confirm_activity(by=None, activity=activity, verified=date(2026, 11, 20))


def was_never_so(learner):
    activity = confirm_activity(by=None, activity=record_activity(by=None, learner=learner, code="230", **CONFIRMED),
                                verified=date(2026, 10, 12))
    withdraw_activity(by=None, activity=activity)
    record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 7), ascertained=date(2026, 11, 20))


def had_lapsed_by_its_review(learner):
    activity = record_activity(by=None, learner=learner, code="260", start=date(2026, 8, 20), ascertained=date(2026, 8, 20),
                               review=date(2026, 9, 10))
    correct_activity(by=None, activity=activity, verified=date(2026, 11, 20), review=date(2027, 3, 1))


def was_to_be_reviewed_earlier(learner):
    activity = record_activity(by=None, learner=learner, code="260", start=date(2026, 8, 20), ascertained=date(2026, 8, 20),
                               review=date(2026, 12, 1))
    correct_activity(by=None, activity=activity, verified=date(2026, 11, 20), review=date(2027, 3, 1))


def ended_after_it_was_confirmed(learner):
    """And was to end otherwise by what was believed before."""
    activity = record_activity(by=None, learner=learner, code="230", predicted_end=date(2027, 7, 31), **CONFIRMED)
    activity = confirm_activity(by=None, activity=activity, verified=date(2026, 11, 20))
    correct_activity(by=None, activity=activity, predicted_end=date(2026, 10, 15), leaving_reason="2")


def end_told_when_it_was_confirmed(learner):
    activity = record_activity(by=None, learner=learner, code="230", **CONFIRMED)
    confirm_activity(by=None, activity=activity, verified=date(2026, 11, 20), predicted_end=date(2027, 7, 31))


def was_another_code(learner):
    activity = record_activity(by=None, learner=learner, code="330", **CONFIRMED)
    correct_activity(by=None, activity=activity, code="230", verified=date(2026, 11, 20))


def destination(learner):
    amend_details(by=None, learner=learner, intended_destination="111")


def both_blocks(learner):
    for block, code in (("year_11", "150"), ("year_12", "159")):
        set_guarantee(by=None, learner=learner, block=block, code=code, since=EARLY)


def looked_after_and_mental_health(learner):
    """And in need, which is a trait of our own, and in no return."""
    Trait.objects.bulk_create(Trait(learner=learner, trait=trait, starts=EARLY) for trait in ("110", "210", "child_in_need"))


@pytest.mark.parametrize(("born", "happened", "month_end", "said"), [
    (YEAR_12, plan_and_support, OCTOBER, {"send_flag": "Y", "sen_support_flag": "N"}),
    (YEAR_12, support_alone, OCTOBER, {"send_flag": "N", "sen_support_flag": "Y"}),
    (YEAR_12, confirmed_in_november, OCTOBER, {"date_ascertained": "2026-10-31"}),
    (YEAR_12, confirmed_in_november, date(2026, 11, 30), {"date_ascertained": "2026-11-20"}),
    (YEAR_12, confirmed_each_month, SEPTEMBER, {"date_ascertained": "2026-09-07", "date_verified": "2026-09-07"}),
    (YEAR_12, confirmed_each_month, OCTOBER, {"date_ascertained": "2026-09-07", "date_verified": "2026-10-12"}),
    (YEAR_12, confirmed_each_month, date(2026, 11, 30), {"date_verified": "2026-11-20"}),
    (YEAR_12, mistyped_and_put_right, OCTOBER, {"date_verified": "2026-10-12"}),
    (YEAR_12, was_never_so, OCTOBER, {"date_verified": "2026-10-31"}),
    (YEAR_12, had_lapsed_by_its_review, OCTOBER, {"date_verified": "2026-08-20", "currency_lapsed": "N",
                                                  "review_date": "2027-03-01", "due_to_lapse_date": "2027-03-29"}),
    (YEAR_12, was_to_be_reviewed_earlier, OCTOBER, {"date_verified": "2026-08-20", "review_date": "2027-03-01",
                                                    "due_to_lapse_date": "2027-03-29"}),
    (YEAR_12, ended_after_it_was_confirmed, OCTOBER, {"predicted_end_date": "2026-10-15", "currency_lapsed": "Y"}),
    (YEAR_12, end_told_when_it_was_confirmed, OCTOBER, {"date_verified": "2026-09-07", "predicted_end_date": "2027-07-31",
                                                        "currency_lapsed": "N"}),
    (YEAR_12, was_another_code, OCTOBER, {"activity_code": "230", "date_verified": "2026-10-31"}),
    (YEAR_12, had_lapsed, OCTOBER, {"date_verified": "2026-10-31", "currency_lapsed": "N"}),
    (YEAR_11, destination, OCTOBER, {"intended_destination": "111"}),
    (YEAR_12, destination, OCTOBER, {"intended_destination": ""}),
    (YEAR_11, both_blocks, MARCH, {"guarantee_indicator": "N", "year_11_status": "", "year_12_status": ""}),
    (YEAR_11, both_blocks, date(2027, 4, 30), {"guarantee_indicator": "Y", "year_11_status": "150", "year_12_status": ""}),
    (YEAR_12, both_blocks, date(2027, 8, 31), {"year_11_status": "", "year_12_status": "159"}),
    (YEAR_12, both_blocks, SEPTEMBER, {"year_11_status": "150", "year_12_status": ""}),
    (YEAR_13, both_blocks, MARCH, {"year_11_status": "", "year_12_status": "159"}),
    (YEAR_13, both_blocks, JUNE, {"guarantee_indicator": "N"}),
    (YEAR_12, looked_after_and_mental_health, OCTOBER, {"characteristics": ("110", "210")}),
])
def test_a_record_says(enrol, born, happened, month_end, said):
    happened(enrol(born=born))
    [written] = returned.records("358", month_end)
    assert {name: getattr(written, name) for name in said} == said


def only_ascertained(learner):
    """As a file may say it: somebody told of it, and on which day it was last confirmed is not known."""
    [activity] = Activity.objects.bulk_create([Activity(learner=learner, code="230", **CONFIRMED)])
    confirm_activity(by=None, activity=activity, verified=date(2026, 11, 20))
    return timezone.now()


def confirmed_twice(learner):
    activity = record_activity(by=None, learner=learner, code="230", **CONFIRMED)
    activity, moment = confirm_activity(by=None, activity=activity, verified=date(2026, 10, 12)), timezone.now()
    confirm_activity(by=None, activity=activity, verified=date(2026, 11, 20))
    return moment


def withdrawn_since(learner):
    confirmed_each_month(learner)
    moment = timezone.now()
    withdraw_activity(by=None, activity=learner.activities.known().get())
    record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 7), ascertained=date(2026, 11, 25))
    return moment


@pytest.mark.parametrize(("happened", "ascertained", "verified"), [
    (only_ascertained, "2026-09-07", ""), (confirmed_twice, "2026-09-07", "2026-10-12"),
    (withdrawn_since, "2026-09-07", "2026-10-12"),
])
def test_a_record_says_as_of_a_moment_when_it_was_confirmed_by_what_was_believed_then(enrol, happened, ascertained, verified):
    moment = happened(enrol(born=YEAR_12))
    [written] = returned.records("358", OCTOBER, moment)
    assert (written.date_ascertained, written.date_verified) == (ascertained, verified)


# What is done to the activity that is held: a confirmation, a correction, or a mistake taken back. Days count from 1 September,
# and most lie near the end of October.
TOLD, TO_COME = st.sampled_from((-400, 5, 40, 58, 80, 95)), st.sampled_from((None, 20, 50, 62, 300))
CODES = st.sampled_from(("230", "260", "330", "619"))
CHANGES = st.lists(st.one_of(
    st.tuples(st.just(confirm_activity), st.fixed_dictionaries({"verified": TOLD}, optional={"review": TO_COME,
                                                                                            "predicted_end": TO_COME})),
    st.tuples(st.just(correct_activity), st.one_of(*(st.fixed_dictionaries({name: said}) for name, said in (
        ("verified", TOLD), ("review", TO_COME), ("predicted_end", TO_COME), ("code", CODES))))),
    st.tuples(st.just(withdraw_activity), st.just({})),
), max_size=4)


@given(CODES, st.sampled_from((-430, -250, 4, 50)), TOLD, TO_COME, TO_COME, CHANGES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_return_and_the_figures_take_the_same_people_to_have_lapsed(enrol, code, start, told, review, end, changes):
    learner = enrol(born=YEAR_12)
    words = {"code": code, "start": _day(start), "ascertained": _day(max(start, told)), "review": _day(review),
             "predicted_end": _day(end)}
    for change, later in ((record_activity, words), *changes):
        held = learner.activities.known().first()
        whose = {"learner": learner} if held is None else {"activity": held}
        with suppress(RefusedError):
            (record_activity if held is None else change)(by=None, **whose, **(words if held is None else _days(later)))
    [said] = returned.records("358", OCTOBER, only=[learner.pk])
    lapsed = standing_on(learner.activities.known(), OCTOBER, True).stood.lapsed
    assert (said.currency_lapsed == "Y") is lapsed
    assert max(said.date_ascertained, said.date_verified) <= OCTOBER.isoformat()


def _day(after):
    return None if after is None else date(2026, 9, 1) + timedelta(days=after)


def _days(words):
    return {name: said if name == "code" else _day(said) for name, said in words.items()}


def test_a_characteristic_is_said_in_the_months_that_have_its_code(enrol):
    learner = enrol(born=date(2003, 3, 4), since=date(2019, 9, 1))
    Trait.objects.bulk_create(Trait(learner=learner, trait=trait, starts=date(2019, 9, 1)) for trait in ("110", "210"))
    for month_end, said in ((date(2020, 3, 31), ("110",)), (date(2020, 4, 30), ("110", "210"))):
        assert [each.characteristics for each in returned.records("358", month_end)] == [said]


def test_the_months_of_the_blocks_are_those_of_the_rules(enrol):
    both_blocks(enrol(born=YEAR_11))
    assert [each.guarantee_indicator for each in returned.records("358", MARCH)] == ["N"]
    amend_rule(by=None, file="returns", place=Place(date(2019, 4, 1), ("rule", "905", "from_month")), value=3, reason="A test")
    assert [each.year_11_status for each in returned.records("358", MARCH)] == ["150"]


@pytest.mark.parametrize(("educated_in", "number"), [("001", "3589999"), ("202", "2029999"), ("", "3589999")])
def test_whoever_learns_outside_england_has_a_record_that_passes_every_rule(enrol, educated_in, number):
    learner = enrol(gender="F", ethnic_group="WBRI", line_1="1 High Street", town="Marlbeck", postcode="ZZ1 1AA")
    set_level_of_need(by=None, learner=learner, level="2", since=EARLY)
    record_activity(by=None, learner=learner, code="230", educated_in=educated_in, predicted_end=date(2027, 7, 31), **CONFIRMED)
    [written] = returned.records("358", OCTOBER)
    assert (written.educated_lea, written.establishment_number) == (educated_in or "358", number)
    assert {error.rule.number for error in check_record(written, context("358", OCTOBER))} == set()
