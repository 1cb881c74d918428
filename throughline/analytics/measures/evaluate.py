"""Makes figures: the one place where a measure's definition meets the rows it is drawn from."""

from collections.abc import Mapping

import ibis.expr.types as ir
import pyarrow as pa

from throughline.analytics.measures.definition import Measure, PublishedSource
from throughline.analytics.warehouse.tables import FIGURE

WANTED = pa.schema([
    pa.field(name, pa.string())
    for name in ("measure", "dataset", "indicator", "source_breakdown", "source_group", "breakdown", "group")
])


def wanted_rows(measures: Mapping[str, Measure]) -> pa.Table:
    """What each measure draws on: one row for its headline and one for each group of each breakdown."""
    rows = [row for measure in measures.values() for row in _wanted(measure)]
    return pa.Table.from_pylist(rows, schema=WANTED)


def _wanted(measure: Measure) -> list[dict]:
    rows = [_row(measure.id, measure.published, "", "")] if measure.published else []
    for breakdown in measure.breakdowns:
        rows += [_row(measure.id, source, breakdown.id, group) for group, source in breakdown.groups.items()]
    return rows


def _row(measure: str, source: PublishedSource, breakdown: str, group: str) -> dict:
    return {
        "measure": measure,
        "dataset": source.dataset,
        "indicator": source.indicator,
        "source_breakdown": source.breakdown,
        "source_group": source.group,
        "breakdown": breakdown,
        "group": group,
    }


def published_figures(published: ir.Table, wanted: ir.Table) -> ir.Table:
    """FIGURE rows of the published kind: PUBLISHED_FIGURE rows renamed to the measures that draw on them.

    Published figures have had their publisher's disclosure control; nothing is recomputed here.
    """
    source = published.rename(source_breakdown="breakdown", source_group="group")
    joined = source.join(wanted, ["dataset", "indicator", "source_breakdown", "source_group"])
    return joined.select(*(column.name for column in FIGURE.columns))
