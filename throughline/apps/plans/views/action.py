"""An action: its page, and adding, changing, moving and taking it out."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.handbook.queries import page_or_404
from throughline.apps.handbook.subjects import subject_of as subject_of_page
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.action_page import action_page
from throughline.apps.plans.actions import editing
from throughline.apps.plans.forms.action import ActionForm, StateForm
from throughline.apps.plans.forms.links import HandbookForm, IndicatorsForm
from throughline.apps.plans.models import Action
from throughline.apps.plans.queries import action_or_404, section_or_404
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import action_name, section_name

_FORM = "plans/part_form.html"


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Everything about one action."""
    action = of_request(request, plan, pk)
    return render(request, "plans/action.html", action_page(action, request.user, timezone.localdate()))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest, plan: int, section: int) -> HttpResponse:
    """Add an action to a section."""
    held = section_or_404(request.user, plan, section)
    request.audit_subject = subject_of(held)
    form = ActionForm(request.POST or None, plan=held.plan, initial={"section": section})
    if action := saved(request, form, editing.add_action):
        messages.success(request, f"{action_name(action)} is added. Now say who does it.")
        return redirect("plans:action", plan, action.pk)
    return form_page(request, form, heading="Add an action", caption=section_name(held), submit="Add", template=_FORM,
                     back=reverse("plans:plan", args=[plan]) + f"#section-{section}")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Change an action's words, its time or its section."""
    action = of_request(request, plan, pk)
    form = ActionForm(request.POST or None, plan=action.plan, record=action)
    return _form(request, action, form, partial(editing.change_action, action=action), "Change an action")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def state(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Say that an action is done, stopped or open again."""
    action = of_request(request, plan, pk)
    form = StateForm(request.POST or None, record=action)
    return _form(request, action, form, partial(editing.set_state, action=action), "Done, stopped or still open")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def indicators(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Say which indicators would show that an action worked."""
    action = of_request(request, plan, pk)
    form = IndicatorsForm(request.POST or None, record=action)
    heading = "Which indicators would show that it worked?"
    return _form(request, action, form, partial(editing.set_indicators, of=action), heading)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def handbook(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Say which pages of the handbook are shown beside an action."""
    action = of_request(request, plan, pk)
    form = HandbookForm(request.POST or None, record=action)
    change = partial(editing.set_handbook_pages, action=action)
    return _form(request, action, form, change, "Which pages of the handbook say how it is done?")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def of_handbook_page(request: HttpRequest, page: int) -> HttpResponse:
    """The actions of plans that a page of the handbook is shown beside."""
    held = page_or_404(request.user, page)
    request.audit_subject = subject_of_page(held)
    actions = held.plan_actions.filter(removed_at=None, plan__removed_at=None, plan__area=request.user.area)
    shown = {"page": held, "actions": actions.select_related("plan"), "action_name": action_name}
    return render(request, "plans/handbook_actions.html", shown)


def _form(request: HttpRequest, action: Action, form: Any, change: Any, heading: str) -> HttpResponse:
    """A form over an action: saved, or shown with what is wrong."""
    address = reverse("plans:action", args=[action.plan_id, action.pk])
    if saved(request, form, change):
        messages.success(request, "The action is saved.")
        return redirect(address)
    return form_page(request, form, heading=heading, caption=action_name(action), back=address, template=_FORM)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def move(request: HttpRequest, plan: int, pk: int, way: str) -> HttpResponse:
    """Move an action before or after its neighbour."""
    action = of_request(request, plan, pk)
    return _turn(request, action, editing.move_action, f"{action_name(action)} is moved {way}.", up=way == "up")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Take an action out of its plan."""
    action = of_request(request, plan, pk)
    said = f"{action_name(action)} is taken out. You can bring it back at the foot of the plan."
    return _turn(request, action, editing.remove_action, said)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def restore(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Bring an action back."""
    action = of_request(request, plan, pk, removed=True)
    return _turn(request, action, editing.restore_action, f"{action_name(action)} is back.")


def _turn(request: HttpRequest, action: Action, change: Any, said: str, **given: Any) -> HttpResponse:
    """Do one thing to an action, say so, and go back to its section in the plan."""
    try:
        change(by=request.user, action=action, **given)
        messages.success(request, said)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(reverse("plans:plan", args=[action.plan_id]) + f"#section-{action.section_id}")


def of_request(request: HttpRequest, plan: int, pk: int, *, removed: bool = False) -> Action:
    """The action that a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    action = action_or_404(request.user, plan, pk, removed=removed)
    request.audit_subject = subject_of(action)
    return action
