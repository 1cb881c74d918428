"""The monitoring report: actions beside their targets and figures, and the months of the register side by side."""

from datetime import date

import pytest

from throughline.analytics.measures.series import Point
from throughline.core.periods import Period, PeriodKind
from throughline.core.statuses import Status

MEASURES = ("neet_16_17_month_register", "not_known_16_17_month_register")


def _gathered(held, as_at=None):
    from throughline.apps.reports.gathered import Gathered

    return Gathered(held.plan, held.board, as_at or held.today, measures=MEASURES)


def _point(year, number, value):
    day = date(year, number, 28)
    status = Status.FINAL if value is not None else Status.SUPPRESSED
    return Point(Period(f"{day:%Y-%m}", PeriodKind.MONTH, day.replace(day=1), day), value, status, None, None, None, False, None)


def test_an_action_stands_beside_the_target_and_the_figure_of_each_of_its_indicators(held):
    from throughline.apps.reports.monitoring import actions_with_figures

    held.actions["1.1"].indicators.add(held.indicator)
    [table] = actions_with_figures(_gathered(held))
    first, second, third = table.rows
    assert first[:2] == ("1.1", "Do the first thing")
    assert (first[2].lines, second[2].lines, third[2].lines) == (("Red",), ("Green",), ("Not rated",))
    assert first[4] == "Better than the national average"
    assert " in 20" in first[5]
    assert first[6] in ("Met", "On track", "Off track", "Missed")
    assert second[3:] == third[3:] == ("No indicator is tied to it", "", "", "")


def test_of_an_action_whose_indicator_is_retired_that_is_said(held):
    from throughline.apps.indicators.actions import retire
    from throughline.apps.reports.monitoring import actions_with_figures

    held.actions["1.1"].indicators.add(held.indicator)
    retire(by=None, indicator=held.indicator, reason="Counted no more")
    [table] = actions_with_figures(_gathered(held))
    assert [row[3] for row in table.rows] == ["Its indicator is no longer in use", *["No indicator is tied to it"] * 2]


@pytest.mark.parametrize(("as_at", "shown", "said"), [
    (date(2026, 11, 30), [("November 2026", "4.0%", "Not counted"), ("October 2026", "Suppressed to protect individuals", "2.0%"),
                          ("November 2025", "5.0%", "Not counted")], "4.0% in November 2026, 5.0% a year before"),
    (date(2026, 10, 31), [("October 2026", "Suppressed to protect individuals", "2.0%"),
                          ("November 2025", "5.0%", "Not counted")],
     "Suppressed to protect individuals in October 2026; before that 5.0% in November 2025"),
])
def test_the_months_stand_newest_first_to_the_day_of_the_report(held, monkeypatch, as_at, shown, said):
    from throughline.apps.reports import monitoring

    points = {MEASURES[0]: [_point(2025, 11, 5.04), _point(2026, 10, None), _point(2026, 11, 4.0)],
              MEASURES[1]: [_point(2026, 10, 2.0)]}
    monkeypatch.setattr(monitoring, "trend", lambda _warehouse, measure, _area: points[measure.id])
    told, table = monitoring.months(_gathered(held, as_at))
    assert list(table.rows) == shown
    assert told.items[0].endswith(said)


def test_no_more_than_a_year_and_a_month_are_shown(held, monkeypatch):
    from throughline.apps.reports import monitoring

    many = [_point(2024 + n // 12, n % 12 + 1, 1.0) for n in range(30)]
    monkeypatch.setattr(monitoring, "trend", lambda _warehouse, _measure, _area: many)
    _, table = monitoring.months(_gathered(held))
    assert [row[0] for row in table.rows][::12] == ["June 2026", "June 2025"]


def test_a_register_of_which_nothing_was_counted_is_said_so(held):
    from throughline.apps.reports.monitoring import months

    assert [block.text for block in months(_gathered(held))] == ["The register has no month that was counted by then."]
