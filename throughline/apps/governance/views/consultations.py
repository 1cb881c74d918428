"""Consultations: what partners were asked, what they said, how they were answered, what it changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.governance import files, queries
from throughline.apps.governance.actions import consultations as actions
from throughline.apps.governance.deciding_forms import ConsultationForm, ResponseForm
from throughline.apps.governance.models import Consultation, ConsultationResponse
from throughline.apps.governance.subjects import subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.ui.downloads import table_response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """Every consultation, the latest first."""
    request.audit_subject = ("consultations", request.user.area, "Consultations")
    removed = Consultation.with_removed.filter(area=request.user.area).exclude(removed_at=None)
    shown = {"consultations": queries.consultations_of(request.user.area), "removed": removed}
    return render(request, "governance/consultations.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The consultations as CSV or XLSX."""
    request.audit_subject = ("consultations", request.user.area, "Consultations")
    rows = files.consultation_rows(queries.consultations_of(request.user.area))
    return table_response(kind, "consultations", files.CONSULTATION_COLUMNS, list(rows), [], title="Consultations")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: its views counted, and each response with its answer."""
    consultation = _consultation(request, pk)
    rows, totals = queries.views_counted(consultation)
    responses = consultation.responses.select_related("section__plan")
    shown = {
        "consultation": consultation, "responses": responses, "counted": rows, "totals": totals,
        "views": ConsultationResponse.View.labels, "changed": responses.filter(changed_plan=True).count(),
        "removed": ConsultationResponse.with_removed.filter(consultation=consultation).exclude(removed_at=None),
    }
    return render(request, "governance/consultation.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def responses_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The responses to a consultation as CSV or XLSX."""
    consultation = _consultation(request, pk)
    rows = files.response_rows(consultation.responses.select_related("section"))
    return table_response(kind, f"{consultation} responses", files.RESPONSE_COLUMNS, list(rows), files.NOT_FOR_PUBLICATION,
                          title=f"Responses: {consultation}")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a consultation."""
    form = ConsultationForm(request.POST or None, area=request.user.area)
    if consultation := saved(request, form, actions.add_consultation, area=request.user.area):
        messages.success(request, f"{consultation} is added.")
        return redirect("governance:consultation", consultation.pk)
    return form_page(request, form, heading="Add a consultation", back=reverse("governance:consultations"))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a consultation, or say what was decided."""
    consultation = _consultation(request, pk)
    form = ConsultationForm(request.POST or None, area=request.user.area, record=consultation)
    if saved(request, form, actions.change_consultation, consultation=consultation):
        messages.success(request, "The consultation is changed.")
        return redirect("governance:consultation", pk)
    return form_page(request, form, heading="Change a consultation", caption=consultation.title, back=_page_of(consultation))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add_response(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a response."""
    consultation = _consultation(request, pk)
    form = ResponseForm(request.POST or None, area=request.user.area, initial={"received_on": timezone.localdate()})
    if saved(request, form, actions.add_response, consultation=consultation):
        messages.success(request, "The response is logged.")
        return redirect("governance:consultation", pk)
    return form_page(request, form, heading="Log a response", caption=consultation.title, back=_page_of(consultation))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change_response(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a response, or change it."""
    response = queries.response_or_404(request.user, pk)
    request.audit_subject = subject_of(response)
    form = ResponseForm(request.POST or None, area=request.user.area, record=response)
    if saved(request, form, actions.change_response, response=response):
        messages.success(request, "The response is changed.")
        return redirect("governance:consultation", response.consultation_id)
    return form_page(request, form, heading="Answer or change a response", caption=response.consultation.title,
                     back=_page_of(response.consultation))


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    """The consultation a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    consultation = queries.consultation_or_404(request.user, pk)
    request.audit_subject = subject_of(consultation)
    return consultation


def _page_of(consultation: Consultation) -> str:
    return reverse("governance:consultation", args=[consultation.pk])
