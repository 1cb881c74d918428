"""An indicator over time: what was planned beside what happened, and where a line may be drawn."""

from datetime import date

from throughline.apps.indicators.charts import lines, series_names
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
