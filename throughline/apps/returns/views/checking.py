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
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import ages_of, rates, report_lines
from throughline.apps.returns.queries import end_of
from throughline.apps.returns.views.months import SHOWN, errors_as_file, named_in, record_look
from throughline.apps.returns.wrong import wrong_in


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def show(request: HttpRequest) -> HttpResponse:
    """The month named as ?month=2026-10, without one the last that is over. The look is recorded: it names people."""
    close = _asked_or_404(request)
    wrong = wrong_in(close, request.user, request.GET)
    record_look(request, close, Verb.LOOKED, named_in(wrong.errors))
    return render(request, "returns/check.html", {
        "close": close, "ages": ages_of(close), "rates": rates(close), "lines": report_lines(close), "shown": SHOWN,
        "wrong": wrong, **waiting_of(close.area)})


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The errors that the page shows, narrowed as it is, as CSV or XLSX."""
    return errors_as_file(request, wrong_in(_asked_or_404(request), request.user, request.GET), kind)


def _asked_or_404(request: HttpRequest) -> MonthClose:
    last = month_ends(timezone.localdate(), 1)[-1]
    try:
        return as_it_stands(request.user.area, end_of(request.GET["month"]) if "month" in request.GET else last)
    except (ValueError, RefusedError) as error:
        raise Http404(f"{error}.") from error
