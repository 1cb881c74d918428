"""The handbook as a file: one row a page."""

from collections.abc import Iterable, Iterator
from typing import Any

from throughline.apps.handbook.models import PageEdition
from throughline.apps.handbook.tasks import tasks_named
from throughline.ui.downloads import Column

COLUMNS = [
    Column("service", "Service"), Column("title", "Page"), Column("audience", "For whom"), Column("edition", "Edition", 0),
    Column("starts", "In force from"), Column("review", "Next review"), Column("past", "Past its review"),
    Column("owner", "Owner"), Column("tasks", "Shown beside"), Column("body", "What it says"),
]
NOTES = ["What a page says is Markdown. Owners may be people: pass the file to nobody who may not see the handbook."]


def page_rows(editions: Iterable[PageEdition]) -> Iterator[dict[str, Any]]:
    """One row a page, as its edition has it."""
    for edition in editions:
        yield {
            "service": edition.service, "title": edition.title, "audience": edition.audience, "edition": edition.number,
            "starts": edition.starts_on, "review": edition.review_on, "past": "yes" if edition.past_review else "",
            "owner": edition.owner.name if edition.owner else "", "body": edition.body,
            "tasks": "; ".join(task.title for task in tasks_named(edition.tasks)),
        }
