"""NEET as a range is what a slow count of the same people gives, and is told only where its parts are."""

from collections import Counter
from statistics import mean

import pytest

from tests.oracles.invented import ENDS, KNOWN, invented, tables_of
from tests.oracles.months import read_lists, row_of
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.ranges import neet_ranges
from throughline.analytics.measures.register_figures import register_figures
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.warehouse.inputs import RegisterRows

PEOPLE = invented(1500)
AVERAGED = ENDS[1:4]  # December to February


@pytest.fixture(scope="module")
def measures(definitions):
    return load_measures(definitions)


@pytest.fixture(scope="module")
def register(definitions) -> RegisterRows:
    return RegisterRows(tables_of(PEOPLE), ENDS, KNOWN, load_rules(definitions), load_group_rule(definitions))


@pytest.fixture(scope="module")
def found(register, measures) -> dict:
    return {(row["measure"], row["area"], row["period"]): row for row in neet_ranges(register, measures).to_pylist()}


def expected(definitions, area: str, end) -> tuple[int, int, float, int]:
    """Who is NEET, who is not known, how many of those are NEET by likeness, and among whom, one person at a time."""
    lists = read_lists(definitions)
    rows = [row for person in PEOPLE if (row := row_of(person, end, KNOWN, lists))]
    rows = [row for row in rows if row["area"] == area and row["academic_age"] in (16, 17) and not row["excluded"]]
    steps = ("academic_age", "send", "any_vulnerable", "district")
    known = [row for row in rows if row["standing"] != "not_known"]
    likely = 0.0
    for row in rows:
        if row["standing"] == "not_known":
            rate = sum(each["standing"] == "neet" for each in known) / len(known)
            for step in range(1, 5):
                alike = [each for each in known if all(each[name] == row[name] for name in steps[:step])]
                rate = (sum(each["standing"] == "neet" for each in alike) + 20 * rate) / (len(alike) + 20)
            likely += rate
    stood = Counter(row["standing"] for row in rows)
    return stood["neet"], stood["not_known"], likely, len(rows)


@pytest.mark.parametrize("area", ["899", "301"])
def test_a_month(found, definitions, area):
    neet, lost, likely, among = expected(definitions, area, ENDS[1])
    row = found["neet_16_17_month_register", area, "December 2026"]
    assert row["low"] == pytest.approx(100 * neet / among)
    assert row["high"] == pytest.approx(100 * (neet + lost) / among)
    assert row["estimate"] == pytest.approx(100 * (neet + likely) / among)
    assert row["low"] < row["estimate"] < row["high"]


def test_three_months_are_the_ratio_of_average_counts(found, definitions):
    months = [expected(definitions, "899", end) for end in AVERAGED]
    neet, lost, likely, among = (mean(values) for values in zip(*months, strict=True))
    row = found["neet_16_17_register", "899", "2027"]
    assert row["low"] == pytest.approx(100 * neet / among)
    assert row["estimate"] == pytest.approx(100 * (neet + likely) / among)
    assert row["high"] == pytest.approx(100 * (neet + lost) / among)


def test_the_ends_of_the_range_are_the_figures_that_are_told(found, register, measures):
    held = {id: measure for id, measure in measures.items() if measure.register}
    told = {(row["measure"], row["area"], row["period"]): row["value"] for row in register_figures(register, held).to_pylist()
            if row["breakdown"] == "" and row["status"] == "final"}
    assert found
    for (measure, area, period), row in found.items():
        both = measure.replace("neet_16_17", "neet_or_not_known_16_17")
        assert (row["low"], row["high"]) == pytest.approx((told[measure, area, period], told[both, area, period]))


def test_nothing_is_told_of_few(definitions, measures):
    few = RegisterRows(tables_of(invented(40)), ENDS, KNOWN, load_rules(definitions), load_group_rule(definitions))
    assert neet_ranges(few, measures).num_rows == 0
    assert neet_ranges(None, measures).num_rows == 0
