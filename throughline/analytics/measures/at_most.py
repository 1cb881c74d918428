"""The most that published NEET could be: what is published of NEET and of those not known, added."""

from collections.abc import Iterable, Mapping
from datetime import date
from statistics import mean
from typing import NamedTuple

from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.figures import Figure
from throughline.analytics.measures.series import ENGLAND, neighbours_of
from throughline.analytics.warehouse.connection import Warehouse


class AtMost(NamedTuple):
    """The most that NEET could be, per cent, of an area and of what its figure is set beside; None where it cannot be said."""

    own: float | None
    england: float | None
    region: float | None
    neighbours: float | None


def at_most(warehouse: Warehouse, measure: Measure, start: date | None, end: date | None) -> dict[str, float | None]:
    """The most that NEET could be of each area of which a measure of NEET has a figure in a period, by the area's code: that
    figure and the one of those not known, added. Both are percentages of the same people, as printed, so that the sum may be off
    by as much as they were rounded.

    None where no figure of those not known is published in the same data set and vintage: NEET is then the lower end alone.
    Empty for a measure that is none of NEET as published, or without a period.
    """
    if not measure.not_known or start is None or end is None:
        return {}
    rows = warehouse.rows(_SUM, measure.not_known, measure.id, start, end)
    return {row["area"]: None if row["high"] is None else min(row["high"], 100.0) for row in rows}


_SUM = """
    SELECT neet.area, neet.value + not_known.value AS high
    FROM comparison neet LEFT JOIN comparison not_known
      ON not_known.measure = ? AND not_known.area = neet.area AND not_known.period_start = neet.period_start
     AND not_known.period_end = neet.period_end AND not_known.dataset = neet.dataset
     AND not_known.vintage = neet.vintage AND not_known.preferred
    WHERE neet.measure = ? AND neet.period_start = ? AND neet.period_end = ? AND neet.preferred AND neet.value IS NOT NULL
"""


def at_most_beside(warehouse: Warehouse, figure: Figure, high: Mapping[str, float | None], neighbours: str) -> AtMost | None:
    """The most that NEET could be of a figure's area and of what it is set beside, of what at_most gave for its period;
    neighbours is the model of them. None where it gave nothing.
    """
    if not high:
        return None
    alike = [code for code, _ in neighbours_of(warehouse, figure.place, neighbours)]
    return AtMost(high.get(figure.place.area), high.get(ENGLAND), high.get(figure.region_area or ""),
                  _mean(high[code] for code in alike if code in high))


def _mean(highs: Iterable[float | None]) -> float | None:
    """The mean, as that of NEET is: of everybody who has a figure; None where it cannot be said of one of them."""
    of = list(highs)
    known = [high for high in of if high is not None]
    return mean(known) if known and len(known) == len(of) else None
