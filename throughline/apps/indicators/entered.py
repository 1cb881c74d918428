"""Values entered by hand, as the points and gaps that judging takes."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from throughline.analytics.measures.definition import Unit
from throughline.analytics.measures.disclosure import SmallNumbers
from throughline.analytics.targets.evidence import GapPoint, Point
from throughline.apps.indicators.meaning import stretch_of
from throughline.apps.indicators.models import Indicator, IndicatorValue
from throughline.core.statuses import Status
from throughline.ui.formats import day

Hides = Callable[[IndicatorValue], bool]


class Beside(NamedTuple):
    """What may be typed beside a value: the key it is kept under, its label, and whether it is a place in a ranking."""

    key: str
    label: str
    whole: bool = False


COMPARATORS = (
    Beside("england", "England"),
    Beside("region", "The region"),
    Beside("neighbours", "Statistical neighbours, mean"),
    Beside("rank", "Rank among authorities, 1 is best", True),
    Beside("ranked", "Authorities ranked", True),
    Beside("neighbours_rank", "Rank among neighbours", True),
    Beside("neighbours_ranked", "Neighbours ranked, this authority included", True),
    Beside("comparator", "The group it is compared with"),
    Beside("england_group", "The same group in England"),
    Beside("england_comparator", "The group it is compared with, in England"),
)


def entered_points(values: Iterable[IndicatorValue], hides: Hides) -> tuple[Point, ...]:
    """The values whose period can be read, earliest first; a status without a number has none, nor has a small count."""
    found = []
    for row in values:
        hidden = hides(row)
        status = Status.SUPPRESSED if hidden else Status(row.status)
        if stretch := stretch_of(row.period):
            beside = row.comparators
            found.append(Point(
                row.period, *stretch, row.value if status.has_value else None, status, release_of(row),
                england=beside.get("england"), region=beside.get("region"), neighbours_mean=beside.get("neighbours"),
                neighbours_rank=_whole(beside.get("neighbours_rank")), neighbours_ranked=_whole(beside.get("neighbours_ranked")),
                rank=_whole(beside.get("rank")), ranked=_whole(beside.get("ranked")), numerator=None if hidden else row.numerator,
                denominator=None if hidden else row.denominator,
            ))
    return tuple(sorted(found, key=lambda point: (point.end, point.start)))


def entered_gaps(values: Iterable[IndicatorValue], hides: Hides) -> tuple[GapPoint, ...]:
    """The gaps of those values that have the group they are compared with typed beside them, earliest first."""
    found = []
    for row in values:
        status = Status.SUPPRESSED if hides(row) else Status(row.status)
        beside, stretch = row.comparators, stretch_of(row.period)
        if stretch and "comparator" in beside:
            found.append(GapPoint(
                row.period, *stretch, row.value if status.has_value else None, beside["comparator"],
                beside.get("england_group"), beside.get("england_comparator"), status, release_of(row)))
    return tuple(sorted(found, key=lambda gap: gap.end))


def hiding(indicator: Indicator, small: SmallNumbers) -> Hides:
    """What says whether a value tells of so few young people that it is not shown."""
    people = indicator.counts == Indicator.Counts.PEOPLE

    def hides(row: IndicatorValue) -> bool:
        counts = [row.value] if indicator.unit in ("", Unit.NUMBER) else [row.numerator, row.denominator]
        if row.numerator is not None and row.denominator is not None:
            counts.append(row.denominator - row.numerator)
        return people and any(small.hides(count) for count in counts)

    return hides


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def release_of(row: IndicatorValue) -> str:
    """When a value was entered, and whether it may still change."""
    marked = f", {Status(row.status).words}" if row.status in (Status.PROVISIONAL, Status.REVISED) else ""
    return f"entered {day(row.at)}{marked}"
