"""Who may do what, asked at every door: may() for a template or a sum, require() for a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from throughline.apps.accounts import actions
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import roles_with
from throughline.apps.accounts.second_factor import has_second_factor, second_factor_done, where_to_do_it

# How far somebody is who sent a form too early, and what to do about it.
_SIGNED_OUT = "You had been signed out", "Sign in"
_NO_CODE = "You had not given your code yet", "Enter the code that your authenticator app shows"
_NO_APP = "You had not set up your authenticator app yet", "Set it up here"
_NOT_SAVED = "and what you entered was not saved."
_THEN = "then look whether your browser’s back button still has it, or enter it again."
View = Callable[..., HttpResponse]


def may(user: Any, permission: str) -> bool:
    """Whether a person, signed in or not, holds a permission. Raises ValueError for a permission that is none."""
    asked = Permission(permission)
    return bool(user.is_authenticated and user.is_active and asked in user.held_role.permissions)


def require(permission: Permission) -> Callable[[View], View]:
    """Let a view be read only by those who are signed in with a second factor and hold the permission.

    Anyone else is sent to sign in or to finish signing in, or is told in words what is missing
    (status 403), which is recorded in the audit.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(_on_from_here(request, *_SIGNED_OUT), settings.LOGIN_URL)
            if not second_factor_done(request):
                return to_second_factor(request)
            if not may(request.user, permission):
                return refuse(request, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # the tests of the house read which door asks for what
        return guarded

    return decorate


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Send somebody who is signed in half-way to their second factor, and from there on."""
    on = _on_from_here(request, *(_NO_CODE if has_second_factor(request.user) else _NO_APP))
    return redirect(f"{where_to_do_it(request)}?{urlencode({'next': on})}")


def _on_from_here(request: HttpRequest, why: str, what_to_do: str) -> str:
    """Where to go once signed in: what was asked for; or the page with the form that was sent, which is said not to be saved."""
    if request.method != "POST":
        return request.get_full_path()
    messages.error(request, f"{why}, {_NOT_SAVED} {what_to_do}, {_THEN}")
    form = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(form, {request.get_host()}, request.is_secure())
    return urlsplit(form)._replace(scheme="", netloc="").geturl() if ours else reverse("first_page")


def refuse(request: HttpRequest, permission: Permission) -> HttpResponse:
    """Record the refusal and say which permission is missing, who has it and who can give it."""
    actions.record(
        by=request.user, verb=Verb.REFUSED, room=room_of(request), path=request.path,
        detail={"permission": str(permission)},
    )
    context = {"permission": permission, "held_by": roles_with(permission)}
    return render(request, "accounts/refused.html", context, status=403)


def room_of(request: HttpRequest) -> str:
    """The room whose view answers a request; sign-in pages are of the accounts room."""
    match = request.resolver_match
    module = getattr(match.func, "__module__", "") if match else ""
    parts = module.split(".")
    if parts[:2] == ["throughline", "apps"]:
        return parts[2]
    return "accounts" if parts[0] == "allauth" else ""
