"""The most that published NEET could be: the two published figures added, of the same period, and of nothing else."""

from dataclasses import replace

import pytest

from tests.analytics.tiny import Tiny, measure
from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.at_most import at_most, at_most_beside
from throughline.analytics.measures.figures import figures

NOT_KNOWN = measure("not_known")
NEET = measure("neet", not_known="not_known")
LONE = measure("lone")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    tiny = Tiny().add("""
        area | 2023 | 2024
        970  | 3.0  | 3.4
        982  | 4.0  | 4.1
        101  | 2.0  | 2.2
        102  | 3.0  | 3.3
        103  | 5.0  | 60
        104  | 5.0  | c
        105  | 5.0  | 5.5
    """, "neet").add("""
        area | 2023 | 2024
        970  | 2.0  | 2.7
        982  | 2.0  | 2.1
        101  | 1.0  | 0.3
        102  | 1.0  | 1.2
        103  | 1.0  | 55
        104  | 1.0  | 4.4
        105  | 1.0  | c
    """, "not_known").add("area | 2024\n101 | 1", "lone").near("101", "102", "103").near("101", "102", "104", model="2021")
    tiny.near("102", "101", "105")
    return tiny.build(tmp_path_factory.mktemp("at_most"), NEET, NOT_KNOWN, LONE)


def _beside(built, code, model="2025"):
    [figure] = figures(built, [NEET], [find_area(built, code)], neighbours=model)
    high = at_most(built, NEET, figure.period_start, figure.period_end)
    found = at_most_beside(built, figure, high, model)
    return figure, high, found


def test_it_is_neet_and_not_known_of_the_same_period_added(built):
    _, high, _ = _beside(built, "101")
    assert high == {"970": pytest.approx(6.1), "982": pytest.approx(6.2), "101": pytest.approx(2.5), "102": pytest.approx(4.5),
                    "103": 100.0, "105": None}


@pytest.mark.parametrize(("code", "model", "own", "neighbours"), [
    ("101", "2025", 2.5, (4.5 + 100) / 2), ("101", "2021", 2.5, 4.5),  # 104 has no NEET told, so it is of neither mean
    ("102", "2025", 4.5, None),  # of 105 it cannot be said
    ("105", "2025", None, None),
])
def test_what_a_figure_is_set_beside_has_its_most_too(built, code, model, own, neighbours):
    _, _, found = _beside(built, code, model)
    expected = [pytest.approx(each) if each else None for each in (own, 6.1, 6.2, neighbours)]
    assert list(found) == expected


def test_england_set_beside_a_register_has_its_own(built):
    _, _, found = _beside(built, "970")
    assert (found.own, found.england, found.neighbours) == (pytest.approx(6.1), pytest.approx(6.1), None)


def test_of_any_other_measure_there_is_none(built):
    figure, _, _ = _beside(built, "101")
    for other in (NOT_KNOWN, LONE, replace(NEET, not_known="")):
        assert at_most(built, other, figure.period_start, figure.period_end) == {}
    assert at_most(built, NEET, None, None) == {}
    assert at_most_beside(built, figure, {}, "2025") is None
