"""What every page about young people does first: it says in the audit whom it shows, and only then shows them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from throughline.apps.accounts.models import Verb
from throughline.apps.followup.actions.looking import Subject, record_seen
from throughline.apps.followup.queries import name_of
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.editing import form_page


def noted(request: HttpRequest, subject: Subject | Learner, numbers: Iterable[int] = (), verb: str = Verb.LOOKED) -> None:
    """Say in the audit what is about to be shown, once. Raises django.db.DatabaseError, and then nothing is."""
    record_seen(by=request.user, path=request.path, subject=subject, numbers=numbers, verb=verb)
    request.audit_look = False


def form_about(request: HttpRequest, learner: Learner, form: forms.Form, *, back: str, **said: Any) -> HttpResponse:
    """A page that is one form about a learner, whose name it shows: the look is noted first."""
    noted(request, learner)
    return form_page(request, form, caption=name_of(learner), back=back, **said)


def came_from(request: HttpRequest) -> str:
    """The address of ours that somebody came from, when the form or the address of the page says which; otherwise nothing."""
    said = request.POST.get("next") or request.GET.get("next", "")
    ours = said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()})
    return said if ours else ""


def back_to(request: HttpRequest, otherwise: str, *args: Any) -> HttpResponse:
    """The page of ours that somebody came from, when they said which."""
    return redirect(came_from(request) or reverse(otherwise, args=args))
