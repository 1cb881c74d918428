"""Who has whom: claiming, letting go, handing over, one's own caseload and everybody's."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.models import User, Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, queries
from throughline.apps.followup.actions import following as actions
from throughline.apps.followup.forms import OfficerForm
from throughline.apps.followup.register import register
from throughline.apps.followup.views.seen import back_to, form_about, noted
from throughline.apps.learners.standings import WORDS
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import saved
from throughline.ui.downloads import table_response

A_PAGE = 50


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own caseload, those to be contacted first first, and apart from them those who are not of the cohort."""
    return _of_officer(request, request.user)


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def caseload(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer's caseload, so that it can be looked after while they are away."""
    return _of_officer(request, get_object_or_404(queries.officers_of(request.user.area), pk=pk))


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """An officer's caseload as CSV or XLSX, in the order of the page."""
    officer = get_object_or_404(queries.officers_of(request.user.area), pk=pk)
    held, gone, _ = queries.caseload_of(officer, request.user)
    everybody = [*held, *(one for one, _ in gone)]
    noted(request, ("learners", request.user.area, "A caseload"), [one.learner.number for one in everybody], Verb.DOWNLOADED)
    rows = files.caseload_rows(held, gone, queries.learners_by_pk(one.learner_id for one in everybody),
                               register(request.user.area).rows)
    return table_response(kind, f"Caseload {timezone.localdate()}", files.CASELOAD_COLUMNS, list(rows), files.NOTES,
                          title=f"Caseload of {officer.full_name}")


def _of_officer(request: HttpRequest, officer: User) -> HttpResponse:
    held, gone, shut = queries.caseload_of(officer, request.user)
    page = Paginator(held, A_PAGE).get_page(request.GET.get("page"))
    everybody = [*page, *(one for one, _ in gone)]
    noted(request, ("learners", request.user.area, "A caseload"), [one.learner.number for one in everybody])
    shown = {"page": page, "gone": gone, "officer": officer, "shut": shut, "name_of": queries.name_of,
             "learners": queries.learners_by_pk(one.learner_id for one in everybody),
             "rows": register(request.user.area).rows, "standings": WORDS, "today": timezone.localdate()}
    return render(request, "followup/mine.html", shown)


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def caseloads(request: HttpRequest) -> HttpResponse:
    """How many each officer has; it names no young person."""
    request.audit_subject = ("caseloads", request.user.area, "Caseloads")
    return render(request, "followup/caseloads.html", {"rows": queries.caseloads(request.user.area)})


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download_caseloads(request: HttpRequest, kind: str) -> HttpResponse:
    """How many each officer has, as CSV or XLSX; it names no young person."""
    request.audit_subject = ("caseloads", request.user.area, "Caseloads")
    rows = [{**row, "officer": row["officer"].full_name} for row in queries.caseloads(request.user.area)]
    return table_response(kind, f"Caseloads {timezone.localdate()}", files.CASELOADS_COLUMNS, rows, [])


@require_POST
@of_own_authority(Permission.FOLLOW_UP)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody into one's own caseload."""
    return _turn(request, pk, actions.claim, "{} is in your caseload.")


@require_POST
@of_own_authority(Permission.FOLLOW_UP)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go of somebody."""
    return _turn(request, pk, actions.release, "{} is in nobody’s caseload now.")


def _turn(request: HttpRequest, pk: int, action: Callable[..., Any], said: str) -> HttpResponse:
    learner = queries.followed_or_404(request.user, pk)
    try:
        action(by=request.user, learner=learner)
        messages.success(request, said.format(queries.name_of(learner)))
    except RefusedError as error:
        messages.error(request, f"{queries.name_of(learner)}: {error.sentence}.")
    return back_to(request, "followup:contacts", pk)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody into another officer's caseload."""
    learner = queries.followed_or_404(request.user, pk)
    form = OfficerForm(request.POST or None, area=request.user.area)
    if saved(request, form, actions.hand_over, learner=learner):
        messages.success(request, "They are handed over.")
        return redirect("followup:contacts", pk)
    return form_about(request, learner, form, heading="Hand over", submit="Hand over",
                      back=reverse("followup:contacts", args=[pk]))
