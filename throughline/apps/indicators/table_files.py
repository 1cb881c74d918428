"""The grid, the trajectory table, the gap table and the unjudged as downloads."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from throughline.apps.indicators import files, grid
from throughline.apps.indicators.judgements import Result
from throughline.apps.indicators.words import latest_words, target_words, travel_words, verdict_words
from throughline.ui.downloads import Column

File = tuple[list[Column], list[dict[str, Any]]]


def grid_file(results: Sequence[Result], on: date) -> File:
    """The grid: one line an indicator, a column a year."""
    years, blocks = grid.grid(results, on)
    columns = [Column("group", "Group"), Column("number", "Number"), Column("title", "Indicator"),
               *(Column(str(year), f"Direction of travel, year to {year}") for year in years), Column("latest", "Latest"),
               Column("target", "Target"), Column("status", "Status"), Column("rating", "Rating")]
    rows = [
        {"group": block.title, "number": row.result.indicator.number, "title": row.result.indicator.title,
         **{str(year): travel_words(travel) for year, travel in zip(years, row.travels, strict=True)},
         "latest": latest_words(row.result), "target": target_words(row.result), "status": verdict_words(row.result),
         "rating": row.result.rag_words}
        for block in blocks for row in block.rows
    ]
    return columns, rows


def trajectory_file(results: Sequence[Result], on: date) -> File:
    """The trajectory table: one line an indicator and year."""
    columns = [Column("number", "Number"), Column("title", "Indicator"), Column("year", "Year to"), Column("period", "Period"),
               Column("actual", "Actual"), Column("trajectory", "Trajectory"), Column("target", "Target"),
               Column("printed", "As printed"), Column("apart", "Better than planned by")]
    rows = [
        {"number": table.result.indicator.number, "title": table.result.indicator.title, "year": cell.year,
         "period": cell.row.period if cell.row else "", "actual": cell.row.value if cell.row else None,
         "trajectory": cell.trajectory, "target": cell.row.target if cell.row else None,
         "printed": (cell.row.target_printed or cell.row.trajectory_printed) if cell.row else "",
         "apart": cell.row.apart if cell.row else None}
        for table in grid.trajectory_tables(results, on) for cell in table.cells
    ]
    return columns, rows


def gap_file(results: Sequence[Result], _on: date) -> File:
    """The gap table: one line an indicator and period."""
    columns = [Column("number", "Number"), Column("title", "Indicator"), Column("period", "Period"), Column("group", "Group"),
               Column("group_value", "Group's value"), Column("comparator_group", "Compared with"),
               Column("comparator_value", "Their value"), Column("gap", "Gap"), Column("national_gap", "Gap in England"),
               Column("change", "Change of the gap"), Column("why_no_change", "Why there is no change"),
               Column("settled", "How settled")]
    rows = [
        {"number": line.result.indicator.number, "title": line.result.indicator.title, **vars(row), "settled": row.status.words}
        for line in grid.gap_lines(results) for row in line.rows
    ]
    return columns, rows


def unjudged_file(results: Sequence[Result], _on: date) -> File:
    """What cannot be judged, and why."""
    return files.UNJUDGED, [files.unjudged_row(result) for result in results if not result.judged]


