"""Writes into the audit what Django and allauth say has happened at sign-in, and notes second factors."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from throughline.apps.accounts import actions, second_factor
from throughline.apps.accounts.models import User, Verb


@receiver(user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    """Somebody is in, by whichever road."""
    actions.record(by=user, verb=Verb.SIGNED_IN, room="accounts")


@receiver(account_signals.user_logged_in)
def vouched_for(request: HttpRequest, user: User, sociallogin: Any = None, **_: Any) -> None:
    """A directory that lets somebody in vouches for their second factor as well."""
    if sociallogin:
        second_factor.mark_done(request, user, second_factor.BY_DIRECTORY)


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    """Somebody left; nobody did when the session was empty."""
    if user is not None and user.is_authenticated:
        actions.record(by=user, verb=Verb.SIGNED_OUT, room="accounts")


@receiver(user_login_failed)
def password_refused(credentials: dict[str, Any], **_: Any) -> None:
    """A password was wrong. An address that nobody has is not kept: people type passwords into that box."""
    typed = credentials.get("email") or credentials.get("username") or ""
    tried = User.objects.filter(email__iexact=typed).first()
    detail = {"step": "password", "address": "known" if tried else "unknown"}
    actions.record(by=tried, verb=Verb.SIGN_IN_FAILED, room="accounts", detail=detail)


@receiver(mfa_signals.authentication_failed)
def code_refused(user: User, **_: Any) -> None:
    """A code was wrong."""
    actions.record(by=user, verb=Verb.SIGN_IN_FAILED, room="accounts", detail={"step": "code"})


@receiver(mfa_signals.authenticator_used)
def code_accepted(request: HttpRequest, user: User, **_: Any) -> None:
    """A code from the app, or a recovery code, was right."""
    second_factor.mark_done(request, user, second_factor.BY_CODE)


@receiver(mfa_signals.authenticator_added)
def second_factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """An app was set up, which takes a code from it, or recovery codes were made."""
    if authenticator.type == Authenticator.Type.TOTP:
        second_factor.mark_done(request, user, second_factor.BY_CODE)
    _changed(user, authenticator.type, None, "set")


@receiver(mfa_signals.authenticator_reset)
def recovery_codes_replaced(user: User, authenticator: Authenticator, **_: Any) -> None:
    """The recovery codes were made afresh."""
    _changed(user, authenticator.type, "set", "set afresh")


@receiver(mfa_signals.authenticator_removed)
def second_factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """An app was taken away; until another is set up the session counts as half signed in."""
    if authenticator.type == Authenticator.Type.TOTP:
        second_factor.forget(request)
    _changed(user, authenticator.type, "set", None)


@receiver([account_signals.password_changed, account_signals.password_set, account_signals.password_reset])
def password_replaced(user: User, **_: Any) -> None:
    """The person chose another password; neither is kept in the audit."""
    _changed(user, "password", "set", "set afresh")


def _changed(user: User, field: str, before: str | None, after: str | None) -> None:
    actions.record(
        by=user, verb=Verb.CHANGED, room="accounts", subject=actions.subject_of(user),
        detail={str(field): [before, after]},
    )
