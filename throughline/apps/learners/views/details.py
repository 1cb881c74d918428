"""Changing who a learner is: details, name, address, numbers, and whether the record is restricted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.actions import identity
from throughline.apps.learners.actions import learners as actions
from throughline.apps.learners.forms import AddressForm, DetailsForm, IdentifierForm, NameForm
from throughline.apps.learners.models import Learner
from throughline.apps.learners.record_forms import RestrictionForm
from throughline.apps.learners.views.changing import change_page
from throughline.apps.learners.views.door import of_learner

_BEFORE_STAYS = "What was known before stays known, with its days."


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def details(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Put right what does not change with their life, only with what we know of it."""
    form = DetailsForm(request.POST or None, record=learner, area=learner.area)
    return change_page(request, learner, form, actions.amend_details, learner=learner, heading="Change details",
                       lead="What was known before stays known.", done="The details are changed.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def rename(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say what a learner is called now."""
    form = NameForm(request.POST or None, area=learner.area, record=learner)
    return change_page(request, learner, form, identity.rename, learner=learner, heading="Change the name",
                       lead=f"{_BEFORE_STAYS} They are still found by it.", done="The name is changed.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def move(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say where a learner lives now."""
    form = AddressForm(request.POST or None, area=learner.area, record=learner)
    return change_page(request, learner, form, identity.move_house, learner=learner, heading="Say where they live now",
                       lead=f"{_BEFORE_STAYS} Leave every line empty when nobody knows where they live.",
                       done="The address is changed.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def add_identifier(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say by which number others know a learner."""
    form = IdentifierForm(request.POST or None, area=learner.area, record=learner)
    return change_page(request, learner, form, identity.add_identifier, learner=learner, heading="Add a number",
                       lead="It takes the place of one of the same sort, which still finds them.", done="The number is added.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def restriction(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Restrict a record or an address, or lift that; what is restricted already must be open to whoever changes it."""
    if learner.protected_address and not request.sight.opened_until:
        messages.info(request, "Something of this record is restricted. Open it first, then change what is shown.")
        return redirect("learners:open", learner.pk)
    form = RestrictionForm(request.POST or None, record=learner)
    lead = "What is restricted opens for an hour at a time to an officer who says why, and each opening is checked."
    return change_page(request, learner, form, actions.set_restriction, learner=learner, heading="Restrict what is shown",
                       lead=lead, done="What is shown is changed.")
