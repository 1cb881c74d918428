"""Changing what holds of a learner: characteristics, level of need, guarantee, contacts; leaving the cohort."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.actions import circumstances as actions
from throughline.apps.learners.actions import membership
from throughline.apps.learners.codes import trait_label
from throughline.apps.learners.forms import ContactForm, EndForm, GuaranteeForm, LeaveForm, NeedForm, TraitForm
from throughline.apps.learners.models import Learner, Membership
from throughline.apps.learners.views.changing import change_page
from throughline.apps.learners.views.door import of_learner
from throughline.apps.organisations.actions.amending import RefusedError


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def add_trait(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say that something holds of a learner."""
    form = TraitForm(request.POST or None, area=learner.area)
    return change_page(request, learner, form, actions.add_trait, learner=learner, heading="Add a characteristic",
                       done="The characteristic is added.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def end_trait(request: HttpRequest, learner: Learner, trait: int) -> HttpResponse:
    """Say that something no longer holds."""
    held = get_object_or_404(learner.traits, pk=trait)
    if not request.sight.shows_trait(held):
        return redirect("learners:open", learner.pk)
    form = EndForm(request.POST or None, area=learner.area)
    return change_page(request, learner, form, actions.close_trait, trait=held, done="The characteristic is ended.",
                       heading=f"When did this end: {trait_label(held.trait)}?")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def need(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say how much support a learner needs."""
    form = NeedForm(request.POST or None, area=learner.area, record=learner)
    return change_page(request, learner, form, actions.set_level_of_need, learner=learner, heading="Set the level of need",
                       done="The level of need is set.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def guarantee(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say what a learner was offered under the September Guarantee."""
    form = GuaranteeForm(request.POST or None, area=learner.area, record=learner)
    return change_page(request, learner, form, actions.set_guarantee, learner=learner, heading="Set the September Guarantee",
                       done="The September Guarantee is set.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def add_contact(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Add somebody to speak to."""
    form = ContactForm(request.POST or None, area=learner.area)
    return change_page(request, learner, form, actions.add_contact, learner=learner, heading="Add somebody to speak to",
                       done="It is kept whom to speak to.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def change_contact(request: HttpRequest, learner: Learner, contact: int) -> HttpResponse:
    """Say otherwise how to reach somebody."""
    held = get_object_or_404(learner.contacts, pk=contact)
    form = ContactForm(request.POST or None, area=learner.area, record=held)
    return change_page(request, learner, form, actions.change_contact, contact=held, heading="Change how to reach them",
                       done="It is changed how to reach them.")


@require_POST
@of_learner(Permission.EDIT_LEARNERS)
def end_contact(request: HttpRequest, learner: Learner, contact: int) -> HttpResponse:
    """Say that somebody is not to be spoken to any more."""
    held = get_object_or_404(learner.contacts, pk=contact)
    try:
        actions.end_contact(by=request.user, contact=held)
        messages.success(request, "They are not to be spoken to any more. You can undo this under what changed.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("learners:learner", learner.pk)


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def leave(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say that a learner left the cohort."""
    form = LeaveForm(request.POST or None, area=learner.area)
    lead = "They are reported once, in the return of this month, and then no more. Their record stays for three years."
    return change_page(request, learner, form, membership.end_membership, learner=learner, heading="Leaving the cohort",
                       lead=lead, done="They have left the cohort.")


@require_POST
@of_learner(Permission.EDIT_LEARNERS)
def rejoin(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say that a learner belongs to the cohort again from today."""
    return _back_in(request, learner, membership.rejoin)


@require_POST
@of_learner(Permission.EDIT_LEARNERS)
def never_left(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say that a learner never left the cohort, whatever day somebody said."""
    return _back_in(request, learner, membership.take_back_leaving)


def _back_in(request: HttpRequest, learner: Learner, action: Callable[..., Membership]) -> HttpResponse:
    try:
        made = action(by=request.user, learner=learner)
        how = " from today" if made.starts == timezone.localdate() else ", as before: that they left is taken back"
        messages.success(request, f"They are in the cohort again{how}.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("learners:learner", learner.pk)
