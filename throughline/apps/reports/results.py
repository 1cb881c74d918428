"""The year's published results of an authority as tables of a report: all of them, and those in the lower half."""

from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.definition import Kind, Measure
from throughline.analytics.measures.figures import Figure, figures
from throughline.analytics.planwriting.report import Block, Column, Paragraph, Table
from throughline.apps.performance import figures as room
from throughline.apps.reports.gathered import Gathered
from throughline.apps.reports.monitoring import printed

_COLUMNS = (Column("Measure", 4), Column("Period", 1.3), Column("Value", 1.2, amounts=True), Column("Change", 1, amounts=True),
            Column("England", 1.2, amounts=True), Column("Neighbours", 1.2, amounts=True), Column("Rank", 1.3))
_NOTE = "Published figures, Open Government Licence. A rank is among the authorities with a figure; 1 is best."


def scorecard(held: Gathered) -> list[Block]:
    """The measures of the outline's themes: value, change, England, neighbours and rank."""
    found = _figures(held)
    return [_table(found, "Results")] if found else [Paragraph("No results are published for this authority.")]


def weaknesses(held: Gathered) -> list[Block]:
    """Those of them in which the authority ranks in the lower half, the worst first."""
    ranked = [each for each in _figures(held) if each.rank and each.ranked and each.rank > each.ranked / 2]
    if not ranked:
        return [Paragraph("In none of these measures does the authority rank in the lower half.")]
    return [_table(sorted(ranked, key=lambda each: -each.rank / each.ranked), "In the lower half of authorities")]


def _figures(held: Gathered) -> list[Figure]:
    measures = [each for each in room.measures().values() if each.kind is Kind.PUBLISHED and each.theme in held.themes]
    warehouse = room.warehouse()
    return [each for each in figures(warehouse, measures, [find_area(warehouse, held.plan.area)]) if each.value is not None]


def _table(found: list[Figure], caption: str) -> Table:
    return Table(_COLUMNS, tuple(_row(each) for each in found), caption, _NOTE)


def _row(each: Figure) -> tuple[str, ...]:
    measure = each.definition
    numbers = (each.value, each.change, each.england, each.neighbours_mean)
    rank = f"{each.rank} of {each.ranked}" if each.rank else ""
    return (measure.title, each.period or "", *(_shown(number, measure) for number in numbers), rank)


def _shown(number: float | None, measure: Measure) -> str:
    return "" if number is None else printed(number, measure)
