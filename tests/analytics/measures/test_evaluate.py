"""A measure's figures are the publisher's rows of its indicator and of its groups' indicators, unchanged."""

import pytest

from tests.analytics.tiny import DATASET, Tiny, grouped, measure
from throughline.analytics.measures.definition import Breakdown, PublishedSource
from throughline.analytics.measures.evaluate import wanted_rows

WITHIN = PublishedSource(DATASET, "all", "sex", "girls")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    tiny = Tiny().add("area | 2025\n101 | 10\n102 | c", "all").add("area | 2025\n101 | 7", "meals")
    tiny.add("area | 2025\n101 | 1", "unasked")
    girls = {"breakdown": "sex", "group": "girls", "value": 12.0, "numerator": 6.0, "denominator": 50.0}
    tiny.rows.append({**tiny.rows[0], **girls})
    tiny.rows.append({**tiny.rows[0], "dataset": "other", "value": 99.0})
    by_sex = Breakdown("sex", "Sex", "Girls", {"Girls": WITHIN})
    first = measure("first", published=PublishedSource(DATASET, "all"),
                    breakdowns=(grouped("meals", "All", All="all", Meals="meals"), by_sex))
    second = measure("second", published=PublishedSource(DATASET, "all"))
    third = measure("third", published=WITHIN)
    entered = measure("fourth", published=None)
    return tiny.build(tmp_path_factory.mktemp("evaluate"), first, second, third, entered)


def held(built, id):
    rows = built.rows('SELECT area, breakdown, "group", value, status, numerator, denominator FROM figure WHERE measure = ? '
                      'ORDER BY breakdown, "group", area', id)
    return [tuple(row.values()) for row in rows]


def test_a_measure_has_its_headline_and_its_groups(built):
    assert held(built, "first") == [
        ("101", "", "", 10.0, "final", None, None), ("102", "", "", None, "suppressed", None, None),
        ("101", "meals", "All", 10.0, "final", None, None), ("102", "meals", "All", None, "suppressed", None, None),
        ("101", "meals", "Meals", 7.0, "final", None, None),
        ("101", "sex", "Girls", 12.0, "final", 6.0, 50.0),
    ]


def test_two_measures_may_draw_on_one_indicator_and_a_headline_on_a_group(built):
    assert [row[3] for row in held(built, "second")] == [10.0, None]
    assert held(built, "third") == [("101", "", "", 12.0, "final", 6.0, 50.0)]


def test_only_headlines_are_compared(built):
    rows = built.rows("SELECT measure, area, value FROM comparison WHERE area = '101' ORDER BY measure")
    assert [(row["measure"], row["value"]) for row in rows] == [("first", 10.0), ("second", 10.0), ("third", 12.0)]


def test_what_a_measure_draws_on_is_a_row_each():
    given = measure("m", breakdowns=(grouped("meals", "All", All="a", Meals="b"),))
    rows = wanted_rows({"m": given}).to_pylist()
    assert [(row["indicator"], row["breakdown"], row["group"]) for row in rows] == [
        ("m", "", ""), ("a", "meals", "All"), ("b", "meals", "Meals")]
    assert {(row["source_breakdown"], row["source_group"]) for row in rows} == {("", "")}
    assert wanted_rows({"m": measure("m", published=None)}).num_rows == 0
