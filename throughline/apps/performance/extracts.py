"""Rows of the performance room, as the warehouse takes them."""

from collections.abc import Mapping

import pyarrow as pa
from django.conf import settings

from throughline.analytics.measures.definition import Kind, Measure, Unit
from throughline.analytics.measures.disclosure import SmallNumbers, load_small_numbers
from throughline.analytics.warehouse.tables import FIGURE
from throughline.apps.performance.models import EnteredFigure
from throughline.apps.performance.queries import current_entered_figures
from throughline.core.periods import parse_period
from throughline.core.statuses import Status

DATASET = "entered"


def entered_figures(measures: Mapping[str, Measure]) -> pa.Table:
    """The figures officers have entered, as FIGURE rows, small counts of people suppressed."""
    small = load_small_numbers(settings.DEFINITIONS)
    entered = {id for id, measure in measures.items() if measure.kind is Kind.ENTERED}
    rows = [_row(held, measures[held.measure], small) for held in current_entered_figures() if held.measure in entered]
    return FIGURE.from_rows(rows)


def _people_counted(held: EnteredFigure, measure: Measure) -> list[float]:
    """Every count of people a figure would tell: those counted, those counted among, and those left over."""
    if measure.entered is None or measure.entered.counts != "people":
        return []
    told = [held.value] if measure.unit is Unit.NUMBER else [held.numerator, held.denominator]
    if held.numerator is not None and held.denominator is not None:
        told.append(held.denominator - held.numerator)
    return [count for count in told if count is not None]


def _row(held: EnteredFigure, measure: Measure, small: SmallNumbers) -> dict:
    period, _ = parse_period(held.period, measure.year_type)
    hidden = any(small.hides(count) for count in _people_counted(held, measure))
    value = None if hidden else held.value
    return {
        "measure": measure.id,
        "area": held.area,
        "period": period.label,
        "period_kind": period.kind.value,
        "period_start": period.start,
        "period_end": period.end,
        "breakdown": "",
        "group": "",
        "numerator": None if hidden else held.numerator,
        "denominator": None if hidden else held.denominator,
        "value": value,
        "status": Status.SUPPRESSED.value if hidden else held.status if value is not None else "not_available",
        "vintage": held.status,
        "release": f"entered {held.entered_at:%-d %B %Y}",
        "dataset": DATASET,
    }
