"""Whether the person behind a session has proved themselves twice, and where to send them if not."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

SESSION_KEY = "accounts.second_factor"
BY_CODE = "code"
BY_DIRECTORY = "directory"


def mark_done(request: HttpRequest, user: Any, how: str) -> None:
    """Note in the session that this person, and nobody else, has done their second factor (or was vouched for)."""
    request.session[SESSION_KEY] = {"user": user.pk, "how": how}


def forget(request: HttpRequest) -> None:
    """Take the note back, as when the second factor itself is removed."""
    request.session.pop(SESSION_KEY, None)


def second_factor_done(request: HttpRequest) -> bool:
    """Whether the person who is signed in has done it in this session."""
    note = request.session.get(SESSION_KEY)
    return bool(note) and note["user"] == request.user.pk


def has_second_factor(user: Any) -> bool:
    """Whether an authenticator app is set up for a person."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def where_to_do_it(request: HttpRequest) -> str:
    """The page on which to give a code, for those who are set up, or else to set it up."""
    return reverse("mfa_reauthenticate" if has_second_factor(request.user) else "mfa_activate_totp")
