"""A section of a plan: its page for editing, and adding, changing, moving and taking it out."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.actions import editing
from throughline.apps.plans.forms.links import AnswersForm, IndicatorsForm
from throughline.apps.plans.forms.section import SectionForm
from throughline.apps.plans.models import Section
from throughline.apps.plans.parts import SECTIONS, taken_out_of
from throughline.apps.plans.queries import section_or_404
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.views.plan import of_request as plan_of_request
from throughline.apps.plans.words import section_name


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """A section with everything that hangs on it, each part with what can be done to it."""
    section = _section(request, plan, pk)
    shown = {
        "section": section, "plan": section.plan, "name": section_name(section), "leads": section.leads.select_related("party"),
        "criteria": section.criteria.select_related("indicator"), "answers": section.answers.select_related("inspection"),
        "indicators": section.indicators.all(), "actions": section.actions.all(), "under": section.sections.all(),
        "taken_out": taken_out_of(section, SECTIONS),
        "referred": section.referred_to_by.filter(action__removed_at=None).select_related("action__plan"),
    }
    return render(request, "plans/section.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest, plan: int) -> HttpResponse:
    """Add a section to a plan."""
    held = plan_of_request(request, plan)
    under = request.GET.get("under", "")
    form = SectionForm(request.POST or None, plan=held, initial={"parent": under if under.isdigit() else None})
    if section := saved(request, form, editing.add_section, plan=held):
        messages.success(request, f"{section_name(section)} is added.")
        return redirect("plans:section", plan, section.pk)
    return form_page(request, form, heading="Add a section", caption=held.title, submit="Add",
                     back=reverse("plans:plan", args=[plan]))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Change a section's words, or what it stands under."""
    section = _section(request, plan, pk)
    form = SectionForm(request.POST or None, plan=section.plan, record=section)
    return _form(request, section, form, partial(editing.change_section, section=section), "Change a section")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def answers(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Say which recommendations a section answers."""
    section = _section(request, plan, pk)
    form = AnswersForm(request.POST or None, record=section)
    return _form(request, section, form, partial(editing.set_answers, section=section), "Which recommendations does it answer?")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def indicators(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Say which indicators a section is judged by."""
    section = _section(request, plan, pk)
    form = IndicatorsForm(request.POST or None, record=section)
    heading = "Which indicators say whether it is working?"
    return _form(request, section, form, partial(editing.set_indicators, of=section), heading)


def _form(request: HttpRequest, section: Section, form: Any, change: Any, heading: str) -> HttpResponse:
    """A form over a section: saved, or shown with what is wrong."""
    address = reverse("plans:section", args=[section.plan_id, section.pk])
    if saved(request, form, change):
        messages.success(request, "The section is saved.")
        return redirect(address)
    return form_page(request, form, heading=heading, caption=section_name(section), back=address)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def move(request: HttpRequest, plan: int, pk: int, way: str) -> HttpResponse:
    """Move a section before or after its neighbour."""
    section = _section(request, plan, pk)
    return _turn(request, section, editing.move_section, f"The section is moved {way}.", up=way == "up")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Take a section out, with all that stands under it."""
    section = _section(request, plan, pk)
    said = f"{section_name(section)} is taken out. You can bring it back at the foot of this page."
    return _turn(request, section, editing.remove_section, said)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def restore(request: HttpRequest, plan: int, pk: int) -> HttpResponse:
    """Bring a section back, with all that was taken out together with it."""
    section = _section(request, plan, pk, removed=True)
    return _turn(request, section, editing.restore_section, f"{section_name(section)} is back.")


def _turn(request: HttpRequest, section: Section, action: Any, said: str, **given: Any) -> HttpResponse:
    """Do one thing to a section, say so, and go back to the plan."""
    try:
        action(by=request.user, section=section, **given)
        messages.success(request, said)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(reverse("plans:plan", args=[section.plan_id]) + ("" if section.removed_at else f"#section-{section.pk}"))


def _section(request: HttpRequest, plan: int, pk: int, *, removed: bool = False) -> Section:
    section = section_or_404(request.user, plan, pk, removed=removed)
    request.audit_subject = subject_of(section)
    return section
