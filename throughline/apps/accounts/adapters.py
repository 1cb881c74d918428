"""How allauth's sign-in behaves here: no public sign-up, plain words, a directory that lets in only whom we know."""

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.apps.accounts import actions
from throughline.apps.accounts.models import User, Verb
from throughline.apps.accounts.second_factor import has_second_factor

_SAID_BY_THE_PAGE = (
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "mfa/messages/recovery_codes_generated.txt",
)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by password: accounts are made by an administrator, and messages are in plain English."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask your administrator to open it again",
        "email_password_mismatch": "The email address or the password is not right",
        "enter_current_password": "This is not your current password",
        "incorrect_password": "This is not your password",
        "incorrect_code": "This code is not right. Use the code that your app shows now",
        "invalid_password_reset": "This link has been used already or is too old",
        "too_many_login_attempts": "There have been too many attempts. Wait five minutes and try again",
        "rate_limited": "There have been too many attempts. Wait five minutes and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes their own account."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for proof again before a second factor is changed, but not of somebody who has just given it.

        Nor of somebody who is setting up their first, who has nothing to change yet.
        """
        user = self.request.user
        lately = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > lately for record in get_authentication_records(self.request, user)):
            return False
        return has_second_factor(user) and super().is_reauthentication_required(app=app, **kwargs)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """An invented person stays outside once the demonstration is over: their password was on a page."""
        if user.is_example and not settings.DEMONSTRATION:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the person's own page."""
        return reverse("accounts:your_account")

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any,
                    **kwargs: Any) -> None:
        """Show allauth's notices, but for those that the page itself makes plain."""
        if message_template not in _SAID_BY_THE_PAGE:
            super().add_message(request, level, message_template, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are kept enciphered under the site's own key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises cryptography's InvalidToken when the site's key has changed since."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"throughline.accounts.second_factor:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the council's own directory: lets in the people we already know and makes nobody.

    The first time, a person is found by the email address that the directory says is verified. From
    then on they are known by the directory's own number for them, so that an address given to
    somebody else does not carry the account with it. Nothing else the directory says is kept.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes their own account."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """The directory is the council's own, so its verified addresses count."""
        return True

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The open account at a verified address, unless it already belongs to somebody else in the directory."""
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        known = SocialAccount.objects.filter(provider=sociallogin.account.provider).values("user")
        user = User.objects.filter(email__in=verified, is_active=True).exclude(pk__in=known).first()
        return (user, user.email) if user else None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep nothing of what the directory said but who it was, and turn away whom we do not know."""
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            sociallogin.account.save()
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("accounts:your_account"))
        if not sociallogin.is_existing:
            actions.record(by=None, verb=Verb.SIGN_IN_FAILED, room="accounts", detail={"through": "directory"})
            raise ImmediateHttpResponse(render(request, "socialaccount/no_account.html", status=403))
