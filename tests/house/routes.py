"""Every address of the site: who may open it, an example of it, and what it answers; and the walk that finds them all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.house.routes_accounts import ACCOUNTS, PERSON
from tests.house.routes_campaigns import CAMPAIGNS
from tests.house.routes_codelists import CODELISTS
from tests.house.routes_commissioning import COMMISSIONING
from tests.house.routes_exchange import EXCHANGE
from tests.house.routes_followup import FOLLOWUP
from tests.house.routes_governance import GOVERNANCE
from tests.house.routes_handbook import HANDBOOK
from tests.house.routes_indicators import INDICATORS
from tests.house.routes_learners import LEARNERS
from tests.house.routes_organisations import ORGANISATIONS
from tests.house.routes_performance import PERFORMANCE
from tests.house.routes_plans import PLANS
from tests.house.routes_progress import PROGRESS
from tests.house.routes_reading import READINGS
from tests.house.routes_reports import REPORTS
from tests.house.routes_returns import RETURNS
from throughline.apps.accounts.permissions import Permission as P

ROOMS = (
    PERFORMANCE, ACCOUNTS, CODELISTS, ORGANISATIONS, HANDBOOK, LEARNERS, FOLLOWUP, INDICATORS, PLANS, PROGRESS, CAMPAIGNS,
    READINGS, GOVERNANCE, COMMISSIONING, EXCHANGE, REPORTS, RETURNS,
)
GUARDED = {key: route for room in ROOMS for key, route in room.items()}

# Open to anybody, and what it answers somebody who is not signed in.
OPEN = {
    "health": 200,
    "accessibility": 200,
    "empty": 200,
    "account_login": 200,
    "account_logout": 302,
    "account_inactive": 200,
    "account_signup": 200,
    "account_confirm_login_code": 302,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_reset_password_from_key": 200,
    "account_reset_password_from_key_done": 200,
    "mfa_authenticate": 302,
    "socialaccount_login_cancelled": 200,
    "socialaccount_login_error": 401,
    "openid_connect_login": 404,
    "openid_connect_callback": 404,
    "governance:feed": 404,  # by its key, which nobody can guess; the right one is tried below
    "account/oidc/<str:provider_id>/login/": 404,
    "account/social/login/cancelled/": 301,
    "account/social/login/error/": 301,
    "account/social/signup/": 301,
    "account/social/connections/": 301,
}

# Open to everybody who is signed in, whatever their role, and what it answers them; 302 leads on to another page.
SIGNED_IN = {
    "first_page": 302,
    "accounts:roles": 200,
    "accounts:roles_download": 200,
    "accounts:your_account": 200,
    "account_change_password": 200,
    "account_reauthenticate": 200,
    "mfa_index": 200,
    "mfa_reauthenticate": 302,
    "mfa_activate_totp": 200,
    "mfa_deactivate_totp": 404,
    "mfa_view_recovery_codes": 404,
    "mfa_generate_recovery_codes": 200,
    "mfa_download_recovery_codes": 404,
}

# Pages of allauth that the site does not offer: they lead to the reader's own account, which asks to sign in.
NOT_OFFERED = {
    "account_email", "account_email_verification_sent", "account_confirm_email", "account_set_password",
    "socialaccount_signup", "socialaccount_connections",
    "account/email/", "account/confirm-email/", "account/confirm-email/<str:key>/", "account/password/set/",
    "account/3rdparty/", "account/3rdparty/signup/",
}
ADMIN = "admin"  # Django's own pages, which an administrator reads; found by walking, so not listed

# What to put into an address that is no room's of ours.
_EXAMPLES = {
    "object_id": PERSON, "content_type_id": "1", "app_label": "accounts", "url": "no-such-page", "key": "abc",
    "provider_id": "directory", "uidb36": "1", "kind": "csv",
}
_PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Found:
    """A route of the configuration: its name with its namespace, or its pattern where it has no name; and its view."""

    key: str
    name: str
    pattern: str
    view: Any

    def address(self, person: int, args: dict[str, str] | None = None) -> str:
        """An example of the route, about the person with this number."""
        names = [first or second for first, second in _PARAMETER.findall(self.pattern)]
        given = {name: (args or _EXAMPLES)[name] for name in names}
        given = {name: str(person) if value == PERSON else value for name, value in given.items()}
        try:
            return reverse(self.name, kwargs=given)
        except NoReverseMatch:
            path = _PARAMETER.sub(lambda match: given[match[1] or match[2]], self.pattern)
            return "/" + path.removesuffix("$")


def walk(resolver: URLResolver | None = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Found]:
    """Every route of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name or ""))
            yield Found(name if entry.name else pattern, name, pattern, entry.callback)
        else:
            yield from walk(entry, pattern, (*spaces, entry.namespace) if entry.namespace else spaces)


def needed(view: Any) -> frozenset[P]:
    """The permissions that a view asks for, through all that is wrapped round it."""
    found = set()
    while view is not None:
        found |= {view.permission} if hasattr(view, "permission") else set()
        view = getattr(view, "__wrapped__", None)
    return frozenset(found)
