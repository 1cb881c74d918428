"""Two ways in for a browser: through the pages as anybody would, and with a session of somebody who has been through."""

import re
import time
from collections.abc import Callable

from django.test import Client
from playwright.sync_api import Page

from tests.cast import sign_in
from throughline.apps.accounts import demonstration
from throughline.apps.accounts.models import User


def through_the_door(page: Page, site: str, person: User) -> None:
    """Sign in an invented person with password and code, page by page."""
    come_in(page, site, person.email, demonstration.shared_password(), lambda: demonstration.current_code(person))


def come_in(page: Page, site: str, email: str, password: str, code: Callable[[], str]) -> None:
    """The same of whoever has this address and password; code is asked for when the page asks for it."""
    page.goto(f"{site}/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(code())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile(f"^{re.escape(site)}/(?!account/)"))


def let_in(page: Page, site: str, person: User) -> Page:
    """The page, with the session of somebody who has just signed in."""
    client = sign_in(Client(), person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "email": person.email}]
    session.save()
    return _with_session(page, site, client)


def half_way_in(page: Page, site: str, person: User) -> Page:
    """The page, with the session of somebody who has given a password and no code."""
    client = Client()
    client.force_login(person)
    return _with_session(page, site, client)


def _with_session(page: Page, site: str, client: Client) -> Page:
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return page
