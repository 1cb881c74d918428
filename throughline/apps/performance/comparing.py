"""The rows of a comparison: each measure with a cell for each area, the best of them marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from throughline.analytics.measures.areas import Area
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.figures import Figure
from throughline.analytics.warehouse.connection import Warehouse
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import Asked, figures_asked


@dataclass(frozen=True)
class Row:
    """One measure: its cells in the order of the areas, and which of them are best."""

    measure: Measure
    cells: list[Figure]
    best: set[str]

    @property
    def told(self) -> Figure:
        """A cell that tells the period and England's figure: the first of an area with a row, if there is one."""
        return next((cell for cell in self.cells if cell.period_start), self.cells[0])


@dataclass(frozen=True)
class Block:
    """One theme and its rows."""

    title: str
    rows: list[Row]


def comparing(
    warehouse: Warehouse, measures: Mapping[str, Measure], places: Sequence[Area], asked: Asked
) -> list[Block]:
    """The measures by theme, each with a figure for every place. Raises UnknownPeriodError."""
    found = figures_asked(warehouse, list(measures.values()), places, asked)
    by_measure: dict[str, list[Figure]] = {}
    for figure in found:
        by_measure.setdefault(figure.definition.id, []).append(figure)
    blocks = [
        Block(theme.title, [_row(measure, by_measure[measure.id]) for measure in measures.values()
                            if measure.theme == theme.id])
        for theme in room.themes()
    ]
    return [block for block in blocks if block.rows]


def _row(measure: Measure, cells: list[Figure]) -> Row:
    good = {figure.place.area: figure.value * measure.polarity.sign
            for figure in cells if figure.value is not None and measure.polarity.sign}
    # One figure on its own is not the best of anything.
    told_apart = len(set(good.values())) > 1
    best = {area for area, value in good.items() if told_apart and value == max(good.values())}
    return Row(measure, cells, best)


def download_rows(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """One line a measure and area."""
    return [cell.as_dict() for block in blocks for row in block.rows for cell in row.cells]
