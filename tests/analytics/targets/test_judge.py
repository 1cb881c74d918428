"""What a judgement shows, what it knew on the day, who else may judge, and how parts come together."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tests.analytics.targets.marlshire import evidence, judged, read, with_gaps
from throughline.analytics.targets.evidence import PersonJudgement
from throughline.analytics.targets.judge import judge, judge_every_measure, needs_baseline
from throughline.analytics.targets.judging.verdicts import Judgement, Verdict, cannot, together
from throughline.analytics.targets.language import Baseline
from throughline.analytics.targets.trajectory import year_by_year
from throughline.core.periods import parse_period


def test_a_gap_to_england_is_of_the_authoritys_own_value(rules):
    figures = evidence("2013/14 52.0 england=60.0, 2016/17 57.0 england=61.0")
    assert judged("halve the gaps to national; baseline in 2013/14", figures, "2018-01-01", rules).verdict == "met"
    worse = evidence("2013/14 52.0 england=60.0, 2016/17 56.9 england=61.0")
    assert judged("halve the gaps to national; baseline in 2013/14", worse, "2018-01-01", rules).verdict == "off track"


def test_a_measure_that_is_a_gap_is_read_as_one(rules):
    figures = replace(evidence("2012/13 20.0 england=21.0, 2016/17 18.0 england=19.0", "-pp"), is_gap=True)
    assert judged("gap reduced by 10% from 2012/13", figures, "2018-01-01", rules).verdict == "met"
    assert judged("gap less than the national gap", figures, "2018-01-01", rules).verdict == "met"


def test_lower_is_better_turns_a_gap_round(rules):
    figures = with_gaps("2016/17 12.0 of 5.0 england 13.0 of 5.0", "-%")
    found = judged("closed to less than the gap nationally", figures, "2018-01-01", rules)
    assert (found.value, found.needed, found.verdict) == (7.0, 8.0, "met")


def test_the_sum_is_shown_step_by_step(rules):
    figures = evidence("2022/23 90.0, 2023/24 91.0, 2024/25 92.1")
    found = judged("at least 95% by August 2027; baseline 90% (2022/23)", figures, "2025-12-01", rules)
    assert found.steps == (
        "Value in 2024/25: 92.1% (Marlshire's figures).",
        "Needed by 31 August 2027: at least 95%.",
        "Expected by then on the straight line from 90.0% (2022/23) to 95.0% (31 August 2027): 92.5%.",
        "Difference: 0.4 points below; up to 0.5 points behind still counts as on track (our rule).",
        "On track.",
    )
    assert (found.expected, found.needed, found.margin, found.period) == (92.5, 95.0, -2.9, "2024/25")


@pytest.mark.parametrize(("words", "on", "verdict", "caution"), [
    ("no more than 2.6% by August 2027", "2026-09-30", "met",
     "Met by those who are known. Were all of those not known NEET, it would be 7.0%: not reached."),
    ("no more than 7% by August 2027", "2026-09-30", "met", ""),
    ("no more than 1% in 2025/26", "2026-10-30", "missed", ""),
    ("no more than 1% by August 2027; baseline 1.8% (2024/25)", "2026-09-30", "on track",
     "On track by those who are known. Were all of those not known NEET, it would be 7.0%: off track."),
])
def test_a_judgement_that_would_be_otherwise_were_all_not_known_neet_says_so(rules, words, on, verdict, caution):
    figures = evidence("2024/25 1.8, 2025/26 1.4", "-%")
    figures = replace(figures, points=tuple(replace(point, at_most=7.0) for point in figures.points))
    found = judged(words, figures, on, rules)
    assert (found.verdict, found.caution) == (verdict, caution)
    assert bool(caution) is (caution in found.steps)
    assert found.as_dict()["caution"] == caution


def test_the_comparators_used_are_named(rules):
    found = judged("above the national average", evidence("2016/17 92.0 england=91.9"), "2018-01-01", rules)
    assert [vars(used) for used in found.comparators] == [
        {"name": "England", "value": 91.9, "period": "2016/17", "source": "Marlshire's figures"}]
    assert "Needed: above 91.9% for England." in found.steps


def test_a_target_against_the_grain_of_its_measure_says_so(rules):
    found = judged("above the national average", evidence("2016/17 6.0 england=5.9", "-%"), "2018-01-01", rules)
    assert found.verdict == "met"
    assert "The target asks for above the comparator, although lower is better." in found.steps


def test_only_what_was_known_on_the_day_counts(rules):
    figures = evidence("2015/16 60.0 @2017-01-20, 2016/17 71.0 @2018-01-20")
    words = "at least 70% by August 2017"
    assert judged(words, figures, "2018-01-20", rules).verdict == "met"
    early = judged(f"{words}; baseline 50% (2014/15)", figures, "2018-01-19", rules)
    assert (early.verdict, early.period) == ("on track", "2015/16")
    assert "The due date has passed, but the figure for it is not out yet." in early.steps


def test_a_figure_still_to_come_leaves_the_one_before_it(rules):
    figures = evidence("2015/16 71.0, 2016/17 not_published")
    assert judged("at least 70%", figures, "2018-01-01", rules).period == "2015/16"


def test_met_before_the_due_date_is_met_early(rules):
    found = judged("at least 70% by August 2020", evidence("2016/17 71.0"), "2018-01-01", rules)
    assert (found.early, found.steps[-1]) == (True, "Reached before the due date: met early.")
    assert not judged("at least 70% by August 2017", evidence("2016/17 71.0"), "2018-01-01", rules).early


def test_an_average_the_measure_already_is_is_taken_as_it_stands(rules):
    winter = replace(evidence("2014/15 98.5"), average_of=("November", "December", "January"))
    words = "rolling average for Nov, Dec, Jan =98%"
    assert judged(words, winter, "2015-09-10", rules).verdict == "met"
    other = replace(winter, average_of=("December", "January", "February"))
    assert "already an average of December, January and February" in judged(words, other, "2015-09-10", rules).reason


def test_a_trajectory_given_year_by_year_goes_before_the_straight_line(rules):
    cells = [(parse_period(label, "academic year")[0], value) for label, value in
             (("2008/09", 8.4), ("2009/10", None), ("2010/11", 7.7))]
    target, way = read("7.7% by August 2011", rules), year_by_year(cells)

    def on(figures: str, day_: date) -> Judgement:
        return judge(target, evidence(figures, "-%"), day_, rules, trajectory=way)

    assert on("2008/09 8.4", date(2009, 12, 1)).verdict == "on track"
    assert on("2008/09 8.5", date(2009, 12, 1)).rag == "red"
    assert on("2008/09 8.4, 2009/10 8.0", date(2010, 12, 1)).reason == "The trajectory gives no value for 2009/10."
    assert on("2008/09 8.4, 2009/10 8.0, 2010/11 7.8", date(2011, 12, 1)).verdict == "missed"


def test_a_baseline_given_goes_before_the_targets_own(rules):
    target = read("improve by 5 points; baseline to be determined", rules)
    found = judge(target, evidence("2016/17 60.0"), date(2018, 1, 1), rules, baseline=Baseline(55.0, period="2013/14"))
    assert found.verdict == "met"
    assert needs_baseline(target)
    assert not needs_baseline(read("at least 70%", rules))


def test_a_milestone_is_judged_by_a_person_with_evidence(rules):
    target = read("Attendance Strategy published by September 2016", rules)
    said = PersonJudgement("met", "Head of inclusion", date(2016, 9, 20), "Cabinet minutes of 14 September")

    def on(day_: date, said: PersonJudgement) -> Judgement:
        return judge(target, None, day_, rules, person=said)

    found = on(date(2016, 10, 1), said)
    assert (found.verdict, found.rag) == ("met", "green")
    assert "Cabinet minutes" in found.steps[0]
    assert on(date(2016, 9, 19), said).verdict == "cannot be judged"
    assert on(date(2016, 10, 1), replace(said, evidence=" ")).verdict == "cannot be judged"
    assert on(date(2016, 10, 1), replace(said, status="green")).verdict == "cannot be judged"


WORST = ["missed", "off track", "cannot be judged", "on track", "met"]


@pytest.mark.parametrize(("first", "second"), [*product(WORST, WORST)])
def test_together_is_as_the_worst_part_that_is_known(rules, first, second):
    parts = [replace(cannot("why", rules.thresholds), verdict=Verdict(verdict)) for verdict in (first, second)]
    assert together(parts, rules.thresholds).verdict == min(first, second, key=WORST.index)


def test_each_part_may_have_a_measure_of_its_own(rules):
    target = read("at least 700 apprenticeships taken on each year, at least meeting the public sector target of 2.3%", rules)
    counted, share = evidence("2016/17 711", "+number"), evidence("2016/17 2.1")
    found = judge(target, [counted, share], date(2018, 1, 1), rules)
    assert [part.verdict for part in found.parts] == ["met", "missed"]
    assert found.verdict == "missed"
    assert judge(target, [counted, None], date(2018, 1, 1), rules).verdict == "cannot be judged"
    assert "2 parts" in judge(target, [counted], date(2018, 1, 1), rules).reason


def test_every_measure_is_as_the_worst_of_them(rules):
    target = read("above the national average on all measures", rules)
    good, bad = evidence("2016/17 92.0 england=91.0"), evidence("2016/17 90.0 england=91.0")
    assert judge_every_measure(target, [good, good], date(2018, 1, 1), rules).verdict == "met"
    assert judge_every_measure(target, [good, bad], date(2018, 1, 1), rules).verdict == "off track"
    assert judge_every_measure(target, [], date(2018, 1, 1), rules).verdict == "cannot be judged"


def test_a_judgement_is_plain_values_too(rules):
    plain = judged("above the national average", evidence("2016/17 92.0 england=91.9"), "2018-01-01", rules).as_dict()
    assert (plain["verdict"], plain["rag"], plain["period_end"]) == ("met", "green", "2017-08-31")
    assert plain["comparators"][0]["name"] == "England"
