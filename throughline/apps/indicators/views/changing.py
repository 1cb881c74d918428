"""Renumbering, merging, retiring and bringing back an indicator."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import actions
from throughline.apps.indicators.actions.changing import subject_of
from throughline.apps.indicators.forms import MergeForm, NumberForm, ReasonForm
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import indicator_or_404, indicators_of
from throughline.apps.indicators.views.drawing import page
from throughline.apps.organisations.access import of_own_authority


@of_own_authority(Permission.EDIT_INDICATORS)
def renumber(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it another number; the old one still finds it."""
    indicator = indicator_or_404(request.user, pk)
    form = NumberForm(request.POST or None, initial={"number": indicator.number})

    def act() -> str:
        actions.renumber(by=request.user, indicator=indicator, **form.cleaned_data)
        return f"{indicator.title} now has the number {form.cleaned_data['number'] or 'none'}."

    return _answer(request, indicator, form, act, "Give it another number", "Save number",
                   "The old number stays in its history and still finds it.")


@of_own_authority(Permission.EDIT_INDICATORS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it into another indicator."""
    indicator = indicator_or_404(request.user, pk)
    others = list(indicators_of(request.user).filter(state=Indicator.State.ACTIVE).exclude(pk=pk))
    form = MergeForm(request.POST or None, others=others)

    def act() -> str:
        into = indicator_or_404(request.user, int(form.cleaned_data["into"]))
        actions.merge(by=request.user, indicator=indicator, into=into, reason=form.cleaned_data["reason"])
        return f"{indicator} was merged into {into}. It can be brought back from this page."

    return _answer(request, indicator, form, act, "Merge it into another", "Merge",
                   "Its history stays, and leads to the other. It can be brought back.")


@of_own_authority(Permission.EDIT_INDICATORS)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use."""
    indicator = indicator_or_404(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act() -> str:
        actions.retire(by=request.user, indicator=indicator, reason=form.cleaned_data["reason"])
        return f"{indicator} was retired. It can be brought back from this page."

    return _answer(request, indicator, form, act, "Retire it", "Retire",
                   "It leaves the register's lists and is judged no more. It stays readable and can be brought back.")


def _answer(request: HttpRequest, indicator: Indicator, form: forms.Form, act, heading: str, button: str,
            says: str) -> HttpResponse:
    """Do it when the form is in order and go back to the indicator; otherwise show the form."""
    request.audit_subject = subject_of(indicator)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
            return redirect("indicators:indicator", indicator.pk)
        except actions.RefusedChangeError as error:
            form.add_error(None, str(error))
    context = {"indicator": indicator, "form": form, "heading": heading, "button": button, "says": says}
    return page(request, "change", context)


@require_POST
@of_own_authority(Permission.EDIT_INDICATORS)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it back into use."""
    indicator = indicator_or_404(request.user, pk)
    try:
        actions.restore(by=request.user, indicator=indicator, reason=request.POST.get("reason", ""))
        messages.success(request, f"{indicator} is in use again.")
    except actions.RefusedChangeError as error:
        messages.error(request, f"Nothing was changed: {error}.")
    return redirect("indicators:indicator", pk)
