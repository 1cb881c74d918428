"""Reads finished figures: each with its change, its place among all authorities and among its neighbours."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from throughline.analytics.measures.areas import Area
from throughline.analytics.measures.definition import Kind, Measure
from throughline.analytics.warehouse.connection import Warehouse
from throughline.core.nearest import nearest
from throughline.core.periods import Period, PeriodKind, UnreadablePeriodError, parse_period
from throughline.core.rounding import round_half_up
from throughline.core.statuses import Status

NEIGHBOUR_MODELS = ("2025", "2021")
ENTERED_BY = "Entered by the authority"
COUNTED_BY = "Counted from the authority's own register"
FEW_PLACES = 20  # up to so many are looked up by code; for more, every area is read and the rest let go


class Range(NamedTuple):
    """What NEET would be, per cent, if none, if as many as are likely, and if all of those not known were NEET.

    adjusted is NEET as the department once adjusted it, historic and indicative; None where it is not worked out or not told.
    """

    low: float
    estimate: float
    high: float
    adjusted: float | None = None

    def went_one_way_since(self, before: "Range", decimals: int) -> bool:
        """Whether both ends, as changes are printed, rose or both fell, or the lower stayed: otherwise NEET may have gone either
        way, and people who were found or lost sight of are what moved it.
        """
        low, high = (round_half_up(now - then, decimals) for now, then in ((self.low, before.low), (self.high, before.high)))
        return low == 0 or low * high > 0


def ranges(warehouse: Warehouse, area: Area) -> dict[tuple[str, str], Range]:
    """Every range of an area, by measure and period as it is printed."""
    rows = warehouse.rows("SELECT * FROM neet_range WHERE area = ?", area.area)
    return {(row["measure"], row["period"]): Range(row["low"], row["estimate"], row["high"], row["adjusted"]) for row in rows}


class Figure(NamedTuple):
    """One measure of one area in one period, and everything it is compared with; None where there is nothing.

    unsure says that its change is neither better nor worse for all we know. A named tuple, since every authority's scorecard
    makes over ten thousand.
    """

    definition: Measure
    place: Area
    period: str | None
    period_start: date | None
    period_end: date | None
    value: float | None
    status: Status
    change: float | None
    previous_period: str | None
    england: float | None
    region: float | None
    region_area: str | None
    neighbours_mean: float | None
    neighbours_rank: int | None
    neighbours_ranked: int | None
    rank: int | None
    ranked: int | None
    quartile: str | None
    quintile: int | None
    quartile_low: float | None
    quartile_middle: float | None
    quartile_high: float | None
    lowest: float | None
    highest: float | None
    places_per_point: int | None
    source: str | None
    release: str | None
    vintage: str | None
    unsure: bool = False

    @property
    def judged(self) -> str | None:
        """Whether the change, as it is printed, is better, worse or the same; None where it cannot be said."""
        if self.change is None or self.unsure:
            return None
        return self.definition.polarity.judge(round_half_up(self.change, self.definition.decimals))

    def as_dict(self) -> dict[str, Any]:
        """The figure under the names of the command line's JSON and of every download."""
        measure = self.definition
        return {
            "measure": measure.id,
            "title": measure.title,
            "area": self.place.area,
            "area_name": self.place.name,
            "period": self.period,
            "value": self.value,
            "status": self.status.value,
            "unit": measure.unit.value,
            "polarity": measure.polarity.value,
            "decimals": measure.decimals,
            "change": self.change,
            "previous_period": self.previous_period,
            "england": self.england,
            "region": self.region,
            "neighbours_mean": self.neighbours_mean,
            "neighbours_rank": self.neighbours_rank,
            "rank": self.rank,
            "ranked": self.ranked,
            "quartile": self.quartile,
            "quintile": self.quintile,
            "source": self.source,
            "release": self.release,
        }


class UnknownMeasureError(LookupError):
    """Raised when no measure has an id; its message gives the nearest matches."""


class UnknownPeriodError(LookupError):
    """Raised when a text is no period at all."""


def find_measure(measures: Mapping[str, Measure], asked: str) -> Measure:
    """The measure with this id; hyphens may stand for underscores. Raises UnknownMeasureError."""
    id = asked.strip().lower().replace("-", "_")
    if id in measures:
        return measures[id]
    by_title = {measure.title: measure.id for measure in measures.values()}
    matches = nearest(id, measures) or [by_title[title] for title in nearest(asked, by_title)]
    meant = f" Did you mean {' or '.join(matches)}?" if matches else ""
    raise UnknownMeasureError(f"No measure is called “{asked}”.{meant}")


def figures(warehouse: Warehouse, measures: Sequence[Measure], places: Sequence[Area], *, period: str | None = None,
            neighbours: str = "2025", provisional: bool = False) -> list[Figure]:
    """One Figure for each place and measure, in the order given.

    period is any spelling of a period; without it each measure's latest settled period is used, or with
    provisional its newest. A measure with nothing for that period and place has a status that says so.
    Raises UnknownPeriodError when period cannot be read.
    """
    chosen = _chosen_periods(warehouse, measures, period) if period else None
    rows = _rows(warehouse, measures, places, chosen, neighbours, "newest" if provisional else "latest")
    found = {row[:2]: row for row in rows}
    sources = {row["dataset"]: row["title"] for row in warehouse.rows("SELECT dataset, title FROM source")}
    return [
        _figure(measure, place, found.get((place.area, measure.id)), sources, period)
        for place in places
        for measure in measures
    ]


def own_alone(warehouse: Warehouse, found: Iterable[Figure]) -> list[Figure]:
    """The figures, those that an authority entered or counted beside no other's, since they are its own business; of NEET it is
    said to be unsure whether it got better where the range that it lies in did not go one way.
    """
    held: dict[str, dict[tuple[str, str], Range]] = {}

    def alone(figure: Figure) -> Figure:
        if not figure.definition.kind.is_own:
            return figure
        if figure.place.area not in held:
            held[figure.place.area] = ranges(warehouse, figure.place)
        between = held[figure.place.area]
        now, before = (between.get((figure.definition.id, period or "")) for period in (figure.period, figure.previous_period))
        unsure = bool(now and before and not now.went_one_way_since(before, figure.definition.decimals))
        return figure._replace(**_OF_OTHERS, unsure=unsure)

    return list(map(alone, found))


_OF_OTHERS: dict[str, Any] = dict.fromkeys(
    ("neighbours_mean", "neighbours_rank", "neighbours_ranked", "rank", "ranked", "quartile", "quintile", "quartile_low",
     "quartile_middle", "quartile_high", "lowest", "highest", "places_per_point")
)


def _rows(warehouse: Warehouse, measures: Sequence[Measure], places: Sequence[Area],
          chosen: dict[str, Period] | None, neighbours: str, flag: str) -> Iterable[tuple]:
    """The comparison rows wanted, columns as in _SQL; every area is read at once when more than a few are asked for."""
    ids = tuple(measure.id for measure in measures) if chosen is None else tuple(chosen)
    wanted = f"comparison.{flag if chosen is None else 'preferred'}"
    if len(places) > FEW_PLACES:
        rows = warehouse.values(_SQL.format(wanted=wanted), neighbours, ids)
    else:
        codes = tuple(place.area for place in places)
        wanted += " AND list_contains(?, comparison.area)"
        rows = warehouse.values(_SQL.format(wanted=wanted), neighbours, codes, ids)
    if chosen is None:
        return rows
    return [row for row in rows if row[_START : _START + 2] == _span(chosen[row[1]])]


_CARRIED = tuple(name for name in Figure._fields if name not in ("definition", "place", "status", "source", "unsure"))
_START = 4 + _CARRIED.index("period_start")
_SQL = f"""
    SELECT comparison.area, comparison.measure, comparison.status, comparison.dataset,
           {", ".join(f"n.{name}" if name.startswith("neighbours") else f"comparison.{name}" for name in _CARRIED)}
    FROM comparison LEFT JOIN neighbour_comparison n
      ON n.measure = comparison.measure AND n.area = comparison.area AND n.period_start = comparison.period_start
     AND n.period_end = comparison.period_end AND n.vintage = comparison.vintage AND n.model = ?
    WHERE {{wanted}} AND list_contains(?, comparison.measure)
"""


def _span(period: Period) -> tuple[date, date]:
    return period.start, period.end


def periods(warehouse: Warehouse, measure: Measure) -> list[Period]:
    """The periods a measure has figures for, earliest first."""
    rows = warehouse.rows(
        "SELECT DISTINCT period, period_kind, period_start, period_end FROM comparison "
        "WHERE measure = ? AND preferred ORDER BY period_end, period_start", measure.id,
    )
    return [
        Period(row["period"], PeriodKind(row["period_kind"]), row["period_start"], row["period_end"]) for row in rows
    ]


def _chosen_periods(warehouse: Warehouse, measures: Sequence[Measure], asked: str) -> dict[str, Period]:
    """For each measure that has it, the period asked for: the same label, or the same stretch of time."""
    chosen = {}
    readable = False
    for measure in measures:
        known = periods(warehouse, measure)
        wanted = next((period for period in known if period.label == asked.strip()), None)
        if wanted is None:
            try:
                stretch, _ = parse_period(asked, measure.year_type)
            except UnreadablePeriodError:
                continue
            wanted = next((period for period in known if period.same_time_as(stretch)), None)
        readable = True
        if wanted is not None:
            chosen[measure.id] = wanted
    if measures and not readable:
        raise UnknownPeriodError(f"“{asked}” is not a period we can read; 2025, 2024/25 and 202425 are.")
    return chosen


def _figure(measure: Measure, place: Area, row: tuple | None, sources: Mapping[str, str], asked: str | None) -> Figure:
    if row is None:
        missing = Status.NOT_COLLECTED if measure.kind.is_own else Status.NOT_PUBLISHED
        return _BLANK._replace(definition=measure, place=place, period=asked, status=missing)
    _, _, status, dataset, *carried = row
    source = sources.get(dataset, _OWN.get(measure.kind, dataset))
    # The carried columns are the fields of Figure in order, with status and source put in their places.
    carried.insert(_STATUS, _STATUSES[status])
    carried.insert(_SOURCE, source)
    return Figure(measure, place, *carried)


_OWN = {Kind.ENTERED: ENTERED_BY, Kind.REGISTER: COUNTED_BY}
_BLANK = Figure._make([None] * len(Figure._fields))
_STATUSES = {status.value: status for status in Status}
_STATUS, _SOURCE = (Figure._fields.index(name) - 2 for name in ("status", "source"))
