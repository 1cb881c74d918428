"""Everything that changes about boards: what they are for, who sits on them, and closing them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.organisations.models import Board, Membership, Party

ROOM, KIND = "organisations", "board"


@transaction.atomic
def add_board(*, by: User | None, area: str, **words: Any) -> Board:
    """Add a board. Raises RefusedError for a name that an open board has."""
    _refuse_a_taken_name(area, words["name"])
    return make(by=by, room=ROOM, kind=KIND, made=Board(area=area), words=words)


@transaction.atomic
def change_board(*, by: User | None, board: Board, **words: Any) -> Changes:
    """Change what a board is. Raises RefusedError for a name that is taken and for a board that would report to itself."""
    if not board.closed_on:
        _refuse_a_taken_name(board.area, words["name"], besides=board)
    above = words.get("reports_to")
    while above is not None:
        if above == board:
            raise RefusedError("Choose another board: this one would report to itself", "reports_to")
        above = above.reports_to
    return amend(by=by, room=ROOM, kind=KIND, kept=board, words=words)


def close_board(*, by: User | None, board: Board) -> Changes:
    """Close a board: nothing new is put to it, and its members, meetings and decisions stay readable."""
    return amend(by=by, room=ROOM, kind=KIND, kept=board, words={"closed_on": timezone.localdate()}, verb="removed")


@transaction.atomic
def reopen_board(*, by: User | None, board: Board) -> Changes:
    """Open a closed board again. Raises RefusedError when another open board has its name by now."""
    _refuse_a_taken_name(board.area, board.name, besides=board)
    return amend(by=by, room=ROOM, kind=KIND, kept=board, words={"closed_on": None})


@transaction.atomic
def add_member(*, by: User | None, board: Board, party: Party, capacity: str, since: date) -> Membership:
    """Give a party a seat from a day. Raises RefusedError when it has one then, or is of another authority."""
    if party.area != board.area:
        raise RefusedError("Choose an entry of the directory", "party")
    if board.memberships.filter(party=party, until=None).exists():
        raise RefusedError(f"{party} sits on this board already. End that seat first to give another", "party")
    seat = Membership.objects.create(board=board, party=party, capacity=capacity, since=since)
    detail = {"member": [None, party.pk], "capacity": [None, capacity], "since": [None, since.isoformat()]}
    record(by=by, verb="changed", room=ROOM, subject=subject_of(board), detail=detail)
    return seat


@transaction.atomic
def end_membership(*, by: User | None, seat: Membership, until: date | None = None) -> Membership:
    """End a seat, on a day (today); it stays readable. Raises RefusedError for a day before it began."""
    last = until or timezone.localdate()
    if last < seat.since:
        raise RefusedError("Enter a day that is not before the seat began", "until")
    return _set_until(by, seat, last)


@transaction.atomic
def resume_membership(*, by: User | None, seat: Membership) -> Membership:
    """Undo the end of a seat. Raises RefusedError when the party has been given another since."""
    if seat.board.memberships.filter(party=seat.party, until=None).exclude(pk=seat.pk).exists():
        raise RefusedError(f"{seat.party} has another seat on this board by now")
    return _set_until(by, seat, None)


def subject_of(board: Board) -> tuple[str, str, str]:
    """A board as the subject of an audit entry."""
    return KIND, str(board.pk), board.name


def _set_until(by: User | None, seat: Membership, until: date | None) -> Membership:
    detail = {"member": [seat.party_id, seat.party_id], "until": [_iso(seat.until), _iso(until)]}
    seat.until = until
    seat.save(update_fields=["until"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(seat.board), detail=detail)
    return seat


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _refuse_a_taken_name(area: str, name: str, besides: Board | None = None) -> None:
    others = Board.objects.filter(area=area, name=name, closed_on=None).exclude(pk=besides.pk if besides else None)
    if others.exists():
        raise RefusedError(f"There is an open board “{name}” already", "name")
