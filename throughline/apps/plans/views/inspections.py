"""Inspections and their recommendations, kept by hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.actions import inspecting
from throughline.apps.plans.forms.inspection import InspectionForm, RecommendationForm
from throughline.apps.plans.models import Inspection, Recommendation
from throughline.apps.plans.queries import inspection_or_404
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.words import shortened


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection and what it recommended."""
    inspection = _inspection(request, pk)
    removed = Recommendation.with_removed.filter(inspection=inspection).exclude(removed_at=None)
    rows = [(shortened(str(each)), reverse("plans:restore_recommendation", args=[pk, each.pk])) for each in removed]
    shown = {"inspection": inspection, "recommendations": inspection.recommendations.all(), "removed": rows}
    return render(request, "plans/inspection.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Enter an inspection."""
    form = InspectionForm(request.POST or None)
    if inspection := saved(request, form, inspecting.add_inspection, area=request.user.area):
        messages.success(request, f"{inspection} is entered. Now add its recommendations.")
        return redirect("plans:inspection", inspection.pk)
    return form_page(request, form, heading="Enter an inspection", back=reverse("plans:coverage"))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of an inspection."""
    inspection = _inspection(request, pk)
    form = InspectionForm(request.POST or None, record=inspection)
    return _form(request, pk, form, inspecting.change_inspection, "Change an inspection", inspection=inspection)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add_recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one more recommendation."""
    form = RecommendationForm(request.POST or None)
    inspection = _inspection(request, pk)
    return _form(request, pk, form, inspecting.add_recommendation, "Add a recommendation", inspection=inspection)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change_recommendation(request: HttpRequest, pk: int, recommendation: int) -> HttpResponse:
    """Change a recommendation's words or number."""
    held = _recommendation(request, pk, recommendation)
    form = RecommendationForm(request.POST or None, record=held)
    return _form(request, pk, form, inspecting.change_recommendation, "Change a recommendation", recommendation=held)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove_recommendation(request: HttpRequest, pk: int, recommendation: int) -> HttpResponse:
    """Take a recommendation out."""
    inspecting.remove_recommendation(by=request.user, recommendation=_recommendation(request, pk, recommendation))
    messages.success(request, "The recommendation is taken out. You can bring it back at the foot of this page.")
    return redirect("plans:inspection", pk)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def restore_recommendation(request: HttpRequest, pk: int, recommendation: int) -> HttpResponse:
    """Bring a recommendation back."""
    inspecting.restore_recommendation(by=request.user, recommendation=_recommendation(request, pk, recommendation))
    messages.success(request, "The recommendation is back.")
    return redirect("plans:inspection", pk)


def _form(request: HttpRequest, pk: int, form: Any, action: Any, heading: str, **given: Any) -> HttpResponse:
    """A form over an inspection or a recommendation of it: saved, or shown with what is wrong."""
    if saved(request, form, action, **given):
        messages.success(request, "Saved.")
        return redirect("plans:inspection", pk)
    return form_page(request, form, heading=heading, back=reverse("plans:inspection", args=[pk]))


def _inspection(request: HttpRequest, pk: int) -> Inspection:
    inspection = inspection_or_404(request.user, pk)
    request.audit_subject = subject_of(inspection)
    return inspection


def _recommendation(request: HttpRequest, pk: int, recommendation: int) -> Recommendation:
    found = Recommendation.with_removed.filter(pk=recommendation, inspection=_inspection(request, pk)).first()
    if found is None:
        raise Http404("There is no such recommendation.")
    return found
