"""What something costs: amounts, what they are for, and who pays."""

import pytest

from throughline.analytics.planreading.costs import read_cost, speaks_of_cost


@pytest.mark.parametrize(("printed", "amounts"), [
    ("£30k per group used to support others", [(30000, "each", "")]),
    ("£50k per annum", [(50000, "per year", "")]),
    ("£12,000 a year", [(12000, "per year", "")]),
    ("£3.2 million from April 2017", [(3200000, "", "")]),
    ("£1,200 each (Pupil Premium); £5m funded by the Skills Fund.",
     [(1200, "each", "Pupil Premium"), (5000000, "", "the Skills Fund")]),
    ("£99.50 via the core budget", [(99.5, "", "the core budget")]),
    ("Partner core contributions", []),
    ("None", []),
])
def test_amounts(printed, amounts, templates):
    cost = read_cost(printed, templates)
    assert cost.printed == printed
    assert [(each["pounds"], each["basis"], each["source"]) for each in cost.amounts] == amounts


@pytest.mark.parametrize(("printed", "amounts"), [
    ("£45k in 2025/26 (skills fund)", [("2025/26", "skills fund")]),
    ("£5k (2026-27); £6k in 2027/28 from the schools", [("2026/27", ""), ("2027/28", "the schools")]),
    ("£5k from 2026/27 to 2027/28", [("", "")]), ("£5k over 2026-29", [("", "")]), ("£12k per annum", [("", "")]),
])
def test_the_financial_year_of_an_amount(printed, amounts, templates):
    assert [(each.get("year", ""), each["source"]) for each in read_cost(printed, templates).amounts] == amounts


@pytest.mark.parametrize(("text", "costly"), [("Staff time", True), ("£5", True), ("Each line has a champion", False)])
def test_words_of_cost_are_known(text, costly, templates):
    assert speaks_of_cost(text, templates) is costly
