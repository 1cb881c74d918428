"""Handing the authority a list from outside: whoever sends it sees that it was read, and an officer decides."""

from datetime import date
from typing import BinaryIO

from throughline.apps.accounts.models import User
from throughline.apps.exchange.actions.bringing import bring_in
from throughline.apps.exchange.models import Delivery
from throughline.apps.organisations.actions.amending import RefusedError

NOWHERE = "Your account names no school, college or provider. Ask an administrator to name the one you work for"
_HERE_ALREADY = "The authority has this very list already. Nothing was sent now"


def send_list(*, by: User, name: str, file: BinaryIO, as_at: date | None = None, activity: str = "") -> Delivery:
    """Bring a list of the sender's own young people in; it waits for an officer of the authority.

    Whose list it is comes from the sender's account, whatever the list or a row of it says. Raises RefusedError for an account
    that names no place, for a day to come and for bytes that are there already, RefusedFileError for a file that is no list.
    """
    if not (by.establishment or by.ukprn):
        raise RefusedError(NOWHERE)
    said = {"ukprn": by.ukprn, "establishment_name": by.organisation, "activity": activity}
    constants = {name: text for name, text in said.items() if text}
    delivery, new = bring_in(by=by, area=by.area, name=name, file=file, kind=Delivery.Kind.LIST, as_at=as_at,
                             establishment=by.establishment, constants=constants, sent=True)
    if not new:
        raise RefusedError(_HERE_ALREADY)
    return delivery
