"""The points of the risk of NEET: as published, as they hold in an authority, put otherwise with the effect shown first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.analytics.participation.risk import Edition
from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, points, scores
from throughline.apps.followup.actions.risk import POINTS, amend_points, withdraw_points
from throughline.apps.followup.forms import PointsForm
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def show(request: HttpRequest) -> HttpResponse:
    """The points, with their source, how sure we are of them, and what this authority says otherwise and why."""
    request.audit_subject = POINTS
    known, file, held = points.edition(request.user.area), points.published(), points.held(request.user.area)
    weighs = held and may(request.user, Permission.EDIT_CODE_LISTS)
    shown = {"edition": known, "rows": files.point_rows(known, file), "held": held, "history": points.history(request.user.area),
             "words": points.in_words(file), "file": file.values(),
             "effect": scores.effect(request.user, file, known) if weighs else None}
    return render(request, "followup/points.html", shown)


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The points as CSV or XLSX."""
    request.audit_subject = POINTS
    known = points.edition(request.user.area)
    rows = files.point_rows(known, points.published())
    return table_response(kind, "Points of the risk of NEET", files.POINT_COLUMNS, rows,
                          [f"Source: {known.source}. Confidence: {known.confidence}.", files.SCORE_NOTES[-1]])


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_CODE_LISTS)
def amend(request: HttpRequest) -> HttpResponse:
    """Say points and bands otherwise: typed, then looked over with what they would do, then saved."""
    request.audit_subject = POINTS
    known, held = points.edition(request.user.area), points.held(request.user.area)
    form = PointsForm(request.POST or None, edition=known, instead_of=held.pk if held else None)
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        return _typed(request, form, known)
    if "confirm" in request.POST and _saved(request, form):
        return redirect("followup:risk_rules")
    if form.errors:
        return _typed(request, form, known)
    shown = {"form": form, "effect": scores.effect(request.user, known, form.amended), "changes": form.changes,
             "reason": form.cleaned_data["reason"]}
    return render(request, "followup/points_preview.html", shown)


def _typed(request: HttpRequest, form: PointsForm, known: Edition) -> HttpResponse:
    shown: dict[str, Any] = {"form": form, "edition": known, "file": points.published().values()}
    return render(request, "followup/points_amend.html", shown, status=400 if form.errors else 200)


def _saved(request: HttpRequest, form: PointsForm) -> bool:
    """Whether the points were saved; where not, the form says what is wrong."""
    try:
        amend_points(by=request.user, says=form.says, reason=form.cleaned_data["reason"],
                     instead_of=form.cleaned_data["instead_of"])
    except RefusedError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return False
    messages.success(request, "The points are changed. Scores are worked out by them from now on; decisions that were recorded "
                              "keep the score that was seen.")
    return True


@require_POST
@of_own_authority(Permission.EDIT_CODE_LISTS)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Let the published points hold again."""
    if withdraw_points(by=request.user):
        messages.success(request, "The published points hold again.")
    return redirect("followup:risk_rules")
