"""Questions of the handbook room; what belongs to another authority is never found."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.handbook.models import HandbookPage, PageEdition


def editions_in_force(area: str, day: date) -> QuerySet[PageEdition]:
    """The edition of each page of an authority that holds on a day, by service and title; pages taken away have none."""
    holds = PageEdition.objects.filter(page=OuterRef("page"), starts_on__lte=day).order_by("-starts_on", "-number")
    there = PageEdition.objects.filter(page__area=area, page__removed_at=None).select_related("page", "owner", "by")
    return there.filter(pk=Subquery(holds.values("pk")[:1])).order_by("service", "title", "pk")


def editions_to_come(area: str, day: date) -> QuerySet[PageEdition]:
    """The editions that come into force after a day, the soonest first."""
    there = PageEdition.objects.filter(page__area=area, page__removed_at=None, starts_on__gt=day)
    return there.select_related("page", "owner", "by").order_by("starts_on", "pk")


def beside(user: Any, task: str) -> list[PageEdition]:
    """The editions in force that belong to a task, for the page on which it is done; none for whoever may not read them."""
    if not user.area or not may(user, Permission.SEE_PLANS):
        return []
    return [edition for edition in editions_in_force(user.area, timezone.localdate()) if task in edition.tasks]


def editions_of(pages: QuerySet[HandbookPage]) -> list[PageEdition]:
    """The editions of these pages of one authority that are in force today."""
    held = pages.filter(removed_at=None)
    area = held.values_list("area", flat=True).first()
    return list(editions_in_force(area, timezone.localdate()).filter(page__in=held)) if area else []


def pages_of(area: str) -> QuerySet[HandbookPage]:
    """The pages of an authority's handbook, in force or not yet."""
    return titled(HandbookPage.objects.filter(area=area, removed_at=None))


def titled(pages: QuerySet[HandbookPage]) -> QuerySet[HandbookPage]:
    """These pages, each with the title that it is called by."""
    newest = PageEdition.objects.filter(page=OuterRef("pk")).order_by("-number")
    return pages.annotate(newest_title=Subquery(newest.values("title")[:1]))


def services_of(area: str) -> list[str]:
    """The services that the pages of an authority are for, each once."""
    held = PageEdition.objects.filter(page__area=area, page__removed_at=None)
    return sorted(set(held.values_list("service", flat=True)), key=str.casefold)


def page_or_404(user: Any, pk: int, *, removed: bool = False) -> HandbookPage:
    """A page of the handbook of the user's own authority; with removed, also one that was taken away. Raises Http404."""
    held = HandbookPage.objects.filter(area=user.area or "none")
    return get_object_or_404(held if removed else held.filter(removed_at=None), pk=pk)


def edition_or_404(page: HandbookPage, number: int) -> PageEdition:
    """One edition of a page by its number. Raises Http404."""
    return get_object_or_404(page.editions.select_related("owner", "by"), number=number)


def removed_pages(area: str) -> QuerySet[HandbookPage]:
    """The pages that were taken away, the latest first."""
    return titled(HandbookPage.objects.filter(area=area).exclude(removed_at=None).order_by("-removed_at"))
