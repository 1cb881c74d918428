"""Saying how an action is going, and undoing what was just said."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from throughline.apps.accounts.access import refuse
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import saved
from throughline.apps.plans.action_progress import action_progress, may_undo, update_form
from throughline.apps.plans.actions import updating
from throughline.apps.plans.models import Action, Update
from throughline.apps.plans.queries import action_or_404, may_update
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import action_name, rated

MINE = "mine"  # where somebody came from who updates their own actions one after another


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.UPDATE_ACTIONS)
def update(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Say how an action is going."""
    action = _action(request, plan, pk)
    if not may_update(request.user, action):
        return refuse(request, Permission.EDIT_PLANS)
    back = _back(request, action)
    form = update_form(action, request.POST or None)
    if made := saved(request, form, partial(updating.add_update, action=action)):
        said = f"{action_name(action)} is updated: {rated(made.rag)}"
        messages.success(request, f"{said}. You can undo it on the action’s page, under “How it is going”.")
        return redirect(back)
    progress = action_progress(action, request.user, timezone.localdate(), form)
    shown = {"action": action, "plan": action.plan, "progress": progress, "form": form, "name": action_name(action), "back": back,
             "come_from": request.GET.get("from", "")}
    return render(request, "plans/update.html", shown)


@require_POST
@of_own_authority(Permission.UPDATE_ACTIONS)
def turn(request: HttpRequest, plan: int, pk: int, update: int, way: str) -> HttpResponse:
    """Undo an update, or let it count again."""
    action = _action(request, plan, pk)
    said = Update.objects.select_related("action__plan").filter(pk=update, action=action).first()
    if said is None:
        raise Http404("There is no such update of that action.")
    if not (may_update(request.user, action) and may_undo(request.user, said)):
        return refuse(request, Permission.EDIT_PLANS)
    turned = {"undo": (updating.undo_update, "The update is undone: it stays to be read and no longer counts."),
              "restore": (updating.restore_update, "The update counts again.")}
    change, words = turned[way]
    try:
        change(by=request.user, update=said)
        messages.success(request, words)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(_page_of(action))


def _action(request: HttpRequest, plan: int, pk: int) -> Action:
    action = action_or_404(request.user, plan, pk)
    request.audit_subject = subject_of(action)
    return action


def _back(request: HttpRequest, action: Action) -> str:
    return reverse("plans:mine") if request.GET.get("from") == MINE else _page_of(action)


def _page_of(action: Action) -> str:
    return reverse("plans:action", args=[action.plan_id, action.pk]) + "#updates"
