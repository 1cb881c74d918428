"""The tables of the organisations room as files: their columns and their rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from throughline.apps.organisations.models import Board, Membership, Party
from throughline.ui.downloads import Column

PARTY_COLUMNS = [
    Column("name", "Name"), Column("kind", "What it is"), Column("initials", "Initials and codes"),
    Column("organisation", "Organisation"), Column("reports_to", "Reports to"), Column("email", "Email address"),
    Column("closed_on", "Closed on"),
]
PARTY_NOTES = ["Some entries are people's names and addresses: keep the file no longer than it is needed, and pass it to nobody "
               "who may not see the page."]
BOARD_COLUMNS = [
    Column("name", "Board"), Column("kind", "What it is"), Column("chair", "Chair"), Column("members", "Members"),
    Column("meets", "How often it meets"), Column("reports_to", "Reports to"), Column("review_on", "Terms reviewed by"),
    Column("closed_on", "Closed on"),
]
BOARD_NOTES = ["Members are those who sit on the board today."]
MEMBER_COLUMNS = [
    Column("board", "Board"), Column("member", "Member"), Column("capacity", "As what"), Column("organisation", "Organisation"),
    Column("since", "From"), Column("until", "Until"),
]
MEMBER_NOTES = ["A member with no last day sits on the board still."]


def party_rows(parties: Iterable[Party]) -> Iterator[dict[str, Any]]:
    """One row an entry, as the directory lists them."""
    for party in parties:
        yield {"name": party.name, "kind": party.get_kind_display(), "initials": party.initials,
               "organisation": _name(party.organisation), "reports_to": _name(party.reports_to), "email": party.email,
               "closed_on": party.closed_on}


def board_rows(boards: Iterable[Board]) -> Iterator[dict[str, Any]]:
    """One row a board; boards as queries.boards_of gives them."""
    for board in boards:
        yield {"name": board.name, "kind": board.get_kind_display(), "chair": "; ".join(seat.party.name for seat in board.chairs),
               "members": board.sitting, "meets": board.meets, "reports_to": _name(board.reports_to),
               "review_on": board.review_on, "closed_on": board.closed_on}


def member_rows(seats: Iterable[Membership]) -> Iterator[dict[str, Any]]:
    """One row a seat, held or ended."""
    for seat in seats:
        yield {"board": seat.board.name, "member": seat.party.name, "capacity": seat.get_capacity_display(),
               "organisation": _name(seat.party.organisation), "since": seat.since, "until": seat.until}


def _name(record: Party | Board | None) -> str:
    return record.name if record else ""
