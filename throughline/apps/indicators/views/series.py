"""The year-by-year table of an indicator, and the breaks in its series."""

from itertools import zip_longest

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import actions
from throughline.apps.indicators.actions.changing import subject_of
from throughline.apps.indicators.forms import LINE, BreakForm, ReasonForm, cells_typed
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import break_or_404, indicator_or_404
from throughline.apps.indicators.views.drawing import page
from throughline.apps.organisations.access import of_own_authority

LEAST, SPARE = 8, 2  # lines of the form: three years back, this one and four forward, and always some to add


@of_own_authority(Permission.EDIT_INDICATORS)
def trajectory(request: HttpRequest, pk: int) -> HttpResponse:
    """Type the table: a cell left empty stays missing."""
    indicator = indicator_or_404(request.user, pk)
    request.audit_subject = subject_of(indicator)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = list(indicator.trajectory.filter(kind="arrow").values("period", "printed", "kind", "note"))
            cells = [*cells_typed(request.POST), *kept]
            actions.set_trajectory(by=request.user, indicator=indicator, cells=cells, reason=form.cleaned_data["reason"])
            messages.success(request, f"The year-by-year table of {indicator} was saved.")
            return redirect("indicators:indicator", pk)
        except actions.RefusedChangeError as error:
            form.add_error(None, str(error))
    lines = _typed(request) if request.method == "POST" else _held(indicator)
    return page(request, "trajectory", {"indicator": indicator, "form": form, "lines": _padded(lines)})


def _held(indicator: Indicator) -> list[dict[str, str]]:
    """The cells kept, one line a period in the order printed; arrows are the plan's own and are not edited."""
    lines: dict[str, dict[str, str]] = {}
    for cell in indicator.trajectory.exclude(kind="arrow"):
        line = lines.setdefault(cell.period, {"period": cell.period, "trajectory": "", "target": "", "note": ""})
        line[cell.kind] = cell.printed
        line["note"] = line["note"] or cell.note
    return list(lines.values())


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    count = min(int(request.POST.get("lines", "0") or 0), 60) if request.POST.get("lines", "0").isdigit() else 0
    lines = [{name: request.POST.get(f"{name}-{line}", "") for name in LINE} for line in range(count)]
    return [line for line in lines if any(line.values())]


def _padded(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    wanted = max(LEAST, len(lines) + SPARE)
    return [line or dict.fromkeys(LINE, "") for line, _ in zip_longest(lines, range(wanted))]


@of_own_authority(Permission.EDIT_INDICATORS)
def breaks(request: HttpRequest, pk: int) -> HttpResponse:
    """The breaks in the series, those taken back included, and a form to add one."""
    indicator = indicator_or_404(request.user, pk)
    request.audit_subject = subject_of(indicator)
    form = BreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_break(by=request.user, indicator=indicator, **form.cleaned_data)
            messages.success(request, f"No line is drawn and nothing compared across {form.cleaned_data['period']} from now on.")
            return redirect("indicators:breaks", pk)
        except actions.RefusedChangeError as error:
            form.add_error(None, str(error))
    context = {"indicator": indicator, "form": form, "breaks": list(indicator.breaks.all())}
    return page(request, "breaks", context)


@require_POST
@of_own_authority(Permission.EDIT_INDICATORS)
def remove_break(request: HttpRequest, pk: int, broken: int) -> HttpResponse:
    """Take a break back; it can be put back."""
    return _turn(request, pk, broken, actions.remove_break, "was taken back. It can be put back below")


@require_POST
@of_own_authority(Permission.EDIT_INDICATORS)
def restore_break(request: HttpRequest, pk: int, broken: int) -> HttpResponse:
    """Put a break back."""
    return _turn(request, pk, broken, actions.restore_break, "stands again")


def _turn(request: HttpRequest, pk: int, number: int, action, said: str) -> HttpResponse:
    broken = break_or_404(indicator_or_404(request.user, pk), number)
    try:
        action(by=request.user, broken=broken)
        messages.success(request, f"The break at {broken.period} {said}.")
    except actions.RefusedChangeError as error:
        messages.error(request, f"Nothing was changed: {error}.")
    return redirect("indicators:breaks", pk)
