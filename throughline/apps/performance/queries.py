"""Questions of the performance room to its own database."""

from throughline.analytics.measures.definition import Measure
from throughline.apps.performance.models import EnteredFigure
from throughline.core.periods import parse_period


def current_entered_figures(area: str | None = None) -> list[EnteredFigure]:
    """The newest row of each measure, area and period, those withdrawn left out; newest first."""
    rows = EnteredFigure.objects.select_related("entered_by")
    if area is not None:
        rows = rows.filter(area=area)
    newest: dict[tuple[str, str, str], EnteredFigure] = {}
    for row in rows:
        newest.setdefault((row.measure, row.area, row.period), row)
    return [row for row in newest.values() if not row.withdrawn]


def history_of(measure: str, area: str, period: str) -> list[EnteredFigure]:
    """Every row ever entered for one measure, area and period, newest first."""
    return list(EnteredFigure.objects.select_related("entered_by").filter(measure=measure, area=area, period=period))


def period_held(measure: Measure, area: str, period: str) -> str:
    """The spelling under which a period is already entered, or its own: one stretch of time is one figure.

    Raises UnreadablePeriodError.
    """
    wanted, _ = parse_period(period, measure.year_type)
    rows = EnteredFigure.objects.filter(measure=measure.id, area=area).order_by("period")
    held = rows.values_list("period", flat=True).distinct()
    return next((label for label in held if parse_period(label, measure.year_type)[0].same_time_as(wanted)), wanted.label)
