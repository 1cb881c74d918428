"""Figures that officers enter: the list, the form, the history, withdrawing and restoring."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from throughline.analytics.measures.areas import Area, all_areas, authorities
from throughline.analytics.measures.definition import Kind, Measure
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import actions
from throughline.apps.performance import figures as room
from throughline.apps.performance.forms import EnterFigureForm
from throughline.apps.performance.models import EnteredFigure
from throughline.apps.performance.queries import current_entered_figures, history_of
from throughline.ui.downloads import Column, table_response

_COLUMNS = [
    Column("title", "Measure"), Column("area", "Area code"), Column("area_name", "Area"), Column("period", "Period"),
    Column("value", "Value"), Column("unit", "Unit"), Column("numerator", "Numerator"), Column("denominator", "Denominator"),
    Column("status", "Status"), Column("evidence", "Where it comes from"), Column("entered_on", "Entered on"),
    Column("entered_by", "Entered by"), Column("measure", "Measure id"),
]
_NOTES = [
    "Figures as the authority entered them, small numbers included: they may say something of a young person, and are "
    "not for publication.",
    "Corrected and withdrawn figures are left out; the history of each is on the site.",
]


def _entered_measures() -> dict[str, Measure]:
    return {id: measure for id, measure in room.measures().items() if measure.kind is Kind.ENTERED}


def _measure_or_404(id: str) -> Measure:
    try:
        return _entered_measures()[id]
    except KeyError as error:
        raise Http404("No figure of that measure is entered by hand.") from error


def _own_areas(request: HttpRequest) -> list[Area]:
    """The authority a person may enter figures for: the one they work for, if it still exists."""
    open_ones = [area for area in authorities(room.warehouse()) if area.abolished_on is None]
    return [area for area in open_ones if area.area == request.user.area]


def _own_or_404(request: HttpRequest, code: str) -> Area:
    area = next((area for area in _own_areas(request) if area.area == code), None)
    if area is None:
        raise Http404("You may not enter figures for that authority.")
    return area


@require(Permission.ENTER_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """Every measure entered by hand, with its current figures."""
    return render(request, "performance/entered.html", {"blocks": _blocks(request), "own": _own_areas(request)})


def _blocks(request: HttpRequest) -> list[tuple[Measure, list[tuple[EnteredFigure, Area | None]]]]:
    """Each measure with its current figures of the reader's own authority, newest first."""
    names = all_areas(room.warehouse())
    current = current_entered_figures(request.user.area)
    return [
        (measure, [(row, names.get(row.area)) for row in current if row.measure == measure.id])
        for measure in _entered_measures().values()
    ]


@require(Permission.ENTER_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The current figures of every measure entered by hand, as CSV or XLSX."""
    request.audit_subject = ("entered figures", "", "Entered figures")
    rows = [_row(measure, row, area) for measure, entered in _blocks(request) for row, area in entered]
    return table_response(kind, "entered figures", _COLUMNS, rows, _NOTES, title="Entered figures")


def _row(measure: Measure, row: EnteredFigure, area: Area | None) -> dict[str, Any]:
    return {
        "title": measure.title, "area": row.area, "area_name": area.name if area else "", "period": row.period,
        "value": row.value, "unit": measure.unit.words, "numerator": row.numerator, "denominator": row.denominator,
        "status": row.status, "evidence": row.evidence, "entered_on": timezone.localtime(row.entered_at).date(),
        "entered_by": row.entered_by.full_name if row.entered_by else "", "measure": row.measure,
    }


@require(Permission.ENTER_FIGURES)
def enter(request: HttpRequest, id: str) -> HttpResponse:
    """Enter or correct a figure."""
    measure, areas = _measure_or_404(id), _own_areas(request)
    start = {name: request.GET.get(name, "")[:40] for name in ("area", "period")}
    request.audit_subject = ("measure", measure.id, measure.title)
    form = EnterFigureForm(request.POST or None, measure=measure, areas=areas, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.enter_figure(by=request.user, measure=measure, **form.cleaned_data)
            messages.success(request, f"{measure.title}: the figure for {row.period} was saved and the scorecard rebuilt.")
        except room.RebuildFailedError as error:
            messages.error(request, str(error))
        return redirect("performance:entered")
    return render(request, "performance/enter.html", {"form": form, "measure": measure})


@require(Permission.ENTER_FIGURES)
def history(request: HttpRequest, id: str, area: str, period: str) -> HttpResponse:
    """Everything ever entered for one measure, authority and period."""
    measure, place = _measure_or_404(id), _own_or_404(request, area)
    rows = history_of(measure.id, place.area, period)
    if not rows:
        raise Http404("Nothing has been entered for that period.")
    request.audit_subject = actions.subject_of(rows[0])
    return render(request, "performance/entered_history.html", {"measure": measure, "area": place, "rows": rows})


@require_POST
@require(Permission.ENTER_FIGURES)
def withdraw(request: HttpRequest, id: str, area: str, period: str) -> HttpResponse:
    """Take a figure out of use; it can be restored."""
    return _turn(request, id, area, period, actions.withdraw_figure, "was withdrawn")


@require_POST
@require(Permission.ENTER_FIGURES)
def restore(request: HttpRequest, id: str, area: str, period: str) -> HttpResponse:
    """Undo a withdrawal."""
    return _turn(request, id, area, period, actions.restore_figure, "was restored")


def _turn(request: HttpRequest, id: str, area: str, period: str, action, said: str) -> HttpResponse:
    measure, place = _measure_or_404(id), _own_or_404(request, area)
    try:
        action(by=request.user, measure=measure, area=place.area, period=period)
        messages.success(request, f"{measure.title}: the figure for {period} {said}.")
    except LookupError as error:
        messages.error(request, f"Nothing was changed: {error}.")
    except room.RebuildFailedError as error:
        messages.error(request, str(error))
    return redirect("performance:entered_history", measure.id, place.area, period)
