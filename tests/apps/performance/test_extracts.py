"""What officers have entered reaches the warehouse as figures: the newest of each, small counts of people hidden; and of the
register whoever a measure may count.
"""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import make_user
from throughline.analytics.measures.definition import EnteredSource, Kind, Unit
from throughline.analytics.warehouse.tables import FIGURE
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.performance.actions import enter_figure
from throughline.apps.performance.extracts import entered_figures, register_rows
from throughline.apps.performance.figures import measures
from throughline.apps.performance.models import EnteredFigure
from throughline.core.ages import academic_age

SHARE, COUNT = "neet_young_mothers", "apprenticeship_starts_16_18"
pytestmark = pytest.mark.django_db


def enter(measure=SHARE, area="370", period="2024/25", value=40.0, **given):
    return EnteredFigure.objects.create(measure=measure, area=area, period=period, value=value, **given)


def extracted():
    return entered_figures(measures()).to_pylist()


def one():
    (row,) = extracted()
    return row


def test_the_measures_these_tests_stand_on_are_entered():
    held = measures()
    assert [held[id].kind for id in (SHARE, COUNT)] == [Kind.ENTERED] * 2
    assert [held[id].unit for id in (SHARE, COUNT)] == [Unit.PERCENT, Unit.NUMBER]
    assert isinstance(held[SHARE].entered, EnteredSource)


def test_a_figure_is_a_row_of_the_warehouse():
    entered = enter(numerator=20, denominator=50, status="final")
    table = entered_figures(measures())
    assert table.schema == FIGURE.arrow_schema
    assert table.to_pylist() == [{
        "measure": SHARE, "area": "370", "period": "2024/25", "period_kind": "academic_year", "period_start": date(2024, 9, 1),
        "period_end": date(2025, 8, 31), "breakdown": "", "group": "", "numerator": 20.0, "denominator": 50.0, "value": 40.0,
        "status": "final", "vintage": "final",
        "release": f"entered {entered.entered_at.day} {entered.entered_at:%B %Y}", "dataset": "entered",
    }]


def test_nothing_entered_is_no_rows_of_the_right_shape():
    assert entered_figures(measures()).equals(FIGURE.empty())


def test_the_register_is_handed_over_of_those_whom_a_measure_may_count_at_any_month_end():
    births = [date(year, *day) for year in range(2004, 2014) for day in ((8, 31), (9, 1))]
    for born in births:
        add_learner(by=None, area="358", born=born, given="Ade", family="Okafor", since=date(2020, 9, 1))
    held = measures()
    handed = register_rows(held)
    asked = {born for born in births if {academic_age(born, end) for end in handed.month_ends} & {16, 17}}
    assert set(handed.tables["learner"]["born"].to_pylist()) == asked < set(births)
    assert set(handed.tables["membership"]["learner"].to_pylist()) == set(handed.tables["learner"]["learner"].to_pylist())
    one = next(measure for measure in held.values() if measure.register)
    whole = replace(one, register=replace(one.register, numerator={"academic_age": (16,)}, denominator={"excluded": (False,)}))
    assert set(register_rows({**held, one.id: whole}).tables["learner"]["born"].to_pylist()) == set(births)


# part | whole | hidden
SMALL = [(0, 50, False), (1, 50, True), (5, 50, True), (6, 50, False), (20, 50, False), (3, 4, True), (0, 4, True),
         (None, None, False)]


@pytest.mark.parametrize(("part", "whole", "hidden"), SMALL)
def test_a_share_of_few_people_is_suppressed_with_its_counts(part, whole, hidden):
    enter(numerator=part, denominator=whole, status="final")
    row = one()
    assert (row["status"], row["value"]) == (("suppressed", None) if hidden else ("final", 40.0))
    assert (row["numerator"], row["denominator"]) == ((None, None) if hidden else (part, whole))
    assert row["vintage"] == "final"


def test_all_but_a_few_is_as_telling_as_a_few():
    enter(numerator=49, denominator=50, value=98.0, status="final")
    assert (one()["status"], one()["value"]) == ("suppressed", None)


def test_a_small_count_of_people_is_suppressed():
    enter(measure=COUNT, value=3, status="final")
    assert (one()["status"], one()["value"]) == ("suppressed", None)


def test_a_count_large_enough_is_shown():
    enter(measure=COUNT, value=120, status="provisional")
    assert (one()["value"], one()["status"], one()["vintage"]) == (120.0, "provisional", "provisional")


def test_a_figure_without_a_value_is_not_available():
    enter(value=None)
    assert (one()["value"], one()["status"]) == (None, "not_available")


def test_the_newest_of_a_period_counts_and_one_withdrawn_does_not():
    for value in (10.0, 20.0, 30.0):
        enter(value=value)
    assert one()["value"] == 30.0
    enter(value=30.0, withdrawn=True)
    assert extracted() == []
    enter(value=31.0)
    assert one()["value"] == 31.0


def test_areas_periods_and_measures_are_kept_apart():
    enter()
    enter(area="202")
    enter(period="2023/24")
    enter(measure=COUNT, value=100)
    assert len(extracted()) == 4


@pytest.mark.parametrize("spelling", ["2025", "202425", "2024-25", "AY 2024/25"])
def test_one_period_in_two_spellings_is_one_figure_the_newer(spelling):
    officer, share = make_user("data_officer"), measures()[SHARE]
    for period, value in (("2024/25", 10.0), (spelling, 20.0)):
        enter_figure(by=officer, measure=share, area="370", period=period, value=value, status="final")
    assert [row["value"] for row in extracted()] == [20.0]


def test_a_settled_figure_takes_the_place_of_its_provisional_one():
    enter(value=10.0, status="provisional")
    enter(value=20.0, status="final")
    assert [(row["value"], row["vintage"]) for row in extracted()] == [(20.0, "final")]


def test_figures_of_a_measure_that_is_published_or_gone_are_left_out():
    enter(measure="attainment_8", value=99.0)
    enter(measure="no_such_measure")
    assert extracted() == []


def test_a_key_is_never_given_twice():
    for area in ("370", "202"):
        for status in ("provisional", "final"):
            for period in ("2023/24", "2024/25"):
                enter(area=area, period=period, status=status)
    keys = [tuple(row[name] for name in FIGURE.key) for row in extracted()]
    assert len(keys) == len(set(keys)) == 4
