"""The grid, the trajectory table, the gap table and the list of what cannot be judged, on the page and as files."""

import io

import pytest
from openpyxl import load_workbook

from tests.apps.indicators.files import lines_of
from tests.apps.performance.reading import headings, table
from tests.cast import make_user
from throughline.apps.indicators import actions


@pytest.fixture
def by(db):
    return make_user("data_officer")


def test_the_grid_has_three_groups_and_an_arrow_for_each_year(officer, valued):
    steady = {"2022/23": 40.0, "2023/24": 44.0, "2024/25": 51.0}
    valued(steady, title="Far over", target_words="at least 45%")
    valued(steady, title="Just there", target_words="at least 50.5%")
    valued({**steady, "2024/25": 43.0}, title="Behind", target_words="at least 50%")
    valued({}, title="Unknown", target_words="at least 50%")
    response = officer.get("/indicators/grid/?on=2026-11-22")
    assert headings(response, "grid")[1:4] == ["Year to 2023", "Year to 2024", "Year to 2025"]
    rows = table(response, "grid")
    assert [row[0] for row in rows] == ["Over achieving (1)", "Far over", "Achieving (1)", "Just there",
                                        "Requiring improvement (1)", "Behind", "Cannot be judged (1)", "Unknown"]
    assert rows[1][1:4] == ["no comparison", "▲ improved", "▲ improved"]
    assert rows[5][3] == "▼ worsened"
    assert rows[7][1:4] == ["no figure"] * 3
    lines = lines_of(officer.get("/indicators/grid.csv?on=2026-11-22"))
    assert [line["Group"] for line in lines] == ["Over achieving", "Achieving", "Requiring improvement", "Cannot be judged"]
    book = load_workbook(io.BytesIO(officer.get("/indicators/grid.xlsx").content))
    assert book["Figures"].max_row == 5


def test_a_grid_of_an_earlier_day_knows_nothing_of_later_years(officer, valued):
    valued({"2022/23": 40.0, "2023/24": 44.0, "2024/25": 41.0}, title="Take-up", target_words="at least 50%")
    response = officer.get("/indicators/grid/?on=2025-01-01")
    assert headings(response, "grid")[3] == "Year to 2024"
    assert table(response, "grid")[1][3:5] == ["▲ improved", "44.0% 2023/24"]


def test_lower_is_better_improves_as_it_falls(officer, valued):
    valued({"2023/24": 10.0, "2024/25": 8.0}, title="Absence", target_words="no more than 9%")
    assert table(officer.get("/indicators/grid/?on=2026-11-22"), "grid")[1][3] == "▼ improved"


def test_the_trajectory_table_runs_three_years_back_and_four_forward(officer, valued):
    valued({"2023/24": 46.0, "2024/25": 44.0}, title="Planned", target_words="at least 50% by August 2026",
           baseline_printed="40% (2021/22)")
    valued({"2023/24": 46.0}, title="Own table", trajectory=[("2023/24", "45%"), ("2024/25", ""), ("2025/26", "48%")])
    response = officer.get("/indicators/trajectories/?on=2025-11-22")
    assert headings(response, "trajectories")[2:-1] == [f"Year to {year}" for year in range(2022, 2030)]
    rows = table(response, "trajectories")
    assert rows[0] == ["Planned", "Actual", "–", "–", "46.0%", "44.0%", "–", "–", "–", "–", "3.5 points worse 2024/25"]
    assert rows[1] == ["Trajectory", "40.0%", "42.5%", "45.0%", "47.5%", "50.0%", "–", "–", "–"]
    assert rows[2] == ["Target", "–", "–", "–", "–", "50.0%", "–", "–", "–"]
    assert rows[5] == ["Target", "–", "–", "45.0%", "left empty", "48.0%", "–", "–", "–"]
    assert rows[3][-1] == "1.0 points better 2023/24"
    assert len(lines_of(officer.get("/indicators/trajectories.csv?on=2025-11-22"))) == 16


def test_the_gap_table_has_group_comparator_gap_englands_gap_and_change(officer, registered, by):
    made = registered("Care leavers in work or learning", unit="%", cohort="Care leavers", target_words="halve the gap by 2027")
    for period, own, other in (("2023/24", 40.0, 60.0), ("2024/25", 45.0, 61.0)):
        actions.enter_value(by=by, indicator=made, period=period, value=own,
                            comparators={"comparator": other, "england_group": 41.0, "england_comparator": 58.0})
    [row] = table(officer.get("/indicators/gaps/?on=2026-11-22"), "gaps")
    assert row[1] == "2024/25"
    assert [cell.split()[0] for cell in row[2:6]] == ["45.0%", "61.0%", "16.0%", "17.0%"]
    assert row[6] == "narrowed by 4.0 points"
    assert [line["Gap"] for line in lines_of(officer.get("/indicators/gaps.csv"))] == ["20.0", "16.0"]


def test_what_cannot_be_judged_is_listed_with_why_and_what_would_let_it(officer, registered):
    registered("Take-up", number="KPI 9")
    [row] = table(officer.get("/indicators/unjudged/"), "unjudged")
    assert row[:3] == ["KPI 9 Take-up", "–", "It has no target."]
    assert row[3].startswith("Give it a target")
    [line] = lines_of(officer.get("/indicators/unjudged.csv"))
    assert line["Why it cannot be judged"] == "It has no target."
