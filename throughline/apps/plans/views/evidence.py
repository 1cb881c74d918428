"""Evidence of an action: files that are added, handed over, taken away and brought back."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.access import refuse
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.actions import evidence as actions
from throughline.apps.plans.forms.evidence import EvidenceForm
from throughline.apps.plans.models import Action, CampaignMessage, Evidence
from throughline.apps.plans.queries import action_or_404, may_update
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import action_name


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.UPDATE_ACTIONS)
def add(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Add a file."""
    action = _action(request, plan, pk)
    if not may_update(request.user, action):
        return refuse(request, Permission.EDIT_PLANS)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if saved(request, form, partial(actions.add_evidence, action=action)):
        messages.success(request, "The file is kept as evidence.")
        return redirect(_page_of(action))
    return form_page(request, form, heading="Add evidence", caption=action_name(action), submit="Add", back=_page_of(action),
                     template="plans/evidence_form.html")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, plan: int, pk: int, evidence: int) -> HttpResponse:
    """Hand over a file: only ever to be saved, never to be opened in the page's place."""
    kept = _evidence(_action(request, plan, pk), evidence)
    if kept.removed_at:
        raise Http404("That file was taken away.")
    return handed_over(kept)


def handed_over(kept: Evidence | CampaignMessage) -> HttpResponse:
    """A file that is kept, as one to be saved that no browser runs anything of."""
    response = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=kept.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@of_own_authority(Permission.UPDATE_ACTIONS)
def turn(request: HttpRequest, plan: int, pk: int, evidence: int, way: str) -> HttpResponse:
    """Take a file away, or bring it back."""
    action = _action(request, plan, pk)
    kept = _evidence(action, evidence)
    if not may_update(request.user, action):
        return refuse(request, Permission.EDIT_PLANS)
    turned = {"remove": (actions.remove_evidence, "The file is taken away. You can bring it back under “Evidence”."),
              "restore": (actions.restore_evidence, "The file is back.")}
    change, said = turned[way]
    try:
        change(by=request.user, evidence=kept)
        messages.success(request, said)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(_page_of(action))


def _action(request: HttpRequest, plan: int, pk: int) -> Action:
    action = action_or_404(request.user, plan, pk)
    request.audit_subject = subject_of(action)
    return action


def _evidence(action: Action, pk: int) -> Evidence:
    found = Evidence.objects.select_related("action__plan").filter(pk=pk, action=action).first()
    if found is None:
        raise Http404("There is no such file.")
    return found


def _page_of(action: Action) -> str:
    return reverse("plans:action", args=[action.plan_id, action.pk]) + "#evidence"
