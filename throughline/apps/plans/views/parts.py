"""Adding, changing, moving, ticking and taking out what hangs on an action, a section or a plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from throughline.apps.accounts.access import refuse
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.actions import parts as actions
from throughline.apps.plans.models import Action, Plan
from throughline.apps.plans.parts import ACTIONS, Holder, holder_or_404, kind_or_404, part_or_404
from throughline.apps.plans.queries import may_update
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import action_name, section_name

_FORM = "plans/part_form.html"


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest, plan: str, under: str, holder: str, kind: str) -> HttpResponse:
    """Add a part."""
    of, what = _holder(request, plan, under, holder), kind_or_404(under, kind)
    form = what.form(request.POST or None, of=of)
    if part := saved(request, form, actions.add_part, of=of, model=what.model):
        messages.success(request, f"{what.model._meta.verbose_name.capitalize()} added.")
        return redirect(f"{_address(of)}#{kind}-{part.pk}")
    return form_page(request, form, heading=f"Add {what.a}", caption=_name(of), back=_address(of), submit="Add", template=_FORM)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, plan: str, under: str, holder: str, kind: str, pk: str) -> HttpResponse:
    """Change a part."""
    of, what = _holder(request, plan, under, holder), kind_or_404(under, kind)
    part = part_or_404(of, what, int(pk))
    form = what.form(request.POST or None, of=of, record=part)
    if saved(request, form, actions.change_part, part=part):
        messages.success(request, f"{what.model._meta.verbose_name.capitalize()} changed.")
        return redirect(f"{_address(of)}#{kind}-{pk}")
    return form_page(request, form, heading=f"Change {what.a}", caption=_name(of), back=_address(of), template=_FORM)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, plan: str, under: str, holder: str, kind: str, pk: str) -> HttpResponse:
    """Take a part out."""
    said = "Taken out. You can bring it back under “Taken out” on this page."
    return _turn(request, (plan, under, holder, kind, pk), actions.remove_part, said)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def restore(request: HttpRequest, plan: str, under: str, holder: str, kind: str, pk: str) -> HttpResponse:
    """Bring a part back."""
    return _turn(request, (plan, under, holder, kind, pk), actions.restore_part, "Brought back.", removed=True)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def move(request: HttpRequest, plan: str, under: str, holder: str, kind: str, pk: str, way: str) -> HttpResponse:
    """Move a part up or down."""
    return _turn(request, (plan, under, holder, kind, pk), actions.move_part, f"Moved {way}.", up=way == "up")


@require_POST
@of_own_authority(Permission.UPDATE_ACTIONS)
def tick(request: HttpRequest, plan: str, holder: str, kind: str, pk: str, done: str) -> HttpResponse:
    """Say that a step is done or a milestone met, or take that back."""
    action = _holder(request, plan, ACTIONS, holder)
    if not may_update(request.user, action):
        return refuse(request, Permission.EDIT_PLANS)
    turn, said = (actions.tick, "Marked as done.") if done == "done" else (actions.untick, "Marked as still to do.")
    return _turn(request, (plan, ACTIONS, holder, kind, pk), turn, said)


def _turn(request: HttpRequest, asked: tuple[str, str, str, str, str], action: Any, said: str, *, removed: bool = False,
          **given: Any) -> HttpResponse:
    """Do one thing to the part that an address names, say so, and go back to what it hangs on."""
    plan, under, holder, kind, pk = asked
    of = _holder(request, plan, under, holder)
    try:
        action(by=request.user, part=part_or_404(of, kind_or_404(under, kind), int(pk), removed=removed), **given)
        messages.success(request, said)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(f"{_address(of)}#{kind}")


def _holder(request: HttpRequest, plan: str, under: str, pk: str) -> Any:
    of = holder_or_404(request.user, int(plan), under, int(pk))
    request.audit_subject = subject_of(of)
    return of


def _address(of: Holder) -> str:
    if isinstance(of, Plan):
        return reverse("plans:success", args=[of.pk])
    return reverse("plans:action" if isinstance(of, Action) else "plans:section", args=[of.plan_id, of.pk])


def _name(of: Holder) -> str:
    if isinstance(of, Plan):
        return of.title
    return action_name(of) if isinstance(of, Action) else section_name(of)
