"""What a learner is called, where they live, and the numbers by which others know them."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.analytics.formats.postcodes import POSTCODE, spaced
from throughline.analytics.participation.identifiers import FAULTS, tidy, upn_fault
from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.codes import upn_authorities
from throughline.apps.learners.models import Address, Identifier, Learner, Name, Source, Span
from throughline.apps.learners.places import district_at
from throughline.apps.organisations.actions.amending import RefusedError

_ILLEGAL = set('/\\:?@$&*(){}[]!"+=|0123456789')  # what the return refuses in a name


@transaction.atomic
def rename(
    *, by: User | None, learner: Learner, given: str, family: str, middle: str = "", kind: str = Name.Kind.LEGAL,
    since: date | None = None, source: Source | None = None,
) -> Name:
    """Call a learner otherwise from a day (today); what they were called before stays and is still found by.

    Raises RefusedError for a name that the return would refuse, or a day before the present name began.
    """
    refuse_names(given=given, middle=middle, family=family)
    name = Name(learner=learner, kind=kind, given=given, middle=middle, family=family, source=source)
    return _follow(by, name, learner.names.filter(kind=kind), since)


@transaction.atomic
def move_house(
    *, by: User | None, learner: Learner, since: date | None = None, source: Source | None = None, **address: Any,
) -> Address:
    """Say where a learner lives from a day (today); with no line filled in, that nobody knows. Raises RefusedError."""
    return _follow(by, Address(learner=learner, source=source, **right_address(address)), learner.addresses.all(), since)


@transaction.atomic
def add_identifier(
    *, by: User | None, learner: Learner, scheme: str, value: str, since: date | None = None, source: Source | None = None,
) -> Identifier:
    """Say that a learner has this number, instead of any of the same scheme; the one before stays and still finds them.

    Raises RefusedError for a number that is wrong, that they have already, or that another learner of the authority has.
    """
    kept = tidy(scheme, value)
    check = FAULTS.get(scheme)
    fault = upn_fault(kept, upn_authorities(timezone.localdate())) if check is upn_fault else check(kept) if check else None
    if fault:
        raise RefusedError(fault, "value")
    holders = Identifier.objects.known().filter(scheme=scheme, value=kept, learner__area=learner.area)
    if other := holders.exclude(learner=learner).select_related("learner").first():
        raise RefusedError(f"Learner {other.learner.number} has this number. Find out whose it is first", "value")
    if holders.filter(learner=learner).exists():
        raise RefusedError("They have this number already", "value")
    return _follow(by, Identifier(learner=learner, scheme=scheme, value=kept, source=source),
                   learner.identifiers.filter(scheme=scheme), since)


def _follow(by: User | None, came: Span, others: Any, since: date | None) -> Any:
    """Let a span begin on a day, and those of the same sort that go on end on the day before.

    One that began on the very day was mistaken, and is believed no more.
    """
    came.starts = since or timezone.localdate()
    ceased = list(others.known().filter(ends=None))
    if late := next((held for held in ceased if held.starts > came.starts), None):
        raise RefusedError(f"Enter a day that is not before {late.starts:%-d %B %Y}, when the present one began", "since")
    ended = [held.again(ends=came.starts - timedelta(days=1)) for held in ceased if held.starts < came.starts]
    believe(by=by, learner=came.learner, came=[*ended, came], ceased=ceased)
    return came


def refuse_names(**words: str) -> None:
    """Refuse a name that the return would refuse. Raises RefusedError, naming the field."""
    for field, word in words.items():
        if field != "middle" and not word.strip():
            raise RefusedError(f"Enter the {field} name", field)
        if wrong := sorted(_ILLEGAL & set(word)):
            raise RefusedError(f"A name in the return may not have {wrong[0]} in it. Take it out", field)


def right_address(address: dict[str, Any]) -> dict[str, Any]:
    """An address with its postcode in capitals and one space before the last three, in the postcode's district unless said.

    Raises RefusedError for what is no postcode.
    """
    if not (postcode := spaced(address.get("postcode", ""))):
        return address
    if not POSTCODE.fullmatch(postcode):
        raise RefusedError("Enter a whole postcode, such as SA1 1AA, or leave it empty when nobody knows it", "postcode")
    return {**address, "postcode": postcode, "district": address.get("district") or district_at(postcode)}
