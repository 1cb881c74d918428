"""Questions of the organisations room: whom a plan means, who sits where, which boards are due a review."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.organisations.models import Board, Membership, Party, PartyMerger

SOON = timedelta(days=60)  # a review that falls due within these days is said to be coming up


def parties_of(area: str) -> QuerySet[Party]:
    """The directory of one authority, closed entries too."""
    return Party.objects.filter(area=area).select_related("organisation", "reports_to").prefetch_related("codes")


def may_be_chosen(model: type[Party] | type[Board], area: str, held: int | None = None) -> QuerySet:
    """The open parties or boards of an authority, for a form to offer; the one it holds already may have closed since."""
    return model.objects.filter(area=area).filter(Q(closed_on=None) | Q(pk=held))


def find_parties(
    area: str, *, words: str = "", kind: str = "", organisation: Party | None = None, closed: str = ""
) -> QuerySet[Party]:
    """Entries by words of their name, code or organisation, by kind and organisation; closed ones too when closed is "yes"."""
    found = parties_of(area)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(codes__code__iexact=word) | Q(organisation__name__icontains=word))
    narrowed: dict[str, Any] = {"kind": kind, "organisation": organisation}
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    return (found if closed == "yes" else found.filter(closed_on=None)).distinct()


def party_or_404(user: User, pk: int) -> Party:
    """An entry of the user's own directory. Raises Http404."""
    return get_object_or_404(parties_of(user.area), pk=pk)


def resolve(area: str, printed: str) -> Party | None:
    """Whom a plan means by what it prints: a code as it stands, a code whatever its capitals, or a name.

    An open entry comes before a closed one, and nobody is answered when two fit equally well.
    """
    wanted = " ".join(printed.split())
    if not wanted:
        return None
    entries = Party.objects.filter(area=area)
    for asked in ({"codes__code": wanted}, {"codes__code__iexact": wanted}, {"name__iexact": wanted}):
        for still_open in (True, False):
            found = list(entries.filter(**asked, closed_on__isnull=still_open).distinct()[:2])
            if found:
                return found[0] if len(found) == 1 else _exactly(found, wanted)
    return None


def _exactly(found: list[Party], wanted: str) -> Party | None:
    same = [party for party in found if party.name == wanted]
    return same[0] if len(same) == 1 else None


def merger_to_undo(party: Party) -> PartyMerger | None:
    """The merger by which this entry became another, if it can be undone."""
    return party.mergers_away.filter(undone_at=None).select_related("kept").first()


def seats_of(party: Party) -> QuerySet[Membership]:
    """Every seat the party has or had, the latest first."""
    return party.memberships.select_related("board").order_by("-since", "board__name", "id")


def boards_of(area: str) -> QuerySet[Board]:
    """The boards of one authority by name, each with its sitting members (sitting) counted and its chairs at hand (chairs)."""
    chairs = Membership.objects.filter(_sitting(), capacity=Membership.Capacity.CHAIR).select_related("party")
    return (
        Board.objects.filter(area=area).select_related("reports_to")
        .annotate(sitting=Count("memberships", filter=_sitting("memberships__"), distinct=True))
        .prefetch_related(Prefetch("memberships", queryset=chairs, to_attr="chairs"))
        .order_by("name", "id")  # what is grouped forgets the order of its table
    )


def board_or_404(user: User, pk: int) -> Board:
    """A board of the user's own authority. Raises Http404."""
    return get_object_or_404(boards_of(user.area), pk=pk)


def own_board_ids(user: User) -> set[int]:
    """The boards on which the user's own directory entry sits today."""
    seats = Membership.objects.filter(_sitting(), party__user=user, board__area=user.area)
    return set(seats.values_list("board_id", flat=True))


def seat_or_404(user: User, board: int, pk: int) -> Membership:
    """A seat on a board of the user's own authority. Raises Http404."""
    return get_object_or_404(Membership.objects.select_related("party", "board"), pk=pk, board_id=board, board__area=user.area)


def members_on(board: Board, day: date | None = None) -> list[Membership]:
    """Who sat on a board on a day (today): the chair first, then by capacity and name."""
    order = list(Membership.Capacity.values)
    seats = board.memberships.filter(_sitting(day=day)).select_related("party", "party__organisation")
    return sorted(seats, key=lambda seat: (order.index(seat.capacity), seat.party.name.casefold()))


def past_members(board: Board) -> QuerySet[Membership]:
    """Seats that have ended, the latest first."""
    ended = board.memberships.filter(until__lt=timezone.localdate()).select_related("party")
    return ended.order_by("-until", "party__name", "id")


def review_state(board: Board) -> str:
    """Whether its terms of reference are to be reviewed: "overdue", "soon", "later" or "" when no day is set."""
    today = timezone.localdate()
    if board.review_on is None or board.closed_on:
        return ""
    if board.review_on < today:
        return "overdue"
    return "soon" if board.review_on <= today + SOON else "later"


def _sitting(path: str = "", day: date | None = None) -> Q:
    """Seats held on a day (today); the last day of a seat counts."""
    when = day or timezone.localdate()
    return Q(**{f"{path}since__lte": when}) & (Q(**{f"{path}until": None}) | Q(**{f"{path}until__gte": when}))
