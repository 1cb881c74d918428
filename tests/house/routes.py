"""Every address of the site: who may open it, an example of it, and what it answers; and the walk that finds them all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from throughline.apps.accounts.permissions import Permission as P

PERSON = "the number of somebody's account"
ENTERED = {"id": "schools_with_an_enterprise_adviser"}
FIGURE = {**ENTERED, "area": "358", "period": "2024/25"}
HERE = {"code": "358", "id": "attainment_8"}


@dataclass(frozen=True)
class Route:
    """A route that needs permissions, all of them: an example of it, what is posted to it, and what the audit calls it."""

    needs: frozenset[P]
    args: dict[str, str] = field(default_factory=dict)
    query: str = ""
    of: str = ""  # the kind of subject that the audit gives a look or a download
    posts: dict[str, Any] | None = None
    gets: bool = True
    recorded: bool = True


def _route(*needs: P, **said: Any) -> Route:
    return Route(frozenset(needs), **said)


_person = {"args": {"pk": PERSON}, "of": "person"}
_TWO = "?area=358&area=202"

GUARDED = {
    "performance:home": _route(P.SEE_PUBLISHED_FIGURES),
    "performance:scorecard": _route(P.SEE_PUBLISHED_FIGURES, args={"code": "358"}, of="scorecard"),
    "performance:scorecard_download": _route(P.DOWNLOAD_FIGURES, args={"code": "358", "kind": "csv"}, of="scorecard"),
    "performance:measure": _route(P.SEE_PUBLISHED_FIGURES, args=HERE, of="measure"),
    "performance:picture": _route(P.SEE_PUBLISHED_FIGURES, args={**HERE, "part": "trend"}, recorded=False),
    "performance:measure_download": _route(
        P.DOWNLOAD_FIGURES, args={**HERE, "part": "trend", "kind": "csv"}, of="measure"),
    "performance:compare": _route(P.SEE_PUBLISHED_FIGURES, query=_TWO, of="comparison"),
    "performance:compare_download": _route(P.DOWNLOAD_FIGURES, args={"kind": "csv"}, query=_TWO, of="comparison"),
    "performance:find": _route(P.SEE_PUBLISHED_FIGURES, query="?q=neet"),
    "performance:freshness": _route(P.SEE_DATA_FRESHNESS, of="data freshness"),
    "performance:freshness_download": _route(
        P.SEE_DATA_FRESHNESS, P.DOWNLOAD_FIGURES, args={"kind": "csv"}, of="data freshness"),
    "performance:load": _route(P.LOAD_PUBLISHED_DATA, posts={"dataset": "lait"}),
    "performance:unload": _route(P.LOAD_PUBLISHED_DATA, args={"dataset": "lait"}, posts={}, gets=False),
    "performance:entered": _route(P.ENTER_FIGURES),
    "performance:enter": _route(
        P.ENTER_FIGURES, args=ENTERED, of="measure",
        posts={"area": "358", "period": "2023/24", "value": "7", "status": "final"}),
    "performance:withdraw": _route(P.ENTER_FIGURES, args=FIGURE, posts={}, gets=False),
    "performance:restore": _route(P.ENTER_FIGURES, args=FIGURE, posts={}, gets=False),
    "performance:entered_history": _route(P.ENTER_FIGURES, args=FIGURE, of="entered figure"),
    "accounts:users": _route(P.MANAGE_USERS, posts={"q": "Nobody"}),
    "accounts:add_user": _route(
        P.MANAGE_USERS, posts={"email": "new@example.org", "full_name": "New Example", "role": "employer"}),
    "accounts:user": _route(P.MANAGE_USERS, **_person),
    "accounts:change_user": _route(
        P.MANAGE_USERS, **_person, posts={"full_name": "Changed", "role": "administrator", "job_title": "", "area": ""}),
    "accounts:deactivate": _route(P.MANAGE_USERS, **_person, posts={}),
    "accounts:reactivate": _route(P.MANAGE_USERS, **_person, posts={}),
    "accounts:reset_second_factor": _route(P.MANAGE_USERS, **_person, posts={}),
    "accounts:audit": _route(P.SEE_AUDIT, of="audit"),
    "accounts:audit_csv": _route(P.SEE_AUDIT, of="audit"),
}

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
    "account/oidc/<str:provider_id>/login/": 404,
    "account/social/login/cancelled/": 301,
    "account/social/login/error/": 301,
    "account/social/signup/": 301,
    "account/social/connections/": 301,
}

# Open to everybody who is signed in, whatever their role, and what it answers them; 302 leads on to another page.
SIGNED_IN = {
    "accounts:roles": 200,
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
    "provider_id": "directory", "uidb36": "1",
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
