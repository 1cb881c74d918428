"""What every template is told about the person who reads it."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from throughline.apps.accounts import access, actions, demonstration
from throughline.apps.accounts.models import User


class ExampleSignIn:
    """The invented people of a demonstration, for the sign-in page; asks the database only when read."""

    @property
    def people(self) -> list[User]:
        """Those who may sign in, in the order of the roles."""
        found = {user.email: user for user in User.objects.filter(is_example=True, is_active=True)}
        emails = [demonstration.example_email(role) for role in demonstration.NAMES]
        return [found[email] for email in emails if email in found]

    @property
    def password(self) -> str:
        """The password they share."""
        return demonstration.shared_password()

    def code(self, user: User | None) -> str:
        """The code that works now for one of them; empty for anybody else."""
        return demonstration.current_code(user) if user and user.is_example else ""


def who(request: HttpRequest) -> dict[str, Any]:
    """role: the reader's Role or None; role_title: its title; may: a permission's name to whether they hold it.

    example_sign_in is None except on a demonstration; directory_name is empty unless sign-in through one is set up;
    link_days: for how many days a link to choose a password works.
    """
    # A request refused at the door, for a bad host name say, has no user yet.
    user = getattr(request, "user", None) or AnonymousUser()
    role = user.held_role if user.is_authenticated else None
    return {
        "role": role,
        "role_title": role.title if role else "",
        "may": partial(access.may, user),
        "directory_name": _directory_name(),
        "link_days": actions.link_days(),
        "example_sign_in": ExampleSignIn() if settings.DEMONSTRATION else None,
    }


def _directory_name() -> str:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps[0]["name"] if apps else ""
