"""Rows of the performance room, as the warehouse takes them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pyarrow as pa
from django.conf import settings
from django.utils import timezone

from throughline.analytics.measures.definition import Kind, Measure, Unit
from throughline.analytics.measures.disclosure import SmallNumbers, load_group_rule, load_small_numbers
from throughline.analytics.warehouse.inputs import RegisterRows
from throughline.analytics.warehouse.tables import FIGURE
from throughline.apps.learners.codes import rules
from throughline.apps.learners.extracts import register
from throughline.apps.learners.models import Learner
from throughline.apps.performance.models import EnteredFigure
from throughline.apps.performance.queries import current_entered_figures
from throughline.core.ages import born_of_ages
from throughline.core.periods import month_before, parse_period
from throughline.core.statuses import Status

DATASET = "entered"
MONTHS_COUNTED = 30  # back from the last month that is over: two winters and what led up to them


def register_rows(measures: Mapping[str, Measure]) -> RegisterRows | None:
    """The registers of every authority that keeps one, as known now, of those whom measures may count, for a build to count them;
    None where nobody keeps one.
    """
    areas = sorted(set(Learner.objects.order_by().values_list("area", flat=True).distinct()))
    if not areas:
        return None
    ends = month_ends(timezone.localdate(), MONTHS_COUNTED)
    ages = _ages_asked(measures.values())
    held = [register(area, born=born_of_ages(ages, ends[0], ends[-1]) if ages else None) for area in areas]
    tables = {name: pa.concat_tables([each[name] for each in held]) for name in held[0]}
    return RegisterRows(tables, ends, timezone.now(), rules(), load_group_rule(settings.DEFINITIONS), live=True)


def _ages_asked(measures: Iterable[Measure]) -> frozenset[int]:
    """The academic ages of whoever measures may count; empty where one asks of no age, and may count anybody."""
    asked = [measure.register.ages for measure in measures if measure.register]
    return frozenset().union(*asked) if all(asked) else frozenset()


def month_ends(today: date, months: int) -> tuple[date, ...]:
    """The last days of so many months that are over, the earliest first."""
    ends, day = [], today + timedelta(days=1)
    for _ in range(months):
        day = month_before(day)
        ends.append(day)
    return tuple(reversed(ends))


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
