"""Everything that changes in the handbook: a page with its first edition, further editions, and pages taken away."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.handbook.models import HandbookPage, PageEdition
from throughline.apps.handbook.subjects import KIND, ROOM, subject_of
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, told

FIELDS = ("title", "service", "audience", "body", "tasks", "owner", "starts_on", "review_on")


@transaction.atomic
def add_page(*, by: User | None, area: str, **words: Any) -> HandbookPage:
    """Add a page with its first edition; words are FIELDS of a PageEdition. Raises RefusedError as an edition does."""
    _check(area, words)
    page = HandbookPage.objects.create(area=area)
    edition = PageEdition.objects.create(page=page, number=1, by=by, **words)
    detail = {name: [None, told(edition, name)] for name in words if getattr(edition, name) not in (None, "", [])}
    record(by=by, verb="created", room=ROOM, subject=subject_of(page), detail=detail)
    return page


@transaction.atomic
def add_edition(*, by: User | None, page: HandbookPage, change: str, **words: Any) -> PageEdition:
    """Add an edition; the one before stays as it was. change says what is other than in it.

    Raises RefusedError for a page that was taken away, a review before it is in force, an owner of another authority, and an
    edition without a word on what changed.
    """
    page = HandbookPage.objects.select_for_update().get(pk=page.pk)  # two who save at once take turns for a number
    _check(page.area, words)
    if page.removed_at:
        raise RefusedError("This page was taken away. Bring it back first")
    if not change.strip():
        raise RefusedError("Say what changed, or that it was looked over and nothing did", "change")
    before = page.newest
    edition = PageEdition.objects.create(page=page, number=before.number + 1, change=change, by=by, **words)
    differing = [name for name in words if getattr(before, name) != getattr(edition, name)]
    detail = {name: [told(before, name), told(edition, name)] for name in differing}
    detail["edition"] = [before.number, edition.number]
    record(by=by, verb="changed", room=ROOM, subject=subject_of(page), detail=detail)
    return edition


def remove_page(*, by: User | None, page: HandbookPage) -> Changes:
    """Take a page with all its editions out of the handbook; it can be brought back."""
    return amend(by=by, room=ROOM, kind=KIND, kept=page, words={"removed_at": timezone.now()}, verb="removed")


def restore_page(*, by: User | None, page: HandbookPage) -> Changes:
    """Bring a page back."""
    return amend(by=by, room=ROOM, kind=KIND, kept=page, words={"removed_at": None})


def _check(area: str, words: dict[str, Any]) -> None:
    if words["review_on"] <= words["starts_on"]:
        raise RefusedError("The next review must be after the day on which it comes into force", "review_on")
    if words.get("owner") is not None and words["owner"].area != area:
        raise RefusedError("Choose somebody of your own authority’s directory", "owner")
