"""How often a code of a list is recorded of young people: asked before a code that was added is taken away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from throughline.apps.accounts.models import User
from throughline.apps.learners.models import (
    Activity,
    Fact,
    GuaranteeStatus,
    Identifier,
    LevelOfNeed,
    Membership,
    Particulars,
    Trait,
)
from throughline.apps.learners.queries import seen_by
from throughline.apps.learners.sight import opened_by

_NUMBERED = (Identifier.Scheme.UPN, Identifier.Scheme.PREVIOUS_UPN)


# By list, the rows that hold a code of it; of a unique pupil number the second to fourth characters are the authority's.
_WHERE: Mapping[str, Sequence[tuple[type[Fact], Callable[[str], Q]]]] = {
    "activity": [(Activity, lambda code: Q(code=code))],
    "ethnic_group": [(Particulars, lambda code: Q(ethnic_group=code))],
    "gender": [(Particulars, lambda code: Q(gender=code))],
    "characteristic": [(Trait, lambda code: Q(trait=code))],
    "own_trait": [(Trait, lambda code: Q(trait=code))],
    "cohort_status": [(Membership, lambda code: Q(status=code))],
    "level_of_need": [(LevelOfNeed, lambda code: Q(level=code))],
    "guarantee_status": [(GuaranteeStatus, lambda code: Q(code=code))],
    "intended_destination": [(Particulars, lambda code: Q(intended_destination=code)),
                             (Activity, lambda code: Q(intended_next=code))],
    "leaving_reason": [(Activity, lambda code: Q(leaving_reason=code))],
    "authority_number": [(Activity, lambda code: Q(educated_in=code) | Q(establishment__startswith=code)),
                         (Membership, lambda code: Q(area=code) | Q(transferred_to=code)),
                         (Particulars, lambda code: Q(area_at_16=code) | Q(school_at_16__startswith=code))],
    "upn_authority": [(Identifier, lambda code: Q(scheme__in=_NUMBERED, value__regex=f"^.{code}"))],
}


@dataclass(frozen=True)
class Recorded:
    """How often a code is recorded of the young people whose records a reader sees, what was put right since included; and
    whether it is of anybody else.
    """

    seen: int
    elsewhere: bool

    def __bool__(self) -> bool:
        return self.elsewhere or self.seen > 0


def recorded(user: User, name: str, code: str) -> Recorded:
    """How often a code of a list is recorded, and was ever. A restricted record that the user has not opened is one they do not
    see.
    """
    learners = seen_by(user).filter(Q(restricted=False) | Q(pk__in=opened_by(user)))
    rows = [model.objects.filter(where(code)) for model, where in _WHERE[name]]
    seen = sum(each.filter(learner__in=learners).count() for each in rows)
    return Recorded(seen, sum(each.count() for each in rows) > seen)
