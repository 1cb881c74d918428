"""Hands a closed month's return over, for a reason where it holds what is restricted, and says so in the audit."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.accounts.telling import AMONG, AUTHORITY, command_line
from throughline.apps.learners.actions.looking import take_away_restricted
from throughline.apps.returns.actions.closing import KIND, ROOM
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of, guarded_in, shut_in


@transaction.atomic
def take_away(*, by: User, close: MonthClose, path: str, reason: str = "") -> bytes:
    """The return, for somebody to take away. Raises RefusedError where it holds what is shut to them and reason says not why.

    Each of those who are shut to them is listed among the restricted records opened; everybody of whom something is restricted
    is named in the audit by number, and so on their own record.
    """
    shut = shut_in(by, close)
    said = take_away_restricted(by=by, learners=shut, reason=reason, file=f"Return of {close}") if shut or reason else ""
    _record(by, close, path, said)
    return content_of(close)


@transaction.atomic
def export(*, by: None, close: MonthClose, out: Path, command: str, tell: Callable[[int], None], reason: str = "") -> None:
    """Write the return to a file by a command of that name, whole or not at all; tell is told before that of how many in it
    something is restricted, where it is of any. Raises OSError when it cannot be written.

    It is told as what take_away hands over is, by the command: a month can be sent at night, when nobody says why.
    """
    if shut := shut_in(by, close):
        tell(len(shut))
    beside = out.with_name(f"{out.name}.writing")
    try:
        beside.write_bytes(content_of(close))
        said = take_away_restricted(by=by, learners=shut, reason=reason, file=f"Return of {close}, by the command {command}")
        _record(by, close, command_line(command), said)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


def _record(by: User | None, close: MonthClose, path: str, reason: str) -> None:
    numbers = [each.number for each in guarded_in(close)]
    detail = {**({"reason": reason} if reason else {}), **({AMONG: numbers} if numbers else {}),
              **({} if by else {AUTHORITY: close.area})}
    record(by=by, verb=Verb.DOWNLOADED, room=ROOM, subject=(KIND, str(close.pk), f"the return of {close}"), path=path,
           detail=detail)
