"""A level judged where the series was broken: the way to it is not used, and what can still be said is said."""

import pytest

from tests.analytics.targets.marlshire import day, evidence, read
from throughline.analytics.targets.judge import judge
from throughline.analytics.targets.language import Baseline, TargetUnit
from throughline.analytics.targets.trajectory import year_by_year
from throughline.core.periods import parse_period

BASELINE = Baseline(50.0, TargetUnit.PERCENT, "2014/15")
TABLE = (("2014/15", 50.0), ("2016/17", 60.0), ("2017/18", 70.0))


def _table(cells):
    return year_by_year([(parse_period(label, "academic year")[0], value) for label, value in cells])


@pytest.mark.parametrize(("line", "on", "table", "baseline", "verdict"), [
    ("2016/17 71.0", "2018-01-01", None, BASELINE, "met"),
    ("2016/17 71.0", "2018-01-01", TABLE, None, "met"),
    ("2016/17 65.0", "2018-01-01", None, BASELINE, "cannot be judged"),
    ("2016/17 65.0", "2018-01-01", TABLE, None, "cannot be judged"),
    ("2016/17 65.0", "2018-01-01", TABLE[1:], BASELINE, "cannot be judged"),
    ("2016/17 65.0", "2018-01-01", TABLE[1:], None, "on track"),
    ("2016/17 65.0", "2018-01-01", TABLE[1:], Baseline(55.0, TargetUnit.PERCENT, "2015/16"), "on track"),
    ("2014/15 50.0", "2016-01-01", TABLE, None, "on track"),
    ("2017/18 69.9", "2019-01-01", TABLE, BASELINE, "missed"),
    ("2017/18 69.9", "2019-01-01", None, BASELINE, "missed"),
])
def test_a_level_is_judged_by_itself_where_the_way_to_it_is_broken(rules, line, on, table, baseline, verdict):
    target = read("at least 70% by August 2018", rules)
    figures = evidence(line, breaks="2015/16")
    found = judge(target, figures, day(on), rules, _table(table) if table else None, baseline)
    assert found.verdict.value == verdict, found.steps
    if verdict == "cannot be judged":
        assert "The series is broken between" in found.reason
        assert "The count changed." in found.reason
    if verdict == "missed":
        assert found.rag == rules.thresholds.rag["missed"], "how narrowly cannot be said without a way"


def test_a_rising_table_is_used_where_the_series_runs_on(rules):
    target = read("at least 70% by August 2018", rules)
    found = judge(target, evidence("2016/17 65.0"), day("2018-01-01"), rules, _table(TABLE), BASELINE)
    assert (found.verdict.value, found.expected) == ("on track", 60.0)
