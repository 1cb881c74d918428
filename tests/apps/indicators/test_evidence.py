"""From an indicator to its figures: those of the scorecard as the scorecard has them, with every comparator it may have."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.indicators.conftest import AREA
from tests.cast import make_user
from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.figures import figures
from throughline.analytics.measures.series import gaps, trend
from throughline.apps.indicators import actions
from throughline.apps.indicators.evidence import evidence_for
from throughline.apps.indicators.judgements import judge_all
from throughline.apps.performance.figures import measures
from throughline.core.statuses import Status


@pytest.fixture
def evidence(registered):
    def of(**fields):
        made = registered(**fields)
        return evidence_for([made], made.area)[made.pk]

    return of


@pytest.mark.parametrize("id", ["attainment_8", "neet_or_not_known_16_17", "persistent_absence"])
def test_the_points_are_the_scorecards(evidence, warehouse, id):
    measure, area = measures()[id], find_area(warehouse, AREA)
    found, shown = evidence(measure=id), trend(warehouse, measure, area, provisional=True)
    assert [(p.period, p.value, p.england, p.region, p.neighbours_mean) for p in found.points] == [
        (p.period.label, p.value, p.england, p.region, p.neighbours_mean) for p in shown]
    [figure] = figures(warehouse, [measure], [area])
    last = next(point for point in found.points if point.period == figure.period)
    assert (last.rank, last.ranked, last.quartile) == (figure.rank, figure.ranked, figure.quartile)
    assert (last.neighbours_rank, last.neighbours_ranked) == (figure.neighbours_rank, figure.neighbours_ranked)
    assert (found.unit, found.polarity, found.decimals) == (measure.unit, measure.polarity, measure.decimals)
    assert found.kind == "published"
    assert found.source == figure.source
    assert {one.reason for one in found.breaks} == {one.reason for one in measure.breaks}


def test_a_groups_points_and_gaps_are_those_of_the_measures_own_breakdown(evidence, warehouse):
    measure, area = measures()["attainment_8"], find_area(warehouse, AREA)
    [breakdown] = [one for one in measure.breakdowns if one.id == "disadvantage"]
    shown = [gap for gap in gaps(warehouse, measure, breakdown, area) if gap.group == "Disadvantaged"]
    found = evidence(measure="attainment_8", breakdown="disadvantage", group="Disadvantaged")
    assert [(p.period, p.value) for p in found.points] == [(gap.period.label, gap.value) for gap in shown]
    assert [(g.period, g.comparator_value) for g in found.gaps] == [(gap.period.label, gap.reference_value) for gap in shown]
    last = found.points[-1]
    assert last.england == found.gaps[-1].england_group
    assert 1 <= last.rank <= last.ranked <= 153
    assert 1 <= last.neighbours_rank <= last.neighbours_ranked <= 11
    assert (found.group, found.comparator_group) == ("Disadvantaged", "Not disadvantaged")


def test_a_groups_rank_is_counted_among_authorities_whichever_way_is_better(evidence, warehouse):
    sql = """SELECT count(*) FROM figure JOIN area USING (area) WHERE measure = 'persistent_absence' AND breakdown = 'school_type'
             AND "group" = 'Secondary' AND kind = 'authority' AND period = ? AND value < ?"""
    last = evidence(measure="persistent_absence", breakdown="school_type", group="Secondary").points[-1]
    [row] = warehouse.rows(sql, last.period, last.value)
    assert last.rank == next(iter(row.values())) + 1


def test_a_cohort_in_words_gives_the_gap_and_leaves_the_value_that_of_everybody(evidence):
    found = evidence(title="Attainment 8 of disadvantaged pupils", measure="attainment_8")
    assert found.group == "Disadvantaged"
    assert found.points[-1].value > found.gaps[-1].group_value


def test_only_the_newest_figure_is_held_back_until_the_day_it_came_out(evidence):
    found = evidence(measure="attainment_8")
    assert {point.released for point in found.points[:-1]} == {None}
    assert found.points[-1].released is None or found.points[-1].released >= found.points[-1].end


def test_what_a_measure_already_averages_and_which_measures_are_gaps_are_said(evidence):
    assert evidence(measure="neet_16_17").average_of == ("December", "January", "February")
    assert evidence(measure="level_3_by_19_fsm_gap").is_gap
    assert not evidence(measure="level_3_by_19").is_gap


def test_a_break_of_the_indicators_own_joins_the_measures(registered):
    made = registered(measure="neet_16_17")
    broken = actions.add_break(by=make_user("data_officer"), indicator=made, period="2023", reason="A new system.")
    assert [one.reason for one in evidence_for([made], AREA)[made.pk].breaks] == ["A new system."]
    actions.remove_break(by=make_user("data_officer"), broken=broken)
    assert evidence_for([made], AREA)[made.pk].breaks == ()


def test_no_figure_of_an_authority_is_shown_to_another(registered):
    made = registered(measure="attainment_8", area="202")
    own, other = (evidence_for([made], code)[made.pk].points[-1].value for code in ("202", AREA))
    assert own != other


def test_an_unknown_authority_has_no_figures(registered):
    made = registered(measure="attainment_8", area="001")
    assert evidence_for([made], "001")[made.pk].points == ()


def test_nothing_followed_and_nothing_entered_is_an_empty_series(evidence):
    assert evidence().points == ()


def test_a_missing_figure_is_never_a_number(warehouse, registered):
    sql = "SELECT measure, area, period FROM comparison WHERE preferred AND status = 'suppressed' ORDER BY ALL LIMIT 1"
    [row] = warehouse.rows(sql)
    made = registered(measure=row["measure"], area=row["area"])
    point = next(p for p in evidence_for([made], row["area"])[made.pk].points if p.period == row["period"])
    assert point.value is None
    assert not point.status.has_value


def test_a_hundred_indicators_take_as_many_queries_as_one(registered, django_assert_num_queries):
    made = [registered(f"Indicator {n}", measure=id) for n, id in enumerate(list(measures())[:30])]
    made += [registered(f"By hand {n}", unit="%") for n in range(10)]
    with CaptureQueriesContext(connection) as one:
        evidence_for(made[:1], AREA)
    with django_assert_num_queries(len(one)):
        assert len(evidence_for(made, AREA)) == 40


class TestEntered:
    """Figures that officers enter on the scorecard."""

    @pytest.fixture
    def entered(self, registered, monkeypatch):
        """An indicator that follows a measure of the authority's own, with one figure in the warehouse's own shape."""
        from throughline.apps.indicators import evidence as module

        made = registered(measure="schools_with_an_enterprise_adviser", target_words="at least 10")
        stretch = {"period": "2024/25", "period_start": date(2024, 9, 1), "period_end": date(2025, 8, 31)}
        row = {**stretch, "measure": made.measure, "value": 12.0, "status": "final", "release": "entered 1 October 2025",
               "england": 9.0, "region": 8.0, "neighbours_mean": 7.0, "neighbours_rank": 1, "neighbours_ranked": 2, "rank": 1,
               "ranked": 2, "quartile": "A", "numerator": None, "denominator": None}
        read = module.held

        def with_a_figure(*asked):
            found = read(*asked)
            found.headlines[made.measure] = [row]
            return found

        monkeypatch.setattr(module, "held", with_a_figure)
        return made

    def test_they_stand_beside_nobody_elses(self, entered):
        evidence = evidence_for([entered], AREA)[entered.pk]
        [point] = evidence.points
        assert (point.value, point.status, evidence.kind) == (12.0, Status.FINAL, "entered")
        beside = (point.england, point.region, point.neighbours_mean, point.neighbours_rank, point.rank, point.quartile)
        assert set(beside) == {None}

    def test_one_who_may_not_see_them_sees_none(self, entered, judged):
        assert evidence_for([entered], AREA, entered=False)[entered.pk].points == ()
        assert judged(entered).verdict.value == "met"
        assert judged(entered, entered=False).verdict.value == "cannot be judged"
        assert "12" not in " ".join(judged(entered, entered=False).proposed.steps)

    def test_what_a_person_says_is_kept_without_them_but_is_of_their_period(self, entered, judged):
        row = actions.judge_by_person(by=make_user("data_officer"), indicator=entered, rag="amber", reason="Some are new.")
        assert (row.proposed_status, row.proposed_rag, row.period) == ("cannot be judged", "none", "2024/25")
        assert "12" not in " ".join(row.proposed_sum)
        assert judged(entered).rag == "amber"

    def test_whoever_judges_has_to_say_whether_they_may_be_seen(self, entered):
        with pytest.raises(TypeError, match="entered"):
            judge_all([entered], date(2026, 1, 1))
