"""The numbers of an authority's learners, which the return carries behind the database's own in ten digits."""

from collections.abc import Container
from itertools import count

from django.db.models import Max

from throughline.analytics.participation.identifiers import OWN_DIGITS
from throughline.apps.learners.models import Learner

HIGHEST = 10**OWN_DIGITS - 1


def next_number(area: str) -> int:
    """The number after an authority's highest, and the lowest that is free where none of ten digits comes after it."""
    held = Learner.objects.filter(area=area)
    highest = held.aggregate(last=Max("number"))["last"] or 0
    return highest + 1 if highest < HIGHEST else lowest_free(set(held.values_list("number", flat=True)))


def lowest_free(*taken: Container[int], since: int = 1) -> int:
    """The lowest number, since one, that is none of those."""
    return next(number for number in count(since) if not any(number in some for some in taken))
