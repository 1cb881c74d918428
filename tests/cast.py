"""The standing cast: one invented person for each role, and a browser in which they are signed in."""

from django.test import Client

from throughline.apps.accounts import second_factor
from throughline.apps.accounts.actions import create_user
from throughline.apps.accounts.models import User
from throughline.apps.accounts.roles import ROLES

PASSWORD = "a-long-invented-password"


def make_user(role: str, **fields: str) -> User:
    """The person of this role, such as data.officer@example.org, made the first time; fields as create_user takes."""
    email = fields.pop("email", f"{role.replace('_', '.')}@example.org")
    if found := User.objects.filter(email=email).first():
        return found
    named = {"full_name": f"{ROLES[role].title} Example", "area": "358", **fields}
    user = create_user(by=None, email=email, role=role, **named)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def sign_in(client: Client, user: User) -> Client:
    """Sign a person in with password and second factor both behind them, without the pages that ask for them."""
    client.force_login(user)
    session = client.session
    session[second_factor.SESSION_KEY] = {"user": user.pk, "how": second_factor.BY_CODE}
    session.save()
    return client


def signed_in_client(role: str, **fields: str) -> Client:
    """A client in which the person of this role is signed in."""
    return sign_in(Client(), make_user(role, **fields))
