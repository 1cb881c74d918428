"""Taking away what was put down by mistake, and bringing it back, for every sort of record that allows it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.governance.actions import removal as actions
from throughline.apps.governance.models import (
    AgendaItem,
    Consultation,
    ConsultationResponse,
    Decision,
    Paper,
    ScrutinyQuestion,
)
from throughline.apps.governance.subjects import Kept, subject_of
from throughline.apps.organisations.access import of_own_authority


def _its_meeting(kept: Any) -> str:
    return reverse("governance:meeting", args=[kept.meeting_id])


def _its_consultation(kept: Any) -> str:
    return reverse("governance:consultation", args=[kept.consultation_id])


# Each sort: its model, the way to its authority, and the page on which it is listed, removed or not.
SORTS: dict[str, tuple[Any, str, Callable[[Any], str]]] = {
    "item": (AgendaItem, "meeting__board__area", _its_meeting),
    "paper": (Paper, "meeting__board__area", _its_meeting),
    "decision": (Decision, "meeting__board__area", _its_meeting),
    "question": (ScrutinyQuestion, "board__area", lambda kept: reverse("governance:scrutiny")),
    "consultation": (Consultation, "area", lambda kept: reverse("governance:consultations")),
    "response": (ConsultationResponse, "consultation__area", _its_consultation),
}


@require_POST
@of_own_authority(Permission.RUN_BOARDS)
def remove(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Take a record out of sight."""
    kept = _kept(request, sort, pk)
    actions.remove(by=request.user, kept=kept)
    messages.success(request, f"{kept}: removed. You can bring it back at the end of this page.")
    return redirect(SORTS[sort][2](kept))


@require_POST
@of_own_authority(Permission.RUN_BOARDS)
def bring_back(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Undo a removal."""
    kept = _kept(request, sort, pk)
    actions.bring_back(by=request.user, kept=kept)
    messages.success(request, f"{kept}: brought back.")
    return redirect(SORTS[sort][2](kept))


def _kept(request: HttpRequest, sort: str, pk: int) -> Kept:
    """The record, removed or not, noted for the audit. Answers 404 when the reader's authority has none such."""
    model, area, _ = SORTS[sort]
    kept = get_object_or_404(model.with_removed, pk=pk, **{area: request.user.area})
    request.audit_subject = subject_of(kept)
    return kept
