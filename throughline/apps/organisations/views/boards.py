"""The register of boards, and each board's page: what it is for, who sits on it, who has."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations import files, queries
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions import boards as actions
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.organisations.forms import BoardForm, EndSeatForm, MemberForm
from throughline.apps.organisations.models import Board
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """Every board of the reader's authority: their own first, then the others, then those closed."""
    request.audit_subject = ("boards", request.user.area, "Boards")
    own = queries.own_board_ids(request.user)
    boards = [(board, queries.review_state(board)) for board in queries.boards_of(request.user.area)]
    still_open = [row for row in boards if not row[0].closed_on]
    groups = [
        ("own", "Your boards", [row for row in still_open if row[0].pk in own]),
        ("others", "Other boards" if own else "Boards", [row for row in still_open if row[0].pk not in own]),
        ("closed", "Closed boards", [row for row in boards if row[0].closed_on]),
    ]
    return render(request, "organisations/boards.html", {"groups": groups, "any": bool(boards)})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The register of boards as CSV or XLSX."""
    request.audit_subject = ("boards", request.user.area, "Boards")
    rows = files.board_rows(queries.boards_of(request.user.area))
    return table_response(kind, "boards", files.BOARD_COLUMNS, list(rows), files.BOARD_NOTES, title="Boards")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One board: its members by capacity, past members, sub-groups and terms of reference."""
    board = _board(request, pk)
    shown = {"board": board, "members": queries.members_on(board), "past": queries.past_members(board),
             "sub_groups": board.sub_groups.filter(closed_on=None), "review": queries.review_state(board)}
    return render(request, "organisations/board.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def members_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Everybody who sits or sat on a board, as CSV or XLSX."""
    board = _board(request, pk)
    seats = board.memberships.select_related("board", "party__organisation").order_by("since", "party__name", "id")
    return table_response(kind, f"{board} members", files.MEMBER_COLUMNS, list(files.member_rows(seats)), files.MEMBER_NOTES,
                          title=f"Members of {board}")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a board."""
    form = BoardForm(request.POST or None, area=request.user.area)
    if board := saved(request, form, actions.add_board, area=request.user.area):
        messages.success(request, f"{board} is added. Now say who sits on it.")
        return redirect("organisations:board", board.pk)
    return form_page(request, form, heading="Add a board", back=reverse("organisations:boards"),
                     lead="A board, a panel, a sub-group or a committee that meets and decides.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a board is, or its terms of reference."""
    board = _board(request, pk)
    form = BoardForm(request.POST or None, area=request.user.area, record=board)
    if saved(request, form, actions.change_board, board=board):
        messages.success(request, f"{board} is changed.")
        return redirect("organisations:board", pk)
    return form_page(request, form, heading="Change a board", caption=board.name,
                     back=reverse("organisations:board", args=[pk]))


@require_POST
@of_own_authority(Permission.RUN_BOARDS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a board."""
    board = _board(request, pk)
    actions.close_board(by=request.user, board=board)
    messages.success(request, f"{board} is closed. You can open it again on this page.")
    return redirect("organisations:board", pk)


@require_POST
@of_own_authority(Permission.RUN_BOARDS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed board again."""
    board = _board(request, pk)
    try:
        actions.reopen_board(by=request.user, board=board)
        messages.success(request, f"{board} is open again.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("organisations:board", pk)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a seat."""
    board = _board(request, pk)
    form = MemberForm(request.POST or None, area=request.user.area, initial={"since": timezone.localdate()})
    if seat := saved(request, form, actions.add_member, board=board):
        messages.success(request, f"{seat.party} sits on {board}.")
        return redirect("organisations:board", pk)
    return form_page(request, form, heading="Add a member", caption=board.name, submit="Add",
                     back=reverse("organisations:board", args=[pk]),
                     lead="Members are entries of the directory. Add somebody who is missing there first.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def end_membership(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Say when a seat ends."""
    held = queries.seat_or_404(request.user, pk, seat)
    board = _board(request, pk)
    form = EndSeatForm(request.POST or None, record=held, initial={"until": timezone.localdate()})
    if saved(request, form, actions.end_membership, seat=held):
        messages.success(request, f"The seat of {held.party} is ended. You can undo that below.")
        return redirect("organisations:board", pk)
    return form_page(request, form, heading=f"End the seat of {held.party}", caption=board.name, submit="End the seat",
                     back=reverse("organisations:board", args=[pk]))


@require_POST
@of_own_authority(Permission.RUN_BOARDS)
def resume_membership(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Undo the end of a seat."""
    held = queries.seat_or_404(request.user, pk, seat)
    _board(request, pk)
    try:
        actions.resume_membership(by=request.user, seat=held)
        messages.success(request, f"{held.party} sits on {held.board} again.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("organisations:board", pk)


def _board(request: HttpRequest, pk: int) -> Board:
    """The board a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    board = queries.board_or_404(request.user, pk)
    request.audit_subject = actions.subject_of(board)
    return board
