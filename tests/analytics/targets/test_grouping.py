"""The indicator grid: arrows by year that know which way is better, and the three groups."""

from dataclasses import replace

import pytest

from tests.analytics.targets.marlshire import evidence, judged
from throughline.analytics.targets.grouping import GridGroup, Travel, direction_of_travel, grid_group, travel_by_period
from throughline.analytics.targets.rules import Rules

# figures | polarity and unit | breaks | which way, period by period
TRAVELS = """
2014/15 5.0, 2015/16 4.0, 2016/17 4.0, 2017/18 4.5 | -% |         | - improved unchanged worsened
2014/15 5.0, 2015/16 4.0, 2016/17 4.0, 2017/18 4.5 | +% |         | - worsened unchanged improved
2014/15 5.0, 2015/16 4.0                           | 0% |         | - -
2014/15 5.0, 2016/17 4.0                           | -% |         | - -
2014/15 5.0, 2015/16 suppressed, 2016/17 4.0       | -% |         | - - -
2014/15 5.0, 2015/16 4.0, 2016/17 3.0              | -% | 2015/16 | - - improved
2014/15 5.04, 2015/16 4.96                         | -% |         | - unchanged
"""


@pytest.mark.parametrize(("figures", "kind", "breaks", "ways"), [line.split("|") for line in TRAVELS.strip().splitlines()])
def test_arrows_by_year(figures, kind, breaks, ways):
    row = travel_by_period(evidence(figures, kind.strip(), breaks.strip()))
    assert " ".join(cell.travel or "-" for cell in row) == ways.strip()
    assert all(cell.why_none for cell in row if cell.travel is None)


# NEET last year and now | the most it may have been, and may be | which way
UNSURE = """
5.0 4.0 | 6.0 5.0 | improved
5.0 4.0 | 6.0 8.0 | -
5.0 5.5 | 9.0 6.0 | -
5.0 5.5 | 6.0 6.5 | worsened
5.0 5.0 | 6.0 8.0 | unchanged
5.0 4.0 | 6.0 6.0 | -
"""


@pytest.mark.parametrize(("values", "most", "way"), [line.split("|") for line in UNSURE.strip().splitlines()])
def test_neet_that_may_have_gone_either_way_is_neither_better_nor_worse(values, most, way):
    then, now = values.split()
    held = evidence(f"2014/15 {then}, 2015/16 {now}", "-%")
    points = (replace(point, at_most=float(high)) for point, high in zip(held.points, most.split(), strict=True))
    cell = travel_by_period(replace(held, points=tuple(points)))[-1]
    assert (cell.travel or "-") == way.strip()
    assert bool(cell.why_none) == (cell.travel is None)


def test_a_direction_between_any_two_periods():
    figures = evidence("2014/15 5.0, 2015/16 4.0, 2016/17 3.0", "-%", "2016/17")
    assert direction_of_travel(figures, "2014/15", "2015/16") is Travel.IMPROVED
    assert direction_of_travel(figures, "2014-15", "201516") is Travel.IMPROVED
    assert direction_of_travel(figures, "2014/15", "2016/17") is None
    assert direction_of_travel(figures, "2013/14", "2016/17") is None


# words | figures | polarity and unit | on | group
GROUPS = """
at least 70%                                    | 2016/17 70.9 | +% | 2018-01-01 | achieving
at least 70%                                    | 2016/17 71.0 | +% | 2018-01-01 | over achieving
no more than 5%                                 | 2016/17 4.0  | -% | 2018-01-01 | over achieving
at least 70% by August 2020                     | 2016/17 70.0 | +% | 2018-01-01 | over achieving
at least 70% by August 2020; baseline in 2014/15 | 2014/15 50.0, 2016/17 58.0 | +% | 2018-01-01 | achieving
at least 70% by August 2020; baseline in 2014/15 | 2014/15 50.0, 2016/17 55.0 | +% | 2018-01-01 | requiring improvement
at least 70%                                    | 2016/17 69.0 | +% | 2018-01-01 | requiring improvement
at least 70% by August 2017                     | 2016/17 69.0 | +% | 2018-01-01 | requiring improvement
at least 70%                                    | 2016/17 suppressed | +% | 2018-01-01 | none
at least 100 learners                           | 2016/17 102  | +number | 2018-01-01 | over achieving
at least 100 learners                           | 2016/17 101  | +number | 2018-01-01 | achieving
in the top 50% of authorities                   | 2016/17 90.0 rank=1/152 | +% | 2018-01-01 | achieving
"""


@pytest.mark.parametrize(("words", "figures", "kind", "on", "group"),
                         [[cell.strip() for cell in line.split("|")] for line in GROUPS.strip().splitlines()])
def test_an_indicator_is_put_in_its_group(rules, words, figures, kind, on, group):
    held = evidence(figures, kind)
    assert (grid_group(judged(words, held, on, rules), held, rules) or "none") == group


def test_being_early_counts_only_where_the_rules_say_so(rules):
    held = evidence("2016/17 70.0")
    found = judged("at least 70% by August 2020", held, "2018-01-01", rules)
    strict = Rules(rules.words, replace(rules.thresholds, early_is_over=False))
    assert grid_group(found, held, strict) is GridGroup.ACHIEVING
