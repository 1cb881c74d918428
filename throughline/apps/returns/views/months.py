"""The months of an authority: which are closed, one of them as it was closed, its files, and the closing of another."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.access import room_of
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.telling import AMONG
from throughline.apps.exchange.queries import waiting_of
from throughline.apps.handbook.queries import beside
from throughline.apps.handbook.tasks import CLOSE
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.extracts import month_ends
from throughline.apps.performance.figures import RebuildFailedError
from throughline.apps.returns.actions.closing import KIND, close_month, subject_of
from throughline.apps.returns.again import said_since, version_differing
from throughline.apps.returns.forms import CloseForm
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import (
    AS_KNOWN_NOW,
    JOINERS,
    REASONS,
    ages_of,
    expected,
    moves_by_kind,
    moves_shown,
    rates,
    report_lines,
)
from throughline.apps.returns.printed import RATES
from throughline.apps.returns.queries import close_or_404, months_of, numbers_shut_to, return_or_404, shut_in, versions_of
from throughline.apps.returns.wrong import COLUMNS, NOTES, Wrong, wrong_in
from throughline.core.periods import month_end
from throughline.ui.downloads import Column, table_response

_MOVED = [Column("number", "Learner's number"), Column("change", "Change in NEET or not known"), Column("reason", "Why")]
_HEADLINE = [Column(name, heading) for name, heading in (
    ("title", "Figure"), ("now", "Now"), ("before", "A month before"), ("change", "Change"))]
_MONTHS = [Column("month", "Month"), *(Column(name, heading, 1) for name, heading in RATES.items()),
           Column("records", "Records", 0), Column("version", "Version", 0), Column("closed", "Closed")]
_LAST = 3  # months of which the page of closing leads to what is wrong in them
SHOWN = 10  # people whom a row of a table names; its download has them all
_NOTES = ["The learner's number is the authority's own; who it is can be seen in the register by those who may."]


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def index(request: HttpRequest) -> HttpResponse:
    """Every month that was closed, with its headline."""
    request.audit_subject = (KIND, "", "Months")
    months = [{"close": close, "rates": rates(close)} for close in months_of(request.user.area)]
    last, under_way = month_ends(timezone.localdate(), 1)[-1], month_end(timezone.localdate())
    is_closed = last in {each["close"].month_end for each in months}
    return render(request, "returns/months.html", {
        "months": months, "empty": not _has_register(request), "next": None if is_closed else last,
        "expected": expected(under_way if is_closed else last), **waiting_of(request.user.area)})


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def download_months(request: HttpRequest, kind: str) -> HttpResponse:
    """Every month that was closed, with its headline, as CSV or XLSX."""
    request.audit_subject = (KIND, "", "Months")
    months = months_of(request.user.area)
    rows = [{"month": f"{each.month_end:%B %Y}", "version": each.version, "records": each.records, "closed": each.closed_at,
             **{name: each.figures["now"][name] for name in RATES}} for each in months]
    ages = sorted({ages_of(each) for each in months} - {""})
    return table_response(kind, "Months closed", _MONTHS, rows, [f"Rates are percentages of those of {each}." for each in ages])


@of_own_authority(Permission.CLOSE_MONTHS)
def close(request: HttpRequest) -> HttpResponse:
    """Close a month."""
    closed_before = months_of(request.user.area)
    form = CloseForm(request.POST or None, closed=[each.month_end for each in closed_before],
                     newest=max((each.pk for each in closed_before), default=0))
    if request.method == "POST" and form.is_valid():
        try:
            closed = close_month(by=request.user, area=request.user.area, **form.cleaned_data)
        except RefusedError as refused:
            form.add_error(refused.field or "month_end", f"{refused}.")
            form.show_again()
        except RebuildFailedError as error:
            messages.error(request, str(error))
            return redirect("returns:months")
        else:
            said = f"{closed.month_end:%B %Y} is closed, with {closed.records:,} records."
            messages.success(request, f"{said} {said_since(closed)}".strip())
            return redirect("returns:month", closed.pk)
    shown = {"form": form, "empty": not _has_register(request), "ends": month_ends(timezone.localdate(), _LAST),
             "handbook": beside(request.user, CLOSE), **waiting_of(request.user.area)}
    return render(request, "returns/close.html", shown, status=400 if form.errors else 200)


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One month as it was closed. The look is recorded before the page is answered: it names young people by number."""
    closed = close_or_404(request.user, pk)
    wrong = wrong_in(closed, request.user, request.GET)
    record_look(request, closed, Verb.LOOKED, named_in([*closed.moved, *wrong.errors]))
    shown = {"close": closed, "ages": ages_of(closed), "rates": rates(closed), "lines": report_lines(closed),
             "moved": moves_by_kind(closed, wrong.shut), "wrong": wrong, "versions": versions_of(closed), "shown": SHOWN,
             "since": version_differing(closed), "asks": 0 if closed.forgotten_at else len(shut_in(request.user, closed)),
             "as_known_now": AS_KNOWN_NOW, "within": any(not move["change"] for move in closed.moved), "joiners": JOINERS}
    return render(request, "returns/month.html", shown)


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def download_list(request: HttpRequest, pk: int, what: str, kind: str) -> HttpResponse:
    """The errors, narrowed as the page is, the moves or the headline of a month, as CSV or XLSX."""
    closed = close_or_404(request.user, pk) if what == "headline" else return_or_404(request.user, pk)
    if what == "errors":
        return errors_as_file(request, wrong_in(closed, request.user, request.GET), kind)
    record_look(request, closed, Verb.DOWNLOADED, named_in(closed.moved if what == "moved" else ()))
    columns, rows = {
        "moved": (_MOVED, [_in_words(move) for move in moves_shown(closed, numbers_shut_to(request.user, closed.area))]),
        "headline": (_HEADLINE, [asdict(row) for row in rates(closed)]),
    }[what]
    notes = [*_NOTES, JOINERS] if what == "moved" else _NOTES
    return table_response(kind, f"{what} {closed.month_end:%Y-%m}", columns, rows, notes, title=f"{closed}: {what}")


def errors_as_file(request: HttpRequest, wrong: Wrong, kind: str) -> HttpResponse:
    """What is wrong in a month, closed or as it stands, as CSV or XLSX; who takes it away, and of whom, is recorded before."""
    record_look(request, wrong.close, Verb.DOWNLOADED, named_in(wrong.errors))
    name = " ".join(filter(None, (f"errors {wrong.close.month_end:%Y-%m}", wrong.place, wrong.who)))
    return table_response(kind, name, COLUMNS, wrong.rows(), NOTES, title=f"{wrong.close}: errors")


def named_in(about: Iterable[dict[str, Any]]) -> list[int]:
    """The numbers in the register of those whom moves or errors of a month name."""
    named = {number for each in about for number in (each["number"], *each.get("others", ()))}
    return sorted(int(number) for number in named if number.isdecimal())


def record_look(request: HttpRequest, closed: MonthClose, verb: Verb, numbers: list[int]) -> None:
    """Say in the audit, before anything is answered, who looks at a month, closed or as it stands, and at whom of it."""
    record(by=request.user, verb=verb, room=room_of(request), path=request.path, subject=subject_of(closed),
           detail={AMONG: numbers} if numbers else None)
    request.audit_look = False


def _in_words(move: dict[str, Any]) -> dict[str, Any]:
    return {**move, "number": move["number"].lstrip("0"), "reason": REASONS[move["reason"]]}


def _has_register(request: HttpRequest) -> bool:
    return Learner.objects.filter(area=request.user.area).exists()
