"""How much of a learner one reader may see: permissions, and whether they have opened what is restricted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.codes import is_sensitive, restricted_traits
from throughline.apps.learners.models import Address, Learner, Opening, Trait

RESTRICTED = "a restricted record"  # what somebody is called, among others, to whom their record is shut


@dataclass(frozen=True)
class Sight:
    """What is shown to one reader; opened_until is when what is restricted closes to them again, None while it is closed."""

    learner: Learner
    opened_until: datetime | None
    everything: bool  # where they live, whom to speak to, who looked: not for schools
    sensitive: bool
    may_open: bool
    may_edit: bool

    @property
    def record(self) -> bool:
        """Whether anything is shown but the number."""
        return not self.learner.restricted or self.opened_until is not None

    def shows_trait(self, trait: Trait) -> bool:
        """Whether a trait is shown."""
        if trait.trait in restricted_traits():
            return self.opened_until is not None
        return self.sensitive or not is_sensitive(trait.trait)

    def shows_address(self, address: Address) -> bool:
        """Whether an address is shown in full."""
        guarded = self.learner.protected_address or address.protected
        return self.everything and (not guarded or self.opened_until is not None)


def sight_of(user: User, learner: Learner) -> Sight:
    """How much of a learner somebody may see who may see them at all."""
    opening = None
    if may(user, Permission.SEE_RESTRICTED):
        opening = Opening.objects.open().filter(by=user, learner=learner).order_by("-until").first()
    everything = may(user, Permission.SEE_ALL_LEARNERS)
    return Sight(learner, opening.until if opening else None, everything,
                 may(user, Permission.SEE_SENSITIVE), may(user, Permission.SEE_RESTRICTED), may(user, Permission.EDIT_LEARNERS))


def opened_by(user: User | None) -> set[int]:
    """The learners of whom somebody has opened what is restricted, and may see it at this moment; nobody has opened any."""
    return set(Opening.objects.open().filter(by=user).values_list("learner_id", flat=True)) if user else set()


def shut_to(user: User | None, area: str = "") -> set[int]:
    """The restricted learners of an authority (the user's) whose records are shut to the user at this moment."""
    restricted = Learner.objects.filter(area=area or (user.area if user else ""), restricted=True)
    return set(restricted.values_list("pk", flat=True)) - opened_by(user)


def guarded(area: str) -> QuerySet[Learner]:
    """The learners of an authority of whom something is shown only to whoever has opened it: the record, where they live or
    lived, or a characteristic that was ever believed of them.
    """
    held = Trait.objects.filter(learner=OuterRef("pk"), trait__in=restricted_traits())
    homes = homes_protected(area, ever=True).values("pk")
    return Learner.objects.filter(Q(restricted=True) | Q(pk__in=homes) | Exists(held), area=area)


def homes_protected(area: str, day: date | None = None, *, ever: bool = False) -> QuerySet[Learner]:
    """The learners of an authority of whom nobody is told where they live before they have opened it: every address of theirs
    is protected, or one where they live on a day (today); with ever, one where they live or lived.
    """
    held = Address.objects.known().filter(learner=OuterRef("pk"), protected=True)
    return Learner.objects.filter(Q(protected_address=True) | Exists(held if ever else held.on(day)), area=area)


def homes_shut_to(user: User | None, area: str = "", *, ever: bool = False) -> set[int]:
    """The learners of an authority (the user's) of whom the user may not be told where they live, or with ever lived: those
    whose records are shut, and those whose home is protected and whom they have not opened.
    """
    of = area or (user.area if user else "")
    found = homes_protected(of, ever=ever)
    return shut_to(user, of) | (set(found.values_list("pk", flat=True)) - opened_by(user))
