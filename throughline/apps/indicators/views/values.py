"""Values entered by hand: the form, the history of a period, withdrawing and restoring."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import actions
from throughline.apps.indicators.actions.changing import subject_of
from throughline.apps.indicators.forms import ValueForm
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import indicator_or_404, values_of
from throughline.apps.indicators.views.drawing import page
from throughline.apps.organisations.access import of_own_authority

_CARRIED = ("numerator", "denominator", "value", "status", "evidence")


@of_own_authority(Permission.EDIT_INDICATORS)
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a value or correct one; what was there stays beside it."""
    indicator = indicator_or_404(request.user, pk)
    request.audit_subject = subject_of(indicator)
    form = ValueForm(request.POST or None, indicator=indicator, initial=_start(indicator, request.GET.get("period", "")))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("period", *_CARRIED) if name in form.cleaned_data}
        try:
            row = actions.enter_value(by=request.user, indicator=indicator, comparators=form.comparators(), **given)
            messages.success(request, f"The value for {row.period} was saved.")
            return redirect("indicators:indicator", pk)
        except actions.RefusedChangeError as error:
            form.add_error(None, str(error))
    return page(request, "enter", {"indicator": indicator, "form": form})


def _start(indicator: Indicator, period: str) -> dict:
    """What the form begins with: the period asked for, and what is held for it."""
    held = indicator.values.filter(period=period).first() if period else None
    if held is None:
        return {"period": period[:60]}
    return {"period": period, **{name: getattr(held, name) for name in _CARRIED}, **held.comparators}


@of_own_authority(Permission.EDIT_INDICATORS)
def history(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """Everything ever entered for one period, small counts included: for those who keep the register."""
    indicator = indicator_or_404(request.user, pk)
    request.audit_subject = subject_of(indicator)
    context = {"indicator": indicator, "period": period, "rows": values_of(indicator, period)}
    return page(request, "value_history", context)


@require_POST
@of_own_authority(Permission.EDIT_INDICATORS)
def withdraw(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """Take a value out of use; it can be restored."""
    return _turn(request, pk, period, actions.withdraw_value, "was withdrawn. It can be restored below")


@require_POST
@of_own_authority(Permission.EDIT_INDICATORS)
def restore(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """Undo a withdrawal."""
    return _turn(request, pk, period, actions.restore_value, "was restored")


def _turn(request: HttpRequest, pk: int, period: str, action, said: str) -> HttpResponse:
    indicator = indicator_or_404(request.user, pk)
    values_of(indicator, period)
    try:
        action(by=request.user, indicator=indicator, period=period)
        messages.success(request, f"The value for {period} {said}.")
    except actions.RefusedChangeError as error:
        messages.error(request, f"Nothing was changed: {error}.")
    return redirect("indicators:value_history", pk, period)
