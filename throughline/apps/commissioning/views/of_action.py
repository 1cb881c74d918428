"""What is commissioned for an action of a plan, and the contracts that it is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.commissioning.queries import contracts_about, interventions_for
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.queries import action_or_404
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import action_name


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """The interventions and contracts that name the action."""
    action = action_or_404(request.user, plan, pk)
    request.audit_subject = subject_of(action)
    shown = {"action": action, "name": action_name(action), "commissioned": interventions_for(action),
             "contracts": contracts_about(action)}
    return render(request, "commissioning/of_action.html", shown)
