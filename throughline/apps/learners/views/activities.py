"""Recording, confirming, correcting and withdrawing what a learner does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.actions import activities as actions
from throughline.apps.learners.activity_forms import ActivityForm, ConfirmForm
from throughline.apps.learners.codes import activity_label
from throughline.apps.learners.models import Learner
from throughline.apps.learners.views.changing import change_page
from throughline.apps.learners.views.door import of_learner
from throughline.apps.organisations.actions.amending import RefusedError


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def add(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say what a learner does from a day on."""
    form = ActivityForm(request.POST or None, born=learner.born, area=learner.area)
    return change_page(request, learner, form, actions.record_activity, learner=learner, heading="Record an activity",
                       lead="The activity before it ends on the day before this one starts.", done="The activity is recorded.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def confirm(request: HttpRequest, learner: Learner, activity: int) -> HttpResponse:
    """Say that a learner is still doing it."""
    held = get_object_or_404(learner.activities, pk=activity)
    form = ConfirmForm(request.POST or None, area=learner.area)
    return change_page(request, learner, form, actions.confirm_activity, activity=held, submit="Confirm",
                       heading=f"Still doing it: {activity_label(held.code)}?",
                       done="The activity is confirmed.")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def correct(request: HttpRequest, learner: Learner, activity: int) -> HttpResponse:
    """Say otherwise what was recorded."""
    held = get_object_or_404(learner.activities, pk=activity)
    form = ActivityForm(request.POST or None, born=learner.born, area=learner.area, record=held)
    return change_page(request, learner, form, actions.correct_activity, activity=held, heading="Correct an activity",
                       lead="What was believed before stays known as such.", done="The activity is corrected.")


@require_POST
@of_learner(Permission.EDIT_LEARNERS)
def withdraw(request: HttpRequest, learner: Learner, activity: int) -> HttpResponse:
    """Say that this was never so."""
    held = get_object_or_404(learner.activities, pk=activity)
    try:
        actions.withdraw_activity(by=request.user, activity=held)
        messages.success(request, "The activity is withdrawn. You can undo this under what changed.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect("learners:learner", learner.pk)
