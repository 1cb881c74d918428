"""A code that was added to a list, taken away: of the code lists room, but only from here is all seen that has it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughline.analytics.participation.codesets import NAMES
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.codelists.actions import subject_of
from throughline.apps.codelists.queries import standing
from throughline.apps.exchange.actions.codes import take_code_away
from throughline.apps.organisations.actions.amending import RefusedError


@require_POST
@require(Permission.EDIT_CODE_LISTS)
def take_away(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Take a code away that was added here, or say why it stays."""
    if name not in NAMES or not standing(name).knows(code):
        raise Http404("The list has no such code.")
    request.audit_subject = subject_of(name, code)
    try:
        if take_code_away(by=request.user, codeset=name, code=code):
            messages.success(request, f"Code {code} was taken away.")
        else:
            messages.info(request, f"Nothing is taken away: code {code} is none that was added here.")
    except RefusedError as refusal:
        messages.error(request, f"{refusal}.")
    return redirect("codelists:code", name, code) if standing(name).knows(code) else redirect("codelists:list", name)
