"""The returns of months closed long ago, which are kept no longer: which they are, and forgetting who was in them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.codes import retention
from throughline.apps.learners.record_forms import ForgetForm
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.returns.actions.closing import KIND
from throughline.apps.returns.actions.forgetting import forget_months
from throughline.apps.returns.queries import months_kept_no_longer
from throughline.ui.formats import count


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FORGET_LEARNERS)
def over(request: HttpRequest) -> HttpResponse:
    """Which returns are kept no longer; confirmed, who was in them is forgotten. It names nobody."""
    request.audit_subject = (KIND, "", "Returns to forget")
    area, today = request.user.area, timezone.localdate()
    found = list(months_kept_no_longer(area, today).only("pk", "month_end", "version", "records"))
    form = ForgetForm(request.POST or None, many=count(len(found), "return"), keys=[each.pk for each in found])
    if found and form.confirmed():
        many = forget_months(by=request.user, area=area, day=today)
        messages.success(request, f"{count(many, 'return')} {'is' if many == 1 else 'are'} forgotten.")
        return redirect("returns:over")
    shown = {"form": form, "found": found, "rule": retention().on(today)}
    return render(request, "returns/over.html", shown, status=400 if form.errors else 200)
