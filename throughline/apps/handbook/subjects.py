"""How the audit names what it is about in the handbook room."""

from throughline.apps.handbook.models import HandbookPage

ROOM, KIND = "handbook", "handbook page"
WHOLE = ("handbook", "", "Handbook")


def subject_of(page: HandbookPage) -> tuple[str, str, str]:
    """A page of the handbook as the subject of an audit entry."""
    return KIND, str(page.pk), str(page)
