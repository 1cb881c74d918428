"""Handing the authority a list from outside: whoever sends it sees that it was read, and an officer decides."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import BinaryIO

from throughline.apps.accounts.models import User
from throughline.apps.exchange.actions.bringing import bring_in, set_mapping
from throughline.apps.exchange.models import Delivery
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.formats import day as in_words

NOWHERE = "Your account names no school, college or provider. Ask an administrator to name the one you work for"
_HERE_ALREADY = "The authority has this very list already, though not from you: {state}. Nothing was sent now"
_STATES = {Delivery.State.PREVIEWED: "it waits for a decision there", Delivery.State.ACCEPTED: "it was accepted there on {day}"}
_SENT_ALREADY = "You sent this very list on {day}, and it stands below. Nothing was sent now"


def send_list(*, by: User, name: str, file: BinaryIO, as_at: date | None = None, activity: str = "") -> Delivery:
    """Bring a list of the sender's own young people in; it waits for an officer of the authority.

    Whose list it is comes from the sender's account, whatever the list or a row of it says. Raises RefusedError for an account
    that names no place, for a day to come and for bytes that are there already, RefusedFileError for a file that is no list.
    """
    if not _place_of(by):
        raise RefusedError(NOWHERE)
    said = {"ukprn": by.ukprn, "establishment_name": by.organisation, "activity": activity}
    constants = {name: text for name, text in said.items() if text}
    delivery, new = bring_in(by=by, area=by.area, name=name, file=file, kind=Delivery.Kind.LIST, as_at=as_at,
                             establishment=by.establishment, constants=constants, whose=_place_of(by))
    if not new:
        raise RefusedError(_there_already(delivery, by))
    return delivery


def _there_already(delivery: Delivery, sender: User) -> str:
    """What a sender is told of bytes that are there: their own list, or where that of others stands, and not whose it is."""
    if delivery.by_id == sender.pk:
        return _SENT_ALREADY.format(day=in_words(delivery.at))
    return _HERE_ALREADY.format(state=_STATES[Delivery.State(delivery.state)].format(day=in_words(delivery.settled_at)))


def correct_list(
    *, by: User, delivery: Delivery, mapping: dict[str, str], as_at: date | None = None, activity: str = "",
    words: Mapping[str, str] = MappingProxyType({}), no_headings: bool | None = None,
) -> Delivery:
    """Say which column of a list that one sent holds what, what words in it mean, and whether its first row is somebody; it is
    read again, and the next from the same place is read so too.

    Whose list it is stays. Raises RefusedError once the authority has decided on it, or where nobody could be found so.
    """
    return set_mapping(by=by, delivery=delivery, mapping=mapping, constants={**delivery.constants, "activity": activity},
                       as_at=as_at, whose=_place_of(by), words=words, no_headings=no_headings)


def _place_of(sender: User) -> str:
    """The number of the school, college or provider that an account names; empty where it names none."""
    return sender.establishment or sender.ukprn
