"""Two versions of a month: whose record of the return differs between them, and what of it, on a page and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.returns.differing import Differing, differing
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import versions_or_404
from throughline.apps.returns.views.months import record_look
from throughline.ui.downloads import Column, table_response

_A_PAGE = 50
_COLUMNS = [Column("shown", "Learner's number"), Column("name", "Name"), Column("what", "What differs")]
_NOTES = ["These are young people's names: keep the file no longer than it is needed, and pass it to nobody who may not see the "
          "page.", "Names are those of today. The day on which a return was written makes no difference."]


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def show(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Everybody whose record differs between a version of a month and another of it."""
    before, after, found = _found(request, pk, version)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    record_look(request, after, Verb.LOOKED, _numbers(list(page)))
    return render(request, "returns/since.html", {"before": before, "after": after, "page": page, "pk": pk, "version": version})


@require_GET
@of_own_authority(Permission.CLOSE_MONTHS)
def download(request: HttpRequest, pk: int, version: int, kind: str) -> HttpResponse:
    """The same as CSV or XLSX, all of it."""
    before, after, found = _found(request, pk, version)
    record_look(request, after, Verb.DOWNLOADED, _numbers(found))
    rows = [{"shown": each.shown, "name": each.name, "what": each.what} for each in found]
    name = f"different {after.month_end:%Y-%m} versions {before.version} and {after.version}"
    title = f"{after}: whose record differs from version {before.version}"
    return table_response(kind, name, _COLUMNS, rows, _NOTES, title=title)


def _found(request: HttpRequest, pk: int, version: int) -> tuple[MonthClose, MonthClose, list[Differing]]:
    before, after = versions_or_404(request.user, pk, int(version))
    return before, after, differing(before, after, request.user)


def _numbers(shown: list[Differing]) -> list[int]:
    return [each.number for each in shown if each.learner]
