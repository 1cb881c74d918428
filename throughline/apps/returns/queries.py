"""Questions of the months that were closed."""

import gzip
from datetime import date, timedelta

from django.http import Http404

from throughline.apps.accounts.models import User
from throughline.apps.learners.models import Learner
from throughline.apps.learners.sight import shut_to
from throughline.apps.returns.models import MonthClose

_LISTED = ("pk", "area", "month_end", "version", "layout", "rules", "known", "records", "figures", "digest", "reason",
           "closed_at")


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month."""
    return (day + timedelta(days=1)).day == 1


def end_of(month: str) -> date:
    """The last day of a month written as 2026-10. Raises ValueError, saying what would be right."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise ValueError(f"“{month}” is no month: write it as 2026-10") from error
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def latest(area: str, month_end: date) -> MonthClose | None:
    """A month as it was last closed; None where it never was."""
    return MonthClose.objects.filter(area=area, month_end=month_end).order_by("-version").first()


def months_of(area: str) -> list[MonthClose]:
    """An authority's closed months, the newest first, each as it was last closed, without the returns themselves."""
    found: dict[date, MonthClose] = {}
    for close in MonthClose.objects.filter(area=area).only(*_LISTED, "closed_by").select_related("closed_by"):
        found.setdefault(close.month_end, close)
    return list(found.values())


def versions_of(close: MonthClose) -> list[MonthClose]:
    """Every version of a month, the latest first, without the returns themselves."""
    return list(MonthClose.objects.filter(area=close.area, month_end=close.month_end).only(*_LISTED))


def close_or_404(user: User, pk: int) -> MonthClose:
    """A closed month of the reader's own authority."""
    close = MonthClose.objects.filter(area=user.area, pk=pk).select_related("closed_by").first()
    if close is None:
        raise Http404("Your authority closed no such month.")
    return close


def numbers_shut_to(user: User | None, area: str) -> frozenset[str]:
    """The numbers in the return of an authority's restricted learners whose records are shut to the user at this moment; to
    None, as in a command, all of them are.
    """
    return frozenset(learner.return_number for learner in Learner.objects.filter(pk__in=shut_to(user, area)).only("number"))


def content_of(close: MonthClose) -> bytes:
    """The return, byte for byte as it was written when the month was closed."""
    return gzip.decompress(bytes(close.content))
