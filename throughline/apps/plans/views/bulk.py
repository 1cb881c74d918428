"""Updating many actions of a plan in one grid: typed, looked over, saved together, and undone together."""

from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.access import may, refuse
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans import bulk
from throughline.apps.plans.actions.bulk import apply_bulk, undo_bulk
from throughline.apps.plans.forms.update import RATINGS
from throughline.apps.plans.models import Action, Batch, Plan, Update
from throughline.apps.plans.views.plan import of_request
from throughline.apps.plans.words import action_name
from throughline.ui.banners import done
from throughline.ui.formats import count


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.UPDATE_ACTIONS)
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid; posted, what it would change; confirmed, that is saved and its page shown."""
    plan, confirmed = of_request(request, pk), "confirm" in request.POST
    with transaction.atomic() if confirmed else nullcontext():
        shown = _worked_out(request, plan, confirmed)
        drafts = shown["drafts"]
        if request.method != "POST" or "back" in request.POST or shown["faults"] or not any(draft.changed for draft in drafts):
            return _show_grid(request, shown)
        if not confirmed or any(draft.unseen for draft in drafts) or _unreasoned(drafts):
            return _show_preview(request, shown)
        return _save(request, plan, shown)


def _worked_out(request: HttpRequest, plan: Plan, held: bool) -> dict[str, Any]:
    """What was typed into the page of the grid that was asked for; held keeps its actions from anybody else meanwhile.

    They are read once they are held: what somebody saved while this waited for them is seen as theirs.
    """
    made = bulk.pages(plan, request.user)
    asked = request.POST.get("page") or request.GET.get("page") or "1"
    at = min(int(asked), max(len(made), 1)) if asked.isdecimal() and int(asked) else 1
    actions = made[at - 1] if made else []
    if held:
        actions = _held(actions)
    drafts = bulk.drafts(bulk.lines(plan, actions), request.POST, request.user, timezone.localdate())
    faults = [(draft, name, said) for draft in drafts for name, said in draft.problems.items()]
    return {"plan": plan, "names": bulk.page_names(made), "at": at, "drafts": drafts, "faults": faults}


def _held(actions: list[Action]) -> list[Action]:
    """The same actions as they are now, nobody else's until the transaction ends; those that have gone are left out."""
    locked = Action.objects.select_for_update(of=("self",)).select_related("plan").order_by("pk")
    now = {action.pk: action for action in locked.filter(pk__in=[action.pk for action in actions])}
    return [now[action.pk] for action in actions if action.pk in now]


def _unreasoned(drafts: list[bulk.Draft]) -> list[bulk.Draft]:
    """The rows to be saved whose rating is not the one proposed and which do not say why."""
    return [draft for draft in drafts if draft.saved and draft.wants_reason and not draft.reason]


def _save(request: HttpRequest, plan: Plan, shown: dict[str, Any]) -> HttpResponse:
    saved = count(sum(draft.saved for draft in shown["drafts"]), "action")  # before, while what is typed is still new
    try:
        batch = apply_bulk(by=request.user, plan=plan, drafts=shown["drafts"])
    except RefusedError as error:
        messages.error(request, error.sentence)
        return _show_preview(request, shown)
    done(request, f"{saved} saved.", undo=reverse("plans:undo_batch", args=[plan.pk, batch.pk]))
    return redirect("plans:batch", plan.pk, batch.pk)


def _show_grid(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    """The grid, with what was typed into it."""
    if request.method == "POST" and not shown["faults"] and "back" not in request.POST:
        messages.info(request, "Nothing was changed in the grid, so there is nothing to save.")
    names = [party.name for party in may_be_chosen(Party, request.user.area)]
    recent = shown["plan"].batches.select_related("by")[:5]
    more = {"ratings": RATINGS, "states": Action.State.choices, "edits": may(request.user, Permission.EDIT_PLANS),
            "parties": names, "recent": recent}
    return render(request, "plans/bulk.html", {**shown, **more})


def _show_preview(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    """What would change, row by row; with a reason to give where a rating is not the one proposed."""
    changed = [draft for draft in shown["drafts"] if draft.changed]
    missing = _unreasoned(changed) if "confirm" in request.POST else []
    rows = [(draft, bulk.said(draft)) for draft in changed]
    many = sum(draft.saved for draft in changed)
    more = {"rows": rows, "missing": missing, "fields": bulk.FIELDS, "many": many}
    return render(request, "plans/bulk_preview.html", {**shown, **more})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def batch(request: HttpRequest, pk: int, batch: str) -> HttpResponse:
    """What one bulk update did, and a way to undo the whole of it."""
    plan = of_request(request, pk)
    made = _batch(plan, batch)
    updates = Update.objects.filter(batch=made.pk).select_related("action", "undone_by").order_by("action__position")
    changed = Action.with_removed.in_bulk([int(each) for each in made.changes])
    others = [(changed[int(each)], sorted(changes)) for each, changes in made.changes.items() if int(each) in changed]
    shown = {"plan": plan, "batch": made, "updates": updates, "others": others, "may_undo": _may_undo(request, made),
             "action_name": action_name}
    return render(request, "plans/batch.html", shown)


@require_POST
@of_own_authority(Permission.UPDATE_ACTIONS)
def undo(request: HttpRequest, pk: int, batch: str) -> HttpResponse:
    """Undo a bulk update, and say what could not be undone."""
    made = _batch(of_request(request, pk), batch)
    if not _may_undo(request, made):
        return refuse(request, Permission.EDIT_PLANS)
    try:
        kept = undo_bulk(by=request.user, batch=made)
        messages.success(request, "The bulk update is undone." if not kept else "The rest of the bulk update is undone.")
        for sentence in kept:
            messages.warning(request, sentence)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("plans:batch", pk, batch)


def _batch(plan: Plan, pk: Any) -> Batch:
    found = plan.batches.select_related("plan", "by", "undone_by").filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such bulk update of that plan.")
    return found


def _may_undo(request: HttpRequest, made: Batch) -> bool:
    own = made.by_id == request.user.pk and may(request.user, Permission.UPDATE_ACTIONS)
    return made.plan.living and (own or may(request.user, Permission.EDIT_PLANS))
