"""allauth's forms with labels, hints and messages that anyone can follow, and no placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts

_CODE_HINT = "Six digits, from the authenticator app on your phone"


def _reword(form: forms.Form, labels: dict[str, str], hints: dict[str, str] | None = None) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, (hints or {}).get(name, "")
        field.error_messages["required"] = f"Enter {label[:1].lower()}{label[1:]}"
        field.widget.attrs.pop("placeholder", None)


def _code(form: forms.Form, hint: str) -> None:
    _reword(form, {"code": "Code"}, {"code": hint})
    form.fields["code"].widget.attrs.update({"inputmode": "numeric", "class": "govuk-input--width-10"})


def _password_hint() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


class SignInForm(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, {"login": "Email address", "password": "Password"})


class ReauthenticateForm(account.ReauthenticateForm):
    """The password again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, {"password": "Password"})


class ChangePasswordForm(account.ChangePasswordForm):
    """The password now, and another twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"}
        _reword(self, labels, {"password1": _password_hint()})


class ResetPasswordForm(account.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, {"email": "Email address"})


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"password1": "New password", "password2": "New password again"}
        _reword(self, labels, {"password1": _password_hint()})


class CodeForm(mfa.AuthenticateForm):
    """The code at sign-in, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, f"{_CODE_HINT}, or one of your recovery codes")


class CodeAgainForm(mfa.ReauthenticateForm):
    """The code again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, f"{_CODE_HINT}, or one of your recovery codes")


class SetUpForm(totp.ActivateTOTPForm):
    """The first code, which proves that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _CODE_HINT)
