"""Gaps judged, and all the reasons for which a target cannot be: words, figures and day in, verdict or reason out."""

import pytest

from tests.analytics.targets.marlshire import evidence, judged, table, with_gaps
from throughline.analytics.targets.judging.verdicts import Verdict

# words, and beneath them: the group of those it is compared with, and the same for England | on | verdict
GAPS = """
closed to less than the gap nationally
    2016/17 50.0 of 60.0 england 49.0 of 60.0 | 2018-01-01 | met
closed to less than the gap nationally
    2016/17 50.0 of 60.0 england 50.0 of 60.0 | 2018-01-01 | off track
halving of the gaps to their comparators; baseline in 2013/14
    2013/14 40.0 of 60.0, 2016/17 50.0 of 60.0 | 2018-01-01 | met
halving of the gaps to their comparators; baseline in 2013/14
    2013/14 40.0 of 60.0, 2016/17 49.0 of 60.0 | 2018-01-01 | off track
the gap will have reduced by 10% from the 2012/13 baseline
    2012/13 40.0 of 60.0, 2016/17 42.0 of 60.0 | 2018-01-01 | met
the gap will have reduced by 10% from the 2012/13 baseline
    2012/13 40.0 of 60.0, 2016/17 41.9 of 60.0 | 2018-01-01 | off track
gap reduced by 5 points from 2012/13 by August 2020
    2012/13 40.0 of 60.0, 2016/17 42.8 of 60.0 | 2018-01-01 | on track
gap narrowed; baseline in 2013/14
    2013/14 40.0 of 60.0, 2016/17 40.1 of 60.0 | 2018-01-01 | met
gap narrowed; baseline in 2013/14
    2013/14 40.0 of 60.0, 2016/17 40.0 of 60.0 | 2018-01-01 | off track
gap of no more than 5 points
    2016/17 55.0 of 60.0 | 2018-01-01 | met
close the gap
    2016/17 59.9 of 60.0 | 2018-01-01 | off track
close the gap
    2016/17 60.0 of 60.0 | 2018-01-01 | met
close the gap
    2016/17 - of 60.0 | 2018-01-01 | cannot be judged
closed to less than the gap nationally
    2016/17 50.0 of 60.0 | 2018-01-01 | cannot be judged
halve the gap; baseline in 2013/14
    2013/14 61.0 of 60.0, 2016/17 60.0 of 60.0 | 2018-01-01 | cannot be judged
"""


@pytest.mark.parametrize(("words", "gaps", "on", "verdict"), table(GAPS, 4))
def test_a_gap_is_judged(rules, words, gaps, on, verdict):
    found = judged(words, with_gaps(gaps), on, rules)
    assert found.verdict == verdict, found.steps


# words, and beneath them: polarity and unit | figures | breaks | on | part of the reason
UNJUDGED = """
at least 70%
    +% | 2016/17 suppressed |  | 2018-01-01 | suppressed to protect individuals
at least 70%
    +% | 2015/16 71.0, 2016/17 not_available |  | 2018-01-01 | not available
at least 70%
    +% | 2016/17 71.0 |  | 2017-01-01 | There was no figure by 1 January 2017
at least 70% from September 2019
    +% | 2016/17 71.0 |  | 2018-01-01 | It starts on 1 September 2019
at least 70% by August 2020
    +% | 2016/17 60.0 |  | 2018-01-01 | no baseline is given to draw a line from
at least 70% by August 2020; baseline 50%
    +% | 2016/17 60.0 |  | 2018-01-01 | the baseline has no period
at least 70% by August 2020; baseline to be determined
    +% | 2016/17 60.0 |  | 2018-01-01 | The baseline is still to be determined
at least 70% by August 2020; baseline in 2010/11
    +% | 2016/17 60.0 |  | 2018-01-01 | There is no figure for 2010/11
at least 70% by August 2020; baseline in 2014/15
    +% | 2014/15 50.0, 2016/17 60.0 | 2015/16 | 2018-01-01 | The series is broken between 2014/15 and 2016/17
improve by 5 points; baseline 50% (2014/15)
    +% | 2016/17 60.0 | 2016/17 | 2018-01-01 | no change is worked out over a break: The count changed.
improve by 5 points; baseline 50%
    +% | 2016/17 60.0 | 2016/17 | 2018-01-01 | give the baseline's period
improve by 5 points
    +% | 2016/17 60.0 |  | 2018-01-01 | No baseline is given
improve by 5 points from the previous year
    +% | 2015/16 suppressed, 2016/17 60.0 |  | 2018-01-01 | no figure for the year before 2016/17
improve by 5 points; baseline to be determined
    +% | 2016/17 60.0 |  | 2018-01-01 | still to be determined
improve by 5 points; baseline 50% (2014/15)
    0% | 2016/17 60.0 |  | 2018-01-01 | neither high nor low is better
increase by 10%; baseline 0 (2014/15)
    +number | 2016/17 60 |  | 2018-01-01 | no share of it can be taken
year on year reductions
    -% | 2015/16 5.0, 2016/17 4.0 | 2016/17 | 2018-01-01 | The series is broken between 2015/16 and 2016/17
two year trend improving
    -% | 2014/15 6.0, 2016/17 4.0 |  | 2018-01-01 | no figure for the year before 2016/17
reduce by 4000; baseline 90% (2014/15)
    -% | 2016/17 60.0 |  | 2018-01-01 | The target is a change of 4,000; the measure is in per cent
at least 700 apprenticeships
    +% | 2016/17 60.0 |  | 2018-01-01 | The target counts apprenticeships; the measure is in per cent
at least 70%
    +number | 2016/17 60 |  | 2018-01-01 | The target is 70%; the measure is in numbers
all schools good or better
    +number | 2016/17 60 |  | 2018-01-01 | is judged on a percentage
98%
    0% | 2016/17 60.0 |  | 2018-01-01 | write “at least” or “no more than”
above the national average
    +% | 2016/17 60.0 |  | 2018-01-01 | There is no figure for England in 2016/17
better than England
    0% | 2016/17 60.0 england=50.0 |  | 2018-01-01 | neither high nor low is better
rolling average for Nov, Dec, Jan =98%
    +% | November_2014 98.0, December_2014 98.0, January_2015 98.0 | January_2015 | 2018-01-01 | The series is broken within
in the top quartile
    0% | 2016/17 60.0 |  | 2018-01-01 | There is no rank for 2016/17
in the top quartile
    +% | 2016/17 suppressed |  | 2018-01-01 | suppressed to protect individuals
among the best in the region
    +% | 2016/17 60.0 |  | 2018-01-01 | No rank within the region is held
improve our ranking by 10 places from 2013/14
    +% | 2016/17 60.0 rank=4/152 |  | 2018-01-01 | There is no figure for 2013/14
halve the gap; baseline in 2013/14
    +% | 2016/17 60.0 |  | 2018-01-01 | no figures for a group and those it is compared with
strategy published by September 2016
    +% | 2016/17 60.0 |  | 2018-01-01 | It is judged by a person, with evidence
"""


@pytest.mark.parametrize(("words", "kind", "figures", "breaks", "on", "reason"), table(UNJUDGED, 6))
def test_what_cannot_be_judged_says_why(rules, words, kind, figures, breaks, on, reason):
    found = judged(words, evidence(figures, kind, breaks), on, rules)
    assert (found.verdict, found.rag, found.value) == (Verdict.CANNOT_BE_JUDGED, "none", None)
    assert reason in found.reason
    assert found.steps[-1] == f"Cannot be judged: {found.reason}"
