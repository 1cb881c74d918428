"""Made-up points, standings and gaps, as short to write as they are to read."""

from datetime import date

from throughline.analytics.measures.series import Gap, Point, Standing
from throughline.core.periods import Period, PeriodKind
from throughline.core.statuses import Status

UNSHAPED = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def year(label: str) -> Period:
    """A calendar year."""
    return Period(label, PeriodKind.CALENDAR_YEAR, date(int(label), 1, 1), date(int(label), 12, 31))


def point(label: str, value: float | None, england: float | None = None, joins: bool = True, broken: str | None = None,
          estimate: float | None = None, high: float | None = None) -> Point:
    """One year of a trend."""
    status = Status.FINAL if value is not None else Status.SUPPRESSED
    return Point(year(label), value, status, england, None, None, joins, broken, estimate=estimate, high=high)


def gap(label: str, group: str, apart: float | None, england: float | None = None, joins: bool = True) -> Gap:
    """One year of one group's gap."""
    return Gap(year(label), group, 1.0, Status.FINAL, 2.0, apart, england, joins)


def standing(area: str, value: float | None, quintile: int | None = None) -> Standing:
    """An authority named after its code."""
    return Standing(area, f"Authority {area}", value, Status.FINAL, None, None, quintile)


def outline(area: str) -> dict:
    """A district of an authority."""
    return {"type": "Feature", "geometry": UNSHAPED, "properties": {"area": area}}
