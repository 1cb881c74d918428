"""Registering an indicator as a plan prints it: what is read from its words, what is guessed, and what is refused."""

from datetime import date

import pytest

from throughline.analytics.targets.language import Change, Level, NotUnderstood
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators.actions import RefusedChangeError
from throughline.apps.indicators.meaning import meaning_of
from throughline.apps.indicators.models import Indicator, IndicatorChange


def test_the_target_is_read_at_once_and_kept(registered):
    made = registered(target_words="at least 95% by September 2027", unit="%")
    [aim] = meaning_of(made).parts
    assert (aim.value, made.due_on) == (95.0, date(2027, 9, 30))
    assert made.target["aim"]["is"] == "Level"
    assert Indicator.objects.get().target == made.target


def test_a_target_kept_in_a_language_nobody_speaks_any_more_is_read_again(registered):
    made = registered(target_words="at least 95%", unit="%")
    made.target = {"is": "Wish", "words": "well"}
    assert meaning_of(made).parts[0].value == 95.0


@pytest.mark.parametrize(
    ("printed", "value", "period"),
    [
        ("91.36%", 91.36, ""),
        ("252 (2013/14)", 252.0, "2013/14"),
        ("To be determined", None, ""),
        ("2012", None, "2012"),
        ("2011/12", None, "2011/12"),
        ("", None, ""),
    ],
)
def test_a_baseline_that_is_a_plain_number_is_kept_as_one(registered, printed, value, period):
    made = registered(baseline_printed=printed)
    assert (made.baseline_printed, made.baseline_value, made.baseline_period) == (printed, value, period)


def test_a_baseline_in_the_targets_own_words_counts(registered):
    made = registered(target_words="improve by 5 points, current figure = 91.36%", unit="%")
    assert made.baseline_value == 91.36


@pytest.mark.parametrize(
    ("fields", "polarity"),
    [
        ({"measure": "neet_16_17", "target_words": "at least 3%"}, "lower_is_better"),
        ({"direction": "down"}, "lower_is_better"),
        ({"target_words": "no more than 1%"}, "lower_is_better"),
        ({"target_words": "reduce by 10%"}, "lower_is_better"),
        ({"target_words": "at least 20%"}, "higher_is_better"),
        ({"target_words": "above the national average"}, "higher_is_better"),
        ({"title": "Persistent absence (all schools)"}, "lower_is_better"),
        ({"title": "Increase the take-up of travel passes, with fewer exclusions"}, "higher_is_better"),
        ({"title": "Take-up of travel passes"}, "higher_is_better"),
        ({"target_words": "at least 20%", "polarity": "none"}, "none"),
    ],
)
def test_which_way_is_better_is_guessed_and_can_be_said(registered, fields, polarity):
    assert registered(**fields).polarity == polarity


@pytest.mark.parametrize(
    ("printed", "unit"),
    [("%", "percent"), ("Per cent", "percent"), ("No.", "number"), ("places", "places"), ("", "")],
)
def test_a_unit_is_known_by_how_plans_print_it(registered, printed, unit):
    assert registered(unit=printed).unit == unit


def test_a_number_has_no_decimals_unless_they_are_asked_for(registered):
    made = [registered(unit="number"), registered(unit="number", decimals=2), registered(unit="%")]
    assert [one.decimals for one in made] == [0, 2, 1]


def test_what_follows_a_measure_takes_its_unit_and_its_group_from_the_cohort(registered):
    made = registered("Attainment 8", measure="attainment_8", cohort="Disadvantaged pupils")
    assert (made.unit, made.decimals, made.breakdown, made.group) == ("points", 1, "disadvantage", "Disadvantaged")
    assert registered("Attainment 8", measure="attainment_8", cohort="Everyone").group == ""


def test_a_table_year_by_year_stands_in_for_a_target_without_words(registered):
    noted = {"period": "2024", "printed": "86%", "kind": "target", "note": "provisional"}
    cells = [("2022", "", "target"), noted, ("2023", "85.5%")]
    made = registered("Level 2 by 19", measure="level_2_by_19", trajectory=cells)
    [aim] = meaning_of(made).parts
    assert isinstance(aim, Level)
    assert (aim.value, made.due_on) == (86.0, date(2024, 8, 31))
    kept = list(made.trajectory.values_list("period", "printed", "value", "note"))
    assert kept == [("2022", "", None, ""), ("2024", "86%", 86.0, "provisional"), ("2023", "85.5%", 85.5, "")]


def test_words_go_before_the_table_and_the_table_before_the_title(registered):
    cells = [("2024", "86%")]
    assert meaning_of(registered("Increase take-up", trajectory=cells)).parts[0].value == 86.0
    assert isinstance(meaning_of(registered("Increase take-up")).parts[0], Change)
    assert meaning_of(registered("Increase take-up", target_words="at least 50%", trajectory=cells)).parts[0].value == 50.0


def test_an_arrow_of_a_printed_grid_is_kept_and_promises_nothing(registered):
    made = registered(trajectory=[{"period": "2016", "printed": "1", "kind": "arrow"}])
    assert list(made.trajectory.values_list("kind", "printed", "value")) == [("arrow", "1", None)]
    assert isinstance(meaning_of(made), NotUnderstood)


def test_words_that_cannot_be_read_are_kept_as_they_are(registered):
    made = registered(target_words="On target KS4/5 results")
    assert (made.target, made.target_words) == ({}, "On target KS4/5 results")


def test_two_indicators_may_print_one_number(registered):
    assert [registered(number="KPI 8").number, registered("Another", number="KPI 8").number] == ["KPI 8", "KPI 8"]


def test_what_a_plan_says_has_become_of_it_is_the_reason_it_came_with(registered):
    made = registered(status="amended", notes=["KPI 5 has been amended to include age 19.", "See also KPI 6."])
    assert made.status_printed == "amended"
    change = made.changes.get()
    assert change.kind == IndicatorChange.Kind.CREATED
    assert change.reason == "KPI 5 has been amended to include age 19. See also KPI 6."
    assert change.before == {}
    assert change.after["title"] == made.title


def test_a_title_too_long_for_its_place_is_kept_whole_in_the_definition(registered):
    long = "Every young person " * 30
    made = registered(long)
    assert (len(made.title), made.definition) == (400, " ".join(long.split()))


def test_it_is_in_the_audit(registered):
    made = registered(number="KPI 3")
    entry = AuditEntry.objects.get(room="indicators")
    assert (entry.verb, entry.subject_kind, entry.subject_id) == ("created", "indicator", str(made.pk))
    assert entry.subject_label == str(made)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "  "}, "a title"),
        ({"measure": "no_such_measure"}, "No measure is called"),
        ({"measure": "attainment_8", "breakdown": "disadvantage", "group": "Boys"}, "not published for the group"),
        ({"group": "Disadvantaged"}, "choose the measure first"),
        ({"trajectory": [("", "5%")]}, "needs its year"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(registered, fields, said):
    with pytest.raises(RefusedChangeError, match=said):
        registered(**fields)
    assert not Indicator.objects.exists()
