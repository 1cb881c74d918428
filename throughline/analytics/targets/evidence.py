"""What a judge is given: the figures of one measure for one authority, whatever kind of measure it is.

This is the one door by which figures reach a judgement. A builder makes an Evidence from published figures, from
entered ones, or from our own records when there are any: kind says which, and nothing else in judging differs.
A published measure fills in the comparators and the ranks; an entered one leaves them None; a register's monthly
figures also carry numerator and denominator, so that averages over months can be of counts. A new kind of
measure needs a builder and no change here.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from throughline.analytics.measures.definition import Unit
from throughline.analytics.measures.sequence import crosses_break
from throughline.analytics.targets.language import Against
from throughline.core.periods import UnreadablePeriodError, parse_period
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status


@dataclass(frozen=True)
class Point:
    """One period: the authority's value with its status, and what it is compared with; None where there is nothing.

    release is printed beside the value. released is the day it came out, where known: an earlier day than that is
    judged without it. rank is 1 for best among ranked authorities, quartile A to D with A best; neighbours_rank is
    among the neighbours and the authority itself. numerator and denominator are the counts, where they are known.
    england_period is the period of England's figure where it is another than the point's own, and england_source whose it is
    where it is not the measure's own. at_most is the most that a value may be for all we know, of which value is the least.
    """

    period: str
    start: date
    end: date
    value: float | None
    status: Status = Status.FINAL
    release: str = ""
    released: date | None = None
    england: float | None = None
    region: float | None = None
    neighbours_mean: float | None = None
    neighbours_rank: int | None = None
    neighbours_ranked: int | None = None
    rank: int | None = None
    ranked: int | None = None
    quartile: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    england_period: str = ""
    england_source: str = ""
    at_most: float | None = None

    @property
    def england_then(self) -> float | None:
        """England's figure of the point's own period; None where only an older one is held."""
        return None if self.england_period else self.england

    def beside(self, against: Against) -> float | None:
        """The comparator's value."""
        match against:
            case Against.ENGLAND:
                return self.england
            case Against.REGION:
                return self.region
            case Against.NEIGHBOURS:
                return self.neighbours_mean


@dataclass(frozen=True)
class GapPoint:
    """One period of a group beside the group it is compared with, here and in England."""

    period: str
    start: date
    end: date
    group_value: float | None
    comparator_value: float | None
    england_group: float | None = None
    england_comparator: float | None = None
    status: Status = Status.FINAL
    release: str = ""
    released: date | None = None


def known(point: Point | GapPoint, on: date) -> bool:
    """Whether a period had ended by a day, and its figure was out."""
    return point.end <= on and (point.released is None or point.released <= on)


@dataclass(frozen=True)
class SeriesBreak:
    """A day on which a new series starts, and why it cannot be set beside the old one."""

    start: date
    reason: str


@dataclass(frozen=True)
class Evidence:
    """One measure's figures for one authority; points, gaps and breaks earliest first, one point a period.

    kind is "published", "entered" or "register". gaps are of group beside comparator_group, as the measure
    publishes them. is_gap says that the measure's own value is such a gap. average_of names the months each
    point already averages. year_type is what a bare year means, as in core.periods. region and neighbours name
    those comparators.
    """

    title: str
    unit: Unit
    polarity: Polarity
    decimals: int
    points: tuple[Point, ...]
    source: str
    kind: str = "published"
    breaks: tuple[SeriesBreak, ...] = ()
    gaps: tuple[GapPoint, ...] = ()
    group: str = ""
    comparator_group: str = ""
    is_gap: bool = False
    average_of: tuple[str, ...] = ()
    year_type: str = "academic year"
    region: str = "the region"
    neighbours: str = "statistical neighbours"

    def break_between(self, earlier: date, later: date) -> SeriesBreak | None:
        """The break between two periods' first days, or None where the series runs on."""
        return next((one for one in self.breaks if crosses_break(earlier, later, [one.start])), None)

    @cached_property
    def _periods_read(self) -> dict[str, tuple[date, date] | None]:
        return {}

    def stretch(self, period: str) -> tuple[date, date] | None:
        """The first and last day of a period as a plan prints it, in this measure's convention; None if unreadable."""
        if period not in self._periods_read:
            try:
                read = parse_period(period, self.year_type)[0]
                self._periods_read[period] = (read.start, read.end)
            except UnreadablePeriodError:
                self._periods_read[period] = None
        return self._periods_read[period]


@dataclass(frozen=True)
class PersonJudgement:
    """What a person found of something no figure can settle; status is met, on track, off track or missed."""

    status: str
    by: str
    on: date
    evidence: str
