"""Questions about readings to the database; what belongs to another authority is never found."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from throughline.apps.plans.models import Plan, Reading
from throughline.apps.plans.reading_pieces import Piece, Pieces, pieces_of

_LARGE = ("content", "document", "read", "tree", "corrections")


def readings_of(user: Any) -> QuerySet[Reading]:
    """The readings of the authority a person works for, newest first, without what is large in them."""
    readings = Reading.objects.filter(area=user.area or "none").defer(*_LARGE)
    return readings.select_related("by", "settled_by", "plan", "next_version_of", "supplement_of")


def reading_or_404(user: Any, pk: int, *besides: str) -> Reading:
    """One reading of the person's own authority; besides names what is large and not wanted."""
    readings = Reading.objects.filter(pk=pk, area=user.area or "none").defer("content", *besides)
    found = readings.select_related("by", "settled_by", "plan", "next_version_of", "supplement_of").first()
    if found is None:
        raise Http404("There is no such reading in your authority.")
    return found


def piece_or_404(reading: Reading, key: str, *kinds: str) -> tuple[Pieces, Piece]:
    """The pieces of a reading as they are now, and one of them, which must be of one of these kinds."""
    pieces = pieces_of(reading.read, reading.corrections)
    piece = pieces.held.get(key)
    if piece is None or piece["what"] not in kinds:
        raise Http404("There is no such part in that reading.")
    return pieces, piece


def followable(area: str) -> QuerySet[Plan]:
    """The plans of an authority that a reading may be the next version of."""
    return Plan.objects.filter(area=area).exclude(state=Plan.State.SUPERSEDED)
