"""Questions of the months that were closed."""

import gzip
import re
from collections import defaultdict
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404

from throughline.analytics.participation.identifiers import own_digits
from throughline.apps.accounts.models import User
from throughline.apps.learners.codes import retention
from throughline.apps.learners.models import Identifier, Learner
from throughline.apps.learners.sight import guarded, opened_by, shut_to
from throughline.apps.returns.models import MonthClose
from throughline.core.periods import month_end

_LISTED = ("pk", "area", "month_end", "version", "layout", "rules", "known", "records", "figures", "digest", "reason",
           "closed_at", "forgotten_at")
IDENTIFIER = re.compile(rb"<YoungPersonsID>(\d+)</YoungPersonsID>")  # of a record, in a return


def end_of(month: str) -> date:
    """The last day of a month written as 2026-10. Raises ValueError, saying what would be right."""
    try:
        return month_end(date.fromisoformat(f"{month}-01"))
    except ValueError as error:
        raise ValueError(f"“{month}” is no month: write it as 2026-10") from error


def latest(area: str, month_end: date, before: MonthClose | None = None) -> MonthClose | None:
    """A month as it was last closed, or as it was when another close was made; None where it never was."""
    closes = MonthClose.objects.filter(area=area, month_end=month_end)
    if before is not None and before.pk:
        closes = closes.filter(pk__lt=before.pk)
    return closes.order_by("-version").first()


def version_of(close: MonthClose, version: int) -> MonthClose | None:
    """Another version of a closed month, or the same; None where there is none of that number."""
    return MonthClose.objects.filter(area=close.area, month_end=close.month_end, version=version).first()


def reported_leavers(area: str, month_end: date, known: datetime | None = None) -> dict[str, list[date]]:
    """Whom another month's return says left, by number, with the ends of those months, the earliest first.

    Each month counts as it was last closed: now, or at a moment. Months may be closed in any order, and again.
    """
    closes = MonthClose.objects.filter(area=area).exclude(month_end=month_end).order_by("month_end", "version")
    if known is not None:
        closes = closes.filter(closed_at__lte=known)
    last = {close.month_end: close.leavers for close in closes.only("month_end", "leavers")}
    found: dict[str, list[date]] = defaultdict(list)
    for end, numbers in last.items():
        for number in numbers:
            found[number].append(end)
    return dict(found)


def months_of(area: str) -> list[MonthClose]:
    """An authority's closed months, the newest first, each as it was last closed, without the returns themselves."""
    found: dict[date, MonthClose] = {}
    for close in MonthClose.objects.filter(area=area).only(*_LISTED, "closed_by").select_related("closed_by"):
        found.setdefault(close.month_end, close)
    return list(found.values())


def versions_of(close: MonthClose) -> list[MonthClose]:
    """Every version of a month, the latest first, without the returns themselves."""
    found = MonthClose.objects.filter(area=close.area, month_end=close.month_end).only(*_LISTED, "closed_by")
    return list(found.select_related("closed_by"))


def months_kept_no_longer(area: str, day: date) -> QuerySet[MonthClose]:
    """The closed months whose returns are kept no longer on a day and are there still, every version of them."""
    rule = retention().on(day)
    held = MonthClose.objects.filter(area=area, forgotten_at=None)
    over = [end for end in set(held.values_list("month_end", flat=True)) if rule.after_leaving(end.replace(day=1)) < day]
    return held.filter(month_end__in=over)


def return_or_404(user: User, pk: int) -> MonthClose:
    """A closed month of the reader's own authority of which everything is there still."""
    close = close_or_404(user, pk)
    if close.forgotten_at:
        raise Http404("Who was in this return is forgotten; its figures stay.")
    return close


def versions_or_404(user: User, pk: int, version: int) -> tuple[MonthClose, MonthClose]:
    """A closed month of the reader's own authority and another version of it, the earlier first; of both everything is there."""
    close = return_or_404(user, pk)
    found = version_of(close, version)
    if version == close.version or found is None or found.forgotten_at:
        raise Http404("The month has no such other version.")
    return (found, close) if version < close.version else (close, found)


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


def guarded_in(close: MonthClose) -> list[Learner]:
    """Those in a closed month's return of whom something is shown now only to whoever has opened it, by number.

    A return names somebody by their number, or by an identifier that was brought for them.
    """
    learners = {learner.pk: learner for learner in guarded(close.area).order_by("number").only("pk", "number", "area")}
    if not learners:
        return []
    said = {own_digits(match[1].decode()) for match in IDENTIFIER.finditer(content_of(close))}
    brought = Identifier.objects.filter(learner__in=learners, scheme=Identifier.Scheme.YOUNG_PERSONS_ID)
    found = {learner for learner, value in brought.values_list("learner_id", "value") if own_digits(value) in said}
    return [each for key, each in learners.items() if key in found or each.return_number in said]


def shut_in(user: User | None, close: MonthClose) -> list[Learner]:
    """Those of guarded_in whom the user has not opened at this moment; to None, as in a command, all of them."""
    opened = opened_by(user)
    return [each for each in guarded_in(close) if each.pk not in opened]


def numbers_guarded_from(user: User, area: str) -> frozenset[str]:
    """The numbers in the return of an authority's learners of whom something is shut to the user, whose record may be open."""
    opened = opened_by(user)
    return frozenset(each.return_number for each in guarded(area).only("pk", "number") if each.pk not in opened)
