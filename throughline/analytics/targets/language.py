"""The closed language of targets: every kind of promise that can be judged, as plain values.

A Target is what it aims at, by when, for whom and from what baseline. Printed words, and words that could
not be used, ride along and are no part of the meaning: two targets that mean the same are equal.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class TargetUnit(StrEnum):
    """What a target's number counts in."""

    PERCENT = "percent"  # of a level, per cent; of a change, a share of the value at the start
    POINTS = "points"  # percentage points, or points of a score
    NUMBER = "number"
    RATIO = "ratio"  # so many to one
    PER_10_000 = "per_10_000"
    PER_100_000 = "per_100_000"


class Comparison(StrEnum):
    """How a value is to stand to a number."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    REACH = "reach"  # at least or at most, whichever way is better for the measure
    BETWEEN = "between"
    ALL = "all"
    NONE = "none"


class Direction(StrEnum):
    """Which way a value is to go; improve is whichever way is better for the measure."""

    INCREASE = "increase"
    REDUCE = "reduce"
    IMPROVE = "improve"
    KEEP = "keep"  # no worse


class OriginKind(StrEnum):
    """What a change is counted from."""

    BASELINE = "baseline"
    PREVIOUS = "previous"  # the period a year before
    PERIOD = "period"


class Relation(StrEnum):
    """How a value is to stand to a comparator."""

    ABOVE = "above"
    BELOW = "below"
    BETTER_THAN = "better_than"
    IN_LINE_WITH = "in_line_with"  # within a margin, or better
    AT_OR_ABOVE = "at_or_above"
    AT_OR_BELOW = "at_or_below"
    AMONG_BEST = "among_best"


class Against(StrEnum):
    """Whom a value is set beside, or ranked among."""

    ENGLAND = "england"
    REGION = "region"
    NEIGHBOURS = "statistical_neighbours"


class End(StrEnum):
    """Which end of the ranking a target speaks of."""

    TOP = "top"
    NOT_BOTTOM = "not_bottom"


class RankUnit(StrEnum):
    """What a limit on a rank counts in."""

    PLACES = "places"
    PERCENT = "percent"
    QUARTILES = "quartiles"


class Closing(StrEnum):
    """What is to become of a gap."""

    BELOW_NATIONAL = "below_national"  # less than the same gap for England
    REDUCED = "reduced"  # by an amount
    NARROWED = "narrowed"  # by any amount
    CLOSED = "closed"
    AT_MOST = "at_most"


class Span(StrEnum):
    """What an average without named months is taken over."""

    MONTHS = "months"
    TERMS = "terms"
    YEARS = "years"


class Recurrence(StrEnum):
    """How often a target falls due again."""

    YEARLY = "yearly"
    TERMLY = "termly"
    HALF_TERMLY = "half_termly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Origin:
    """What a change is counted from; period is a printed period such as 2012 or 2016/17, "" for the other kinds."""

    kind: OriginKind = OriginKind.BASELINE
    period: str = ""


@dataclass(frozen=True)
class Level:
    """A value to be reached: "at least 70%", "5.5%", "between 20 to 40", "all schools", "no schools in deficit".

    upper is the far end of BETWEEN. ALL is 100 per cent and NONE is zero; of is then the words for who or what.
    """

    comparison: Comparison
    value: float
    unit: TargetUnit
    upper: float | None = None
    of: str = ""


@dataclass(frozen=True)
class Count:
    """So many things: "at least 700 apprenticeships". of is the plan's word for them; never "" """

    comparison: Comparison
    value: float
    of: str
    upper: float | None = None


@dataclass(frozen=True)
class Change:
    """A move from where it started: "improve by at least 5 points", "reduce by 4,000", "increase by 10%".

    amount None is any move that way. PERCENT is a share of the value at the start, never percentage points.
    """

    direction: Direction
    amount: float | None = None
    unit: TargetUnit | None = None
    since: Origin = Origin()


@dataclass(frozen=True)
class Trend:
    """A move in the same direction each year: so many years running, or, with None, every year since the baseline."""

    direction: Direction
    years: int | None = None


@dataclass(frozen=True)
class Comparator:
    """A standing to somebody else's value: "above the national average", "in line with statistical neighbours".

    by is how far above, below or better at least, or for IN_LINE_WITH how near; in the measure's own unit.
    """

    relation: Relation
    against: Against
    by: float | None = None


@dataclass(frozen=True)
class Rank:
    """A place among authorities: "within the top 50%", "in the top quartile", "not in the bottom 10"."""

    end: End
    limit: float
    unit: RankUnit
    among: Against = Against.ENGLAND


@dataclass(frozen=True)
class RankChange:
    """A move in the ranking: "maintain our high ranking nationally", "improve our rank by 10 places"."""

    direction: Direction  # IMPROVE or KEEP
    places: int | None = None
    among: Against = Against.ENGLAND
    since: Origin = Origin()


@dataclass(frozen=True)
class Gap:
    """What is to become of a gap: "halve the gaps", "closed to less than the gap nationally".

    to is None for the gap between a group and those it is compared with; otherwise whose value the
    authority's own is set beside. amount and unit are for REDUCED (a share or points) and AT_MOST (points).
    """

    closing: Closing
    to: Against | None = None
    amount: float | None = None
    unit: TargetUnit | None = None
    since: Origin = Origin()


@dataclass(frozen=True)
class Average:
    """Another aim held of an average: over months named, in order ("November", "December", "January"), or over a span."""

    aim: Level | Change | Comparator
    months: tuple[str, ...] = ()
    periods: int | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Milestone:
    """Something to be done, which a person judges with evidence: "strategy published"."""

    words: str


Aim = Level | Count | Change | Trend | Comparator | Rank | RankChange | Gap | Average | Milestone


@dataclass(frozen=True)
class And:
    """Several aims, all to be met; at least two."""

    parts: tuple[Aim, ...]


@dataclass(frozen=True)
class Due:
    """When a target is to be met: by a day, from a day on, or both ("in 2014/15"), or again and again.

    ongoing is meant to hold always. printed keeps the plan's own words.
    """

    by: date | None = None
    start: date | None = None
    recurrence: Recurrence | None = None
    ongoing: bool = False
    printed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Baseline:
    """Where a target starts from; value None with to_be_determined when the plan says so. period is as printed."""

    value: float | None = None
    unit: TargetUnit | None = None
    period: str = ""
    to_be_determined: bool = False
    printed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Target:
    """One target, understood.

    cohort holds the groups named, as definitions/rules/targets.toml prints them. every_measure says that it is
    to hold of each of several measures. unread lists the words that no part of the meaning came from; doubts are
    sentences about a reading that could have been another.
    """

    aim: Aim | And
    due: Due | None = None
    cohort: tuple[str, ...] = ()
    baseline: Baseline | None = None
    every_measure: bool = False
    printed: str = field(default="", compare=False)
    unread: tuple[str, ...] = field(default=(), compare=False)
    doubts: tuple[str, ...] = field(default=(), compare=False)

    @property
    def parts(self) -> tuple[Aim, ...]:
        """The aims, one or several."""
        return self.aim.parts if isinstance(self.aim, And) else (self.aim,)


@dataclass(frozen=True)
class NotUnderstood:
    """Words that are no target we can read: why, and a wording that would be read."""

    printed: str
    why: str
    wording: str
