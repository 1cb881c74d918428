"""Levels, changes, comparators and ranks with a due date and a baseline, judged again slowly in plain arithmetic."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.evidence import Evidence, Point
from throughline.analytics.targets.judge import judge
from throughline.analytics.targets.language import (
    Against,
    Baseline,
    Change,
    Comparator,
    Comparison,
    Direction,
    Due,
    End,
    Level,
    Rank,
    RankUnit,
    Relation,
    Target,
    TargetUnit,
)
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status

FIRST, LAST = 2010, 2019
RANKED = 152
tenths = st.integers(0, 1000)
rows = st.lists(
    st.tuples(st.one_of(st.none(), tenths), tenths, st.integers(1, RANKED)), min_size=2, max_size=LAST - FIRST + 1,
)
aims = st.one_of(
    st.tuples(st.sampled_from(["at least", "at most", "reach"]), tenths),
    st.tuples(st.sampled_from(["improve by", "increase by", "reduce by"]), st.integers(0, 300)),
    st.tuples(st.sampled_from(["above England", "better than England"]), st.just(0)),
    st.tuples(st.just("top places"), st.integers(1, RANKED)),
)


def year_end(year: int) -> date:
    return date(year, 8, 31)


def in_tenths(value: Fraction) -> Fraction:
    """A value rounded to one decimal, halves away from zero."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def plainly(aim: tuple[str, int], rows: list, better: int, base: int | None, due: int, on: date, share: Fraction) -> str:
    """The verdict, worked out year by year. Values are tenths; better is +1 or -1; base and due are years."""
    known = {FIRST + i: row for i, row in enumerate(rows) if year_end(FIRST + i) <= on}
    counting = [year for year in known if year <= due]
    if not counting:
        return "cannot be judged"
    year = max(counting)
    value, england, rank = known[year]
    kind, amount = aim
    by_rank = kind == "top places"
    if value is None:
        return "cannot be judged"
    started = known.get(base)
    start = None if started is None or started[0] is None else Fraction(started[2]) if by_rank else Fraction(started[0], 10)
    needed, sense, strict = Fraction(amount, 10), better, False
    if kind in ("at least", "at most"):
        sense = 1 if kind == "at least" else -1
    elif kind.endswith(" by"):
        if start is None:
            return "cannot be judged"
        sense = {"improve by": better, "increase by": 1, "reduce by": -1}[kind]
        needed = start + sense * Fraction(amount, 10)
    elif kind.endswith("England"):
        needed, sense, strict = Fraction(england, 10), 1 if kind.startswith("above") else better, True
    elif by_rank:
        needed, sense = Fraction(amount), -1
    actual = Fraction(rank) if by_rank else Fraction(value, 10)
    ahead = (actual - needed) * sense
    if ahead > 0 or (ahead == 0 and not strict):
        return "met"
    if on > year_end(due) and year == due:
        return "missed"
    if start is None or base >= due:
        return "cannot be judged"
    if not year_end(base) <= year_end(year):
        return "cannot be judged"
    way = Fraction((year_end(year) - year_end(base)).days, (year_end(due) - year_end(base)).days)
    then = in_tenths(start + (needed - start) * way)
    return "on track" if (then - actual) * sense <= abs(needed - start) * share else "off track"


def as_target(aim: tuple[str, int], base: int | None, due: int) -> Target:
    kind, amount = aim
    value = amount / 10
    made = {
        "at least": Level(Comparison.AT_LEAST, value, TargetUnit.PERCENT),
        "at most": Level(Comparison.AT_MOST, value, TargetUnit.PERCENT),
        "reach": Level(Comparison.REACH, value, TargetUnit.PERCENT),
        "improve by": Change(Direction.IMPROVE, value, TargetUnit.POINTS),
        "increase by": Change(Direction.INCREASE, value, TargetUnit.POINTS),
        "reduce by": Change(Direction.REDUCE, value, TargetUnit.POINTS),
        "above England": Comparator(Relation.ABOVE, Against.ENGLAND),
        "better than England": Comparator(Relation.BETTER_THAN, Against.ENGLAND),
        "top places": Rank(End.TOP, float(amount), RankUnit.PLACES),
    }[kind]
    baseline = None if base is None else Baseline(period=f"{base - 1}/{base % 100:02d}")
    return Target(made, Due(by=year_end(due)), baseline=baseline)


def as_evidence(rows: list, better: int) -> Evidence:
    polarity = Polarity.HIGHER_IS_BETTER if better > 0 else Polarity.LOWER_IS_BETTER
    points = tuple(
        Point(f"{year - 1}/{year % 100:02d}", date(year - 1, 9, 1), year_end(year), None if value is None else value / 10,
              Status.SUPPRESSED if value is None else Status.FINAL, england=england / 10,
              rank=None if value is None else rank, ranked=RANKED)
        for year, (value, england, rank) in enumerate(rows, FIRST)
    )
    return Evidence("A measure", Unit.PERCENT, polarity, 1, points, "Marlshire's figures")


@settings(max_examples=2500, deadline=None)
@given(aim=aims, rows=rows, better=st.sampled_from([1, -1]), base=st.one_of(st.none(), st.integers(FIRST, LAST)),
       due=st.integers(FIRST - 1, LAST + 2), on=st.dates(date(2009, 1, 1), date(2022, 12, 31)))
def test_the_verdict_is_the_one_worked_out_slowly(rules, aim, rows, better, base, due, on):
    share = Fraction(str(rules.thresholds.behind_share))
    found = judge(as_target(aim, base, due), as_evidence(rows, better), on, rules)
    assert found.verdict == plainly(aim, rows, better, base, due, on, share), found.steps
