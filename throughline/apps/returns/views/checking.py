"""A month as it would be closed now: what is wrong in its return, before anything is closed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange.queries import waiting_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.extracts import month_ends
from throughline.apps.returns.actions.closing import as_it_stands
from throughline.apps.returns.month import ages_of, errors_by_rule, errors_by_who, rates, report_lines
from throughline.apps.returns.queries import end_of, numbers_shut_to
from throughline.apps.returns.views.months import SHOWN, by_number, named_in, record_look


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def show(request: HttpRequest) -> HttpResponse:
    """The month named as ?month=2026-10, without one the last that is over. The look is recorded: it names people by number."""
    last = month_ends(timezone.localdate(), 1)[-1]
    try:
        close = as_it_stands(request.user.area, end_of(request.GET["month"]) if "month" in request.GET else last)
    except (ValueError, RefusedError) as error:
        raise Http404(f"{error}.") from error
    record_look(request, close, Verb.LOOKED, named_in(close.errors))
    shut = numbers_shut_to(request.user, close.area)
    return render(request, "returns/check.html", {
        "close": close, "ages": ages_of(close), "rates": rates(close), "lines": report_lines(close), "shown": SHOWN,
        "rules": errors_by_rule(close, shut), "who": errors_by_who(close), "learners": by_number(close),
        **waiting_of(close.area)})
