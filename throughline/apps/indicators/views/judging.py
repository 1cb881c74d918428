"""A person's word on an indicator, beside what the system proposes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import actions
from throughline.apps.indicators.forms import JudgeForm
from throughline.apps.indicators.views.drawing import page
from throughline.apps.indicators.views.indicator import judged
from throughline.apps.organisations.access import of_own_authority


@of_own_authority(Permission.EDIT_INDICATORS)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether it was kept, give another rating, or write a comment; the proposal and its sum are kept with it."""
    indicator, result, asked = judged(request, pk)
    form = JudgeForm(request.POST or None, result=result)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.fields}
        try:
            actions.judge_by_person(by=request.user, indicator=indicator, **given)
            messages.success(request, f"What you said of {indicator} was kept, beside what the system proposed.")
            return redirect("indicators:indicator", pk)
        except actions.RefusedChangeError as error:
            form.add_error(None, str(error))
    return page(request, "judge", {"indicator": indicator, "result": result, "asked": asked, "form": form})
