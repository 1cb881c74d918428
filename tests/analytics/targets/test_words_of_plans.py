"""Every target found in the five plans the project reads, in their own words, with what was understood of it.

The words are the plans'; the two lines are what goes in and what comes out: its kinds, and what is said of it.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from throughline.analytics.targets.language import NotUnderstood
from throughline.analytics.targets.parse import parse_target
from throughline.analytics.targets.rules import Rules
from throughline.analytics.targets.say import say

# "# 0" is the plan whose file's name begins 000.
FOUND = """
# 0
current figure = 91.36%. Target: rolling average for Nov, Dec, Jan =98% (2014/2015)
  Average: Reach 98%, as the average of November, December and January, in the academic year 2014/15; baseline 91.36%.
Target: rolling average for Nov, Dec, Jan = 98%
  Average: Reach 98%, as the average of November, December and January.
Whole cohort: current figure =81.4%. Target = 90%
  Level: Reach 90%, for whole cohort; baseline 81.4%.
Reduction in NEET figurers: current figure = 6.14%. Target = 5.5%
  Level: Reach 5.5%; baseline 6.14%.
current recorded numbers on data base = 252. Target = 300
  Level: Reach 300; baseline 252.
apprenticeship courses (bench mark to be determined pending accurate up to date data)
  NotUnderstood: No number, comparator, rank, gap or milestone was found in it.
Leaving care: current performance NEET = 37.5%. Target = 20%
  Level: Reach 20%, for care leavers; baseline 37.5%.
YOS: current performance NEET = 47%. Target = 25%
  Level: Reach 25%, for young people known to youth justice; baseline 47%.
Young mothers: current performance NEET = 62%. Target = 45%
  Level: Reach 45%, for young mothers; baseline 62%.
Young people with LLDD: current performance NEET = 9%. Target = 5.5%
  Level: Reach 5.5%, for young people with learning difficulties or disabilities; baseline 9%.
A*/A, A*/C, A* - E at A level Target: in line with statistical neighbours.
  Comparator: In line with the average of statistical neighbours.
Target in line with statistical neighbours (specific data to be added pending evaluation of current performance)
  Comparator: In line with the average of statistical neighbours; baseline to be determined.
Increased numbers staying on in education and learning
  Change: Increase from the baseline.
Improved performance at KS5
  Change: Improve from the baseline.
Increased number of LAC remaining on in school 6th forms
  Change: Increase from the baseline, for children looked after.
Increased number of identified vulnerable young people taking up pre apprenticeship
  Change: Increase from the baseline, for vulnerable young people.
Reduction in YOS NEET figures
  Change: Reduce from the baseline, for young people known to youth justice.
Number of places taken up by LAC/vulnerable young people
  NotUnderstood: It names something to measure, but not what it should come to.
Increased number of apprenticeship delivered by the council and partners
  Change: Increase from the baseline.
Each contract has an identified, but reasonable expectation, of an apprenticeship requirement
  Level: Each contract has an identified, but reasonable expectation, of an apprenticeship requirement.
Fewer drop outs during year 13
  Change: Reduce from the baseline, for year 13.
Decline in NEET numbers
  Change: Reduce from the baseline.
Increase in In Learning numbers
  Change: Increase from the baseline.
Numbers of schools involved with the UTC and Sustainable Skills Centre
  NotUnderstood: It names something to measure, but not what it should come to.
Increased uptake of STEM subjects
  Change: Increase from the baseline.
Better performance in A Levels with STEM subjects
  Change: Improve from the baseline.
Increase funding comes to Peterborough
  Change: Increase from the baseline.
A Level performance improves
  Change: Improve from the baseline.
More young people make informed choices about where they will study post 16
  Change: Increase from the baseline.
Increased take up of apprenticeship programmes at all levels
  Change: Increase from the baseline.
Increase take up of traineeships
  Change: Increase from the baseline.
Greater movement across the city's 6th forms of young people
  Change: Increase from the baseline.
Audit completed
  Milestone: Milestone: “Audit completed”.
Programme in place for a designated year group(s)
  Milestone: Milestone: “Programme in place for a designated year group(s)”.
# 1
we will maintain and improve on our high ranking nationally for all pupils
  RankChange: Keep the ranking among authorities from the baseline.
improve results for SEN pupils and boys to be in the top quartile of LAs by September 2018
  Rank: In the top quartile of authorities, for pupils with SEN and boys, by September 2018.
The gap between disadvantaged pupils and their peers within Portsmouth will be closed to less than the gap nationally.
  Gap: Gap between groups less than the national gap, for disadvantaged pupils.
raise performance levels for higher level Writing to the top 50% of LAs by September 2018
  Rank: In the top 50% of authorities, by September 2018.
We will ensure the high ranking of results for all pupils is emulated in outcomes
  NotUnderstood: It speaks of a ranking, but not of the place wanted in it.
We will accelerate improvement so that all indicators are within the top 50% of authorities by September 2018.
  Rank: In the top 50% of authorities, on every measure, by September 2018.
Outcomes for disadvantaged pupils, boys and SEN pupils will see a halving of the gaps to their comparators.
  Gap: Gap between groups reduced by 50% from the baseline, for disadvantaged pupils, boys and pupils with SEN.
our results have not seen any significant improvement in the last three years
  NotUnderstood: It tells how things are, and promises nothing.
overall absence and persistent absence rates for all schools are better than those nationally by September 2018.
  Comparator: Better than the average for England, by September 2018.
ensure that all schools are good or outstanding by September 2018.
  Level: All schools are good or outstanding, by September 2018.
By September 2018 we will improve performance by at least 5 points and be within the top 50% of authorities.
  Change + Rank: Improve by 5 points from the baseline; in the top 50% of authorities, by September 2018.
We will halve the gaps to national for achievement at Level 2, Level 3 and GCSE English & Maths
  Gap: Gap to the average for England reduced by 50% from the baseline.
The majority of schools and providers are engaged in intervention, improvement or system leadership
  Level: More than 50%.
No schools causing concern
  Level: No schools causing concern.
All schools judged to be good or better
  Level: All schools judged to be good or better.
All schools (3) and academies (1) that are currently Requiring Improvement to be good or better
  Level: All schools (3) and academies (1) that are currently Requiring Improvement to be good or better.
All schools to be Good or better
  Level: All schools to be Good or better.
All LA maintained secondary schools to be good or better
  Level: All LA maintained secondary schools to be good or better.
No schools in financial deficit
  Level: No schools in financial deficit.
All schools with strong leadership and governance in place
  Level: All schools with strong leadership and governance in place.
No inadequate schools
  Level: No inadequate schools.
All schools that are judged to be inadequate to become a sponsored academy
  Level: All schools that are judged to be inadequate to become a sponsored academy.
Gap between disadvantaged and peers narrowed
  Gap: Gap between groups narrowed from the baseline, for disadvantaged pupils.
Minimum of 10 schools to take part
  Count: At least 10 schools.
Delivery of six training workshops
  Count: Reach 6 training workshops.
Reduction in overall absence and persistence absence in both primary and secondary schools
  Change: Reduce from the baseline.
Excessive surpluses reduced
  Change: Reduce from the baseline.
Attendance Strategy published
  Milestone: Milestone: “Attendance Strategy published”.
Terms of reference and protocols in place
  Milestone: Milestone: “Terms of reference and protocols in place”.
all secondary schools and FE colleges taking part
  Level: All secondary schools and FE colleges taking part.
# 2
7 schools in pilot 08-09
  Count: Reach 7 schools, in the academic year 2008/09.
PLTs in at least 14 schools and colleges by 0809
  Count: At least 14 schools and colleges, by August 2009.
All schools and colleges by 0910
  Level: All schools and colleges, by August 2010.
6 schools /colleges in FLT pilot 0809
  Count: Reach 6 schools, in the academic year 2008/09.
All 17 lines entitlement by 2013 for all learners
  Level: All 17 lines entitlement, by December 2013.
On target KS4/5 results from 2011
  NotUnderstood: It points to a target that is not printed here.
Cost effective access to entitlement for all by 2013
  NotUnderstood: No number, comparator, rank, gap or milestone was found in it.
Increased student uptake of apprenticeships
  Change: Increase from the baseline.
Increase in schools achieving Career Mark
  Change: Increase from the baseline.
13-19 partnership accept delegated powers from LA by 2010
  Milestone: Milestone: “13-19 partnership accept delegated powers from LA”, by December 2010.
Products feature in LAA and funds made available
  Milestone: Milestone: “Products feature in LAA and funds made available”.
XR City Attainment targets
  NotUnderstood: It points to another place and promises nothing itself.
8.4%
  Level: Reach 8.4%.
7.7 %
  Level: Reach 7.7%.
48.3%
  Level: Reach 48.3%.
The % of young people achieving Level 2 by 19
  NotUnderstood: It names something to measure, but not what it should come to.
# 3
National averages are not what we need to aim for – we need to be better than our peers.
  NotUnderstood: It is set beside something we hold no figures for.
Achieve in line with, or better than, expectation in their early years
  NotUnderstood: It is set beside something we hold no figures for.
both sectors in the lowest quartile for performance
  NotUnderstood: It speaks of a ranking, but not of the place wanted in it.
# 4
current levels reduce by 4000 to below 2008 levels
  Change + Change: Reduce by 4,000 from the baseline; below 2008 levels.
Each district in Kent will have effective partnership working for 14-19 year olds
  Level: Each district in Kent will have effective partnership working for 14-19 year olds, for 14-19 year olds.
Advanced level progression Kent will be above the national average on all measures
  Comparator: Above the average for England, on every measure.
Progression in English and Maths by age 19 will be above the national average
  Comparator: Above the average for England.
We will have established a successful pre-apprenticeship and level 1 programme
  Milestone: Milestone: “We will have established a successful pre-apprenticeship and level 1 programme”.
with at least 700 apprenticeships taken on each year, at least meeting the public sector target of 2.3%
  Count + Level: At least 700 apprenticeships taken on; at least 2.3%, each year.
Kent's schools will meet the 2.3% public sector target of employed apprentices by December 2017
  Level: Reach 2.3%, by December 2017.
To achieve at least 30% of all adult social care and autism team(18+) referrals into paid employment by 2018
  Level: At least 30%, by December 2018.
referrals into paid employment by 2018 to 90% into sustained employment for at least 13 weeks
  Level: Reach 90%, by December 2018.
place 100 learners into supported work experience training for 14-18 year olds by 2018
  Count: Reach 100 learners, for 14-18 year olds, by December 2018.
Assisted Apprenticeship KSE element for phase 3 to increase new starters by 2017
  Change: Increase from the baseline, by December 2017.
Decrease the numbers of SEND NEET (16-18) to 5%
  Level: No more than 5%, for pupils with SEN.
at least 50% of 16 year olds who do not attain a good pass at GCSE will achieve the qualifications by age 19
  Level: At least 50%, for 16 year olds.
following year on year reductions in the NEET figures to no more than 1%.
  Trend + Level: Reduce in every year since the baseline; no more than 1%.
There will be full participation in education and work based training for all 16-18 year olds
  Level: At least 100%, for 16-18 year olds.
will reduce unemployment for 16-24 to below the national average
  Comparator: Below the average for England.
The uptake of level 2 and 3 technical qualifications will increase by 10% and will be measured against local skill gaps.
  Change: Increase by 10% from the baseline.
To achieve 85% of all autism diagnosis referrals into paid employment by 2018
  Level: Reach 85%, by December 2018.
Increase the number of schools between 20 to 40 working with Careers Enterprise Advisors
  Level: Between 20 and 40.
will be amongst the best for our statistical neighbours and at least 70% of pupils will attain good passes
  Comparator + Level: Among the best of statistical neighbours; at least 70%.
There will be clear learning pathways for SEND young people
  Milestone: Milestone: “There will be clear learning pathways for SEND young people”, for pupils with SEN.
The outcomes for FSM 18year olds from disadvantaged backgrounds will be above the national average
  Comparator: Above the average for England, for pupils eligible for free school meals, 18year olds and disadvantaged pupils.
the achievement gap between this group and other students will have reduced by 10% from the 2012 baseline
  Gap: Gap between groups reduced by 10% from 2012.
to achieve 100 apprenticeships by end of 2017
  Count: Reach 100 apprenticeships, by December 2017.
to increase our participation rate to over 95%
  Level: More than 95%.
at least 150 apprentices taken on each year
  Count: At least 150 apprentices taken on, each year.
300 more Apprenticeships from Guild Members in 2017-18
  Change: Increase by 300 from the baseline, in the academic year 2017/18.
an annual target of over 700 starts from April 17
  Count: More than 700 starts, from April 2017.
the number of NEETs in Kent was reduced to 2.5% by January 2017
  Level: No more than 2.5%, by January 2017.
no more than 2.5% of 16 and 17 year olds are NEET by January 2017
  Level: No more than 2.5%, for 16 and 17 year olds, by January 2017.
Increase the number of schools employing apprentices to meet the new public sector target of 2.3%
  Level: Reach 2.3%.
Increase the take-up of apprenticeships in schools.
  Change: Increase from the baseline.
"""
MARKS = re.compile(r"[*_]|</?[a-z]+>")


def rows() -> list[tuple[str, str, str]]:
    """Plan, printed words, and what is understood of them."""
    found, plan, lines = [], "", iter(FOUND.strip().splitlines())
    for line in lines:
        if line.startswith("# "):
            plan = line[2:]
        else:
            found.append((plan, line, next(lines).strip()))
    return found


def understood(words: str, rules: Rules) -> str:
    read = parse_target(words, rules)
    if isinstance(read, NotUnderstood):
        return f"NotUnderstood: {read.why}"
    return f"{' + '.join(type(part).__name__ for part in read.parts)}: {say(read)}"


@pytest.mark.parametrize(("plan", "words", "expected"), rows())
def test_a_plans_own_words_are_read(rules, plan, words, expected):
    assert understood(words, rules) == expected


@pytest.mark.parametrize(("plan", "words", "expected"), rows())
def test_nothing_said_of_a_plans_words_is_read_otherwise(rules, plan, words, expected):
    read = parse_target(words, rules)
    if not isinstance(read, NotUnderstood):
        assert parse_target(say(read), rules) == read


@cache
def text_of(folder: Path, plan: str) -> str:
    file = next(folder.glob(f"00{plan}_*.txt"), None)
    if file is None:
        pytest.skip("needs the five plans as text, in a folder named plans beside the publishers' files")
    return " ".join(MARKS.sub("", file.read_text(encoding="utf-8")).split())


@pytest.mark.parametrize(("plan", "words"), [row[:2] for row in rows()])
def test_the_words_stand_in_the_plan(sources, plan, words):
    assert MARKS.sub("", words) in text_of(sources.parent / "plans", plan)


WORDINGS = """
at least 70%                                 | At least 70%.
95% or more                                  | At least 95%.
No fewer than ten schools                    | At least 10 schools.
up to 5%                                     | No more than 5%.
two thirds of schools good or better         | Reach 66.7%.
1 in 5 pupils                                | Reach 20%.
15:1                                         | Reach 15:1.
450 per 10,000                               | Reach 450 per 10,000.
increase from 45% to 60% by July 2019        | Reach 60%, by July 2019; baseline 45%.
a reduction of 5 points from 2015/16         | Reduce by 5 points from 2015/16.
10% reduction in suspensions                 | Reduce by 10% from the baseline.
increase by 2 percentage points a year       | Increase by 2 points from the previous year.
better than last year                        | Improve from the previous year.
halve the number of first-time entrants      | Reduce by 50% from the baseline.
double the number of supported internships   | Increase by 100% from the baseline.
year on year reductions                      | Reduce in every year since the baseline.
two year trend improving                     | Improve for 2 years running.
at least in line with national               | In line with the average for England.
within 2 points of the national average      | Within 2 points of the average for England.
5 percentage points above the regional average | 5 points above the average for the region.
one of the best in England                   | Among the best in England.
top quartile                                 | In the top quartile of authorities.
band B or better                             | In the top 2 quartiles of authorities.
ranked 10th or better                        | In the top 10 places of authorities.
not in the bottom quartile nationally        | Not in the bottom quartile of authorities.
within the top three of our statistical neighbours | In the top 3 places of statistical neighbours.
improve our ranking by 10 places             | Improve the ranking among authorities by 10 places from the baseline.
maintain and improve on our high ranking nationally | Keep the ranking among authorities from the baseline.
halve the gap to statistical neighbours      | Gap to the average of statistical neighbours reduced by 50% from the baseline.
the gap should be no more than 5 points      | Gap between groups no more than 5 points.
close the gap                                | Gap between groups closed.
Dec-Feb average of no more than 3%           | No more than 3%, as the average of December, January and February.
three-month rolling average at least 95%     | At least 95%, as an average over 3 months.
reduce skills gaps                           | Reduce from the baseline.
"""


@pytest.mark.parametrize(("words", "said"), [line.split("|") for line in WORDINGS.strip().splitlines()])
def test_other_wordings_are_read(rules, words, said):
    read = parse_target(words, rules)
    assert not isinstance(read, NotUnderstood), read
    assert say(read) == said.strip()
