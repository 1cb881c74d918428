"""What becomes of a reading: accepted as a plan, discarded, taken up again; and which plan it has to do with."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans.actions import reading_settling as actions
from throughline.apps.plans.forms.reading import AcceptForm, RelateForm
from throughline.apps.plans.models import Reading
from throughline.apps.plans.reading_pieces import FRONT, UNREAD, pieces_of
from throughline.apps.plans.reading_summary import newcomers, summary_of
from throughline.apps.plans.views.reading import of_request


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft plan of a reading, once somebody has seen what will be made and what is still open."""
    reading = of_request(request, pk)
    if reading.state != Reading.State.WAITING and request.method == "GET":
        raise Http404("This reading is settled already.")
    pieces = pieces_of(reading.read, reading.corrections)
    form = AcceptForm(request.POST or None, initial={"title": pieces.held[FRONT]["title"], "stamp": len(reading.corrections)})
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.accept(by=request.user, reading=reading, **form.cleaned_data)
        except RefusedError as error:
            messages.error(request, error.sentence)
            return redirect("plans:reading", pk)
        messages.success(request, f"{plan.title} is now a plan, as a draft.")
        return redirect("plans:plan", plan.pk)
    summary, _ = summary_of(pieces, reading.area)
    unread = [piece for _, piece in pieces.of(UNREAD) if not piece["taken"]]
    given = {"form": form, "reading": reading, "summary": summary, "unread": unread, "newcomers": newcomers(pieces, reading.area)}
    return render(request, "plans/reading_accept.html", given)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a reading aside."""
    reading = of_request(request, pk)
    try:
        actions.discard(by=request.user, reading=reading)
        messages.success(request, f"{reading.name} is discarded. You can take it up again here.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("plans:reading", pk)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def take_up_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a reading wait to be checked again."""
    reading = of_request(request, pk)
    try:
        actions.take_up_again(by=request.user, reading=reading)
        messages.success(request, f"{reading.name} waits to be checked again, with every correction.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("plans:reading", pk)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def relate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which plan a reading is the next version of, or adds to."""
    reading = of_request(request, pk)
    form = RelateForm(request.POST or None, area=reading.area, record=reading)
    if saved(request, form, actions.relate, reading=reading):
        messages.success(request, "Saved.")
        return redirect("plans:reading", pk)
    return form_page(request, form, heading="Which plan has it to do with?", caption=reading.name,
                     back=reverse("plans:reading", args=[pk]))
