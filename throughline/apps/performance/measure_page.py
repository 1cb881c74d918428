"""What the page of one measure shows of one area: its place, its trend, its neighbours, its gaps and its source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from throughline.analytics.measures.areas import Area, all_areas
from throughline.analytics.measures.at_most import AtMost, at_most
from throughline.analytics.measures.definition import Breakdown, Headline, Measure
from throughline.analytics.measures.figures import NEIGHBOUR_MODELS, Figure, Range, periods, ranges
from throughline.analytics.measures.series import Gap, Point, Standing, gaps, neighbours_of, standings, trend
from throughline.analytics.warehouse.connection import Warehouse
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import Asked, compared, figures_asked
from throughline.apps.performance.groups import Parted, parted
from throughline.apps.performance.scorecard import between_of, most_of, published_beside
from throughline.core.periods import Period
from throughline.core.statuses import Status


@dataclass(frozen=True)
class Neighbour:
    """One statistical neighbour's line: where it stands, and how alike it is."""

    name: str
    area: str
    closeness: str
    standing: Standing | None


@dataclass(frozen=True)
class MeasurePage:
    """Everything the page and its downloads draw on."""

    measure: Measure
    area: Area
    asked: Asked
    figures: dict[str, Figure]  # by neighbour model
    period: Period | None
    periods: list[Period]
    points: list[Point]
    standings: list[Standing]
    neighbours: dict[str, list[Neighbour]]
    gaps: list[tuple[Breakdown, list[Gap]]]
    indicator: dict[str, Any] | None
    source: dict[str, Any] | None
    region: Area | None
    beside: Figure | None  # England's published figure of what a measure of the register counts
    parted: list[Parted]
    between: Range | None  # what NEET may be for all we know
    before: Range | None  # the same of the period that the change is from
    highs: Mapping[str, float | None]  # the most that NEET as published could be, by area; empty for any other measure
    most: Mapping[str, AtMost | None]  # the same of what the figure is set beside, by neighbour model
    beside_most: AtMost | None  # the same of beside

    @property
    def figure(self) -> Figure:
        """The figure beside the neighbours that were asked for."""
        return self.figures[self.asked.neighbours]

    @property
    def point(self) -> Point | None:
        """The period that is shown, as the trend has it, with the counts that its figure is made of."""
        return next((point for point in self.points if point.period == self.period), None)

    @property
    def tells_counts(self) -> bool:
        """Whether the trend has a figure whose counts are told: how many were counted, and among how many."""
        return bool(self._counts)

    @property
    def places_of_counts(self) -> int:
        """To how many places counts are shown: those of one day are whole, an average of several month ends is not."""
        if source := self.measure.register:
            return 0 if source.headline in (Headline.MONTH, Headline.SNAPSHOT) else 1
        return 0 if all(count % 1 == 0 for count in self._counts) else 1

    @property
    def averages_counts(self) -> bool:
        """Whether the page has counts that are averages of several month ends, as those of the register's measures may be."""
        return bool(self.measure.register and self.places_of_counts and (self.tells_counts or self.parted))

    @property
    def _counts(self) -> list[float]:
        held = (count for point in self.points for count in (point.numerator, point.denominator))
        return [count for count in held if count is not None]

    @property
    def has_range(self) -> bool:
        """Whether the trend has a period of which NEET is told as a range."""
        return any(point.high is not None for point in self.points)

    @property
    def high_change(self) -> float | None:
        """How far the most that NEET may be went since the period that the change is from; None where either is not told."""
        return self.between.high - self.before.high if self.between and self.before else None

    @property
    def compared(self) -> bool:
        """Whether the area may be set beside others."""
        return compared(self.measure)

    @property
    def has_provisional(self) -> bool:
        """Whether this measure has a period known only provisionally, to be shown when it is asked for."""
        return len(self.periods) > len(self.points) or any(p.status is Status.PROVISIONAL for p in self.points)

    @property
    def moved_by_model(self) -> int | None:
        """How many places the rank among neighbours moves from the 2025 model to the 2021; positive is down."""
        new, old = (self.figures[model].neighbours_rank for model in NEIGHBOUR_MODELS)
        return None if new is None or old is None else old - new

    @property
    def series_names(self) -> dict[str, str]:
        """The series of the trend chart by their keys, those with nothing to show left out."""
        if self.has_range:
            return {"value": "At least, as counted", "estimate": "Likely", "high": "At most"}
        names = {"value": self.area.name}
        if self.area.area != "970":
            names["england"] = "England"
        if self.region is not None and self.area.is_authority:
            names["region"] = self.region.name
        if self.area.is_authority:
            names["neighbours_mean"] = f"Statistical neighbours ({self.asked.neighbours})"
        return {key: name for key, name in names.items() if any(getattr(p, key) is not None for p in self.points)}


def measure_page(warehouse: Warehouse, measure: Measure, area: Area, asked: Asked) -> MeasurePage:
    """Read everything for the page. Raises UnknownPeriodError when the period asked for cannot be read."""
    found = {
        model: figures_asked(warehouse, [measure], [area], replace(asked, neighbours=model))[0]
        for model in NEIGHBOUR_MODELS
    }
    figure = found[asked.neighbours]
    known = periods(warehouse, measure)
    period = next((p for p in known if (p.start, p.end) == (figure.period_start, figure.period_end)), None)
    placed = standings(warehouse, measure, period) if period and compared(measure) else []
    points = trend(warehouse, measure, area, asked.neighbours, asked.provisional)
    if not compared(measure):
        points = [replace(point, neighbours_mean=None) for point in points]
    beside = published_beside(warehouse, room.measures(), [measure]).get(measure.id)
    return MeasurePage(
        measure, area, asked, found, period, known, points, placed,
        {model: _neighbours(warehouse, area, model, placed) for model in NEIGHBOUR_MODELS},
        [(breakdown, gaps(warehouse, measure, breakdown, area)) for breakdown in measure.breakdowns],
        _first(warehouse, "SELECT * FROM indicator WHERE dataset = ? AND indicator = ?", *_published(measure)),
        _first(warehouse, "SELECT * FROM source WHERE dataset = ?", _published(measure)[0]),
        all_areas(warehouse).get(figure.region_area or area.region or ""),
        beside,
        parted(warehouse, measure, area, period) if period else [],
        *_ranges(warehouse, figure),
        at_most(warehouse, measure, figure.period_start, figure.period_end),
        {model: most_of(warehouse, each, model) for model, each in found.items()},
        most_of(warehouse, beside, asked.neighbours) if beside else None,
    )


def _ranges(warehouse: Warehouse, figure: Figure) -> tuple[Range | None, Range | None]:
    """What NEET may be for all we know: in the period of a figure, and in the one that its change is from."""
    held = ranges(warehouse, figure.place)
    before = held.get((figure.definition.id, figure.previous_period)) if figure.previous_period else None
    return between_of(held, figure), before


def _published(measure: Measure) -> tuple[str, str]:
    return (measure.published.dataset, measure.published.indicator) if measure.published else ("entered", "")


def _first(warehouse: Warehouse, sql: str, *parameters: str) -> dict[str, Any] | None:
    return next(iter(warehouse.rows(sql, *parameters)), None)


def _neighbours(warehouse: Warehouse, area: Area, model: str, placed: list[Standing]) -> list[Neighbour]:
    by_area: Mapping[str, Standing] = {standing.area: standing for standing in placed}
    names = all_areas(warehouse)
    return [
        Neighbour(names[code].name, code, closeness, by_area.get(code))
        for code, closeness in neighbours_of(warehouse, area, model)
        if code in names
    ]
