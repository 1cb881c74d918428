"""Leaving single rows of a waiting file out, and taking them back in; the page they stand on is shown again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange import queries
from throughline.apps.exchange.actions import leaving_out
from throughline.apps.followup.views.seen import back_to
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.banners import done


@require_POST
@of_own_authority(Permission.EDIT_LEARNERS)
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nothing of a row reach the register."""
    said = "{row} is left out. Nothing of it reaches the register when the file is accepted."
    return _said(request, pk, leaving_out.leave_out, said, undone_at=reverse("exchange:take_in", args=[pk]))


@require_POST
@of_own_authority(Permission.EDIT_LEARNERS)
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row back in that was left out."""
    return _said(request, pk, leaving_out.take_in, "{row} is taken back in.")


def _said(request: HttpRequest, pk: int, action: Any, said: str, undone_at: str = "") -> HttpResponse:
    row = queries.row_or_404(request.user, pk)
    try:
        done(request, said.format(row=action(by=request.user, row=row)), undo=undone_at)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return back_to(request, "exchange:delivery", row.delivery_id)
