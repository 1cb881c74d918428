"""Values entered by hand: corrected beside what was there, withdrawn and restored, and hidden where they are of very few."""

from datetime import date

import pytest

from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators import actions
from throughline.apps.indicators.actions import RefusedChangeError
from throughline.apps.indicators.evidence import evidence_for
from throughline.core.statuses import Status


@pytest.fixture
def by(db):
    return make_user("data_officer")


def _points(indicator, **more):
    found = evidence_for([indicator], indicator.area, **more)[indicator.pk]
    return [(point.period, point.value, point.status) for point in found.points]


def test_a_correction_counts_and_keeps_what_was_there(registered, by):
    made = registered(unit="%")
    for value in (41.0, 43.5):
        actions.enter_value(by=by, indicator=made, period="2024/25", value=value, evidence="The survey")
    assert [row.value for row in made.values.all()] == [43.5, 41.0]
    assert _points(made) == [("2024/25", 43.5, Status.FINAL)]


def test_another_spelling_of_a_period_corrects_the_same_value(registered, by):
    made = registered(unit="%")
    for spelling, value in (("2024/25", 41.0), ("202425", 42.0), ("2025", 43.0)):
        actions.enter_value(by=by, indicator=made, period=spelling, value=value)
    assert _points(made) == [("2024/25", 43.0, Status.FINAL)]


def test_counts_give_a_percentage_and_are_kept(registered, by):
    made = registered(unit="%")
    row = actions.enter_value(by=by, indicator=made, period="2024/25", numerator=12, denominator=48)
    assert (row.value, row.numerator, row.denominator) == (25.0, 12, 48)


def test_a_status_without_a_number_has_none(registered, by):
    made = registered(unit="%")
    actions.enter_value(by=by, indicator=made, period="2024/25", value=7.0, status="suppressed")
    assert _points(made) == [("2024/25", None, Status.SUPPRESSED)]


def test_a_withdrawn_value_does_not_count_and_can_be_restored(registered, by):
    made = registered(unit="%")
    actions.enter_value(by=by, indicator=made, period="2024/25", value=41.0)
    actions.withdraw_value(by=by, indicator=made, period="2024/25")
    assert _points(made) == []
    with pytest.raises(RefusedChangeError, match="no such value"):
        actions.withdraw_value(by=by, indicator=made, period="2024/25")
    actions.restore_value(by=by, indicator=made, period="2024/25")
    assert _points(made) == [("2024/25", 41.0, Status.FINAL)]
    with pytest.raises(RefusedChangeError, match="no withdrawn value"):
        actions.restore_value(by=by, indicator=made, period="2024/25")


def test_what_was_believed_on_a_day_is_what_counts_for_that_day(registered, by):
    made = registered(unit="%")
    for value, at in ((41.0, "2025-10-01T12:00Z"), (44.0, "2026-02-01T12:00Z")):
        row = actions.enter_value(by=by, indicator=made, period="2024/25", value=value)
        row.at = at
        row.save(update_fields=["at"])
    assert _points(made, on=date(2025, 12, 31))[0][1] == 41.0
    assert _points(made, on=date(2026, 12, 31))[0][1] == 44.0
    assert _points(made, on=date(2025, 1, 1))[0][1] == 41.0, "the past is often typed in after the event"


@pytest.mark.parametrize(
    ("unit", "typed", "shown"),
    [
        ("%", {"numerator": 4, "denominator": 40}, None),
        ("%", {"numerator": 38, "denominator": 40}, None),
        ("%", {"numerator": 10, "denominator": 40}, 25.0),
        ("%", {"value": 3.0}, 3.0),
        ("number", {"value": 5}, None),
        ("number", {"value": 6}, 6.0),
        ("number", {"value": 0}, 0.0),
    ],
)
def test_a_small_count_of_young_people_is_suppressed_and_never_judged(registered, by, unit, typed, shown):
    made = registered(unit=unit, target_words="at least 1")
    actions.enter_value(by=by, indicator=made, period="2024/25", **typed)
    [(_, value, status)] = _points(made)
    assert value == shown
    assert (status is Status.SUPPRESSED) == (shown is None)


def test_a_small_count_of_schools_is_not_suppressed(registered, by):
    made = registered("Schools with a careers leader", unit="number")
    assert made.counts == "things"
    actions.enter_value(by=by, indicator=made, period="2024/25", value=3)
    assert _points(made) == [("2024/25", 3.0, Status.FINAL)]


def test_comparators_typed_beside_a_value_are_its_own(registered, by):
    made = registered(unit="%", cohort="Care leavers")
    beside = {"england": 44.0, "neighbours": 43.0, "rank": 12, "ranked": 150, "comparator": 60.0, "england_group": 40.0,
              "england_comparator": 55.0, "region": None}
    actions.enter_value(by=by, indicator=made, period="2024/25", value=41.0, comparators=beside)
    evidence = evidence_for([made], made.area)[made.pk]
    [point], [gap] = evidence.points, evidence.gaps
    assert (point.england, point.neighbours_mean, point.region, point.rank, point.ranked) == (44.0, 43.0, None, 12, 150)
    assert (gap.group_value, gap.comparator_value, gap.england_group, gap.england_comparator) == (41.0, 60.0, 40.0, 55.0)
    assert evidence.kind == "entered"


def test_a_provisional_value_says_so_wherever_it_is_judged(registered, by, judged):
    made = registered(unit="%", target_words="at least 40%")
    actions.enter_value(by=by, indicator=made, period="2024/25", value=41.0, status="provisional")
    assert "provisional" in " ".join(judged(made).proposed.steps)


@pytest.mark.parametrize(
    ("fields", "typed", "said"),
    [
        ({"measure": "neet_16_17"}, {"period": "2025", "value": 2.0}, "follows a measure"),
        ({"unit": "%"}, {"period": "whenever", "value": 2.0}, "not a year we can read"),
        ({"unit": "%"}, {"period": "2025"}, "Give the value"),
        ({"unit": "%"}, {"period": "2025", "numerator": 1, "denominator": 0}, "share of none"),
    ],
)
def test_what_makes_no_sense_is_refused(registered, by, fields, typed, said):
    made = registered(**fields)
    with pytest.raises(RefusedChangeError, match=said):
        actions.enter_value(by=by, indicator=made, **typed)
    assert not made.values.exists()


def test_the_audit_says_who_and_when_and_never_the_number(registered, by):
    made = registered(unit="%")
    actions.enter_value(by=by, indicator=made, period="2024/25", value=76.54)
    entry = AuditEntry.objects.filter(room="indicators").first()
    assert (entry.verb, entry.who, entry.detail) == ("created", by, {"value of": [None, "2024/25"]})
