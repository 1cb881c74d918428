"""Questions of the performance room to its own database."""

from throughline.apps.performance.models import EnteredFigure


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
