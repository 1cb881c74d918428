"""NEET as a range is what a slow count of the same people gives, and is told only where its parts are."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import mean

import pytest

from tests.oracles.invented import ENDS, KNOWN, invented, tables_of
from tests.oracles.months import read_lists, row_of, said_of
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.ranges import neet_ranges
from throughline.analytics.measures.register_figures import register_figures
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.warehouse.inputs import RegisterRows

PEOPLE = invented(1500)
AVERAGED = ENDS[1:4]  # December to February
RANGED = {"neet_16_17_register", "neet_16_17_month_register", "neet_16_17_nov_jan_register"}


@pytest.fixture(scope="module")
def measures(definitions):
    return load_measures(definitions)


@pytest.fixture(scope="module")
def register(definitions) -> RegisterRows:
    return RegisterRows(tables_of(PEOPLE), ENDS, KNOWN, load_rules(definitions), load_group_rule(definitions))


@pytest.fixture(scope="module")
def found(register, measures) -> dict:
    return ranges_of(register, measures)[0]


def ranges_of(register, measures) -> tuple[dict, dict]:
    """The ranges, and every figure of everyone, by measure, area and period."""
    figures = register_figures(register, measures)
    key = ("measure", "area", "period")
    return ({tuple(row[name] for name in key): row for row in neet_ranges(register, measures, figures).to_pylist()},
            {tuple(row[name] for name in key): row for row in figures.to_pylist() if row["breakdown"] == ""})


def expected(definitions, area: str, end) -> tuple[int, int, float, int, int]:
    """Who is NEET, who is not known, how many of those are NEET by likeness, among whom, and whose record has lapsed, one person
    at a time.
    """
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
    return stood["neet"], stood["not_known"], likely, len(rows), _lapsed(rows, end, lists)


def _lapsed(rows, end, lists) -> int:
    """How many were doing something that has lapsed; nothing that is NEET ever does."""
    groups = [said_of(lists.activity, row["code"], end)["group"] for row in rows if row["lapsed"]]
    assert "neet" not in groups
    return sum(group != "not_known" for group in groups)


@pytest.mark.parametrize("area", ["899", "301"])
def test_a_month(found, definitions, area):
    neet, lost, likely, among, _ = expected(definitions, area, ENDS[1])
    row = found["neet_16_17_month_register", area, "December 2026"]
    assert row["low"] == pytest.approx(100 * neet / among)
    assert row["high"] == pytest.approx(100 * (neet + lost) / among)
    assert row["estimate"] == pytest.approx(100 * (neet + likely) / among)
    assert row["low"] < row["estimate"] < row["high"]
    assert row["adjusted"] is None  # of averages alone


def test_three_months_are_the_ratio_of_average_counts(found, definitions):
    months = [expected(definitions, "899", end) for end in AVERAGED]
    neet, lost, likely, among, lapsed = (mean(values) for values in zip(*months, strict=True))
    row = found["neet_16_17_register", "899", "2027"]
    assert row["low"] == pytest.approx(100 * neet / among)
    assert row["estimate"] == pytest.approx(100 * (neet + likely) / among)
    assert row["high"] == pytest.approx(100 * (neet + lost) / among)
    assert row["adjusted"] == pytest.approx(100 * (neet + 0.08 * lapsed) / among)
    assert row["low"] < row["adjusted"] < row["high"]


@pytest.mark.parametrize(("lapsed", "recorded", "adjusted"), [
    (50, 0, 100 * (30 + 4) / 280), (50, 20, 100 * (30 + 4) / 300), (0, 20, 100 * 30 / 250), (0, 0, 100 * 30 / 230),
    (4, 20, None), (50, 3, None), (8, 0, None),
])
def test_neet_as_once_adjusted_tells_of_no_few(definitions, measures, lapsed, recorded, adjusted):
    """Of 30 who are NEET and 200 apprentices beside those lost: few whose record has lapsed, or few others, could be worked
    out, and so could that of a handful all have.
    """
    today, long_ago = date(2026, 11, 1), date(2025, 10, 1)
    doing = [("619", today)] * 30 + [("310", today)] * 200 + [("310", long_ago)] * lapsed + [("810", today)] * recorded
    asked = RegisterRows(tables_of([_doing(number, *each) for number, each in enumerate(doing)]), AVERAGED, KNOWN,
                         load_rules(definitions), load_group_rule(definitions))
    row = ranges_of(asked, measures)[0]["neet_16_17_register", "899", "2027"]
    assert row["high"] == pytest.approx(100 * (30 + lapsed + recorded) / (230 + lapsed + recorded))
    assert row["adjusted"] == (adjusted and pytest.approx(adjusted))


def _doing(number: int, code: str, start: date) -> dict:
    """Somebody of academic age 16 of whom one activity is held."""
    said = dict.fromkeys(("verified", "review", "predicted_end", "neet_start", "establishment", "provider", "known_to"))
    spans = {"learner": number, "starts": date(2025, 9, 1), "ends": None}
    return {"learner": {"learner": number, "born": date(2010, 5, 1), "gender": "F", "ethnic_group": "WBRI", "school_at_16": None},
            "membership": [{**spans, "area": "899", "status": "P"}], "trait": [], "home": [],
            "activity": [{**said, "learner": number, "code": code, "start": start, "ascertained": start,
                          "known_from": datetime.combine(start, datetime.min.time(), UTC)}]}


@pytest.mark.parametrize("count", [250, 1500])
def test_a_range_is_told_where_both_its_ends_are_figures_that_are_told(definitions, measures, count):
    """Of a few hundred people NEET is hidden in all months of a tie, for the sake of one or two of them."""
    register = RegisterRows(tables_of(invented(count)), ENDS, KNOWN, load_rules(definitions), load_group_rule(definitions))
    found, figures = ranges_of(register, measures)
    ends = {}
    for measure, area, period in figures:
        if measure in RANGED:
            rows = [figures[each, area, period] for each in (measure, measure.replace("neet", "neet_or_not_known", 1))]
            if all(row["status"] == "final" for row in rows):
                ends[measure, area, period] = pytest.approx([row["value"] for row in rows])
    assert {key: [row["low"], row["high"]] for key, row in found.items()} == ends
    assert ends
    assert (len(ends) == 2 * (len(ENDS) + 2)) == (count == 1500)  # of both authorities, each month and the two averages


def test_a_measure_of_some_who_are_neet_has_no_range(register, measures):
    """Those looked after who are NEET are not everybody who is; and without NEET or not known there is nothing to end at."""
    month = measures["neet_16_17_month_register"]
    some = replace(month.register, numerator={**month.register.numerator, "characteristic_110": (True,)})
    for asked in ({**measures, "some": replace(month, id="some", register=some)}, {month.id: month}):
        ranges, figures = ranges_of(register, asked)
        assert {measure for measure, _, _ in figures} == {id for id, measure in asked.items() if measure.register}
        assert {measure for measure, _, _ in ranges} == measures.keys() & asked.keys() & (
            RANGED if len(asked) > 1 else set())


def test_nothing_is_told_of_few(definitions, measures):
    few = RegisterRows(tables_of(invented(40)), ENDS, KNOWN, load_rules(definitions), load_group_rule(definitions))
    figures = register_figures(few, measures)
    assert neet_ranges(few, measures, figures).num_rows == 0
    assert neet_ranges(None, measures, figures).num_rows == 0
