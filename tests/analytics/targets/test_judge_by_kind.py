"""Every kind of target judged: the words, the figures and the day go in, and what is said of them comes out."""

import pytest

from tests.analytics.targets.marlshire import evidence, judged, table

# words, and beneath them: polarity and unit | figures | on | verdict | colour
LEVELS = """
at least 70%
    +% | 2015/16 69.0, 2016/17 70.0 | 2018-01-01 | met | green
at least 70%
    +% | 2015/16 69.0, 2016/17 69.9 | 2018-01-01 | off track | red
at least 70%
    +% | 2015/16 70.0, 2016/17 69.0 | 2017-08-30 | met | green
at least 70% by August 2017
    +% | 2015/16 60.0, 2016/17 69.0 | 2018-01-01 | missed | red
at least 70% by August 2017; baseline 50% (2014/15)
    +% | 2015/16 60.0, 2016/17 68.0 | 2018-01-01 | missed | amber
at least 70% by August 2017; baseline 50% (2014/15)
    +% | 2015/16 60.0, 2016/17 67.9 | 2018-01-01 | missed | red
at least 70% by August 2017
    +% | 2015/16 60.0, 2016/17 71.0 | 2018-01-01 | met | green
at least 70% by August 2017
    +% | 2015/16 60.0, 2016/17 71.0, 2017/18 50.0 | 2019-01-01 | met | green
at least 70% by August 2018
    +% | 2015/16 60.0, 2016/17 71.0 | 2018-01-01 | met | green
95% by August 2027; baseline 90% (2022/23)
    +% | 2022/23 90.0, 2024/25 92.5 | 2025-12-01 | on track | green
95% by August 2027; baseline 90% (2022/23)
    +% | 2022/23 90.0, 2024/25 93.0 | 2025-12-01 | on track | green
95% by August 2027; baseline 90% (2022/23)
    +% | 2022/23 90.0, 2024/25 92.1 | 2025-12-01 | on track | amber
95% by August 2027; baseline 90% (2022/23)
    +% | 2022/23 90.0, 2024/25 92.0 | 2025-12-01 | on track | amber
95% by August 2027; baseline 90% (2022/23)
    +% | 2022/23 90.0, 2024/25 91.9 | 2025-12-01 | off track | red
95% by August 2027; baseline in 2022/23
    +% | 2022/23 90.0, 2024/25 92.1 | 2025-12-01 | on track | amber
5.5% by August 2018; baseline 6.14% (2013/14)
    -% | 2016/17 5.6 | 2018-01-01 | on track | green
5.5% by August 2018; baseline 6.14% (2013/14)
    -% | 2016/17 6.0 | 2018-01-01 | off track | red
5.5%
    -% | 2016/17 5.4 | 2018-01-01 | met | green
5.5%
    -% | 2016/17 5.6 | 2018-01-01 | off track | red
98%
    +% | 2016/17 97.9 | 2018-01-01 | off track | red
98%; baseline 91% (2013/14)
    0% | 2016/17 98.1 | 2018-01-01 | met | green
no more than 1%
    -% | 2016/17 1.0 | 2018-01-01 | met | green
no more than 1%
    -% | 2016/17 1.04 | 2018-01-01 | met | green
less than 1%
    -% | 2016/17 1.0 | 2018-01-01 | off track | red
over 95%
    +% | 2016/17 95.0 | 2018-01-01 | off track | red
over 95%
    +% | 2016/17 95.1 | 2018-01-01 | met | green
between 20 to 40
    +number | 2016/17 19 | 2018-01-01 | off track | red
between 20 to 40
    +number | 2016/17 20 | 2018-01-01 | met | green
between 20 to 40
    +number | 2016/17 41 | 2018-01-01 | met | green
between 20 to 40
    -number | 2016/17 41 | 2018-01-01 | off track | red
between 20 to 40
    0number | 2016/17 41 | 2018-01-01 | off track | red
between 20 to 40
    0number | 2016/17 30 | 2018-01-01 | met | green
all schools to be good or better by September 2018
    +% | 2017/18 100.0 | 2018-10-01 | met | green
all schools to be good or better by September 2018
    +% | 2017/18 99.96 | 2018-10-01 | missed | red
no schools in financial deficit
    -number | 2017/18 0 | 2018-10-01 | met | green
no schools in financial deficit
    -number | 2017/18 1 | 2018-10-01 | off track | red
a minimum of 10 schools by August 2018
    +number | 2017/18 10 | 2018-10-01 | met | green
at least 700 apprenticeships taken on each year
    +number | 2016/17 711 | 2018-01-01 | met | green
at least 700 apprenticeships taken on each year
    +number | 2016/17 640 | 2018-01-01 | missed | red
at least 50% from September 2016
    +% | 2016/17 51.0 | 2018-01-01 | met | green
"""
CHANGES = """
improve by at least 5 points by September 2018; baseline 80% (2015/16)
    +% | 2017/18 85.0 | 2018-10-01 | met | green
improve by at least 5 points by September 2018; baseline 80% (2015/16)
    +% | 2017/18 84.9 | 2018-10-01 | missed | amber
improve by at least 5 points by September 2018; baseline in 2015/16
    -% | 2015/16 20.0, 2017/18 15.0 | 2018-10-01 | met | green
increase by 10% by August 2018; baseline 200 (2015/16)
    +number | 2017/18 220 | 2018-10-01 | met | green
increase by 10% by August 2018; baseline 200 (2015/16)
    +number | 2017/18 219 | 2018-10-01 | missed | amber
increase by 10% by August 2018; baseline 50% (2015/16)
    +% | 2017/18 55.0 | 2018-10-01 | met | green
reduce by 4000 by August 2018; baseline 14,000 (2012/13)
    -number | 2017/18 9990 | 2018-10-01 | met | green
reduce by 4000 by August 2018; baseline 14,000 (2012/13)
    -number | 2015/16 11900 | 2016-10-01 | on track | amber
reduce by 4000 to below 2014/15 levels
    -number | 2014/15 900, 2016/17 899 | 2018-01-01 | cannot be judged | none
below 2014/15 levels
    -number | 2014/15 900, 2016/17 899 | 2018-01-01 | met | green
below 2014/15 levels
    -number | 2014/15 900, 2016/17 900 | 2018-01-01 | off track | red
reduced by 10% from the 2014/15 baseline
    -number | 2014/15 900, 2016/17 810 | 2018-01-01 | met | green
increase by 2 points a year
    +% | 2015/16 50.0, 2016/17 52.0 | 2018-01-01 | met | green
increase by 2 points a year
    +% | 2015/16 50.0, 2016/17 51.9 | 2018-01-01 | off track | red
keep no worse than the baseline; baseline 90% (2014/15)
    +% | 2016/17 90.0 | 2018-01-01 | met | green
keep no worse than the baseline; baseline 90% (2014/15)
    +% | 2016/17 89.9 | 2018-01-01 | off track | red
increased uptake; baseline 40 (2014/15)
    +number | 2016/17 40 | 2018-01-01 | off track | red
increased uptake; baseline 40 (2014/15)
    +number | 2016/17 41 | 2018-01-01 | met | green
halve the number of first-time entrants by August 2018; baseline in 2014/15
    -number | 2014/15 80, 2017/18 40 | 2018-10-01 | met | green
year on year reductions
    -% | 2015/16 5.0, 2016/17 4.9 | 2018-01-01 | met | green
year on year reductions; baseline in 2014/15
    -% | 2014/15 5.0, 2015/16 5.1, 2016/17 4.9 | 2018-01-01 | off track | red
two year trend improving
    -% | 2014/15 5.0, 2015/16 4.9, 2016/17 4.8 | 2018-01-01 | met | green
two year trend improving
    -% | 2014/15 5.0, 2015/16 4.9, 2016/17 4.9 | 2018-01-01 | off track | red
two year trend improving by August 2017
    -% | 2014/15 5.0, 2015/16 4.9, 2016/17 4.9 | 2018-01-01 | missed | red
year on year reductions by August 2019
    -% | 2015/16 5.0, 2016/17 4.9 | 2018-01-01 | on track | green
"""
STANDINGS = """
above the national average
    +% | 2016/17 92.0 england=91.9 | 2018-01-01 | met | green
above the national average
    +% | 2016/17 91.9 england=91.9 | 2018-01-01 | off track | red
above the national average
    +% | 2016/17 91.94 england=91.86 | 2018-01-01 | off track | red
below the national average
    -% | 2016/17 5.0 england=5.1 | 2018-01-01 | met | green
better than those nationally
    -% | 2016/17 5.0 england=5.1 | 2018-01-01 | met | green
better than those nationally
    -% | 2016/17 5.2 england=5.1 | 2018-01-01 | off track | red
at or above the regional average
    +% | 2016/17 91.9 region=91.9 | 2018-01-01 | met | green
in line with statistical neighbours
    +% | 2016/17 90.9 near=91.9 | 2018-01-01 | met | green
in line with statistical neighbours
    +% | 2016/17 90.8 near=91.9 | 2018-01-01 | off track | red
in line with statistical neighbours
    +% | 2016/17 99.0 near=91.9 | 2018-01-01 | met | green
in line with statistical neighbours
    0% | 2016/17 99.0 near=91.9 | 2018-01-01 | off track | red
in line with statistical neighbours
    0% | 2016/17 92.5 near=91.9 | 2018-01-01 | met | green
in line with the national average
    +number | 2016/17 98 england=100 | 2018-01-01 | met | green
in line with the national average
    +number | 2016/17 97 england=100 | 2018-01-01 | off track | red
within 2 points of England
    +% | 2016/17 89.9 england=91.9 | 2018-01-01 | met | green
5 points above England
    +% | 2016/17 96.8 england=91.9 | 2018-01-01 | off track | red
5 points above England
    +% | 2016/17 96.9 england=91.9 | 2018-01-01 | met | green
above England by August 2018; baseline 85% (2013/14)
    +% | 2016/17 92.0 england=95.0 | 2018-01-01 | on track | amber
above England by August 2018; baseline 85% (2013/14)
    +% | 2016/17 91.4 england=95.0 | 2018-01-01 | off track | red
amongst the best for our statistical neighbours
    +% | 2016/17 90.0 nrank=3/11 | 2018-01-01 | met | green
amongst the best for our statistical neighbours
    +% | 2016/17 90.0 nrank=4/11 | 2018-01-01 | off track | red
among the best nationally
    +% | 2016/17 90.0 rank=38/152 | 2018-01-01 | met | green
among the best nationally
    +% | 2016/17 90.0 rank=39/152 | 2018-01-01 | off track | red
within the top 50% of authorities
    +% | 2016/17 90.0 rank=76/152 | 2018-01-01 | met | green
within the top 50% of authorities
    +% | 2016/17 90.0 rank=77/152 | 2018-01-01 | off track | red
within the top 50% of authorities
    +% | 2016/17 90.0 rank=75/151 | 2018-01-01 | met | green
within the top 50% of authorities
    +% | 2016/17 90.0 rank=76/151 | 2018-01-01 | off track | red
in the top quartile of LAs
    +% | 2016/17 90.0 rank=38/151 band=A | 2018-01-01 | met | green
in the top quartile of LAs
    +% | 2016/17 90.0 rank=37/151 band=B | 2018-01-01 | off track | red
in the top quartile of LAs
    +% | 2016/17 90.0 rank=37/151 | 2018-01-01 | met | green
in the top 10 of authorities
    +% | 2016/17 90.0 rank=11/151 | 2018-01-01 | off track | red
in the top three of our statistical neighbours
    +% | 2016/17 90.0 nrank=3/11 | 2018-01-01 | met | green
not in the bottom quartile nationally
    +% | 2016/17 90.0 rank=113/151 band=D | 2018-01-01 | off track | red
not in the bottom quartile nationally
    +% | 2016/17 90.0 rank=113/151 band=C | 2018-01-01 | met | green
not in the bottom 25% of authorities
    +% | 2016/17 90.0 rank=114/152 | 2018-01-01 | met | green
not in the bottom 25% of authorities
    +% | 2016/17 90.0 rank=115/152 | 2018-01-01 | off track | red
not in the bottom 10 of authorities
    +% | 2016/17 90.0 rank=142/152 | 2018-01-01 | met | green
within the top 50% of authorities by August 2018; baseline in 2013/14
    +% | 2013/14 80.0 rank=126/152, 2016/17 90.0 rank=89/152 | 2018-01-01 | on track | amber
within the top 50% of authorities by August 2018; baseline in 2013/14
    +% | 2013/14 80.0 rank=126/152, 2016/17 90.0 rank=94/152 | 2018-01-01 | off track | red
maintain and improve on our high ranking nationally; baseline in 2013/14
    +% | 2013/14 80.0 rank=12/152, 2016/17 90.0 rank=12/152 | 2018-01-01 | met | green
maintain and improve on our high ranking nationally; baseline in 2013/14
    +% | 2013/14 80.0 rank=12/152, 2016/17 90.0 rank=13/152 | 2018-01-01 | off track | red
improve our ranking by 10 places from 2013/14
    +% | 2013/14 80.0 rank=40/152, 2016/17 90.0 rank=30/152 | 2018-01-01 | met | green
"""
AVERAGES = """
rolling average for Nov, Dec, Jan =98% (2014/2015)
    +% | November_2014 97.0, December_2014 98.0, January_2015 99.0 | 2015-09-10 | met | green
rolling average for Nov, Dec, Jan =98% (2014/2015)
    +% | November_2014 97.0, December_2014 98.0, January_2015 98.5 | 2015-09-10 | missed | red
rolling average for Nov, Dec, Jan =98% (2014/2015)
    +% | November_2014 97.0, January_2015 99.0 | 2015-09-10 | cannot be judged | none
rolling average for Nov, Dec, Jan =98% (2014/2015)
    +% | 2014/15 99.0 | 2015-09-10 | cannot be judged | none
rolling average for Nov, Dec, Jan =98%
    +% | November_2014 50.0 n=10 d=20, December_2014 100.0 n=980 d=980, January_2015 100.0 n=1 d=1 | 2015-09-10 | met | green
at least 90%, as an average over 3 years
    +% | 2012/13 85.0, 2013/14 90.0, 2014/15 95.0 | 2015-09-10 | met | green
at least 90%, as an average over 3 years
    +% | 2012/13 85.0, 2014/15 95.0 | 2015-09-10 | cannot be judged | none
"""


@pytest.mark.parametrize(("words", "kind", "figures", "on", "verdict", "colour"),
                         [row for text in (LEVELS, CHANGES, STANDINGS, AVERAGES) for row in table(text, 6)])
def test_a_target_is_judged(rules, words, kind, figures, on, verdict, colour):
    found = judged(words, evidence(figures, kind), on, rules)
    assert (found.verdict, found.rag) == (verdict, colour), found.steps
