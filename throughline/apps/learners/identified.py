"""How the return names an authority's learners: by the identifier it brought for them, or by the database and their number.

A YoungPersonsID is the database's three digits and ten of the young person. One that a return brought is written as it was
while it is of our database; one of another database becomes the previous identifier of ours.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Exists, OuterRef

from throughline.analytics.participation.identifiers import in_own_digits, own_digits, young_persons_id_fault
from throughline.apps.learners.models import Identifier, Learner, Particulars


def database_id(area: str) -> str:
    """The DatabaseID of the returns that we write: the one of THROUGHLINE_DATABASE_ID, otherwise the authority's number."""
    return settings.DATABASE_ID or area


class Returned(Protocol):
    """A learner as their record is asked for."""

    @property
    def pk(self) -> int: ...

    @property
    def protected_address(self) -> bool: ...

    @property
    def return_number(self) -> str: ...


class Identified:
    """The identifiers of an authority's learners in the return, as known at a moment (now); only are some, by their keys."""

    def __init__(self, area: str, known: datetime | None = None, only: Collection[int] | None = None) -> None:
        self._database = database_id(area)
        whose: dict[str, Any] = {"learner__area": area} if only is None else {"learner__in": only}
        held = Identifier.objects.filter(**whose).known(known).filter(scheme=Identifier.Scheme.YOUNG_PERSONS_ID, ends=None)
        found = held.order_by("starts", "id").values_list("learner_id", "value")
        self._brought: dict[int, str] = {learner: value for learner, value in found if not young_persons_id_fault(value)}
        said = Particulars.objects.filter(learner=OuterRef("pk")).known(known)
        taken = Learner.objects.filter(Exists(said), area=area)  # of whoever a file that was undone added nothing is
        if only is not None:
            taken = taken.filter(number__in={int(own_digits(value)) for value in self._brought.values()})
        self._taken = frozenset(map(in_own_digits, taken.values_list("number", flat=True)))
        self._numbers: dict[str, str] = {}

    def identifier(self, learner: Returned) -> str:
        """A learner's YoungPersonsID.

        One that was brought gives way where its ten digits are another learner's number, which would then stand twice.
        """
        brought, number = self._brought.get(learner.pk, ""), learner.return_number
        own = own_digits(brought)
        if not brought.startswith(self._database) or (own != number and own in self._taken):
            return self._database + number
        self._numbers[brought] = number
        return brought

    def previous(self, learner: Returned, written: str) -> str:
        """The identifier that was brought for a learner, where another one is written; empty otherwise."""
        brought = self._brought.get(learner.pk, "")
        return brought if brought != written else ""

    def number(self, identifier: str) -> str:
        """The learner's number, as ten digits, of an identifier that was asked for here."""
        return self._numbers.get(identifier, own_digits(identifier))
