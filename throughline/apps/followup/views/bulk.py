"""Updating many learners of a list in one grid: typed, looked over, saved together, and undone together."""

from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.followup import files, queries
from throughline.apps.followup import grid as grids
from throughline.apps.followup import grid_told as told
from throughline.apps.followup.actions.bulk import apply_bulk, undo_bulk
from throughline.apps.followup.models import BulkUpdate
from throughline.apps.followup.views.seen import noted
from throughline.apps.followup.views.worklist import Narrowed, narrowed
from throughline.apps.learners.models import Learner
from throughline.apps.learners.sight import shut_to
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.banners import done
from throughline.ui.downloads import table_response
from throughline.ui.formats import count


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
@each_asked_once()
def grid(request: HttpRequest, name: str) -> HttpResponse:
    """The grid; posted, what it would change; confirmed, that is saved and its page shown."""
    asked, confirmed = narrowed(request, name), "confirm" in request.POST
    with transaction.atomic() if confirmed else nullcontext():
        shown = {"rule": asked.rule, **_worked_out(request, asked, confirmed)}
        drafts, idle = shown["drafts"], not any(draft.changed for draft in shown["drafts"])
        if confirmed and (before := told.saved_before(drafts, request.user)):
            messages.info(request, "You saved this already, so it stands once. This is what it changed.")
            return redirect("followup:bulk", before.pk)
        if _to_look_over(request) and idle and not (shown["faults"] or shown["problems"] or told.already_so(drafts)):
            where = " What stands in the row “For all ticked” is for the rows that are ticked." if shown["ticked"].given else ""
            messages.info(request, f"Nothing in the grid differs from what is kept, so there is nothing to save.{where}")
        if request.method != "POST" or "back" in request.POST or shown["faults"] or idle:
            return _show(request, "followup/grid.html", shown)
        if not confirmed or any(draft.stale or draft.line.gone for draft in drafts if draft.wanted):
            return _show(request, "followup/grid_preview.html", shown)
        return _save(request, shown)


def _to_look_over(request: HttpRequest) -> bool:
    """Whether somebody asked what the grid would change."""
    return request.method == "POST" and "back" not in request.POST


def _worked_out(request: HttpRequest, asked: Narrowed, held: bool) -> dict[str, Any]:
    """What was typed into the rows; held locks their learners first, so that nobody can change them meanwhile."""
    pks, page = _rows_asked(request, asked)
    if held:
        list(Learner.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    officers = list(queries.officers_of(request.user.area))
    ticked = grids.for_all(request.POST, officers, timezone.localdate())
    drafts = grids.drafts(grids.lines(pks), request.POST, officers, timezone.localdate(), ticked)
    faults = [("For all ticked", f"all-{field}", said) for field, said in ticked.problems.items()]
    faults += [(draft.line.name, f"r{draft.line.learner.pk}-{field}", said)
               for draft in drafts for field, said in draft.problems.items()]
    changed = [(draft, grids.said(draft, officers)) for draft in drafts if draft.changed]
    whose = told.changed_by(drafts, request.user)
    clashes = {draft.line.learner.pk: grids.clashes_said(draft, officers) for draft in drafts if draft.clashes}
    return {"asked": asked.form.asked, "page": page, "drafts": drafts, "faults": faults, "officers": officers, "rows": changed,
            "ticked": ticked, "clashes": clashes, "whose": whose, "carried": grids.carried,
            "problems": told.problems_of(drafts, whose, held), "lead": told.lead_of(drafts, held)}


def _rows_asked(request: HttpRequest, asked: Narrowed) -> tuple[list[int], Any]:
    """The learners of the grid: those that were posted, so that a list that moved meanwhile loses none; else of the list."""
    posted = [int(pk) for pk in request.POST.get("rows", "").split(",") if pk.isdecimal()][:grids.A_PAGE]
    if posted:
        ours = set(Learner.objects.filter(pk__in=posted, area=request.user.area).values_list("pk", flat=True)) - asked.shut
        return [pk for pk in posted if pk in ours], None
    page = Paginator(asked.found, grids.A_PAGE).get_page(request.GET.get("page"))
    return [entry.pk for entry in page], page


def _show(request: HttpRequest, template: str, shown: dict[str, Any]) -> HttpResponse:
    """The grid or its preview; whom it shows is noted first."""
    noted(request, ("learners", request.user.area, shown["rule"].title),
          [draft.line.learner.number for draft in shown["drafts"]])
    _tell_what_is_so(request, shown)
    return render(request, template, shown)


def _save(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    try:
        bulk = apply_bulk(by=request.user, area=request.user.area, drafts=shown["drafts"])
    except RefusedError as error:
        messages.error(request, error.sentence)
        return _show(request, "followup/grid_preview.html", shown)
    done(request, f"{count(bulk.changes.count(), 'young person', 'young people')} saved.",
         undo=reverse("followup:undo_bulk", args=[bulk.pk]))
    _tell_what_is_so(request, shown)
    return redirect("followup:bulk", bulk.pk)


def _tell_what_is_so(request: HttpRequest, shown: dict[str, Any]) -> None:
    if already := told.already_so(shown["drafts"]):
        messages.info(request, f"{already}.")


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one bulk update did, and a way to undo the whole of it."""
    made = _bulk(request, pk)
    return render(request, "followup/bulk.html", {"bulk": made, "rows": _changed(request, made), "name_of": queries.name_of})


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, pk: str, kind: str) -> HttpResponse:
    """What one bulk update changed, as CSV or XLSX."""
    changed = _changed(request, _bulk(request, pk), Verb.DOWNLOADED)
    rows = [{"number": one.number, "name": queries.name_of(one), "what": each.label, "before": each.before, "after": each.after}
            for one, said in changed for each in said]
    return table_response(kind, "Bulk update", files.BULK_COLUMNS, rows, files.NOTES)


def _changed(request: HttpRequest, made: BulkUpdate, verb: str = Verb.LOOKED) -> list[tuple[Learner, list[grids.Said]]]:
    """Whom a bulk update changed, shut records left out, and what of each, before and after; the look is noted first."""
    shut = shut_to(request.user)
    says = dict(made.changes.exclude(learner__in=shut).values_list("learner", "says"))
    learners = queries.learners_by_pk(says)
    noted(request, ("bulk update", str(made.pk), "Bulk update"), [one.number for one in learners.values()], verb)
    kept = [pk for pk in says if pk in learners]
    return list(zip((learners[pk] for pk in kept), grids.said_since(says[pk] for pk in kept), strict=True))


@require_POST
@of_own_authority(Permission.FOLLOW_UP)
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo a bulk update, and say what could not be undone."""
    made = _bulk(request, pk)
    try:
        kept = undo_bulk(by=request.user, bulk=made)
        messages.success(request, "The bulk update is undone." if not kept else "The rest of the bulk update is undone.")
        for sentence in kept:
            messages.warning(request, sentence)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("followup:bulk", pk)


def _bulk(request: HttpRequest, pk: UUID | str) -> BulkUpdate:
    return get_object_or_404(BulkUpdate.objects.select_related("by", "undone_by"), pk=pk, area=request.user.area)
