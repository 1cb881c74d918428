"""What stands in the cells beside a target helps to read it, and what it says itself goes first."""

from datetime import date

import pytest

from tests.analytics.targets.marlshire import read
from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import (
    Average,
    Baseline,
    Change,
    Comparison,
    Direction,
    Level,
    NotUnderstood,
    TargetUnit,
)
from throughline.analytics.targets.parse import Hints, parse_target
from throughline.analytics.targets.wording.baselines import read_baseline


def test_a_bare_number_is_in_the_measures_unit(rules):
    assert parse_target("98", rules).aim == Level(Comparison.REACH, 98.0, TargetUnit.NUMBER)
    found = parse_target("98", rules, Hints(unit=Unit.PERCENT, baseline="91.4"))
    assert found.aim == Level(Comparison.REACH, 98.0, TargetUnit.PERCENT)
    assert found.baseline == Baseline(91.4, TargetUnit.PERCENT)
    held = parse_target("at least 98, as an average over 3 months", rules, Hints(unit=Unit.PERCENT)).aim
    assert isinstance(held, Average)
    assert held.aim.unit is TargetUnit.PERCENT


def test_hints_fill_what_the_words_leave_open(rules):
    hints = Hints(due="by September 2018", baseline="252 (2013/14)", cohort="Young people with LLDD")
    found = parse_target("300", rules, hints)
    assert found.due.by == date(2018, 9, 30)
    assert found.baseline == Baseline(252.0, TargetUnit.NUMBER, "2013/14")
    assert found.cohort == ("young people with learning difficulties or disabilities",)


def test_the_words_go_before_hints(rules):
    found = parse_target("300 for boys by 2020; baseline 250", rules, Hints(due="by 2018", baseline="252", cohort="girls"))
    assert (found.due.by.year, found.baseline.value, found.cohort) == (2020, 250.0, ("boys",))


def test_the_plans_own_day_dates_a_month(rules):
    found = parse_target("strategy published by September", rules, Hints(made_on=date(2016, 6, 3)))
    assert found.due.by == date(2016, 9, 30)
    assert found.doubts == ()
    assert "names no year" in parse_target("strategy published by September", rules).doubts[0]


BASELINES = [
    ("91.36%", Baseline(91.36, TargetUnit.PERCENT)),
    ("252 (2013/14)", Baseline(252.0, TargetUnit.NUMBER, "2013/14")),
    ("78.8% in 2004/05", Baseline(78.8, TargetUnit.PERCENT, "2004/05")),
    ("current figure = 6.14%", Baseline(6.14, TargetUnit.PERCENT)),
    ("to be determined", Baseline(to_be_determined=True)),
    ("TBC", Baseline(to_be_determined=True)),
    ("see the appendix", None),
]


@pytest.mark.parametrize(("printed", "expected"), BASELINES)
def test_a_cell_that_holds_a_baseline_is_read(printed, expected):
    assert read_baseline(printed) == expected


# words | part of the doubt
DOUBTS = [
    ("The uptake will increase by 10%", "for percentage points, write “by 10 points”"),
    ("maintain and improve on our high ranking nationally", "a place no lower than at the baseline"),
    ("above England and in the top quartile for boys", "go with every part"),
    ("above England and in the top quartile by 2018", "The due date is taken to go with every part"),
]


@pytest.mark.parametrize(("words", "doubt"), DOUBTS)
def test_a_reading_that_could_be_another_says_so(rules, words, doubt):
    assert any(doubt in sentence for sentence in read(words, rules).doubts)


def test_a_plain_reading_has_no_doubts(rules):
    assert read("at least 70% by September 2018", rules).doubts == ()


def test_words_that_were_not_used_are_listed(rules):
    found = read("The uptake of qualifications will increase by 10% and will be measured against local skill gaps", rules)
    assert found.aim == Change(Direction.INCREASE, 10.0, TargetUnit.PERCENT)
    assert found.unread == ("The uptake of qualifications will", "and will be measured against local skill gaps")


def test_a_change_by_less_than_nothing_is_no_change(rules):
    assert not any(isinstance(part, Change) and part.amount for part in read("reduce by -5 points", rules).parts)


def test_a_text_too_long_to_be_a_target_is_refused(rules):
    answer = parse_target("at least 70% " * 400, rules)
    assert isinstance(answer, NotUnderstood)
    assert "longer than" in answer.why
