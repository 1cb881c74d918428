"""An indicator over time: what was planned beside what happened, and where a line may be drawn."""

from datetime import date

import pytest

from throughline.apps.indicators.charts import alternative, lines, series_names
from throughline.apps.indicators.over_time import over_time


def _runs(rows, key):
    names = series_names(rows, "Here")
    return [(row["period"], row["run"]) for row in lines(rows, names) if row["series"] == names[key]]


def test_a_straight_line_runs_from_baseline_to_target_through_every_period(valued, judged):
    planned = {"target_words": "at least 50% by August 2026", "baseline_printed": "40% (2021/22)"}
    made = valued({"2022/23": 41.0, "2023/24": 46.0}, **planned)
    rows = over_time(judged(made, date(2025, 1, 1)))
    assert [(row.period, row.value, row.target) for row in rows] == [
        ("2022/23", 41.0, None), ("2023/24", 46.0, None), ("due 31 August 2026", None, 50.0)]
    assert [round(row.trajectory, 1) for row in rows] == [42.5, 45.0, 50.0]
    assert [row.apart and round(row.apart, 1) for row in rows] == [-1.5, 1.0, None]


@pytest.mark.parametrize(("target", "said"), [
    ("at least 50% by August 2026", "Target due 31 August 2026: 50.0%."), ("at least 45%", "Target for 2023/24: 45.0%."),
])
def test_the_chart_in_words_ends_with_the_target_and_when_it_is_of(valued, judged, target, said):
    result = judged(valued({"2022/23": 41.0, "2023/24": 46.0}, target_words=target), date(2025, 1, 1))
    assert alternative(result, over_time(result), "Here").endswith(said)


def test_what_is_better_is_ahead_of_the_plan_whichever_way_it_runs(valued, judged):
    made = valued({"2023/24": 9.0}, target_words="no more than 6% by August 2026", baseline_printed="10% (2021/22)")
    [row, _] = over_time(judged(made, date(2025, 1, 1)))
    assert round(row.trajectory, 1) == 8.0
    assert round(row.apart, 1) == -1.0


def test_a_target_without_a_day_stands_in_every_period(valued, judged):
    rows = over_time(judged(valued({"2022/23": 41.0, "2023/24": 46.0}, target_words="at least 45%"), date(2025, 1, 1)))
    assert [row.target for row in rows] == [45.0, 45.0]
    assert len({run for _, run in _runs(rows, "target")}) == 1


def test_no_line_is_drawn_over_a_break_or_a_missing_year(valued, judged):
    from tests.cast import make_user
    from throughline.apps.indicators import actions

    made = valued({"2017/18": 1.0, "2018/19": 2.0, "2020/21": 3.0, "2021/22": 4.0, "2022/23": 5.0})
    actions.add_break(by=make_user("data_officer"), indicator=made, period="2022/23", reason="New.")
    rows = over_time(judged(made))
    runs = [run for _, run in _runs(rows, "actual")]
    assert [runs.index(run) for run in runs] == [0, 0, 2, 2, 4]
    assert [bool(row.broken) for row in rows] == [False] * 4 + [True]


def test_a_rank_or_a_comparator_has_no_value_to_draw(registered, judged):
    for words in ("in the top quartile of authorities by August 2026", "above England by August 2026"):
        rows = over_time(judged(registered(measure="attainment_8", target_words=words)))
        assert {row.target for row in rows} == {None}


BROKEN = {"target_words": "at least 50% by August 2026", "baseline_printed": "40% (2021/22)"}
FIGURES = {"2021/22": 40.0, "2022/23": 43.0, "2023/24": 60.0}


def _broken_at(made, period="2023/24"):
    from tests.cast import make_user
    from throughline.apps.indicators import actions

    actions.add_break(by=make_user("data_officer"), indicator=made, period=period, reason="A new count.")
    return made


def test_the_straight_line_stops_at_a_break_and_nothing_is_said_of_it_after(valued, judged):
    from throughline.apps.indicators.grid import trajectory_tables

    result = judged(_broken_at(valued(FIGURES, **BROKEN)), date(2025, 1, 1))
    rows = over_time(result)
    assert [row.trajectory is not None for row in rows] == [True, True, False, False]
    assert [row.apart is not None for row in rows] == [True, True, False, False]
    assert rows[-1].target == 50.0
    [table] = trajectory_tables([result], date(2025, 1, 1))
    assert table.latest.period == "2022/23"
    drawn = {cell.year for cell in table.cells if cell.trajectory is not None}
    assert drawn == {2022, 2023}


def test_the_plans_own_values_stay_in_the_table_but_are_not_held_against_a_new_series(valued, judged):
    made = valued(FIGURES, target_words="at least 70% by August 2026", trajectory=[("2022/23", "42%"), ("2023/24", "45%")])
    rows = over_time(judged(_broken_at(made), date(2025, 1, 1)))
    assert [(row.target, row.apart) for row in rows[1:3]] == [(42.0, 1.0), (45.0, None)]


def test_a_table_made_from_a_baseline_before_the_break_is_not_held_against_the_new_series(valued, judged):
    made = valued(FIGURES, target_words="at least 70% by August 2026", baseline_printed="40% (2021/22)",
                  trajectory=[("2023/24", "45%"), ("2024/25", "60%")])
    rows = over_time(judged(_broken_at(made), date(2025, 1, 1)))
    assert {row.apart for row in rows} == {None}


def test_no_average_is_printed_over_a_break_as_none_is_judged(valued, judged):
    from throughline.apps.indicators.averages import averages_of

    made = valued({"2021/22": 40.0, "2022/23": 44.0, "2023/24": 48.0}, target_words="a two year average of at least 45%")
    assert averages_of(judged(made))[-1].value == 46.0
    last = averages_of(judged(_broken_at(made)))[-1]
    assert (last.value, last.point.england, last.broken) == (None, None, "A new count.")
    assert [one.value for one in averages_of(judged(made))][1] == 42.0


def test_a_figure_that_was_not_out_on_the_day_is_no_point_of_it(registered, judged):
    made = registered(measure="attainment_8", target_words="above England")
    newest = judged(made).evidence.points[-1]
    assert newest.released > newest.end
    assert judged(made, newest.end).latest.period != newest.period
    assert newest.period not in [row.period for row in over_time(judged(made, newest.end))]
    assert judged(made, newest.released).latest.period == newest.period
