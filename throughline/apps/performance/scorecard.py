"""The rows of a scorecard: one authority's figures by theme, ready to print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from throughline.analytics.measures.areas import Area, all_areas
from throughline.analytics.measures.at_most import AtMost, at_most, at_most_beside
from throughline.analytics.measures.definition import Kind, Measure
from throughline.analytics.measures.figures import Figure, Range, figures, ranges
from throughline.analytics.measures.series import Point, trends
from throughline.analytics.warehouse.connection import Warehouse
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import Asked, figures_asked
from throughline.core.statuses import Status
from throughline.ui.downloads import Column
from throughline.ui.sparkline import sparkline


@dataclass(frozen=True)
class Row:
    """One measure's line of the scorecard.

    beside is England's published figure of what a measure of the register counts, between what NEET may be for all we know, most
    the most that NEET as published could be: of the figure and of what it is set beside, or of beside.
    """

    figure: Figure
    line: Markup
    beside: Figure | None = None
    between: Range | None = None
    most: AtMost | None = None


@dataclass(frozen=True)
class Block:
    """One theme and its rows."""

    title: str
    rows: list[Row]


def scorecard(warehouse: Warehouse, measures: Mapping[str, Measure], area: Area, asked: Asked) -> list[Block]:
    """The scorecard of an area, theme by theme, themes without a measure left out."""
    found = figures_asked(warehouse, list(measures.values()), [area], asked)
    lines = trends(warehouse, measures, area, asked.provisional)
    beside = published_beside(warehouse, measures, measures.values())
    between = ranges(warehouse, area)
    rows = [
        Row(figure, trend_line(figure.definition, lines.get(figure.definition.id, [])), beside.get(figure.definition.id),
            between_of(between, figure), most_of(warehouse, beside.get(figure.definition.id, figure), asked.neighbours))
        for figure in kept(found)
    ]
    blocks = [Block(theme.title, [row for row in rows if row.figure.definition.theme == theme.id])
              for theme in room.themes()]
    return [block for block in blocks if block.rows]


def most_of(warehouse: Warehouse, figure: Figure, neighbours: str) -> AtMost | None:
    """The most that a published figure of NEET could be, and what it is set beside; None for any other figure."""
    high = at_most(warehouse, figure.definition, figure.period_start, figure.period_end)
    return at_most_beside(warehouse, figure, high, neighbours)


def between_of(held: Mapping[tuple[str, str], Range], figure: Figure) -> Range | None:
    """What a figure of NEET may be for all we know, of the ranges of its area; None for any other figure."""
    if figure.period is None or figure.value is None:
        return None
    return held.get((figure.definition.id, figure.period))


def kept(found: Sequence[Figure]) -> list[Figure]:
    """The figures that have a place: measures of the register stand only where the authority's register counted them.

    Where nothing is published of an authority, as of an invented one or for a period before there were any figures, only
    what it has figures of stands.
    """
    published = any(_told(figure) for figure in found if figure.definition.kind is Kind.PUBLISHED)
    return [figure for figure in found if _told(figure) or (published and figure.definition.kind is not Kind.REGISTER)]


def _told(figure: Figure) -> bool:
    """Whether there is a figure, if only one that is hidden; a period that was asked for stands where there is none too."""
    return figure.status not in (Status.NOT_PUBLISHED, Status.NOT_COLLECTED)


def published_beside(warehouse: Warehouse, measures: Mapping[str, Measure], wanting: Iterable[Measure]) -> dict[str, Figure]:
    """England's latest published figure that each measure of the register is to be set beside, by the measure's id.

    measures are all there are, in which comparators are found; wanting are those that are to be set beside something.
    """
    wanted = {measure.id: measure.register.comparator for measure in wanting if measure.register}
    compared = {id: measures[comparator] for id, comparator in wanted.items() if comparator in measures}
    england = all_areas(warehouse).get(ENGLAND)
    if not compared or england is None:
        return {}
    found = {figure.definition.id: figure for figure in figures(warehouse, list(set(compared.values())), [england])}
    return {id: found[measure.id] for id, measure in compared.items() if found[measure.id].period}


def trend_line(measure: Measure, points: Sequence[Point]) -> Markup:
    """The small line at the end of a row."""
    return sparkline(
        ((point.period.label, point.value, not point.joins) for point in points), measure.decimals, measure.unit.suffix
    )


ENGLAND = "970"
COLUMNS = [
    Column("title", "Measure"), Column("area", "Area code"), Column("area_name", "Area"), Column("period", "Period"),
    Column("value", "Value"), Column("status", "Status"), Column("unit", "Unit"), Column("polarity", "Polarity"),
    Column("change", "Change"), Column("previous_period", "Change since"), Column("england", "England"),
    Column("region", "Region"), Column("neighbours_mean", "Statistical neighbours, mean"),
    Column("neighbours_rank", "Rank among neighbours"), Column("rank", "Rank"), Column("ranked", "Authorities ranked"),
    Column("quartile", "Quartile band"), Column("quintile", "Quintile"), Column("source", "Source"),
    Column("release", "Release"), Column("measure", "Measure id"),
]


def notes(asked: Asked) -> list[str]:
    """What a download says about its figures."""
    return [
        "Rank 1 is best; authorities with the same figure share the better place; those without one are not ranked.",
        "Quartile bands run from A (best) to D; quintiles from 1 (best) to 5, in groups of equal count.",
        f"Statistical neighbours are those of the {asked.neighbours} model; their mean is unweighted.",
        "A change is from the year before and is left empty across a break in the series or a missing year.",
        "Published figures: Crown copyright, Open Government Licence v3.0; each row gives its source and release.",
    ]
