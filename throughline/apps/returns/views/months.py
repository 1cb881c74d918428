"""The months of an authority: which are closed, one of them as it was closed, its files, and the closing of another."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from throughline.apps.accounts.access import room_of
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.returns.actions.closing import KIND, close_month, subject_of
from throughline.apps.returns.forms import CloseForm
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import (
    errors_by_rule,
    errors_by_who,
    errors_shown,
    moves_by_kind,
    moves_shown,
    rates,
    report_lines,
)
from throughline.apps.returns.queries import (
    close_or_404,
    content_of,
    months_of,
    numbers_shut_to,
    return_or_404,
    versions_of,
)
from throughline.ui.downloads import Column, table_response

_ERRORS = [Column(name, heading) for name, heading in (
    ("rule", "Rule"), ("priority", "Priority"), ("who", "Who can put it right"), ("number", "Learner's number"),
    ("field", "Field"), ("value", "Value"), ("message", "What to do"),
)]
_MOVED = [Column("number", "Learner's number"), Column("change", "Change in NEET or not known"), Column("reason", "Why")]
_NOTES = ["The learner's number is the authority's own; who it is can be seen in the register by those who may."]


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def index(request: HttpRequest) -> HttpResponse:
    """Every month that was closed, with its headline."""
    request.audit_subject = (KIND, "", "Months")
    months = [{"close": close, "rates": rates(close)} for close in months_of(request.user.area)]
    return render(request, "returns/months.html", {"months": months, "empty": not _has_register(request)})


@of_own_authority(Permission.CLOSE_MONTHS)
def close(request: HttpRequest) -> HttpResponse:
    """Close a month."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            closed = close_month(by=request.user, area=request.user.area, **form.cleaned_data)
        except RefusedError as refused:
            form.add_error("reason" if "say why" in str(refused) else "month_end", f"{refused}.")
        else:
            messages.success(request, f"{closed.month_end:%B %Y} is closed, with {closed.records:,} records.")
            return redirect("returns:month", closed.pk)
    shown = {"form": form, "empty": not _has_register(request)}
    return render(request, "returns/close.html", shown, status=400 if form.errors else 200)


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One month as it was closed. The look is recorded before the page is answered: it names young people by number."""
    closed = close_or_404(request.user, pk)
    _record_look(request, closed, Verb.LOOKED, closed.moved)
    moved = moves_by_kind(closed, numbers_shut_to(request.user, closed.area))
    shown = {"close": closed, "rates": rates(closed), "lines": report_lines(closed), "moved": moved,
             "rules": errors_by_rule(closed), "who": errors_by_who(closed), "versions": versions_of(closed)}
    return render(request, "returns/month.html", shown)


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def download_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The return, byte for byte as it was written."""
    closed = return_or_404(request.user, pk)
    _record_look(request, closed, Verb.DOWNLOADED)
    response = HttpResponse(content_of(closed), content_type="application/xml")
    name = f"return-{closed.area}-{closed.month_end:%Y-%m}-v{closed.version}.xml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def download_list(request: HttpRequest, pk: int, what: str, kind: str) -> HttpResponse:
    """The errors or the moves of a month, as CSV or XLSX."""
    closed = return_or_404(request.user, pk)
    _record_look(request, closed, Verb.DOWNLOADED, closed.errors if what == "errors" else closed.moved)
    shut = numbers_shut_to(request.user, closed.area)
    columns, rows = (_ERRORS, errors_shown(closed, shut)) if what == "errors" else (_MOVED, moves_shown(closed, shut))
    return table_response(kind, f"{what} {closed.month_end:%Y-%m}", columns, rows, _NOTES, title=f"{closed}: {what}")


def _record_look(request: HttpRequest, closed: MonthClose, verb: Verb, about: Iterable[dict[str, Any]] = ()) -> None:
    numbers = sorted({int(each["number"]) for each in about if each["number"].isdecimal()})
    record(by=request.user, verb=verb, room=room_of(request), path=request.path, subject=subject_of(closed),
           detail={"learners": numbers} if numbers else None)
    request.audit_look = False


def _has_register(request: HttpRequest) -> bool:
    return Learner.objects.filter(area=request.user.area).exists()
