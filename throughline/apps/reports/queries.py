"""Questions of the reading room; another authority's reports are never found."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from throughline.apps.accounts.models import User
from throughline.apps.reports.models import DraftReport, IssuedReport

_FILES = ("page", "word", "excel", "pdf", "content")


def drafts_of(area: str) -> QuerySet[DraftReport]:
    """The reports being written."""
    return DraftReport.objects.filter(area=area).select_related("board", "plan", "commissioning", "made_by")


def issued_of(area: str) -> QuerySet[IssuedReport]:
    """The reports that were issued, without their files."""
    return IssuedReport.objects.filter(area=area).select_related("board", "plan", "commissioning", "issued_by").defer(*_FILES)


def draft_or_404(user: User, pk: int, **held: Any) -> DraftReport:
    """A draft of the user's own authority; removed=True for one that was taken out of the list. Raises Http404."""
    rows = DraftReport.with_removed if held.get("removed") else DraftReport.objects
    return get_object_or_404(rows.select_related("board", "plan", "commissioning"), pk=pk, area=user.area)


def issued_or_404(user: User, pk: int) -> IssuedReport:
    """A report that the user's own authority issued. Raises Http404."""
    related = ("board", "plan", "commissioning", "issued_by")
    return get_object_or_404(IssuedReport.objects.select_related(*related), pk=pk, area=user.area)
