"""Targets of every kind, made up by Hypothesis."""

from datetime import date

from hypothesis import strategies as st

from throughline.analytics.targets.language import (
    Against,
    And,
    Average,
    Baseline,
    Change,
    Closing,
    Comparator,
    Comparison,
    Count,
    Direction,
    Due,
    End,
    Gap,
    Level,
    Milestone,
    Origin,
    OriginKind,
    Rank,
    RankChange,
    RankUnit,
    Recurrence,
    Relation,
    Span,
    Target,
    TargetUnit,
    Trend,
)

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
COHORTS = ("boys", "girls", "care leavers", "disadvantaged pupils", "pupils with SEN", "pupils with an EHC plan",
           "children looked after", "young carers", "year 12", "16-18 year olds", "17 year olds")
COMPARED = (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.MORE_THAN, Comparison.LESS_THAN, Comparison.REACH)
NOUNS = ("schools", "apprenticeships taken on", "new apprenticeships", "training workshops", "learners", "schools and colleges")
STATES = ("schools to be good or better", "schools in financial deficit", "secondary schools", "pupils with an offer")

# A plain whole number from 1950 to 2099 with no unit is read as a year.
amounts = st.integers(0, 99_999_999).map(lambda n: n / 100).filter(lambda n: n != int(n) or not 1950 <= n <= 2099)
level_units = st.sampled_from(TargetUnit)
years = st.integers(1990, 2049)
periods = st.one_of(years.map(str), years.map(lambda year: f"{year}/{(year + 1) % 100:02d}"))
origins = st.one_of(
    st.just(Origin()), st.just(Origin(OriginKind.PREVIOUS)), periods.map(lambda period: Origin(OriginKind.PERIOD, period)),
)
plain_levels = st.builds(Level, st.sampled_from(COMPARED), amounts, level_units)
ranges = st.builds(
    lambda ends, unit: Level(Comparison.BETWEEN, min(ends), unit, max(ends)), st.tuples(amounts, amounts), level_units)
wholes = st.one_of(
    st.sampled_from(STATES).map(lambda of: Level(Comparison.ALL, 100.0, TargetUnit.PERCENT, of=of)),
    st.sampled_from(STATES).map(lambda of: Level(Comparison.NONE, 0.0, TargetUnit.NUMBER, of=of)),
)
counts = st.one_of(
    st.builds(Count, st.sampled_from(COMPARED), amounts, st.sampled_from(NOUNS)),
    st.builds(lambda ends, of: Count(Comparison.BETWEEN, min(ends), of, max(ends)), st.tuples(amounts, amounts),
              st.sampled_from(NOUNS)),
)
moving = st.sampled_from([Direction.INCREASE, Direction.REDUCE, Direction.IMPROVE])
change_units = st.sampled_from([unit for unit in TargetUnit if unit is not TargetUnit.RATIO])
changes = st.one_of(
    st.builds(Change, moving, amounts, change_units, origins),
    st.builds(lambda direction, since: Change(direction, since=since), st.sampled_from(Direction), origins),
)
trends = st.builds(Trend, moving, st.one_of(st.none(), st.integers(1, 12)))
comparators = st.one_of(
    st.builds(Comparator, st.sampled_from(Relation), st.sampled_from(Against)),
    st.builds(Comparator, st.sampled_from([Relation.ABOVE, Relation.BELOW, Relation.BETTER_THAN, Relation.IN_LINE_WITH]),
              st.sampled_from(Against), amounts),
)
limits = {RankUnit.PLACES: st.integers(1, 150), RankUnit.PERCENT: st.integers(1, 99), RankUnit.QUARTILES: st.integers(1, 3)}
ranks = st.sampled_from(RankUnit).flatmap(
    lambda unit: st.builds(Rank, st.sampled_from(End), limits[unit].map(float), st.just(unit), st.sampled_from(Against)))
rank_changes = st.one_of(
    st.builds(RankChange, st.just(Direction.KEEP), st.none(), st.sampled_from(Against), origins),
    st.builds(RankChange, st.just(Direction.IMPROVE), st.one_of(st.none(), st.integers(1, 99)), st.sampled_from(Against),
              origins),
)
whose = st.one_of(st.none(), st.sampled_from(Against))
gaps = st.one_of(
    st.just(Gap(Closing.BELOW_NATIONAL)),
    st.builds(Gap, st.just(Closing.CLOSED), whose),
    st.builds(Gap, st.just(Closing.NARROWED), whose, since=origins),
    st.builds(Gap, st.just(Closing.AT_MOST), whose, amounts, st.just(TargetUnit.POINTS)),
    st.builds(Gap, st.just(Closing.REDUCED), whose, amounts, st.sampled_from([TargetUnit.PERCENT, TargetUnit.POINTS]), origins),
)
held = st.one_of(plain_levels, ranges, changes, comparators)
averages = st.one_of(
    st.builds(Average, held, st.lists(st.sampled_from(MONTHS), min_size=2, max_size=4, unique=True).map(tuple)),
    st.builds(lambda aim, n, span: Average(aim, (), n, span), held, st.integers(2, 12), st.sampled_from(Span)),
)
milestones = st.sampled_from(
    ["strategy published", "Terms of reference agreed; chair named", "10 schools written to", "gap analysis by Sept 2016",
     "boys' network above 40"],
).map(Milestone)
aims = st.one_of(
    plain_levels, ranges, wholes, counts, changes, trends, comparators, ranks, rank_changes, gaps, averages, milestones,
)
days = st.dates(date(1990, 1, 1), date(2049, 12, 31))
dues = st.builds(
    lambda by, start, recurrence, ongoing: Due(by, start, recurrence, ongoing),
    st.one_of(st.none(), days), st.one_of(st.none(), days), st.one_of(st.none(), st.sampled_from(Recurrence)), st.booleans(),
).filter(lambda due: due.by or due.start or due.recurrence or due.ongoing)
baselines = st.one_of(
    st.just(Baseline(to_be_determined=True)), periods.map(lambda period: Baseline(period=period)),
    st.builds(Baseline, amounts, level_units, st.one_of(st.just(""), periods, st.just("January 2015"))),
)
several = st.lists(aims, min_size=2, max_size=3, unique=True).map(lambda found: And(tuple(found)))
targets = st.builds(
    Target, st.one_of(aims, several), st.one_of(st.none(), dues),
    st.lists(st.sampled_from(COHORTS), max_size=3, unique=True).map(tuple), st.one_of(st.none(), baselines), st.booleans(),
)
