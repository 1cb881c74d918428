"""How fresh the data are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import measures_for
from throughline.apps.performance.freshness import measure_ages, sources
from throughline.ui.downloads import Column, table_response

_SUBJECT = ("data freshness", "", "Data freshness")
_COLUMNS = [
    Column("title", "Measure"), Column("source", "Source"), Column("period", "Latest period"),
    Column("updated_on", "Updated by its publisher"), Column("next_due", "Next update due"), Column("due", "Due"),
]


@require(Permission.SEE_DATA_FRESHNESS)
def show(request: HttpRequest) -> HttpResponse:
    """Each source with its release, its age and when the next is due; then each measure."""
    request.audit_subject = _SUBJECT
    measures, today = measures_for(request.user), timezone.localdate()
    context = {"sources": sources(room.warehouse(), measures, today),
               "ages": measure_ages(room.warehouse(), measures, today), "today": today, "behind": room.are_behind()}
    return render(request, "performance/freshness.html", context)


@require(Permission.SEE_DATA_FRESHNESS)
@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The measures' dates as CSV or XLSX."""
    request.audit_subject = _SUBJECT
    ages = measure_ages(room.warehouse(), measures_for(request.user), timezone.localdate())
    rows = [
        {"title": age.measure.title, "source": age.measure.published.dataset if age.measure.published else "entered",
         "period": age.period, "updated_on": age.updated_on, "next_due": age.next_due, "due": age.due}
        for age in ages
    ]
    return table_response(kind, "data freshness", _COLUMNS, rows, ["Dates are those the publishers give."], "Data freshness")
