"""What a measure is: the closed vocabulary of a file in definitions/measures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from throughline.core.polarity import Polarity


class Kind(StrEnum):
    """Where a measure's figures come from."""

    PUBLISHED = "published"  # a national statistic
    ENTERED = "entered"  # typed by an officer
    REGISTER = "register"  # counted from an authority's own register of young people

    @property
    def is_own(self) -> bool:
        """Whether its figures are their authority's own business: seen by those who work for it, beside no other's."""
        return self is not Kind.PUBLISHED


class Unit(StrEnum):
    """What a value counts in."""

    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    POINTS = "points"
    SCORE = "score"
    RATE_PER_10_000 = "rate_per_10_000"
    RATE_PER_100_000 = "rate_per_100_000"
    NUMBER = "number"

    @property
    def suffix(self) -> str:
        """What is printed straight after a value."""
        return "%" if self is Unit.PERCENT else ""

    @property
    def words(self) -> str:
        """The unit as a reader sees it."""
        return {
            "percent": "per cent",
            "percentage_points": "percentage points",
            "points": "points",
            "score": "score",
            "rate_per_10_000": "per 10,000",
            "rate_per_100_000": "per 100,000",
            "number": "number",
        }[self.value]


@dataclass(frozen=True)
class PublishedSource:
    """The publisher's indicator a measure is: a data set of definitions/datasets and a name within it."""

    dataset: str
    indicator: str
    breakdown: str = ""
    group: str = ""


@dataclass(frozen=True)
class EnteredSource:
    """How an entered measure is collected: who types it, how often, and what is counted among what.

    counts is people or things: small counts of people are suppressed.
    """

    collected_by: str
    frequency: str
    numerator: str = ""
    denominator: str = ""
    counts: str = "people"


class Headline(StrEnum):
    """Which month ends a figure of the register is of."""

    THREE_MONTHS = "three_month_average"  # December to February
    THREE_MONTHS_OLDER = "three_month_average_older"  # November to January, as plans before 2016 have it
    SNAPSHOT = "march_snapshot"  # 31 March
    MONTH = "month_end"  # every month by itself


@dataclass(frozen=True)
class RegisterSource:
    """What is counted among whom: each a column of participation_month with the values it may have.

    breakdowns are those of participation/breakdowns.py. comparator is the id of the published measure that it is set beside.
    """

    numerator: Mapping[str, tuple[str | int | bool, ...]]
    denominator: Mapping[str, tuple[str | int | bool, ...]]
    headline: Headline
    breakdowns: tuple[str, ...] = ()
    comparator: str = ""

    @property
    def ages(self) -> frozenset[int]:
        """The academic ages of whoever is counted or counted among; empty where that is anybody, whatever their age."""
        asked = [where.get("academic_age", ()) for where in (self.numerator, self.denominator)]
        return frozenset(int(age) for ages in asked for age in ages) if all(asked) else frozenset()

    def of_kind(self, kind: str, value: str) -> dict[str, tuple[str | int | bool, ...]]:
        """What counts those of one value of KINDS: parts of the numerator, or of everybody where the numerator itself asks of it.

        So participation types part those who participate, and the classes of the duty part all who are under it.
        """
        return {**self.numerator, kind: (value,)}


@dataclass(frozen=True)
class Break:
    """A break in the series: period is the first period after it, as its publisher prints it."""

    period: str
    reason: str


@dataclass(frozen=True)
class Breakdown:
    """Groups a measure is also published for; reference is the group the gaps are measured from."""

    id: str
    title: str
    reference: str
    groups: dict[str, PublishedSource]


@dataclass(frozen=True)
class Provenance:
    """Who answers for the definition, and when it is next looked at."""

    owner: str
    reviewed: date
    next_review: date


@dataclass(frozen=True, eq=False)
class Measure:
    """One measure, as its file states it. Two readings of a file are two measures: a measure may be a cache's key."""

    id: str
    title: str
    theme: str
    description: str
    why: str
    kind: Kind
    unit: Unit
    polarity: Polarity
    decimals: int
    provenance: Provenance
    point: float = 1.0  # how much better “one point” is, for the places it is worth
    year_type: str = "calendar year"  # what a bare year means when a period is asked for
    keywords: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    no_quartiles: str = ""  # why no quartile bands are drawn, when they are not
    no_england: str = ""  # why England's published figure is no comparator, when it is not
    not_known: str = ""  # of a published measure of NEET, that of those not known of the same people, who may be NEET too
    order: int = 100  # where in its theme it is printed; those alike follow their titles
    published: PublishedSource | None = None
    entered: EnteredSource | None = None
    register: RegisterSource | None = None
    breaks: tuple[Break, ...] = ()
    breakdowns: tuple[Breakdown, ...] = field(default=())
