"""Judging indicators: on a day, for a period, by their own table, by a person, and why not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import make_user
from throughline.apps.indicators import actions
from throughline.apps.indicators.actions import RefusedChangeError
from throughline.apps.indicators.judgements import judge_all
from throughline.apps.indicators.models import Judgement

YEARS = {"2021/22": 40.0, "2022/23": 44.0, "2023/24": 46.0, "2024/25": 51.0}
RISING = {"target_words": "at least 50% by August 2026", "baseline_printed": "40% (2021/22)"}


@pytest.fixture
def by(db):
    return make_user("data_officer")


@pytest.mark.parametrize(
    ("values", "fields", "on", "verdict", "rag"),
    [
        (YEARS, RISING, date(2025, 11, 1), "met", "green"),
        ({**YEARS, "2024/25": 48.0}, RISING, date(2025, 11, 1), "on track", "green"),
        ({**YEARS, "2024/25": 47.0}, RISING, date(2025, 11, 1), "on track", "amber"),
        ({**YEARS, "2024/25": 43.0}, RISING, date(2025, 11, 1), "off track", "red"),
        ({**YEARS, "2025/26": 43.0}, RISING, date(2026, 11, 1), "missed", "red"),
        ({}, RISING, date(2025, 11, 1), "cannot be judged", "none"),
    ],
)
def test_each_of_the_five_with_its_sum(valued, judged, values, fields, on, verdict, rag):
    result = judged(valued(values, **fields), on)
    assert (result.verdict.value, result.rag) == (verdict, rag)
    assert result.proposed.steps
    if verdict in ("on track", "off track"):
        assert "straight line from 40.0% (2021/22)" in " ".join(result.proposed.steps)


def test_a_day_and_a_period_are_judged_on_what_was_known_then(valued, judged):
    made = valued(YEARS, **RISING)
    assert judged(made, date(2024, 1, 1)).proposed.value == 44.0
    assert judged(made, period="2022/23").proposed.value == 44.0
    assert judged(made, period="2022/23").on == date(2023, 9, 1)
    assert judged(made, period="2024/25").proposed.value == 51.0
    assert judged(made, period="nonsense").proposed.value == 51.0


def test_a_period_is_judged_on_its_figure_though_that_came_out_later(registered, judged):
    made = registered(measure="attainment_8", target_words="above England")
    newest = judged(made).evidence.points[-1]
    assert newest.released > newest.end, "the packaged figures came out months after their year"
    assert judged(made, newest.end).proposed.period != newest.period
    assert judged(made, period=newest.period).proposed.period == newest.period


def test_the_plans_own_table_goes_before_a_straight_line(valued, judged):
    made = valued({"2023/24": 46.0}, **RISING, trajectory=[("2022/23", ""), ("2023/24", "49%"), ("2024/25", "50%")])
    result = judged(made, date(2024, 11, 1))
    assert (result.verdict.value, result.proposed.expected) == ("off track", 49.0)
    assert "year by year" in " ".join(result.proposed.steps)


def test_a_cell_left_empty_expects_nothing(valued, judged):
    made = valued({"2022/23": 40.0}, target_words="at least 50% by August 2026", trajectory=[("2022/23", ""), ("2024/25", "50%")])
    assert judged(made, date(2023, 11, 1)).proposed.expected is None


def test_a_corrected_baseline_goes_before_the_printed_one(valued, judged, by):
    made = valued({"2024/25": 46.0}, target_words="increase by 10 points by August 2025", baseline_printed="40% (2021/22)")
    assert judged(made, date(2025, 11, 1)).verdict.value == "missed"
    actions.amend_indicator(by=by, indicator=made, reason="Misprint.", baseline_value=35.0)
    made.refresh_from_db()
    assert judged(made, date(2025, 11, 1)).verdict.value == "met"


@pytest.mark.parametrize(
    ("fields", "reason", "remedy"),
    [
        ({}, "It has no target", "Give it a target"),
        ({"target_words": "On target KS4/5 results"}, "cannot be read", "let a person judge it"),
        ({"target_words": "at least 50%"}, "No measure is tied", "enter its values by hand"),
        ({"target_words": "Strategy published by March 2026"}, "judged by a person", "on what evidence"),
        ({"target_words": "at least 50%", "measure": "schools_with_an_enterprise_adviser"}, "no figure", "follow another"),
        ({"target_words": "halve the gap by 2026", "measure": "attainment_8", "cohort": "Disadvantaged"}, "baseline",
         "Enter the baseline"),
    ],
)
def test_what_cannot_be_judged_says_why_and_what_would_let_it(registered, judged, fields, reason, remedy):
    result = judged(registered("Take-up of travel passes", **fields))
    assert result.verdict.value == "cannot be judged"
    assert reason in result.proposed.reason
    assert remedy in result.remedy


def test_one_that_is_judged_has_no_remedy(valued, judged):
    assert judged(valued(YEARS, **RISING)).remedy == ""


def test_a_person_settles_a_milestone_with_evidence(registered, judged, by):
    made = registered(target_words="Strategy published by March 2026")
    actions.judge_by_person(by=by, indicator=made, on=date(2026, 3, 30), status="met", evidence="On the council's site")
    assert judged(made, date(2026, 3, 29)).verdict.value == "cannot be judged", "it had not been said yet"
    result = judged(made, date(2026, 3, 30))
    assert (result.verdict.value, result.rag, result.overridden) == ("met", "green", False)
    assert "On the council's site" in " ".join(result.proposed.steps)


def test_a_person_settles_words_that_cannot_be_read_and_what_has_no_figures(registered, judged, by):
    for words in ("On target KS4/5 results", "at least 50%", ""):
        made = registered("Take-up", target_words=words)
        actions.judge_by_person(by=by, indicator=made, status="off track", evidence="The survey")
        assert judged(made).verdict.value == "off track"


def test_another_rating_stands_beside_the_one_proposed_with_its_sum(valued, judged, by):
    made = valued(YEARS, **RISING)
    row = actions.judge_by_person(by=by, indicator=made, rag="amber", reason="The survey changed.", commentary="Watch it.")
    result = judged(made)
    assert (result.rag, result.proposed.rag, result.overridden, result.verdict.value) == ("amber", "green", True, "met")
    assert (row.proposed_rag, row.proposed_status, row.period) == ("green", "met", "2024/25")
    assert row.proposed_sum == list(result.proposed.steps)
    assert result.commentary == row


def test_a_rating_is_of_its_period_and_lapses_when_a_newer_figure_is_judged(valued, judged, by):
    made = valued(YEARS, **RISING)
    actions.judge_by_person(by=by, indicator=made, rag="amber", reason="The survey changed.")
    actions.enter_value(by=by, indicator=made, period="2025/26", value=52.0)
    result = judged(made)
    assert (result.rag, result.person, result.lapsed.rag) == ("green", None, "amber")


def test_the_proposed_rating_can_stand_again(valued, judged, by):
    made = valued(YEARS, **RISING)
    actions.judge_by_person(by=by, indicator=made, rag="red", reason="A slip.")
    actions.judge_by_person(by=by, indicator=made, rag="proposed", reason="It was a slip.")
    assert (judged(made).rag, judged(made).overridden) == ("green", False)
    assert Judgement.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "Say whether"),
        ({"rag": "amber"}, "Say why"),
        ({"rag": "purple", "reason": "x"}, "green, amber or red"),
        ({"status": "met", "evidence": "x"}, "The figures settle"),
        ({"status": "splendid"}, "A status is one of"),
        ({"commentary": "x", "on": date(2100, 1, 1)}, "a day to come"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused(valued, by, said, why):
    made = valued(YEARS, **RISING)
    with pytest.raises(RefusedChangeError, match=why):
        actions.judge_by_person(by=by, indicator=made, **said)
    assert not Judgement.objects.exists()


def test_a_verdict_without_evidence_is_refused(registered, by):
    with pytest.raises(RefusedChangeError, match="evidence"):
        actions.judge_by_person(by=by, indicator=registered(target_words="Strategy published"), status="met")


def test_many_take_as_many_queries_as_one(valued, registered, django_assert_num_queries):
    followed = {"measure": "neet_16_17", "target_words": "below England"}
    made = [valued(YEARS, **RISING), *(registered(f"N {n}", **followed) for n in range(20))]
    with CaptureQueriesContext(connection) as one:
        judge_all(made[:1], date(2026, 11, 22), entered=True)
    with django_assert_num_queries(len(one)):
        assert len(judge_all(made, date(2026, 11, 22), entered=True)) == 21
