"""Taking a closed month's return away: at once, or for a reason where it holds what is restricted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.returns.actions.closing import subject_of
from throughline.apps.returns.actions.exporting import take_away
from throughline.apps.returns.forms import TakeForm
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import return_or_404, shut_in
from throughline.ui.formats import count


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The return, byte for byte as it was written; where it holds what is shut to the reader, the page that asks why."""
    closed = return_or_404(request.user, pk)
    try:
        content = take_away(by=request.user, close=closed, path=request.path)
    except RefusedError:
        return redirect("returns:take", pk)
    return _handed_over(request, closed, content)


@require_http_methods(["GET", "POST"])
@require(Permission.SEE_RESTRICTED)
@of_own_authority(Permission.CLOSE_MONTHS)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why the return is taken away; answered, the file."""
    closed = return_or_404(request.user, pk)
    request.audit_subject = subject_of(closed)
    form = TakeForm(request.POST or None)
    if content := saved(request, form, take_away, close=closed, path=request.path):
        return _handed_over(request, closed, content)
    return form_page(request, form, heading="Take the return away", caption=str(closed), submit="Download the return (XML)",
                     lead=_lead(len(shut_in(request.user, closed))), back=reverse("returns:month", args=[closed.pk]))


def _lead(many: int) -> str:
    holds = f"This return holds {count(many, 'record')} of which something is restricted, such as an address that is protected. "
    return (f"{holds if many else ''}Your reason is kept with your name and the time: in the audit, on each of those records and "
            "among the restricted records opened, which the information governance officer reads. The file is for whoever must "
            "have it, and for nobody else: delete it once it is sent.")


def _handed_over(request: HttpRequest, closed: MonthClose, content: bytes) -> HttpResponse:
    request.audit_look = False  # it is recorded already
    response = HttpResponse(content, content_type="application/xml")
    name = f"return-{closed.area}-{closed.month_end:%Y-%m}-v{closed.version}.xml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
