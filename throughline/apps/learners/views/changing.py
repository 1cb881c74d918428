"""What every page that changes one thing about a learner does: show its form, save it, go back to the learner."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from throughline.apps.learners.models import Learner
from throughline.apps.organisations.editing import RecordForm, form_page, saved


def change_page(
    request: HttpRequest, learner: Learner, form: RecordForm, action: Callable[..., Any], /, *, heading: str, done: str,
    submit: str = "Save", lead: str = "", **given: Any,
) -> HttpResponse:
    """The form, or the way back to the learner once the action has taken what was typed; given goes to the action too."""
    if saved(request, form, action, **given):
        messages.success(request, done)
        return redirect("learners:learner", learner.pk)
    return form_page(request, form, heading=heading, caption=f"Learner {learner.number}", submit=submit, lead=lead,
                     back=reverse("learners:learner", args=[learner.pk]))
